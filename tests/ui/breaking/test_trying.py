"""What would have saved a day is tried in the background, for many at once; as settings, and as a table beside it."""

from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, read, scenario_of, write
from lifecycle.course.worlds.breaks import fault_at, unbroken
from lifecycle.course.worlds.remedied import remedied
from lifecycle.simulation.experiments.remedies import remedies
from lifecycle.simulation.model.kinds import FaultKind, Size
from lifecycle.simulation.model.scenario import Fault
from lifecycle.ui.breaking import remedying, watching
from lifecycle.ui.session import cached
from tests.ui.explorer_app import ROOT

COURSE = load(ROOT / "content")
STATE = State(events=3_000, faults=(Fault(FaultKind.DOWN, "ingestion", 50_400.0, 54_000.0),))


def days(state):
    """The day of a state, and the same one without what the learner broke."""
    return COURSE.day(scenario_of(state, COURSE)), COURSE.day(unbroken(state, COURSE))


def test_remedies_that_came_to_nothing_are_tried_again_once_nobody_has_asked_for_a_while(monkeypatch):
    now_s, asked = [0.0], []
    monkeypatch.setattr(watching, "_tried", OrderedDict())
    monkeypatch.setattr("time.monotonic", lambda: now_s[0])
    failed: Future[Any] = Future()
    failed.set_exception(ValueError("no"))

    def submit(work):
        asked.append(work)
        return failed

    monkeypatch.setattr(watching, "_worker", SimpleNamespace(submit=submit))
    for later_s in (0.0, 1.0, 2.0, 2.0 + 2 * watching.FORGOTTEN_S):
        now_s[0] = later_s
        watching.remedies_of(*days(STATE))
    assert len(asked) == 2


def test_a_class_that_waits_is_served_and_what_nobody_asks_for_is_let_go(monkeypatch):
    """Each waits for a day of its own and asks for it again and again; none drives another's out."""
    now_s, done = [0.0], []
    monkeypatch.setattr(watching, "_tried", OrderedDict())
    monkeypatch.setattr("time.monotonic", lambda: now_s[0])
    waiting: dict[object, Future[Any]] = {}

    def submit(work):
        return waiting.setdefault(work.args[0], Future())

    monkeypatch.setattr(watching, "_worker", SimpleNamespace(submit=submit))
    brought = [COURSE.day(replace(scenario_of(STATE, COURSE), seed=seed)) for seed in range(30)]
    for _ in range(3):
        for day in brought:
            now_s[0] += 0.01
            done.append(watching.remedies_of(day, day.calm).cancelled())
    assert not any(done)
    assert len(waiting) == 30
    now_s[0] += 2 * watching.FORGOTTEN_S
    watching.remedies_of(brought[0], brought[0].calm)
    assert len(watching._tried) == watching.TRIED_KEPT
    assert waiting[brought[5]].cancelled()


@pytest.mark.parametrize("scenario", ["", "consumer-crash"])
def test_a_remedy_is_settings_that_simulate_its_day_or_none_where_no_address_says_it(scenario):
    fault = fault_at(FaultKind.DOWN, "transform", 50_400.0)
    state = State(scenario=scenario, size=Size.BATCH, faults=(fault,), knobs=(("buffer", "consumers", 3.0),))
    tried = remedies(COURSE.pipeline.network, scenario_of(state, COURSE), scenario_of(state, COURSE).faults)
    there = {(one.what, one.station): remedied(state, one.scenario, COURSE) for one in tried}
    for one in tried:
        if shown := there[one.what, one.station]:
            assert scenario_of(read(write(shown), COURSE)[0], COURSE) == one.scenario
    assert there["repair it within a quarter of an hour", "transform"] is not None
    unsaid = [what for (what, _), shown in there.items() if shown is None]
    assert unsaid == (["repair it within a quarter of an hour"] if scenario else [])


def test_the_table_beside_leaves_out_what_neither_day_has():
    before, now = (cached.consequence(*days(state)) for state in (STATE, STATE))
    table = remedying.beside(before, now)
    assert table.splitlines()[0] == "| | Before | With it |"
    assert "| Oldest data |" in table
    assert "| Twice |" not in table
