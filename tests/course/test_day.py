"""A day is one value: what a run comes of, and the name under which the run is kept."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.course import day as days
from lifecycle.course.day import Day, in_turn, kept, run
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size
from lifecycle.simulation.model.scenario import Fault, Scenario
from tests.support.networks import at

COURSE = replace(load(SHIPPED), traces={"planes": at([60.0, 70_000.0])})


def test_the_course_gives_a_day_the_trace_that_it_replays():
    made, real = Scenario(events=500), Scenario(events=500, arrivals=Arrivals.REAL_DAY, trace="planes")
    assert COURSE.day(made) == Day(COURSE.pipeline, made)
    assert COURSE.day(real).trace == COURSE.traces["planes"]
    assert COURSE.day(real).simulated().born_s.max() <= 70_000.0


def test_the_calm_day_has_no_faults_and_is_else_the_same():
    day = COURSE.day(Scenario(events=500, seed=7, faults=(Fault(FaultKind.DOWN, "buffer", 0.0, 600.0),)))
    assert day.calm == COURSE.day(Scenario(events=500, seed=7))


def test_equal_days_are_simulated_once(monkeypatch):
    seen = []

    def simulated(*day):
        seen.append(day)
        return object()

    monkeypatch.setattr(days, "simulate", simulated)
    days.run.cache_clear()
    scenario = Scenario(events=500, seed=4_711)
    assert run(COURSE.day(scenario)) is run(Day(COURSE.pipeline, replace(scenario)))
    assert run(COURSE.day(replace(scenario, seed=1))) is not run(COURSE.day(scenario))
    assert len(seen) == 2
    days.run.cache_clear()


def test_the_oldest_result_is_let_go_and_what_is_forgotten_is_made_again():
    seen = []

    @kept(2)
    def squared(n):
        seen.append(n)
        return n * n

    assert [squared(n) for n in (1, 2, 1, 3, 1, 2)] == [1, 4, 1, 9, 1, 4]
    assert seen == [1, 2, 3, 2]
    squared.cache_clear()
    squared(2)
    assert seen == [1, 2, 3, 2, 2]


def test_results_that_age_are_made_again():
    seen = []

    @kept(2, for_s=0.0)
    def counted(n):
        seen.append(n)
        return n

    counted(1), counted(1)
    assert seen == [1, 1]


def test_an_error_is_not_kept():
    def refused(n):
        raise ValueError(n)

    for _ in range(2):
        with pytest.raises(ValueError, match="3"):
            kept(2)(refused)(3)


def test_who_asks_for_what_is_being_made_waits_for_it():
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def slowly(n):
        seen.append(n)
        begun.set()
        assert go_on.wait(60)
        return object()

    slow, results = kept(2)(slowly), []
    threads = [threading.Thread(target=lambda: results.append(slow(1))) for _ in range(2)]
    threads[0].start()
    assert begun.wait(60)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert seen == [1]
    assert results[0] is results[1]


def test_days_in_turn_take_over_what_is_the_same_and_come_to_the_same():
    first = Scenario(events=2_000)
    other = replace(first, transform=Size.STREAM)
    with in_turn():
        before, after = (COURSE.day(scenario).simulated() for scenario in (first, other))
    alone = COURSE.day(other).simulated()
    assert after.passages["lake"] is before.passages["lake"]
    assert alone.passages["lake"] is not before.passages["lake"]
    assert np.array_equal(after.passages["bi"].departed_s, alone.passages["bi"].departed_s, equal_nan=True)


def test_of_a_day_in_turn_with_another_pipeline_or_another_real_day_nothing_is_taken_over():
    real = COURSE.day(Scenario(events=500, arrivals=Arrivals.REAL_DAY, trace="planes"))
    fewer = tuple(flow for flow in COURSE.pipeline.flows if flow.target != "archive")
    for other in (
        replace(real, pipeline=replace(COURSE.pipeline, flows=fewer)),
        replace(real, trace=at([40_000.0, 50_000.0])),
    ):
        alone = other.simulated()
        with in_turn():
            before, after = real.simulated(), other.simulated()
        for name, passage in alone.passages.items():
            assert after.passages[name] is not before.passages[name]
            assert np.array_equal(after.passages[name].arrived_s, passage.arrived_s)


def test_of_days_in_turn_the_last_one_alone_is_held():
    with in_turn():
        for seed in (1, 2, 3):
            last = COURSE.day(Scenario(events=500, seed=seed)).simulated()
            held = days._walks.get() or []
            assert [one.run for one in held] == [last]
    assert days._walks.get() is None
