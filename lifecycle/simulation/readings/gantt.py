"""An orchestrator's runs, read off what it did: each job's tries and waits, the critical path, and slots in use.

The critical path is the chain of those who finished last: from the end of a run back to the last of the parents for
which its last job waited, and so on to the moment at which the run was due. Its waits and its work are all of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lifecycle.simulation.day.orchestrating import JobName, Orchestration
from lifecycle.simulation.day.rounds import Attempt
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause
from lifecycle.simulation.readings.frames import Counts


@dataclass(frozen=True)
class HeldUp:
    """From when to when (seconds of the day) somebody was held up, and by what; NONE: there was work on it."""

    cause: Cause
    from_s: float
    to_s: float

    @property
    def seconds(self) -> float:
        """How long."""
        return self.to_s - self.from_s


@dataclass(frozen=True)
class JobTry:
    """One try at one job of a run: the `nth` from 0, what it waited for since the run was due or the try before ended.

    `critical`: whether the run's critical path leads over it.
    """

    name: JobName
    attempt: Attempt
    nth: int
    waits: tuple[HeldUp, ...]
    critical: bool


@dataclass(frozen=True)
class JobRun:
    """One run: its tries in order of their start, the jobs that were skipped, and the critical path, without gaps.

    `tick_s`: when it was due; `end_s`: when its last job ended.
    """

    tick_s: float
    end_s: float
    tries: tuple[JobTry, ...]
    skipped: tuple[JobName, ...]
    critical: tuple[HeldUp, ...]

    @property
    def makespan_s(self) -> float:
        """Seconds from the moment at which it was due."""
        return self.end_s - self.tick_s

    @property
    def failed(self) -> tuple[JobTry, ...]:
        """The last tries at jobs that failed for good."""
        last = {one.name: one for one in self.tries}
        return tuple(one for one in last.values() if one.attempt.failed)


def run_at(done: Orchestration, moment_s: float | None) -> int | None:
    """Return the run that was due last at a second of the day, the first before that; without one the longest.

    None on a day without a run.
    """
    due_s = {run: tries[0].tick_s for run, tries in done.by_run.items()}
    if not due_s:
        return None
    if moment_s is None:
        return max(due_s, key=lambda run: _end_s(done, run) - due_s[run])
    return max((run for run, tick_s in due_s.items() if tick_s <= moment_s), default=min(due_s))


def job_run(done: Orchestration, run: int) -> JobRun:
    """Return one run, by its number among those that took place."""
    tries = done.by_run[run]
    critical, over = _critical(done, run)
    nth: dict[int, int] = {}
    shown = []
    for attempt in tries:
        count = nth.get(attempt.job, 0)
        nth[attempt.job] = count + 1
        name, waits = done.jobs[attempt.job], tuple(_waited(done, attempt))
        shown.append(JobTry(name, attempt, count, waits, critical=attempt in over))
    skipped = tuple(done.jobs[job] for number, job in done.rounds.skipped if number == run)
    return JobRun(tries[0].tick_s, _end_s(done, run), tuple(shown), skipped, critical)


def slots_in_use(done: Orchestration, edges_s: Seconds) -> Counts:
    """Return the most slots in use at once in each bucket of the day, shape (n,) for n + 1 edges (seconds)."""
    steps = sorted(
        (moment_s, change)
        for attempt in done.rounds.attempts
        for moment_s, change in ((attempt.start_s, 1), (attempt.end_s, -1))
    )
    moments_s = np.array([moment_s for moment_s, _ in steps])
    busy = np.cumsum(np.array([change for _, change in steps], dtype=np.int64))
    before = np.searchsorted(moments_s, edges_s[:-1], "right")
    most = np.concatenate(([0], busy))[before]
    within = (moments_s > edges_s[0]) & (moments_s <= edges_s[-1])
    np.maximum.at(most, np.searchsorted(edges_s, moments_s[within], "left") - 1, busy[within])
    return most


def waited_for_slots_s(done: Orchestration) -> float:
    """Return how long all jobs of a day waited for a free slot, in seconds."""
    waits = (held for attempt in done.rounds.attempts for held in _waited(done, attempt))
    return sum(held.seconds for held in waits if held.cause is Cause.SLOT)


def before_taken(
    done: Orchestration, stage: str, arrived_s: float, begun_s: float, until_s: float
) -> tuple[HeldUp, ...]:
    """Return what held up a row that came to a stage, from its arrival until a job took it; at most until `until_s`.

    First the next run's moment; then runs that failed or were left out; then, in the run that took it, the jobs before,
    a slot, and the tries that failed.
    """
    taking = next((one for one in done.attempts[stage] if one.start_s == begun_s and not one.failed), None)
    due_s = next((tick_s for tick_s in done.schedule.ticks_s if tick_s >= arrived_s), until_s)
    pieces: list[HeldUp] = []
    if taking is None:
        pieces = [HeldUp(Cause.TICK, arrived_s, due_s), HeldUp(Cause.FAILED, due_s, until_s)]
    else:
        first_s = min(due_s, taking.tick_s)
        pieces = [HeldUp(Cause.TICK, arrived_s, first_s), HeldUp(Cause.FAILED, first_s, taking.tick_s)]
        for one in (one for one in done.by_run[taking.run] if one.job == taking.job and one.start_s <= begun_s):
            pieces += [*_waited(done, one), HeldUp(Cause.RETRY, one.start_s, one.end_s)]
        pieces.pop()  # the last of them took it
    clipped = (HeldUp(one.cause, max(one.from_s, arrived_s), min(one.to_s, until_s)) for one in pieces)
    return tuple(one for one in clipped if one.seconds > 0.0)


def between_jobs(done: Orchestration, stage: str, begun_s: float, ended_s: float) -> tuple[HeldUp, ...]:
    """Return when, between a row's first job and its last, no job of its stage worked: why, and from when to when."""
    mine = [one for one in done.attempts[stage] if begun_s <= one.start_s and one.end_s <= ended_s]
    gaps = []
    through_s = begun_s
    for last, one in pairwise([None, *mine]):
        if one is None or one.start_s <= through_s:
            through_s = max(through_s, one.end_s if one else begun_s)
            continue
        failed = last is not None and last.failed
        cause = (Cause.RETRY if last and last.run == one.run else Cause.FAILED) if failed else Cause.SLOT
        gaps.append(HeldUp(cause, through_s, one.start_s))
        through_s = one.end_s
    return tuple(gaps)


