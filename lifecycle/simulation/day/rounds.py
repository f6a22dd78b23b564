"""An orchestrator's day: runs at their ticks, jobs that wait for parents, slots and a scheduler that is awake.

Where durations are known beforehand and there is one run, this is `kernels.orchestrated`; here a job's duration is
known when it begins, runs meet, jobs fail and are tried again, and the scheduler may sleep.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from typing import Protocol

from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.model.kinds import Overlap
from lifecycle.simulation.model.schedules import Schedule


class JobsToRun(Protocol):
    """What the jobs do, asked in order of time; seconds of the day."""

    def begin(self, job: int, now: float, run: int, tried: int) -> tuple[float, bool]:
        """Let a job begin that was `tried` so often in this run: when it ends, and whether it will have failed then."""

    def end(self, job: int, now: float, *, failed: bool) -> None:
        """Let it end."""


@dataclass(frozen=True)
class Attempt:
    """One try of one job. `run` counts the runs that took place, `tick_s` is when it was due; seconds of the day.

    `ready_s`: when nothing but a slot was missing. `failed` and not the last try: it was tried again.
    """

    run: int
    tick_s: float
    job: int
    ready_s: float
    start_s: float
    end_s: float
    failed: bool


@dataclass(frozen=True)
class RunsOfDay:
    """All that an orchestrator did.

    `attempts` in order of their start; `skipped`: (run, job) of what was not tried because an ancestor failed;
    `missed_s`: ticks that no run came of.
    """

    attempts: tuple[Attempt, ...]
    skipped: tuple[tuple[int, int], ...]
    missed_s: tuple[float, ...]


class _Is(IntEnum):
    """What happens at a moment, in the order in which it is seen to."""

    DONE = 0
    DUE = 1
    AWAKE = 2


@dataclass
class _RunNow:
    """A run under way: what each of its jobs still waits for, and which are over."""

    number: int
    tick_s: float
    missing: list[int]
    over: set[int] = field(default_factory=set)
    tries: dict[int, int] = field(default_factory=dict)


def rounds(
    schedule: Schedule,
    parents: Sequence[Sequence[int]],
    path_s: Sequence[float],
    jobs: JobsToRun,
    asleep: Outages = (),
) -> RunsOfDay:
    """Play the day of a schedule.

    `parents`: for each job those of its own run that must be done before. `path_s`: the planned time from the begin of
    each job to the end of a run, which decides between jobs that were ready at the same moment. `asleep`: (start, end)
    in which the scheduler starts nothing.

    A job also waits for itself in the run before. Runs in parallel share the slots.
    """
    day = _Day(schedule, parents, path_s, jobs, asleep)
    day.play()
    return RunsOfDay(tuple(day.attempts), tuple(day.skipped), tuple(day.missed_s))


class _Day:
    """The state of `rounds`."""

    def __init__(
        self,
        schedule: Schedule,
        parents: Sequence[Sequence[int]],
        path_s: Sequence[float],
        jobs: JobsToRun,
        asleep: Outages,
    ) -> None:
        self.schedule, self.path_s, self.jobs = schedule, path_s, jobs
        self.parents = [tuple(sorted(set(named))) for named in parents]
        self.children: list[list[int]] = [[] for _ in parents]
        for job, named in enumerate(self.parents):
            for parent in named:
                self.children[parent].append(job)
        self.asleep = sorted(asleep)
        self.events: list[tuple[float, _Is, int, tuple[float, ...]]] = []
        self.ready: list[tuple[float, float, int, int]] = []
        self.free, self.order = schedule.slots, 0
        self.runs: list[_RunNow] = []
        self.cleared = [0] * len(parents)  # for each job, in how many of the first runs it is over
        self.waiting: deque[float] = deque()  # ticks of runs that wait for the one before
        self.attempts: list[Attempt] = []
        self.skipped: list[tuple[int, int]] = []
        self.missed_s: list[float] = []

    def play(self) -> None:
        for tick_s in self.schedule.ticks_s:
            until_s = self.sleeps_until(tick_s)
            if until_s is None:
                self.later(tick_s, _Is.DUE, tick_s)
            elif self.schedule.catch_up:
                self.later(until_s, _Is.DUE, tick_s)
            else:
                self.missed_s.append(tick_s)
        while self.events:
            now = self.events[0][0]
            while self.events and self.events[0][0] == now:
                _, what, _, more = heappop(self.events)
                if what is _Is.DONE:
                    self.done(now, int(more[0]))
                elif what is _Is.DUE:
                    self.due(now, more[0])
            self.give_out(now)

    def later(self, at_s: float, what: _Is, *more: float) -> None:
        self.order += 1
        heappush(self.events, (at_s, what, self.order, more))

    def sleeps_until(self, at_s: float) -> float | None:
        """When the scheduler wakes that sleeps at this moment; None where it is awake."""
        return next((end for start, end in self.asleep if start <= at_s < end), None)

    def due(self, now: float, tick_s: float) -> None:
        """A run is due: it begins, waits for the one before, or does not take place."""
        going = bool(self.runs) and len(self.runs[-1].over) < len(self.parents)
        made_up = now > tick_s
        if going and self.schedule.overlap is Overlap.SKIP and not made_up:
            self.missed_s.append(tick_s)
        elif going and self.schedule.overlap is not Overlap.PARALLEL:
            self.waiting.append(tick_s)
        else:
            self.begin_run(now, tick_s)

    def begin_run(self, now: float, tick_s: float) -> None:
        number = len(self.runs)
        missing = [len(named) + (self.cleared[job] < number) for job, named in enumerate(self.parents)]
        self.runs.append(_RunNow(number, tick_s, missing))
        for job, count in enumerate(missing):
            if not count:
                self.offer(now, number, job)

    def offer(self, ready_s: float, run: int, job: int) -> None:
        heappush(self.ready, (ready_s, -self.path_s[job], run, job))

    def give_out(self, now: float) -> None:
        """The free slots, to those who have been ready longest."""
        if self.free and self.ready and (until_s := self.sleeps_until(now)) is not None:
            self.later(until_s, _Is.AWAKE)
            return
        while self.free and self.ready:
            ready_s, _, run, job = self.ready[0]
            if ready_s > now:  # to be tried again: its moment has not come
                self.later(ready_s, _Is.AWAKE)
                return
            heappop(self.ready)
            self.free -= 1
            end_s, failed = self.jobs.begin(job, now, run, self.runs[run].tries.get(job, 0))
            self.attempts.append(Attempt(run, self.runs[run].tick_s, job, ready_s, now, end_s, failed))
            self.later(end_s, _Is.DONE, len(self.attempts) - 1)

    def done(self, now: float, number: int) -> None:
        attempt = self.attempts[number]
        run = self.runs[attempt.run]
        self.free += 1
        self.jobs.end(attempt.job, now, failed=attempt.failed)
        if not attempt.failed:
            self.over(now, run, attempt.job)
        elif run.tries.get(attempt.job, 0) < self.schedule.retries:
            run.tries[attempt.job] = run.tries.get(attempt.job, 0) + 1
            self.offer(now + self.schedule.retry_s, run.number, attempt.job)
        else:
            self.over(now, run, attempt.job, failed=True)

    def over(self, now: float, run: _RunNow, job: int, *, failed: bool = False) -> None:
        """A job is over in a run: its children may begin, or are skipped after a failure; it may begin in the next."""
        left = [(job, failed)]
        while left:
            job, failed = left.pop()
            run.over.add(job)
            self.clear(now, job)
            for child in self.children[job]:
                if child in run.over:
                    continue
                if failed:
                    self.skipped.append((run.number, child))
                    left.append((child, True))
                    run.over.add(child)
                else:
                    self.one_less(now, run, child)
        if len(run.over) == len(self.parents) and self.waiting and run.number + 1 == len(self.runs):
            self.begin_run(now, self.waiting.popleft())

    def clear(self, now: float, job: int) -> None:
        """Let a job begin in the first run in which it is not over, where it waits for itself in those before."""
        before = self.cleared[job]
        while self.cleared[job] < len(self.runs) and job in self.runs[self.cleared[job]].over:
            self.cleared[job] += 1
        if before < self.cleared[job] < len(self.runs):
            self.one_less(now, self.runs[self.cleared[job]], job)

    def one_less(self, now: float, run: _RunNow, job: int) -> None:
        run.missing[job] -= 1
        if not run.missing[job] and job not in run.over:
            self.offer(now, run.number, job)
