"""The server of a hall in a process of its own, and HTTP as a phone's browser speaks it to that server."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_S = 60.0
ANSWER_S = 10.0


class Away(Exception):  # noqa: N818 - the server is away, which is what is tried here
    """No answer, or not a whole one."""


@dataclass
class Server:
    """`streamlit run app.py` in a process group of its own, on one port, over one folder of data or a database."""

    data: Path
    port: int
    database_url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
        command += ["--server.port", str(self.port), "--server.address", HOST, "--server.headless", "true"]
        command += ["--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
        env = {**os.environ, "HEADWATERS_DATA": str(self.data), "HEADWATERS_DATABASE_URL": self.database_url}
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True, preexec_fn=_usual_limit
            )

    async def ready(self) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            with suppress(Away):
                answer = await call(self.port, "GET", "/healthz", patience_s=2.0)
                if answer.status == 200:
                    return
            await asyncio.sleep(0.05)
        raise SystemExit("The server did not come up:\n" + (self.data / "log").read_text(errors="replace")[-3000:])

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)


@dataclass(frozen=True)
class Answer:
    """An answer's status, its Set-Cookie (name=value) and its body."""

    status: int
    cookie: str
    body: bytes


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        return await asyncio.open_connection(HOST, port)
    except OSError as error:
        raise Away from error


def _request(method: str, path: str, port: int, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{port}", *(f"{k}: {v}" for k, v in headers.items())]
    if method == "POST":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except (OSError, asyncio.IncompleteReadError) as error:
        raise Away from error
    fields = dict(line.lower().split(": ", 1)[0:1] + line.split(": ", 1)[1:2] for line in head[1:] if ": " in line)
    return int(head[0].split(" ")[1]), fields


async def call(
    port: int,
    method: str,
    path: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    patience_s: float = ANSWER_S,
) -> Answer:
    """One request on a connection of its own."""
    writer = None
    try:
        async with asyncio.timeout(patience_s):
            reader, writer = await _connect(port)
            writer.write(_request(method, path, port, body, {"Connection": "close", **(headers or {})}))
            status, fields = await _head(reader)
            return Answer(status, fields.get("set-cookie", "").partition(";")[0], await reader.read())
    except (TimeoutError, OSError) as error:
        raise Away from error
    finally:
        if writer is not None:
            writer.close()


async def events(
    port: int, path: str, headers: dict[str, str], retry: Callable[[float], None] = lambda _: None
) -> AsyncIterator[dict[str, Any]]:
    """The messages of a stream of events, until the server goes; `retry` hears when it wants to be asked again."""
    reader, writer = await _connect(port)
    try:
        writer.write(_request("GET", path, port, b"", headers))
        status, _ = await _head(reader)
        if status != 200:
            raise Away
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                yield json.loads(line[6:])
            elif line.startswith(b"retry: "):
                retry(int(line[7:]) / 1000)
    except OSError as error:
        raise Away from error
    finally:
        writer.close()


def _usual_limit() -> None:
    """Let the server begin with what systems allow unless asked, whatever this trial has asked for itself."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, hard))
