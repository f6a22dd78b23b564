"""A stage on a schedule in the panel: its timetable in words, no slider of its own, the run of the moment."""

import pytest

from lifecycle.course import SHIPPED, address, load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds import knobs
from lifecycle.course.worlds.breaks import kinds_at
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from tests.ui.explorer_app import opened, words

COURSE = load(SHIPPED)
NIGHT = State(scenario="parent-fails", stage="transform")


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def test_the_panel_says_the_timetable_and_the_run_follows_the_moment():
    app = opened(scenario="parent-fails", stage="transform", view="watch", moment="8700")
    assert "on the schedule hourly: a run every hour at :10" in words(app)
    assert "The transformation switch and the stage's own timetable change nothing here." in words(app)
    assert "The run of 02:10 fails at clean after 2 tries" in words(app)
    assert "Schedule" not in [slider.label for slider in app.select_slider]
    assert not app.exception
    later = opened(scenario="parent-fails", stage="transform", view="watch", moment="30600")
    assert "The run of 08:10 takes 16 min" in words(later)


def test_on_any_other_day_the_stage_keeps_its_own_timetable():
    app = opened(stage="transform", view="watch")
    assert "on the schedule" not in words(app)
    assert "The run of" not in words(app)
    assert "Schedule" in [slider.label for slider in app.select_slider]


def transform(state):
    stage = COURSE.pipeline.on_day(scenario_of(state, COURSE)).by_id["transform"]
    assert isinstance(stage, Stage)
    return stage


def test_what_can_be_turned_and_broken_there_is_what_jobs_of_a_schedule_have():
    named = [figure.name for figure in knobs.that_matter(COURSE, NIGHT, transform(NIGHT))]
    assert named == ["per_event_s", "workers", "masks", "mask_s"]
    kinds = kinds_at(transform(NIGHT), COURSE.pipeline)
    assert {FaultKind.FAIL, FaultKind.SLEEP} <= set(kinds)
    assert FaultKind.POISON not in kinds
    assert FaultKind.FAIL not in kinds_at(transform(State()), COURSE.pipeline)


def test_an_address_keeps_a_fault_on_the_day_that_can_have_it_and_leaves_it_out_of_any_other_with_a_word():
    failing = Fault(FaultKind.FAIL, "transform", 36_000.0, 39_600.0)
    written = address.write(State(scenario="parent-fails", faults=(failing,)))
    state, notices = address.read(written, COURSE)
    assert (state.faults, notices) == ((failing,), ())
    state, notices = address.read({**written, "scenario": "normal-day"}, COURSE)
    assert state.faults == ()
    assert "fail does nothing to a transform without a schedule on this day" in notices[0]
    state, notices = address.turned(state, "?faults=poison.transform:3600-7200&scenario=parent-fails", COURSE)
    assert state.faults == ()
    assert "poison" in notices[0]
