"""Work in jobs: whole files or fetches at a time, all of whose events depart together."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.servers import served
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.roles.stream import Jobs, Stream
from lifecycle.simulation.roles.workplace import Work, Workplace


def by_job(
    workplace: Workplace,
    stream: Stream,
    jobs: Jobs,
    ready: Seconds,
    overhead: float,
    workers: int = 1,
    delay: float = 0.0,
) -> Work:
    """Run jobs one after the other in the order in which they are ready; all events of a job depart at its end."""
    times, bytes_s = stream.at_s, workplace.transfer_s(stream.ids)
    rows = np.bincount(jobs, minlength=ready.size)
    full = np.flatnonzero(rows)
    order = full[np.argsort(ready[full], kind="stable")]
    lasts = rows * (workplace.figures["per_event_s"] + (bytes_s if isinstance(bytes_s, float) else 0.0))
    if not isinstance(bytes_s, float):
        lasts += np.bincount(jobs, bytes_s, ready.size)
    lasts = lasts[order] / workers + overhead
    begun, done = served(ready[order], lasts, Clock(workplace.closed_in(), workplace.slowed))
    started, ended = np.zeros(ready.size), np.zeros(ready.size)
    started[order], ended[order] = begun, done + delay
    return Work(np.maximum(started[jobs], times), np.maximum(ended[jobs], times), from_s=begun, to_s=done)
