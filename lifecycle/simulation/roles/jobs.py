"""Work in jobs: whole files or fetches at a time, all of whose events depart together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.servers import served
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.roles.stream import Jobs, Stream
from lifecycle.simulation.roles.workplace import Work, Workplace, per_row_s


def by_job(
    workplace: Workplace,
    stream: Stream,
    jobs: Jobs,
    ready: Seconds,
    overhead: float,
    workers: int = 1,
    delay: float = 0.0,
    *,
    all_again: bool = False,
) -> Work:
    """Run jobs one after the other in the order in which they are ready; all events of a job depart at its end.

    With `all_again` each job also works on all rows of those before it, once more.
    """
    times, bytes_s = stream.at_s, workplace.transfer_s(stream.ids)
    job = jobs.astype(np.intp)  # NumPy would do it at each look
    rows = np.bincount(job, minlength=ready.size)
    full = np.flatnonzero(rows)
    order = full[np.argsort(ready[full], kind="stable")]
    lasts = rows * (per_row_s(workplace.figures) + (bytes_s if isinstance(bytes_s, float) else 0.0))
    if not isinstance(bytes_s, float):
        lasts += np.bincount(job, bytes_s, ready.size)
    lasts = lasts[order]
    if all_again:
        lasts = np.cumsum(lasts)
    lasts = lasts / workers + overhead
    begun, done = served(ready[order], lasts, Clock(workplace.closed_in(), workplace.slowed))
    started, ended = np.zeros(ready.size), np.zeros(ready.size)
    started[order], ended[order] = begun, done + delay
    return Work(_of_jobs(started, job, times), _of_jobs(ended, job, times), from_s=begun, to_s=done)


def _of_jobs(moments: Seconds, job: NDArray[np.intp], times: Seconds) -> Seconds:
    """The moment of each event's job, never before the event came."""
    of_events = moments.take(job)
    return np.maximum(of_events, times, out=of_events)