def _end_s(done: Orchestration, run: int) -> float:
    return max(attempt.end_s for attempt in done.by_run[run])


def _critical(done: Orchestration, run: int) -> tuple[tuple[HeldUp, ...], list[Attempt]]:
    """The critical path of a run in order of time, and the tries over which it leads."""
    at: Attempt | None = max(done.by_run[run], key=lambda attempt: attempt.end_s)
    pieces: list[HeldUp] = []
    over: list[Attempt] = []
    while at is not None:
        over.append(at)
        waits, at_before = list(_waited(done, at)), _awaited(done, at)
        if at_before is not None:
            waits = [HeldUp(one.cause, max(one.from_s, at_before.end_s), one.to_s) for one in waits]
        pieces += [HeldUp(Cause.NONE, at.start_s, at.end_s), *(one for one in reversed(waits) if one.seconds > 0.0)]
        at = at_before
    return tuple(reversed(pieces)), over


def _awaited(done: Orchestration, attempt: Attempt) -> Attempt | None:
    """The try for whose end another waited last, in its run: the one before at its own job, or a parent's last."""
    earlier = [one for one in done.by_run[attempt.run] if one.job == attempt.job and one.end_s <= attempt.start_s]
    earlier = [one for one in earlier if one is not attempt and one.failed]
    if earlier:
        return earlier[-1]
    parents = [one for one in done.by_run[attempt.run] if one.job in done.parents[attempt.job] and not one.failed]
    return max(parents, key=lambda one: one.end_s, default=None)


def _waited(done: Orchestration, attempt: Attempt) -> Iterator[HeldUp]:
    """What a try waited for, in order: from its run's moment, or from the end of the try before."""
    awaited = _awaited(done, attempt)
    now_s = attempt.tick_s
    if awaited is not None and awaited.job == attempt.job:
        now_s = attempt.ready_s
        yield from _kept(HeldUp(Cause.RETRY, awaited.end_s, now_s))
    elif awaited is not None:
        now_s = awaited.end_s
        yield from _kept(HeldUp(Cause.PARENT, attempt.tick_s, now_s))
    yield from _asleep_or(done, Cause.QUEUE, now_s, attempt.ready_s)
    yield from _asleep_or(done, Cause.SLOT, attempt.ready_s, attempt.start_s)


def _asleep_or(done: Orchestration, cause: Cause, from_s: float, to_s: float) -> Iterator[HeldUp]:
    """A wait, in which the hours of a sleeping scheduler are an outage."""
    for start_s, end_s in sorted(done.asleep):
        if start_s < to_s and end_s > from_s:
            yield from _kept(HeldUp(cause, from_s, max(start_s, from_s)))
            yield from _kept(HeldUp(Cause.OUTAGE, max(start_s, from_s), min(end_s, to_s)))
            from_s = min(end_s, to_s)
    yield from _kept(HeldUp(cause, from_s, to_s))


def _kept(held: HeldUp) -> Iterator[HeldUp]:
    if held.seconds > 0.0:
        yield held
