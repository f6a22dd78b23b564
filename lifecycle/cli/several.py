"""`serve --processes N`: several processes of the app behind one port, shared out by HAProxy.

One process has one lock for all its Python, so more cores want more processes. What they share is in PostgreSQL; what a
session holds is in its process, and the proxy leads each learner back to it.
"""

from __future__ import annotations

import argparse
import secrets
import socket
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from lifecycle import installed, storage
from lifecycle.cli import proxy
from lifecycle.cli.commands import FAULTY, WELL, complain
from lifecycle.cli.processes import Program, Stopped, end_all, free_ports, keep_running, listen_to_stop, start
from lifecycle.installed import Setting

PORT = 8501
LOOPBACK = "127.0.0.1"
POSTGRESQL = ("postgres://", "postgresql://", "postgresql+psycopg://")
_EVERYWHERE = ("", "0.0.0.0", "::")

# The program that serves the app on a port, with further options.
Serving = Callable[[int, Sequence[str]], list[str]]


class Front(NamedTuple):
    """Where the proxy listens: an address of this machine, "" for all of them, a port, and the app's path there."""

    address: str
    port: int
    path: str = ""

    @property
    def reached(self) -> tuple[str, int]:
        """Where this machine reaches it."""
        return (LOOPBACK if self.address in _EVERYWHERE else self.address), self.port

    @property
    def url(self) -> str:
        """How people here write it."""
        host = "localhost" if self.address in _EVERYWHERE else self.address
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{self.path}"


def run(count: int, port: int | None, options: Sequence[str], serving: Serving) -> int:
    """Serve by `count` processes until we are told to stop; ValueError, in words, where that cannot be."""
    program = _checked_proxy(count)
    front, rest = _front(port, options)
    _check_free(front)
    ports = free_ports(count)
    # One secret, so that who signs in at one process is known to all; a list of the machine's programs never shows it.
    environment = installed.environment_behind(front.address, secrets.token_hex(32))
    apps = [
        Program(f"process {nth}", serving(at, [*rest, "--server.address", LOOPBACK]), environment, quiet=True)
        for nth, at in enumerate(ports, 1)
    ]
    with tempfile.TemporaryDirectory(prefix="headwaters-") as folder:
        file = Path(folder) / "haproxy.cfg"
        servers = [f"{LOOPBACK}:{at}" for at in ports]
        file.write_text(proxy.configuration(front.address, front.port, servers), encoding="utf-8")
        haproxy = Program("haproxy", [program, "-db", "-q", "-f", str(file)], environment)
        listen_to_stop()
        try:
            if not start(apps, [(LOOPBACK, port) for port in ports]) or not start([haproxy], [front.reached]):
                complain("nothing is served", "a program ended, or did not answer; what it says stands above")
                return FAULTY
            print(f"{count} processes behind HAProxy ({file})\n  URL: {front.url}", flush=True)
            keep_running([haproxy, *apps])
        except Stopped:
            return WELL
        finally:
            end_all([haproxy, *apps])


def _checked_proxy(count: int) -> str:
    """The path of HAProxy; ValueError where it, or a database that all processes can share, is missing."""
    if Setting.DATABASE_URL.text.startswith(POSTGRESQL) and (wrong := storage.problem()):
        raise ValueError(wrong)
    if not Setting.DATABASE_URL.text.startswith(POSTGRESQL):
        raise ValueError(
            f"--processes {count} needs PostgreSQL, which all of them share: name it in "
            f"{Setting.DATABASE_URL}=postgresql://user:password@host/name"
        )
    if not (program := proxy.program()):
        raise ValueError(
            f"--processes {count} needs HAProxy, which shares learners out among them: install it "
            "(on Debian and Ubuntu, apt install haproxy), so that it is on the PATH"
        )
    return program


def _front(port: int | None, options: Sequence[str]) -> tuple[Front, list[str]]:
    """Where the proxy listens, of what Streamlit would be told; and all other options."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    setting = installed.streamlit_setting
    parser.add_argument("--server.address", dest="address", default=setting("SERVER_ADDRESS"))
    parser.add_argument("--server.port", dest="port", type=int)
    parser.add_argument(
        "--server.baseUrlPath", dest="path", default=installed.streamlit_setting("SERVER_BASE_URL_PATH")
    )
    try:
        named, rest = parser.parse_known_args(options)
    except argparse.ArgumentError as error:
        raise ValueError(str(error)) from None
    path = named.path.strip("/")
    usual = setting("SERVER_PORT")
    at = port or named.port or (int(usual) if usual.isascii() and usual.isdigit() else PORT)
    front = Front(named.address, at, f"/{path}" if path else "")
    return front, [*rest, "--server.baseUrlPath", path] if path else rest


def _check_free(front: Front) -> None:
    """ValueError, in words, where the port cannot be listened on: the proxy would share it with another one."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in front.address else socket.AF_INET) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((front.address, front.port))
    except (OSError, OverflowError) as error:
        raise ValueError(f"port {front.port} cannot be used ({error}): choose another with --port") from None
