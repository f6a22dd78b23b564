"""Many days at once: handed to an executor a few at a time, taken back as they are done, stopped half-way.

Threads of this process do, since NumPy lets go of Python's lock while it works; so does any other executor, such as a
cluster's. What comes back is the same, in whatever order: every item is worked on by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

LOOK_S = 0.2  # how often it looks whether it is cancelled while nothing gets done

Errand = TypeVar("Errand")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Workers:
    """Who works: an executor, and how many calls it does at a time."""

    executor: Executor
    at_once: int

    def results(
        self,
        work: Callable[[Errand], Outcome],
        items: Sequence[Errand],
        cancelled: Callable[[], bool] = lambda: False,
        *,
        per_call: int = 1,
    ) -> Iterator[tuple[Errand, Outcome]]:
        """Each item with what `work` made of it, as they are done; once `cancelled()` is true no more begin.

        With a call `per_call` items are handed over, where nothing is said as many as are worth the way there.

        What `work` raises comes out, and then no more begin either.
        """
        calls = (items[first : first + per_call] for first in range(0, len(items), per_call))
        running: dict[Future[list[Outcome]], Sequence[Errand]] = {}
        try:
            while True:
                stopped = cancelled()
                if stopped:
                    running = {future: call for future, call in running.items() if not future.cancel()}
                while not stopped and len(running) < 2 * self.at_once and (call := next(calls, None)) is not None:
                    running[self.executor.submit(_done, work, call)] = call
                if not running:
                    return
                for future in wait(running, LOOK_S, FIRST_COMPLETED).done:
                    yield from zip(running.pop(future), future.result(), strict=True)
        finally:
            for future in running:
                future.cancel()


def _done(work: Callable[[Errand], Outcome], items: Sequence[Errand]) -> list[Outcome]:
    return [work(item) for item in items]


@contextmanager
def local() -> Iterator[Workers]:
    """Threads of this process, one a core."""
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores, thread_name_prefix="days") as pool:
        yield Workers(pool, cores)


def these_or_local(workers: Workers | None) -> AbstractContextManager[Workers]:
    """The workers that were given, else threads of this process."""
    return local() if workers is None else nullcontext(workers)
