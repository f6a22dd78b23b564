"""An orchestrator's run: jobs that wait for their parents and for a free slot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from heapq import heapify, heappop, heappush, heapreplace

import numpy as np
from numpy.typing import ArrayLike

from lifecycle.simulation.model.inputs import Seconds, each_time, whole


def orchestrated(
    parents: Sequence[Sequence[int]], ready_s: ArrayLike, duration_s: ArrayLike, slots: int
) -> tuple[Seconds, Seconds]:
    """Return when each job of one run starts and ends (two arrays of seconds, shape (n,)).

    `parents`: for each job the indices of those that must have ended before it starts. `ready_s`: the moment before
    which it does not start, one number (the tick of the run) or one a job. `duration_s`: how long it lasts, likewise.
    `slots`: how many run at once. A job is ready at `ready_s` or at the end of its last parent, whichever is later; a
    free slot goes to the job that has been ready longest, of equals to the one with the longest path still before it
    (its own duration and those after it), then to the first in order. A slot is never kept free while a job is ready.

    ValueError, with the job and the value, on invalid input; a job among its own ancestors is invalid.

    List scheduling: with a common tick the run is as long as the critical path where there is a slot for everyone, as
    long as the sum of the durations where there is one, and at most (sum − path) / slots + path between (Graham,
    "Bounds on multiprocessing timing anomalies", 1969). Time n log n + edges.
    """
    count, jobs = whole("slots", slots), len(parents)
    earliest, lasts = each_time("ready_s", ready_s, jobs), each_time("duration_s", duration_s, jobs, least=0.0)
    before = [_named(job, named, jobs) for job, named in enumerate(parents)]
    children: list[list[int]] = [[] for _ in range(jobs)]
    for job, named in enumerate(before):
        for parent in named:
            children[parent].append(job)
    path = _remaining_s(before, children, lasts)
    start, work, end = earliest.tolist(), lasts.tolist(), [0.0] * jobs
    missing = [len(named) for named in before]
    waiting = [(start[job], -path[job], job) for job in range(jobs) if not missing[job]]
    heapify(waiting)
    free = [-math.inf] * min(count, jobs)  # when each slot is free next
    while waiting:  # who is not in it yet becomes ready no sooner than the first of it, since a parent starts no sooner
        ready, _, job = heappop(waiting)
        start[job] = max(ready, free[0])
        end[job] = start[job] + work[job]
        heapreplace(free, end[job])
        for child in children[job]:
            start[child] = max(start[child], end[job])
            missing[child] -= 1
            if not missing[child]:
                heappush(waiting, (start[child], -path[child], child))
    return np.array(start), np.array(end)


def _remaining_s(
    before: Sequence[Sequence[int]], children: Sequence[Sequence[int]], duration_s: Seconds
) -> list[float]:
    """Return the longest path from the start of each job to the end of the run, in seconds.

    ValueError that names a job which waits for itself.
    """
    work: list[float] = duration_s.tolist()
    path = list(work)
    missing = [len(following) for following in children]
    last = [job for job, count in enumerate(missing) if not count]
    for job in last:  # grows while it is read: every job after all that wait for it
        for parent in before[job]:
            path[parent] = max(path[parent], work[parent] + path[job])
            missing[parent] -= 1
            if not missing[parent]:
                last.append(parent)
    if len(last) < len(missing):
        job = next(job for job, count in enumerate(missing) if count)
        raise ValueError(f"job {_on_a_circle(before, job, missing)} waits for itself, through its parents")
    return path


def _on_a_circle(before: Sequence[Sequence[int]], job: int, missing: Sequence[int]) -> int:
    """A job that is its own ancestor, found from one that has such a job among its descendants."""
    seen: set[int] = set()
    children = {parent: child for child, named in enumerate(before) if missing[child] for parent in named}
    while job not in seen:
        seen.add(job)
        job = children[job]
    return job


def _named(job: int, named: Sequence[int], jobs: int) -> tuple[int, ...]:
    """The parents of a job, each once."""
    for parent in named:
        if int(parent) != parent or not 0 <= parent < jobs:
            raise ValueError(f"job {job} has the parent {parent}; there are jobs 0 to {jobs - 1}")
    return tuple(sorted({int(parent) for parent in named}))
