"""Programs that are kept running side by side: one that ends is started again, and all end together."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from lifecycle.cli.tethers import ends_with_us

# Whatever ends is started again after a pause that doubles, until it has run for so long.
FIRST_PAUSE_S, LONGEST_PAUSE_S, STEADY_S = 0.5, 30.0, 60.0
START_S, END_S = 120.0, 10.0
ANSWER_S = 2.0
_LOOK_S = 0.1


class Stopped(Exception):  # noqa: N818 - nothing went wrong: somebody asked for it
    """Somebody asked us to end."""


@dataclass
class Program:
    """A program with its arguments, under the name by which people are told of it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    quiet: bool = False  # whether what it prints, beside its errors, is for nobody
    process: subprocess.Popen[bytes] | None = None
    _started_s: float = field(default=0.0, init=False)
    _due_s: float = field(default=0.0, init=False)
    _pause_s: float = field(default=FIRST_PAUSE_S, init=False)

    def start(self) -> None:
        """Start it. A terminal's Ctrl-C reaches it through us alone, so that all end in order."""
        self._started_s = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdout=subprocess.DEVNULL if self.quiet else None,
            start_new_session=True,
            preexec_fn=ends_with_us(),
        )

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return None if self.process is None else self.process.poll()

    def keep(self) -> None:
        """Start it again if it has ended, now or when its pause is over."""
        now_s = time.monotonic()
        if self.process is None:
            if now_s >= self._due_s:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        if now_s - self._started_s >= STEADY_S:
            self._pause_s = FIRST_PAUSE_S
        print(f"{self.name} ended ({_how(code)}): it starts again in {self._pause_s:g} s", file=sys.stderr, flush=True)
        self.process, self._due_s = None, now_s + self._pause_s
        self._pause_s = min(2.0 * self._pause_s, LONGEST_PAUSE_S)

    def ask_to_end(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()

    def end(self, by_s: float) -> None:
        """Wait until it has ended, and end it where that takes longer than `by_s` on the monotonic clock."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, by_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def listen_to_stop() -> None:
    """Raise `Stopped` when we are asked to end: by Ctrl-C, by who runs us as a service, or by a closed terminal."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)


def keep_running(programs: Sequence[Program]) -> NoReturn:
    """Start again whatever ends, until `Stopped`."""
    while True:
        for program in programs:
            program.keep()
        time.sleep(_LOOK_S)


def start(programs: Sequence[Program], doors: Sequence[tuple[str, int]], within_s: float = START_S) -> bool:
    """Start them, and wait until something answers at every address and port; False where one ended, or none does."""
    for program in programs:
        program.start()
    waiting, end_s = set(doors), time.monotonic() + within_s
    while waiting:
        if time.monotonic() > end_s or any(program.ended() is not None for program in programs):
            return False
        waiting = {door for door in waiting if not _answers(*door)}
        time.sleep(_LOOK_S)
    return True


def end_all(programs: Sequence[Program]) -> None:
    """End them: each has END_S to do it in order; asked a second time, at once."""
    by_s = time.monotonic() + END_S
    try:
        for program in programs:
            program.ask_to_end()
        for program in programs:
            program.end(by_s)
    except Stopped:
        for program in programs:
            program.end(0.0)


def free_ports(count: int) -> list[int]:
    """Ports of this machine on which nobody listens."""
    doors = [socket.socket() for _ in range(count)]
    try:
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [int(door.getsockname()[1]) for door in doors]
    finally:
        for door in doors:
            door.close()


def _answers(address: str, port: int) -> bool:
    """Whether a web server answers there, whatever it says: one takes connections before it has read its app."""
    connection = http.client.HTTPConnection(address, port, timeout=ANSWER_S)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _how(code: int) -> str:
    """How a program ended, in a word or two."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
