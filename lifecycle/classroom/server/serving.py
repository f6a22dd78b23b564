"""What the live class does while the server runs: it forgets old classes, tells other replicas which phones it has, and
lets go of streams when it stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from types import FrameType
from typing import Any

from lifecycle.classroom.server.hub import Hub, hub
from lifecycle.storage import StoreError

ERASE_EVERY_S = 600.0
NOTE_PHONES_EVERY_S = 2.0
OPEN_FILES = 8_192
log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """From the server's start to its end."""
    classes = hub()
    classes.most_listening = room_for_streams(raise_open_files())
    _close_streams_on_signals(classes)
    tasks = [
        asyncio.create_task(now_and_then(classes.erase_expired, ERASE_EVERY_S, "old classes were not erased")),
        asyncio.create_task(
            now_and_then(classes.note_phones, NOTE_PHONES_EVERY_S, "other replicas do not know our phones")
        ),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        classes.stop()


def room_for_streams(files: int) -> int:
    """How many streams phones and strangers may hold open, of so many files: a quarter is left for all else."""
    return max(100, files * 3 // 4)


def raise_open_files() -> int:
    """Let this process hold a connection for each phone of a large hall; unasked, many systems allow 1,024 files.

    How many it may open now.
    """
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such limit
        return OPEN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return OPEN_FILES if now == resource.RLIM_INFINITY else min(OPEN_FILES, now)


async def now_and_then(do: Callable[[], object], every_s: float, if_not: str) -> None:
    """Do something now and every so often; `if_not` says what was not done where the store could not be used."""
    while True:
        try:
            await asyncio.to_thread(do)
        except StoreError as error:
            log.warning("%s: %s", if_not, error.for_operator)
        await asyncio.sleep(every_s)


def _close_streams_on_signals(classes: Hub) -> None:
    """A server that is told to stop waits until every answer has ended, and a stream of events never does by itself."""
    if threading.current_thread() is not threading.main_thread():
        return

    def chained(number: signal.Signals) -> None:
        before = signal.getsignal(number)

        def stop(received: int, frame: FrameType | None) -> None:
            classes.close_streams()
            if callable(before):
                before(received, frame)

        if callable(before):
            signal.signal(number, stop)

    for number in (signal.SIGINT, signal.SIGTERM):
        chained(number)
