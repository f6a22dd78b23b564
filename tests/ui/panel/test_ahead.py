"""Runs are computed ahead of the learner, each once, and never those that would fill the memory."""

import threading
from concurrent.futures import Future
from dataclasses import replace
from itertools import count

import pytest

from lifecycle import charts
from lifecycle.course import Course, Place, address
from lifecycle.course import day as days
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui.panel import ahead
from lifecycle.ui.session import cached, runs
from tests.support.narrow import not_none

SEEDS = count(900_001)


@pytest.fixture
def course(pipeline):
    return Course(pipeline, {place: Place(place, place.title(), "") for place in pipeline.places})


@pytest.fixture
def simulated(monkeypatch):
    """Every scenario that was really simulated."""
    seen = []
    honest = simulate

    def counting(network, scenario, *further):
        seen.append(scenario)
        return honest(network, scenario, *further)

    monkeypatch.setattr(days, "simulate", counting)
    return seen


def state_of(scenario):
    return address.State(seed=scenario.seed, events=scenario.events, start=scenario.start, size=scenario.size)


def finish():
    for _ in ("what was wished for is sent", "and drawn"):
        ahead._worker.submit(lambda: None).result(timeout=60)


def test_a_flipped_switch_finds_its_run_made(course, simulated):
    now = Scenario(events=500, seed=next(SEEDS))
    ahead.prepare(course, runs.OnScreen(now), state_of(now))
    finish()
    flipped = [replace(now, start=Start.PUSH), replace(now, size=Size.STREAM), replace(now, transform=Size.STREAM)]
    assert set(flipped) <= set(simulated)
    done = len(simulated)
    for scenario in flipped:
        cached.frames(course.day(scenario))
        cached.headline(course.day(scenario), course.prices)
        for name in charts.MAIN:
            cached.chart(name, course.day(scenario), course.day(now))
    assert len(simulated) == done


def test_the_run_that_waits_for_a_prediction_is_made_first(course, simulated):
    now = Scenario(events=500, seed=next(SEEDS))
    asked = replace(now, events=700)
    gate = threading.Event()
    ahead._worker.submit(gate.wait)  # so that every wish is known before the first is granted
    ahead.prepare(course, runs.OnScreen(now, waiting=asked), state_of(now))
    gate.set()
    finish()
    assert simulated[0] == asked


def test_every_wish_is_sent_before_the_first_is_drawn_also_one_that_comes_later(course, monkeypatch):
    done = []

    def sent(_):
        done.append("sent")
        return b""

    monkeypatch.setattr(ahead, "_message", sent)
    monkeypatch.setattr(ahead, "_draw", lambda _: done.append("drawn"))
    first, second = (Scenario(events=300, seed=next(SEEDS)) for _ in range(2))
    gate = threading.Event()
    ahead._worker.submit(gate.wait)
    ahead.prepare(course, runs.OnScreen(first), state_of(first))
    ahead._worker.submit(lambda: ahead.prepare(course, runs.OnScreen(second), state_of(second)))
    gate.set()
    finish()
    finish()
    assert done == ["sent"] * 6 + ["drawn"] * 6


def test_a_day_that_would_fill_the_memory_is_not_made_ahead(course, simulated):
    large = Scenario(events=runs.MOST_AHEAD + 1, seed=next(SEEDS))
    assert ahead.prepare(course, runs.OnScreen(large), state_of(large)) == []
    finish()
    assert not simulated


def test_two_learners_who_ask_for_the_same_run_have_it_simulated_once(course, simulated):
    now = Scenario(events=20_000, seed=next(SEEDS))
    both = threading.Barrier(2)
    found = []

    def ask():
        both.wait()
        found.append(cached.run(course.day(now)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert simulated == [now]
    assert found[0] is found[1]


def test_each_flip_has_a_name_of_its_own_and_the_same_wish_the_same(course, simulated):
    now = Scenario(events=500, seed=next(SEEDS))
    offered = ahead.prepare(course, runs.OnScreen(now), state_of(now))
    assert [(flip["switch"], flip["value"]) for flip in offered] == [
        ("start", "Push"), ("size", "Stream"), ("transform", "Stream")
    ]  # fmt: skip
    assert len({flip["key"] for flip in offered}) == 3
    assert ahead.prepare(course, runs.OnScreen(now), state_of(now)) == offered
    finish()
    assert len(simulated) == 4  # the three, and the run on screen
    assert ahead.sent("0" * 16) is None


def test_what_nobody_has_waited_for_long_is_dropped_and_wished_for_again_it_is_made(course, simulated):
    gate = threading.Event()
    ahead._worker.submit(gate.wait)
    screens = [Scenario(events=400, seed=next(SEEDS)) for _ in range(ahead.WISHES_KEPT // 3 + 1)]
    first, *_, last = [ahead.prepare(course, runs.OnScreen(now), state_of(now)) for now in screens]
    assert all(not_none(ahead.sent(flip["key"])).cancelled() for flip in first)
    again = ahead.prepare(course, runs.OnScreen(screens[0]), state_of(screens[0]))
    gate.set()
    finish()
    assert all(not_none(ahead.sent(flip["key"])).result(timeout=0) for flip in [*again, *last])


def test_of_what_was_sent_and_not_drawn_the_oldest_is_let_go(course, monkeypatch):
    drawn: list[object] = []
    monkeypatch.setattr(ahead, "_message", lambda _: b"")
    monkeypatch.setattr(ahead, "_draw", drawn.append)
    monkeypatch.setattr(ahead._worker, "submit", lambda *_: None)
    day = course.day(Scenario(events=300))
    wishes = [ahead._Wish(day, None, course.prices, str(n)) for n in range(ahead.WISHES_KEPT + 2)]
    for wish in wishes:
        ahead._send(wish, ahead._Ahead("key", Future()))
    assert list(ahead._undrawn) == wishes[2:]
    for _ in range(ahead.WISHES_KEPT + 1):
        ahead._grant()
    assert drawn == wishes[:1:-1]


def test_a_day_that_cannot_be_simulated_is_told_to_who_asks_and_the_next_one_is_made(course, monkeypatch):
    now = Scenario(events=300, seed=next(SEEDS))
    honest = ahead._message

    def failing(wish):
        if wish.day.scenario.start is Start.PUSH:
            raise ValueError("no such day")
        return honest(wish)

    monkeypatch.setattr(ahead, "_message", failing)
    push, *others = ahead.prepare(course, runs.OnScreen(now), state_of(now))
    finish()
    assert isinstance(not_none(ahead.sent(push["key"])).exception(timeout=0), ValueError)
    assert all(not_none(ahead.sent(flip["key"])).result(timeout=0) for flip in others)
