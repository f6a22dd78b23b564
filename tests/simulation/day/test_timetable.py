"""Ticks: the ends of stretches that are looked for are those that a division for each event would give."""

import numpy as np
import pytest

from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.roles import timetable
from lifecycle.simulation.roles.timetable import at_next_tick, events_of_ticks, ticks

TIMES = {
    "many a tick": np.sort(np.random.default_rng(1).random(5_000)) * 86_400.0,
    "on the ticks": np.repeat(np.arange(1, 60) * 0.7, 40),
    "a stretch without": np.concatenate((np.full(300, 10.0), np.full(300, 7_000.0))),
    "late alone": np.full(3_000, 50_000.0),
    "a hair after the ticks": np.repeat(np.nextafter(np.arange(1, 60) * 900.0, np.inf), 40),
    "few": np.array([0.0, 0.7, 2.1, 2.1000001, 4.2]),
    "none": np.empty(0),
}


def rows(times: Seconds, interval_s: float) -> list[list[float]]:
    jobs, events = events_of_ticks(times, interval_s)
    later = ticks(times, interval_s, 100.0), at_next_tick(times, interval_s)
    return [row.tolist() for row in (ticks(times, interval_s), jobs, events, *later)]


@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
@pytest.mark.parametrize("interval_s", [0.7, 5.0, 900.0, 3_600.0])
def test_stretches_are_what_a_division_for_each_event_gives(times, interval_s, monkeypatch):
    looked_for = rows(times, interval_s)
    monkeypatch.setattr(timetable, "_stretches", lambda *_: None)
    assert looked_for == rows(times, interval_s)
    assert np.all(at_next_tick(times, interval_s) >= times)


def test_stretches_are_looked_for_where_a_tick_has_many_events():
    assert timetable._stretches(TIMES["many a tick"], 900.0, 0.0) is not None
    assert timetable._stretches(TIMES["few"], 900.0, 0.0) is None


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("offset_s", [0.0, 100.0])
def test_an_end_that_is_not_where_the_division_puts_it_is_found_out(off, offset_s, monkeypatch):
    times, searched = TIMES["many a tick"], np.searchsorted
    assert timetable._stretches(times, 900.0, offset_s) is not None
    monkeypatch.setattr(np, "searchsorted", lambda *given: searched(*given) + off)
    assert timetable._stretches(times, 900.0, offset_s) is None
