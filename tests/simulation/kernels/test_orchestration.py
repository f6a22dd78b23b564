"""The orchestrator's run against a plain event loop, and against what is known of any such schedule."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.kernels import orchestrated


def played(parents, ready_s, duration_s, slots):
    """The same from moment to moment: who is done leaves, then free slots are given out, one by one."""
    jobs = range(len(parents))

    def path(job):
        return duration_s[job] + max((path(child) for child in jobs if job in parents[child]), default=0)

    start: dict[int, float] = {}
    end: dict[int, float] = {}
    now = min(ready_s, default=0)
    while len(start) < len(parents):
        done = {job for job in end if end[job] <= now}
        since = {
            job: max([ready_s[job], *(end[parent] for parent in parents[job])])
            for job in jobs
            if job not in start and done >= set(parents[job]) and ready_s[job] <= now
        }
        if since and len(start) - len(done) < slots:
            job = min(since, key=lambda one: (since[one], -path(one), one))
            start[job], end[job] = now, now + duration_s[job]
        else:
            later = [end[job] for job in end if end[job] > now] + [one for one in ready_s if one > now]
            now = min(later)
    return [start[job] for job in jobs], [end[job] for job in jobs]


@st.composite
def runs(draw, most=9):
    """Jobs in any order, with parents, moments and durations of quarters of a second, so that sums are exact."""
    order = draw(st.permutations(range(draw(st.integers(0, most)))))
    parents: list[list[int]] = [[] for _ in order]
    for place, job in enumerate(order):
        if place:
            parents[job] = draw(st.lists(st.sampled_from(order[:place]), max_size=3))
    quarters = st.lists(st.integers(0, 12).map(lambda n: n / 4), min_size=len(order), max_size=len(order))
    return parents, draw(quarters), draw(quarters), draw(st.integers(1, 4))


def critical_path(parents, duration_s):
    done: dict[int, float] = {}
    while len(done) < len(parents):
        for job, named in enumerate(parents):
            if job not in done and all(parent in done for parent in named):
                done[job] = duration_s[job] + max((done[parent] for parent in named), default=0.0)
    return max(done.values(), default=0.0)


@given(runs())
def test_a_run_is_that_of_a_plain_event_loop(run):
    start, end = orchestrated(*run)
    assert (start.tolist(), end.tolist()) == played(*run)


@given(runs(most=30))
def test_nobody_starts_early_nor_beyond_the_slots(run):
    parents, ready_s, duration_s, slots = run
    start, end = orchestrated(*run)
    assert (start >= ready_s).all()
    np.testing.assert_array_equal(end, start + duration_s)
    assert all(start[job] >= end[parent] for job, named in enumerate(parents) for parent in named)
    assert all(((start <= moment) & (moment < end)).sum() <= slots for moment in start)


@given(runs(most=30))
def test_a_run_lasts_as_long_as_its_longest_path_its_work_or_something_between(run):
    parents, _, duration_s, slots = run
    path, work = critical_path(parents, duration_s), sum(duration_s)
    lasts = orchestrated(parents, 0.0, duration_s, slots)[1].max(initial=0.0)
    assert max(path, work / slots) - 1e-9 <= lasts <= (work - path) / slots + path + 1e-9  # Graham 1969
    assert orchestrated(parents, 0.0, duration_s, max(len(parents), 1))[1].max(initial=0.0) == path
    assert orchestrated(parents, 0.0, duration_s, 1)[1].max(initial=0.0) == work


def test_the_longest_path_goes_first_among_those_ready_at_once():
    """Three loads at the tick, one of which has an hour of work behind it: it does not wait behind the others."""
    parents = [[], [], [], [2]]
    start, end = orchestrated(parents, 60.0, [10.0, 10.0, 10.0, 3600.0], 1)
    assert start.tolist() == [70.0, 80.0, 60.0, 90.0]
    assert end.max() == 60.0 + 3630.0


def test_who_is_ready_first_goes_first_whatever_it_leads_to():
    start, _ = orchestrated([[], [], [1]], [0.0, 5.0, 0.0], [20.0, 1.0, 900.0], 1)
    assert start.tolist() == [0.0, 20.0, 21.0]


def test_a_parent_named_twice_is_one_and_nothing_in_is_nothing_out():
    assert orchestrated([[], [0, 0]], 0.0, 2.0, 3)[1].tolist() == [2.0, 4.0]
    assert [times.size for times in orchestrated([], [], [], 1)] == [0, 0]


@pytest.mark.parametrize(
    ("parents", "ready_s", "duration_s", "slots", "says"),
    [
        ([[1], [0]], 0.0, 1.0, 1, "waits for itself, through its parents"),
        ([[], [1], [1]], 0.0, 1.0, 1, "job 1 waits for itself"),
        ([[], [2]], 0.0, 1.0, 1, "job 1 has the parent 2; there are jobs 0 to 1"),
        ([[], [-1]], 0.0, 1.0, 1, "job 1 has the parent -1"),
        ([[]], math.nan, 1.0, 1, "ready_s must be finite (seconds); got nan"),
        ([[]], 0.0, -1.0, 1, "duration_s must be finite, 0 or more (seconds); got -1.0"),
        ([[]], 0.0, math.inf, 1, "duration_s must be finite, 0 or more (seconds); got inf"),
        ([[]], [0.0, 1.0], 1.0, 1, "ready_s must be one number, or one for each of 1 jobs; got the shape (2,)"),
        ([[]], 0.0, 1.0, 0, "slots must be a whole number, 1 or more; got 0"),
    ],
)
def test_what_makes_no_run_is_named(parents, ready_s, duration_s, slots, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        orchestrated(parents, ready_s, duration_s, slots)
