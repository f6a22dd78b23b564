"""The stages of one schedule on their day: what their jobs found, how long they took, and when their rows were seen.

A run's jobs are worked through in order of time, since one that has more rows takes longer and lets others wait. What
each row met follows from the jobs: it goes with the first that succeeded and began when the row was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import numpy as np

from lifecycle.simulation.day.rounds import Attempt, RunsOfDay, rounds
from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.model.draws import Ids, Mask, normal, one_of
from lifecycle.simulation.model.kinds import Fate, OnDrift
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.model.schedules import DAY_TICKS, MOST_RETRIES, ONE_JOB, Schedule, StageJob
from lifecycle.simulation.roles.stream import Stream, fates
from lifecycle.simulation.roles.transform import Transform
from lifecycle.simulation.roles.workplace import Work, Workplace, per_row_s

_NOBODY = np.empty(0, dtype=np.int32)
NEVER_S = 2 * DAY_S  # what is not done by then is not done on this day; finite, so that it can be calculated with


@dataclass(frozen=True, eq=False)
class Feed:
    """One line into a stage: the stage of the same schedule that it comes from, or what comes from elsewhere.

    `only`: of what a stage of the schedule has done, the events that go down this line; None for all.
    """

    parent: int | None
    stream: Stream | None = None
    only: Mask | None = None


@dataclass(frozen=True, eq=False)
class Scheduled:
    """A stage of a schedule: where it stands, its lines in, in the order in which they are merged, and bad hours.

    `fails`: (start, end) in which each job that begins will fail. `jobs`: those into which its work is divided.
    `observed_s`: how long they took when somebody looked, from which a day draws.
    """

    workplace: Workplace
    feeds: tuple[Feed, ...]
    fails: Outages = ()
    jobs: tuple[StageJob, ...] = ONE_JOB
    observed_s: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class PlannedJob:
    """One job of every run: whose work it is, and its lines in, which name other jobs by index."""

    of: Scheduled
    job: StageJob
    feeds: tuple[Feed, ...]

    @property
    def stage(self) -> str:
        """The id of its stage."""
        return self.of.workplace.id

    @property
    def parents(self) -> tuple[int, ...]:
        """The jobs that must be done before it in a run."""
        return tuple(feed.parent for feed in self.feeds if feed.parent is not None)

    @property
    def plan_s(self) -> float:
        """How long it takes at least or, where that is drawn, in the middle."""
        figures = self.of.workplace.figures
        return self.job.part * (figures["drawn_s"] or figures["job_overhead_s"])


@dataclass(frozen=True)
class JobName:
    """How a job of a run is called: the id of its stage and, where the stage has several, its own."""

    stage: str
    job: str = ""


@dataclass(frozen=True)
class Orchestration:
    """What a schedule did on a day. `jobs`: those that its attempts count by index, each after its `parents`.

    `asleep`: (start, end), seconds, in which its scheduler started nothing.
    """

    schedule: Schedule
    jobs: tuple[JobName, ...]
    parents: tuple[tuple[int, ...], ...]
    rounds: RunsOfDay
    asleep: Outages = ()

    @property
    def stages(self) -> tuple[str, ...]:
        """The ids of its stages."""
        return tuple(dict.fromkeys(job.stage for job in self.jobs))

    @cached_property
    def attempts(self) -> Mapping[str, tuple[Attempt, ...]]:
        """By stage the attempts at its jobs, in order of time."""
        attempts: dict[str, list[Attempt]] = {stage: [] for stage in self.stages}
        for attempt in self.rounds.attempts:
            attempts[self.jobs[attempt.job].stage].append(attempt)
        return {stage: tuple(of_stage) for stage, of_stage in attempts.items()}

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[int, ...]]:
        """By stage the numbers of its jobs."""
        numbers: dict[str, list[int]] = {}
        for number, job in enumerate(self.jobs):
            numbers.setdefault(job.stage, []).append(number)
        return {stage: tuple(of_stage) for stage, of_stage in numbers.items()}

    @cached_property
    def by_run(self) -> Mapping[int, tuple[Attempt, ...]]:
        """By run, as they are numbered, the attempts in it, in order of time."""
        runs: dict[int, list[Attempt]] = {}
        for attempt in self.rounds.attempts:
            runs.setdefault(attempt.run, []).append(attempt)
        return {run: tuple(attempts) for run, attempts in sorted(runs.items())}

    def at_jobs_of(self, stage: str) -> tuple[tuple[Attempt, ...], ...]:
        """For each job of a stage the attempts at it, in order of time."""
        numbers = self._numbers.get(stage, ())
        return tuple(tuple(one for one in self.attempts[stage] if one.job == number) for number in numbers)


class ByOrchestrator(Transform):
    """A transformation that does not keep its own time. Its rows are not looked at one by one: columns pass unread."""

    def reads(self, figures: Mapping[str, float]) -> OnDrift | None:  # noqa: ARG002 - as every role
        """Not at all."""
        return None


def orchestrate(schedule: Schedule, stages: Sequence[Scheduled], asleep: Outages = ()) -> Orchestration:
    """Play the day of a schedule whose stages stand after those that feed them.

    `asleep`: (start, end) in which its scheduler starts nothing.
    """
    jobs = _planned(stages)
    parents = tuple(job.parents for job in jobs)
    path_s = [job.plan_s for job in jobs]
    for number in reversed(range(len(jobs))):
        for parent in parents[number]:
            path_s[parent] = max(path_s[parent], jobs[parent].plan_s + path_s[number])
    done = rounds(schedule, parents, path_s, _Desks(jobs), asleep)
    return Orchestration(schedule, tuple(JobName(job.stage, job.job.id) for job in jobs), parents, done, asleep)


def _planned(stages: Sequence[Scheduled]) -> tuple[PlannedJob, ...]:
    """The jobs of all stages. What waits for a stage waits for those of its jobs for which none of its own does."""
    jobs: list[PlannedJob] = []
    last: list[list[int]] = []
    for stage in stages:
        place = {job.id: len(jobs) + nth for nth, job in enumerate(stage.jobs)}
        arriving = tuple(
            replace(feed, parent=parent)
            for feed in stage.feeds
            for parent in ((None,) if feed.parent is None else last[feed.parent])
        )
        for job in stage.jobs:
            jobs.append(PlannedJob(stage, job, tuple(Feed(place[name]) for name in job.after) or arriving))
        last.append([place[id] for id in _last(stage.jobs)])
    return tuple(jobs)


def _last(jobs: Sequence[StageJob]) -> list[str]:
    """Of the jobs of a stage those for which none of the others waits."""
    awaited = {name for job in jobs for name in job.after}
    return [job.id for job in jobs if job.id not in awaited]


def worked(
    workplace: Workplace, feeds: Sequence[Stream], jobs: Sequence[StageJob], attempts: Sequence[Sequence[Attempt]]
) -> tuple[Stream, Work]:
    """Return what arrived at a stage over its lines, merged, and what its jobs did with it.

    An event that comes over several lines is one row, seen when the last line has it: the others end as JOINED. What
    came twice over one line is removed as a second copy. Of several jobs the first to begin begins a row, and the last
    lets it go. `attempts`: for each of the `jobs` those at it, in order of time.
    """
    done: dict[str, Stream] = {}
    firsts: list[tuple[Stream, Work]] = []
    for job, tried in zip(jobs, attempts, strict=True):
        taken, work = _tried(workplace, [done[name] for name in job.after] or feeds, tried)
        alive = np.ones(taken.ids.size, dtype=np.bool_) if work.fate is None else work.fate == Fate.OK
        done[job.id] = Stream(taken.ids[alive], work.ended_s[alive])
        if not job.after:
            firsts.append((taken, work))
    arriving, work = firsts[0]
    if len(jobs) == 1:
        return arriving, work
    seen_s = np.zeros(workplace.events)
    for id in _last(jobs):
        np.maximum.at(seen_s, done[id].ids, done[id].at_s)
    ended_s = np.max([one.ended_s for _, one in firsts], axis=0)
    alive = np.ones(ended_s.size, dtype=np.bool_) if work.fate is None else work.fate == Fate.OK
    ended_s[alive] = seen_s[arriving.ids[alive]]
    started_s = np.min([one.started_s for _, one in firsts], axis=0)
    spans = np.array([(one.start_s, one.end_s) for tried in attempts for one in tried]).reshape(-1, 2)
    return arriving, Work(started_s, ended_s, work.fate, from_s=spans[:, 0], to_s=spans[:, 1], servers=len(jobs))


def _tried(workplace: Workplace, feeds: Sequence[Stream], attempts: Sequence[Attempt]) -> tuple[Stream, Work]:
    """What came to one job over its lines, merged, and what became of it there."""
    arriving, kept, joined = _joined(feeds, workplace.events)
    there_s = arriving.at_s.copy()
    first = kept | joined
    last_s = np.full(workplace.events, NEVER_S)
    last_s[arriving.ids[kept]] = arriving.at_s[kept]
    there_s[first] = last_s[arriving.ids[first]]
    done = [attempt for attempt in attempts if not attempt.failed]
    begun = np.array([*(attempt.start_s for attempt in done), NEVER_S])
    ended = np.array([*(attempt.end_s for attempt in done), NEVER_S])
    job = np.searchsorted(begun[:-1], there_s, "left")
    rejected = workplace.coins("rejected", arriving.ids, workplace.figures["reject_share"])
    fate = fates(arriving.ids.size, (joined, Fate.JOINED), (~first, Fate.DUPLICATE), (rejected, Fate.REJECTED))
    spans = np.array([(attempt.start_s, attempt.end_s) for attempt in attempts]).reshape(-1, 2)
    return arriving, Work(begun[job], ended[job], fate, from_s=spans[:, 0], to_s=spans[:, 1])


def _joined(feeds: Sequence[Stream], events: int) -> tuple[Stream, Mask, Mask]:
    """Return the lines as one stream (as `stream.merged` has it), which rows go on, and which a join has taken in."""
    ids = np.concatenate([feed.ids for feed in feeds]) if feeds else np.empty(0, dtype=np.int32)
    at_s = np.concatenate([feed.at_s for feed in feeds]) if feeds else np.empty(0)
    line = np.repeat(np.arange(len(feeds)), [feed.ids.size for feed in feeds])
    order = np.argsort(at_s, kind="stable")
    ids, at_s, line = ids[order], at_s[order], line[order]
    first = np.zeros(ids.size, dtype=np.bool_)
    first[np.unique(line * events + ids, return_index=True)[1]] = True
    rows = np.flatnonzero(first)
    last = np.full(events, -1, dtype=np.intp)
    last[ids[rows]] = rows  # of several assignments the last stays
    kept = np.zeros(ids.size, dtype=np.bool_)
    kept[last[last >= 0]] = True
    return Stream(ids, at_s), kept, first & ~kept


class _Desks:
    """All jobs of a schedule while their day is played, as `rounds` asks them."""

    def __init__(self, jobs: Sequence[PlannedJob]) -> None:
        self.jobs = jobs
        self.desks: list[_Desk] = []
        self.lines: list[list[tuple[int, Feed]]] = [[] for _ in jobs]
        for number, job in enumerate(jobs):
            passed = [None if feed.parent is None else self.desks[feed.parent].passed for feed in job.feeds]
            self.desks.append(_Desk(job, passed))
            for feed in job.feeds:
                if feed.parent is not None:
                    self.lines[feed.parent].append((number, feed))

    def begin(self, job: int, now: float, run: int, tried: int) -> tuple[float, bool]:
        """Let a job take what is there."""
        failed = any(start <= now < end for start, end in self.jobs[job].of.fails)
        return self.desks[job].begin(now, run * (MOST_RETRIES + 1) + tried), failed

    def end(self, job: int, now: float, *, failed: bool) -> None:  # noqa: ARG002 - rows are asked for by the moment
        """Hand on what a job has taken, unless it failed: then it lies there for the next."""
        if failed:
            return
        done = self.desks[job].finish()
        for child, feed in self.lines[job]:
            self.desks[child].come(done if feed.only is None else done[feed.only[done]])


class _Desk:
    """What lies before a job while its day is played: the rows that it finds when it begins.

    `missing`: over how many lines each event is still to come; `passed`: which events it lets through at all; `again`:
    second copies, which cost their work and go nowhere.
    """

    def __init__(self, job: PlannedJob, passed: Sequence[Mask | None]) -> None:
        """Look who is to come: over the lines from elsewhere, and from jobs that let `passed` through."""
        self.workplace, self.job, self.observed_s = job.of.workplace, job.job, job.of.observed_s
        events = self.workplace.events
        outside = [feed.stream for feed in job.feeds if feed.stream is not None]
        self.coming, kept, joined = _joined(outside, events)
        self.first, self.at, self.again = kept | joined, 0, 0
        self.missing = np.bincount(self.coming.ids[self.first], minlength=events)
        for feed, mask in zip(job.feeds, passed, strict=True):
            if mask is not None:
                self.missing += mask if feed.only is None else mask & feed.only
        rejected = self.workplace.coins(
            "rejected", np.arange(events, dtype=np.int32), self.workplace.figures["reject_share"]
        )
        self.passed: Mask = self.missing > 0
        if rejected is not None:
            self.passed &= ~rejected
        self.there: list[Ids] = []
        self.taken: Ids = _NOBODY

    def come(self, ids: Ids) -> None:
        """Rows of a job before are there: those of which nothing is missing can be worked on."""
        np.subtract.at(self.missing, ids, 1)
        self.there.append(np.unique(ids[self.missing[ids] == 0]))

    def begin(self, now: float, attempt: int) -> float:
        """Take what is there, and say until when it takes; `attempt` counts all that the day may have."""
        fresh = slice(self.at, int(np.searchsorted(self.coming.at_s, now, "right")))
        first = self.first[fresh]
        self.come(self.coming.ids[fresh][first])
        self.at, self.again = fresh.stop, self.again + int(np.count_nonzero(~first))
        self.taken, self.there = np.concatenate([self.taken, *self.there]), []
        return self._ends_s(now, attempt)

    def finish(self) -> Ids:
        """What goes on of what was taken, now that the job has succeeded."""
        done, self.taken, self.again = self.taken[self.passed[self.taken]], _NOBODY, 0
        return done

    def _ends_s(self, now: float, attempt: int) -> float:
        figures, clock = self.workplace.figures, self.workplace.clock
        lasts_s = self._drawn_s(attempt) if figures["drawn_s"] else self._counted_s()
        return now + lasts_s if clock.steady else max(clock.reaches_at(clock.work_at(now) + lasts_s), now)

    def _counted_s(self) -> float:
        """What its start and the rows that it has taken come to."""
        figures, rows = self.workplace.figures, self.taken.size + self.again
        bytes_s = self.workplace.transfer_s(self.taken)
        work_s = rows * per_row_s(figures) * self.job.part
        work_s += rows * bytes_s if isinstance(bytes_s, float) else float(bytes_s.sum())
        return figures["job_overhead_s"] * self.job.part + work_s / figures["workers"]

    def _drawn_s(self, attempt: int) -> float:
        """One of what was observed or, without that, of a log-normal; by the same luck in both, the longest by most."""
        at, figures = self.workplace, self.workplace.figures
        luck = at.scenario.seed, at.id, f"duration {self.job.id}", DAY_TICKS * (MOST_RETRIES + 1)
        if self.observed_s:
            lasted_s = one_of(sorted(self.observed_s), *luck, attempt)
            return figures["drawn_s"] / median(self.observed_s) * self.job.part * lasted_s
        deviations = normal(*luck, attempt)
        return float(figures["drawn_s"] * self.job.part * figures["drawn_spread"] ** deviations)
