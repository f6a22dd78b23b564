"""The orchestrator's day: runs, slots, failures, sleep and overlap; and against the kernel where there is one run."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day.rounds import rounds
from lifecycle.simulation.kernels import orchestrated
from lifecycle.simulation.model.kinds import Overlap
from lifecycle.simulation.model.schedules import Schedule
from tests.simulation.kernels.test_orchestration import critical_path, runs

CHAIN = [[], [0], [1]]


@dataclass
class Fixed:
    """Jobs of known duration; `fails` says which attempts of which job fail, by its number from 0."""

    duration_s: list[float]
    fails: set[tuple[int, int]] = field(default_factory=set)
    tries: dict[int, int] = field(default_factory=dict)
    heard: list[tuple[int, float]] = field(default_factory=list)

    def begin(self, job, now, run, tried):  # noqa: ARG002 - the house asks for more
        number = self.tries.get(job, 0)
        self.tries[job] = number + 1
        return now + self.duration_s[job], (job, number) in self.fails

    def end(self, job, now, *, failed):  # noqa: ARG002 - asked for by name
        self.heard.append((job, now))


def path(parents, duration_s):
    after = [[child for child, named in enumerate(parents) if job in named] for job in range(len(parents))]

    def of(job):
        return duration_s[job] + max(map(of, after[job]), default=0.0)

    return [of(job) for job in range(len(parents))]


def played(parents, duration_s, ticks=(0.0,), asleep=(), fails=(), **more):
    jobs = Fixed(list(duration_s), set(fails))
    done = rounds(Schedule("s", tuple(ticks), **more), parents, path(parents, duration_s), jobs, asleep)
    ended = [attempt.end_s for attempt in sorted(done.attempts, key=lambda one: one.end_s)]
    assert [moment for _, moment in jobs.heard] == ended == sorted(ended)
    return done


def spans(done, job):
    return [(attempt.start_s, attempt.end_s) for attempt in done.attempts if attempt.job == job]


@given(runs(most=20))
def test_one_run_whose_durations_are_known_is_the_kernels(run):
    parents, _, duration_s, slots = run
    if not parents:
        return
    start, end = orchestrated(parents, 60.0, duration_s, slots)
    attempts = played(parents, duration_s, ticks=[60.0], slots=slots).attempts
    assert {one.job: (one.start_s, one.end_s) for one in attempts} == dict(enumerate(zip(start, end, strict=True)))


@given(runs(most=6), st.sampled_from(Overlap), st.integers(1, 4), st.data())
def test_a_day_never_breaks_its_rules(run, overlap, ticks, data):
    parents, _, duration_s, slots = run
    if not parents:
        return
    fails = data.draw(st.sets(st.tuples(st.integers(0, len(parents) - 1), st.integers(0, 3)), max_size=4))
    sleep = sorted(data.draw(st.lists(st.integers(0, 16), min_size=2, max_size=2)))
    asleep = [(sleep[0] / 2, sleep[1] / 2)] if sleep[0] < sleep[1] else []
    day = played(
        parents, duration_s, [2.0 * k for k in range(ticks)], asleep, fails, slots=slots, overlap=overlap, retries=1,
        retry_s=0.5, catch_up=data.draw(st.booleans()),
    )  # fmt: skip
    attempts = day.attempts
    for moment in [one.start_s for one in attempts]:
        assert sum(one.start_s <= moment < one.end_s for one in attempts) <= slots
        assert not any(start <= moment < end for start, end in asleep)
    done = {(one.run, one.job): one.end_s for one in attempts if not one.failed}
    for one in attempts:
        assert all(done[one.run, parent] <= one.ready_s <= one.start_s for parent in parents[one.job])
    for job in range(len(parents)):  # never two of one job at once, and run after run
        mine = [one for one in attempts if one.job == job]
        assert [one.run for one in mine] == sorted(one.run for one in mine)
        assert all(a.end_s <= b.start_s for a, b in pairwise(mine))
    number_of_runs = 1 + max((one.run for one in attempts), default=-1)
    ends = {(one.run, one.job) for one in attempts} | set(day.skipped)
    assert ends == {(number, job) for number in range(number_of_runs) for job in range(len(parents))}
    assert number_of_runs + len(day.missed_s) == ticks


def test_a_run_that_is_due_too_soon_waits_is_skipped_or_goes_beside():
    tick = [0.0, 60.0, 120.0, 180.0]
    queued = played(CHAIN, [50.0, 50.0, 50.0], tick)
    assert spans(queued, 0) == [(0.0, 50.0), (150.0, 200.0), (300.0, 350.0), (450.0, 500.0)]
    skipped = played(CHAIN, [50.0, 50.0, 50.0], tick, overlap=Overlap.SKIP)
    assert (spans(skipped, 0), skipped.missed_s) == ([(0.0, 50.0), (180.0, 230.0)], (60.0, 120.0))
    beside = played(CHAIN, [50.0, 50.0, 50.0], tick, overlap=Overlap.PARALLEL)
    assert spans(beside, 0) == [(0.0, 50.0), (60.0, 110.0), (120.0, 170.0), (180.0, 230.0)]


def test_in_parallel_a_job_waits_for_itself_in_the_run_before():
    done = played([[]], [100.0], [0.0, 60.0, 120.0], overlap=Overlap.PARALLEL)
    assert spans(done, 0) == [(0.0, 100.0), (100.0, 200.0), (200.0, 300.0)]


def test_what_fails_is_tried_again_and_then_its_descendants_are_skipped_in_that_run_alone():
    once = played(CHAIN, [10.0, 10.0, 10.0], [0.0, 3600.0], fails=[(0, 0)], retries=1, retry_s=60.0)
    assert spans(once, 0)[:2] == [(0.0, 10.0), (70.0, 80.0)]
    assert spans(once, 2) == [(90.0, 100.0), (3620.0, 3630.0)]
    twice = played(CHAIN, [10.0, 10.0, 10.0], [0.0, 3600.0], fails=[(0, 0), (0, 1)], retries=1, retry_s=60.0)
    assert (twice.skipped, spans(twice, 2)) == (((0, 1), (0, 2)), [(3620.0, 3630.0)])


@pytest.mark.parametrize(("catch_up", "first"), [(True, [100.0, 110.0, 120.0]), (False, [120.0])])
def test_what_a_sleeping_scheduler_missed_is_made_up_for_or_not(catch_up, first):
    done = played([[]], [10.0], [0.0, 60.0, 90.0, 120.0], [(30.0, 100.0)], catch_up=catch_up)
    assert [start for start, _ in spans(done, 0)][1:] == first
    assert [one.tick_s for one in done.attempts] == ([0.0, 60.0, 90.0, 120.0] if catch_up else [0.0, 120.0])
    assert done.missed_s == (() if catch_up else (60.0, 90.0))


def test_a_job_that_is_ready_while_the_scheduler_sleeps_waits_until_it_wakes():
    done = played(CHAIN, [10.0, 10.0, 10.0], [0.0], [(5.0, 50.0)])
    assert [spans(done, job) for job in range(3)] == [[(0.0, 10.0)], [(50.0, 60.0)], [(60.0, 70.0)]]


def test_a_run_is_as_long_as_its_critical_path_where_there_are_slots():
    parents = [[], [], [0, 1], [2], [0]]
    done = played(parents, [10.0, 30.0, 5.0, 7.0, 40.0], slots=5)
    assert max(one.end_s for one in done.attempts) == critical_path(parents, [10.0, 30.0, 5.0, 7.0, 40.0]) == 50.0
