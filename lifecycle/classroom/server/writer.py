"""One writer for all votes: what came while the last commit ran goes into the next one together.

So a thousand votes cost tens of commits, and each is acknowledged when it is on the disk, not before.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

WriteJob = TypeVar("WriteJob")
MOST_AT_ONCE = 500


class GroupWriter(Generic[WriteJob]):
    """Gives every job to `write`, many at a time, in the order in which they came; `write` says of each what became
    of it, or raises for all of them."""

    def __init__(self, write: Callable[[Sequence[WriteJob]], Sequence[Exception | None]]) -> None:
        self._write = write
        self._jobs: queue.SimpleQueue[tuple[WriteJob, Future[None]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(self, job: WriteJob) -> Future[None]:
        """Have it written; the future is done once it is."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="votes", daemon=True)
                self._thread.start()
        done: Future[None] = Future()
        self._jobs.put((job, done))
        return done

    def stop(self) -> None:
        """Write what is there, then end."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        going = True
        while going:
            batch = [self._jobs.get()]
            while len(batch) < MOST_AT_ONCE and batch[-1] is not None:
                try:
                    batch.append(self._jobs.get_nowait())
                except queue.Empty:
                    break
            going = batch[-1] is not None
            self._commit([job for job in batch if job is not None])

    def _commit(self, batch: Sequence[tuple[WriteJob, Future[None]]]) -> None:
        if not batch:
            return
        try:
            outcomes = self._write([job for job, _ in batch])
        except Exception as error:  # whatever it is, those who wait are told
            outcomes = [error] * len(batch)
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if outcome is None:
                done.set_result(None)
            else:
                done.set_exception(outcome)
