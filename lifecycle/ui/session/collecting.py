"""Memory is tidied while nobody waits: Python's full collection runs when no visitor's script does.

Streamlit would run it after every run of the script, a tenth of a second and more in which nothing else gets on; that
is switched off in `.streamlit/config.toml` (`runner.postScriptGC`).
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import AsyncIterator, Callable

# Streamlit runs each script in a thread of this name, which ends with the run.
SCRIPT_THREAD = "ScriptRunner.scriptThread"
LOOK_EVERY_S = 5.0
# A server that is never idle is tidied all the same, so often.
LONGEST_S = 30.0


def settle() -> None:
    """Once a server has loaded what it draws with: take all that is there out of the garbage collector's sight."""
    gc.collect()
    gc.freeze()


@contextlib.asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """Collect from the server's start to its end."""
    collecting = asyncio.create_task(_now_and_then(Collector()))
    try:
        yield
    finally:
        collecting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await collecting


async def _now_and_then(collector: Collector) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        if collector.is_due():
            await asyncio.to_thread(collector.collect)


class Collector:
    """Knows whether something has been left behind since it last collected, and whether now is the time."""

    def __init__(self, running: Callable[[], bool] | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._running = running or a_script_runs
        self._now = now
        self._done_s = now()
        self._young = _collections()

    def is_due(self) -> bool:
        """Whether objects came and went since the last time, and either nobody's script runs or it was long ago."""
        return _collections() != self._young and (not self._running() or self._now() - self._done_s >= LONGEST_S)

    def collect(self) -> None:
        """Collect everything."""
        gc.collect()
        self._young, self._done_s = _collections(), self._now()


def a_script_runs() -> bool:
    """Whether the script of any visitor is running now."""
    return any(thread.name == SCRIPT_THREAD for thread in threading.enumerate())


def _collections() -> int:
    """How often Python has tidied its middle generation by itself: once for some thousands of new objects."""
    return int(gc.get_stats()[1]["collections"])
