"""An orchestrator's runs as they are read: the critical path is all of a run, and slots and waits add up."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.kernels import orchestrated
from lifecycle.simulation.model.kinds import Cause, FaultKind, Overlap, Role
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule, StageJob, every
from lifecycle.simulation.readings.gantt import job_run, run_at, slots_in_use
from lifecycle.simulation.readings.journey import follow

HOURLY = Schedule("hourly", every(3600.0, DAY_S), slots=2)
CHAIN = (StageJob("clean"), StageJob("join", ("clean",)), StageJob("sum", ("join",)))
FIGURES = (("job_overhead_s", 300.0), ("per_event_s", 0.5), ("workers", 1.0))


def network(jobs=CHAIN, schedule=HOURLY, figures=FIGURES):
    stations = (
        Station("shop", Role.SOURCE),
        Station("lake", Role.LAKE),
        Station("work", Role.TRANSFORM, figures, schedule.id, jobs),
        Station("mart", Role.WAREHOUSE),
        Station("desk", Role.CONSUMER),
    )
    links = [("shop", "lake"), ("lake", "work"), ("work", "mart"), ("mart", "desk")]
    return Network(stations, tuple(Link(*link) for link in links), (schedule,))


def orchestration(run):
    (done,) = run.orchestrated.values()
    return done


@st.composite
def days(draw):
    """Any day of an orchestrator: jobs inside a stage, slots, overlap, failures, a sleep, drawn durations."""
    names = ["a", "b", "c", "d", "e"][: draw(st.integers(1, 5))]
    jobs = tuple(
        StageJob(name, tuple(sorted(draw(st.sets(st.sampled_from(names[:nth]), max_size=2)))) if nth else ())
        for nth, name in enumerate(names)
    )
    schedule = replace(
        HOURLY, slots=draw(st.integers(1, 3)), overlap=draw(st.sampled_from(Overlap)),
        retries=draw(st.integers(0, 2)), retry_s=draw(st.sampled_from([0.0, 300.0])), catch_up=draw(st.booleans()),
    )  # fmt: skip
    median_s = draw(st.sampled_from([60.0, 900.0, 2400.0]))
    faults = []
    if draw(st.booleans()):
        faults.append(Fault(FaultKind.FAIL, "work", 18_000.0, draw(st.sampled_from([18_500.0, 26_000.0]))))
    if draw(st.booleans()):
        faults.append(Fault(FaultKind.SLEEP, "work", 40_000.0, 48_000.0))
    scenario = Scenario(
        events=300, seed=draw(st.integers(0, 9)), faults=tuple(faults), overrides=(("work", "drawn_s", median_s),)
    )
    return network(jobs, schedule), scenario


@settings(max_examples=60)
@given(days())
def test_the_critical_path_leads_from_the_moment_a_run_is_due_to_its_end_without_a_gap(day):
    done = orchestration(simulate(*day))
    for number in sorted({attempt.run for attempt in done.rounds.attempts}):
        run = job_run(done, number)
        assert run.critical[0].from_s == run.tick_s
        assert run.critical[-1].to_s == run.end_s
        assert all(one.to_s == after.from_s for one, after in pairwise(run.critical))
        assert sum(one.seconds for one in run.critical) == pytest.approx(run.makespan_s)
        works = [(one.from_s, one.to_s) for one in run.critical if one.cause is Cause.NONE]
        assert works == sorted((one.attempt.start_s, one.attempt.end_s) for one in run.tries if one.critical)
        assert {one.name for one in run.tries} | set(run.skipped) == set(done.jobs)


@settings(max_examples=60)
@given(days())
def test_what_a_try_waited_for_ends_when_it_began(day):
    done = orchestration(simulate(*day))
    for number in sorted({attempt.run for attempt in done.rounds.attempts}):
        for one in job_run(done, number).tries:
            assert all(before.to_s == after.from_s for before, after in pairwise(one.waits))
            if one.waits:
                assert one.waits[-1].to_s == one.attempt.start_s
                assert one.nth or one.waits[0].from_s == one.attempt.tick_s
            else:
                assert one.attempt.start_s in {one.attempt.tick_s, *(two.end_s for two in done.rounds.attempts)}


@settings(max_examples=60)
@given(days())
def test_at_every_moment_no_more_slots_are_in_use_than_there_are(day):
    done = orchestration(simulate(*day))
    edges_s = np.linspace(0.0, DAY_S, 289)
    most = slots_in_use(done, edges_s)
    for bucket, (begin_s, end_s) in enumerate(pairwise(edges_s)):
        moments = [begin_s, *(one.start_s for one in done.rounds.attempts if begin_s < one.start_s <= end_s)]
        counts = [sum(one.start_s <= at < one.end_s for one in done.rounds.attempts) for at in moments]
        assert most[bucket] == max(counts) <= done.schedule.slots


def test_with_slots_enough_the_path_is_the_kernels_longest():
    fork = (StageJob("a"), StageJob("b", ("a",)), StageJob("c", ("a",)), StageJob("d", ("b", "c")))
    done = orchestration(simulate(network(fork), Scenario(events=50, overrides=(("work", "drawn_s", 200.0),))))
    for number in range(20):
        run = job_run(done, number)
        lasts_s = [one.attempt.end_s - one.attempt.start_s for one in sorted(run.tries, key=lambda t: t.attempt.job)]
        _, ends = orchestrated(done.parents, run.tick_s, lasts_s, 4)
        assert run.end_s == pytest.approx(ends.max())
        assert all(one.cause is Cause.NONE for one in run.critical)
        assert [one.name.job for one in run.tries if one.critical][::2] == ["a", "d"]


def test_which_run_is_shown_follows_the_moment():
    done = orchestration(simulate(network(), Scenario(events=100)))
    assert [run_at(done, moment_s) for moment_s in (0.0, 3_600.0, 7_199.0, 7_200.0, DAY_S)] == [0, 0, 0, 1, 23]
    lengths = [job_run(done, number).makespan_s for number in range(24)]
    assert run_at(done, None) == int(np.argmax(lengths))
    asleep = Scenario(events=100, faults=(Fault(FaultKind.SLEEP, "work", 0.0, DAY_S),))
    assert run_at(orchestration(simulate(network(), asleep)), None) is None


FAILING = replace(HOURLY, retries=1, retry_s=600.0)
NIGHT = (Fault(FaultKind.FAIL, "work", 7_200.0, 10_000.0),)


def test_a_failed_parent_its_retry_and_what_is_skipped():
    done = orchestration(simulate(network(schedule=FAILING), Scenario(events=2_000, faults=NIGHT)))
    run = job_run(done, 1)
    assert [(one.name.job, one.nth, one.attempt.failed) for one in run.tries] == [
        ("clean", 0, True),
        ("clean", 1, True),
    ]
    assert [one.job for one in run.skipped] == ["join", "sum"]
    assert [one.name.job for one in run.failed] == ["clean"]
    assert [one.cause for one in run.critical] == [Cause.NONE, Cause.RETRY, Cause.NONE]
    assert run.critical[1].seconds == 600.0


def stay(run, event):
    return next(one for one in follow(run, event, "desk").stays if one.stage == "work")


def waits(one):
    return [(wait.cause, round(wait.seconds, 6)) for wait in one.waits]


def test_who_is_followed_tells_the_failed_run_and_the_tries_of_the_next():
    run = simulate(network(schedule=FAILING), Scenario(events=2_000, faults=NIGHT))
    event = int(np.searchsorted(run.born_s, 5_000.0))
    one = stay(run, event)
    assert waits(one) == [
        (Cause.TICK, round(7_200.0 - one.arrived_s, 6)),
        (Cause.FAILED, 3_600.0),
    ]
    assert one.started_s == 10_800.0
    done = orchestration(run)
    worked = [a.end_s - a.start_s for a in done.rounds.attempts if a.run == 2]
    assert one.worked_s == pytest.approx(sum(worked))


def test_who_is_followed_tells_a_retry_and_the_wait_for_a_slot_and_for_the_jobs_before():
    soon = (Fault(FaultKind.FAIL, "work", 7_200.0, 7_300.0),)
    run = simulate(network(schedule=FAILING), Scenario(events=2_000, faults=soon))
    one = stay(run, int(np.searchsorted(run.born_s, 5_000.0)))
    failed, again = (a for a in orchestration(run).at_jobs_of("work")[0] if a.run == 1)
    assert waits(one)[1:] == [
        (Cause.RETRY, round(failed.end_s - failed.start_s, 6)),
        (Cause.RETRY, 600.0),
    ]
    assert again.start_s == one.started_s

    wide = (StageJob("clean"), StageJob("left", ("clean",)), StageJob("right", ("clean",)), StageJob("sum", ("left",)))
    one_slot = simulate(network(wide, replace(HOURLY, slots=1)), Scenario(events=2_000))
    tries = [a for a in orchestration(one_slot).rounds.attempts if a.run == 3]
    here = stay(one_slot, int(np.searchsorted(one_slot.born_s, 12_000.0)))
    assert here.waits[0].cause is Cause.TICK
    assert here.worked_s == pytest.approx(sum(a.end_s - a.start_s for a in tries))
    (first, *_), *others = (job_run(orchestration(one_slot), 3).tries[n].waits for n in range(1, 4))
    assert first.cause is Cause.PARENT
    assert any(held.cause is Cause.SLOT for held_up in others for held in held_up)


@settings(max_examples=40)
@given(days())
def test_waits_and_work_of_who_is_followed_are_all_of_its_stay(day):
    run = simulate(*day)
    done = orchestration(run)
    for event in range(0, run.born_s.size, 37):
        journey = follow(run, event, "desk")
        for one in (there for there in journey.stays if there.stage == "work"):
            until_s = one.left_s if one.left_s is not None else run.horizon_s
            assert one.waited_s <= until_s - one.arrived_s + 1e-6
            if one.worked_s is not None and one.fate == "went on":
                took = [a for a in done.rounds.attempts if one.started_s <= a.start_s and a.end_s <= one.left_s]
                edges = sorted({moment for a in took for moment in (a.start_s, a.end_s)})
                busy_s = sum(
                    end_s - start_s
                    for start_s, end_s in pairwise(edges)
                    if any(a.start_s <= start_s and end_s <= a.end_s for a in took)
                )
                assert one.worked_s == pytest.approx(busy_s, abs=1e-5)
