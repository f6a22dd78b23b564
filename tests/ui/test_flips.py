"""What the page shows ahead of a flipped switch is, word for word, what the server's page then says of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.course import address, load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.ui import server
from lifecycle.ui.panel import ahead, controls
from lifecycle.ui.session import runs
from tests.support.narrow import not_none
from tests.ui.explorer_app import opened

pytestmark = pytest.mark.usefixtures("own_folders")

COURSE = load(SHIPPED)
PLAIN = address.State(seed=41, events=3000)
FAULTY = address.State(scenario=COURSE.scenarios[-1].id, seed=42, events=3000, size=Size.STREAM)


def page(state):
    return opened(**address.write(state))


def figures(app):
    return [{"label": each.label, "shown": each.value, "change": each.delta} for each in app.metric]


def played(app):
    """The run that the diagram is told."""
    notes = [json.loads(each.proto.bytes or b"{}") for each in app.get("bidi_component") if each.proto.bytes]
    return next(note for note in notes if note.get("note") == "run")


@pytest.mark.parametrize("state", [PLAIN, FAULTY], ids=["an ordinary day", "a day with faults, as a stream"])
def test_what_is_shown_ahead_is_what_the_page_then_says(state):
    screen = runs.OnScreen(address.scenario_of(state, COURSE))
    flips = ahead.prepare(COURSE, screen, state)
    assert [flip["switch"] for flip in flips] == [field for field, *_ in controls.SWITCHES]
    for flip in flips:
        told = json.loads(not_none(ahead.sent(flip["key"])).result(timeout=60))
        app = page(state)
        values = next(words for field, _, words in controls.SWITCHES if field == flip["switch"])
        value = next(value for value, word in values.items() if word == flip["value"])
        app.segmented_control(key=flip["switch"]).set_value(value).run()
        assert not app.exception
        assert told["figures"] == figures(app)
        assert told["run"] == played(app)


def test_beside_a_pinned_run_what_is_shown_ahead_compares_with_that():
    now, pinned = (address.scenario_of(state, COURSE) for state in (PLAIN, replace(PLAIN, start=Start.PUSH)))
    push, size, _ = ahead.prepare(COURSE, runs.OnScreen(now, pinned=pinned), PLAIN)
    told = {flip["value"]: json.loads(not_none(ahead.sent(flip["key"])).result(timeout=60)) for flip in (push, size)}
    assert {figure["change"] for figure in told["Push"]["figures"]} == {""}  # itself: nothing to compare with
    assert any(figure["change"].startswith("was ") for figure in told["Stream"]["figures"])


def test_it_is_handed_out_under_its_key_and_kept_by_nobody_in_between():
    (flip, *_) = ahead.prepare(COURSE, runs.OnScreen(address.scenario_of(PLAIN, COURSE)), PLAIN)
    made = not_none(ahead.sent(flip["key"])).result(timeout=60)
    client = TestClient(Starlette(routes=server.routes()))
    answer = client.get(f"/ahead/{flip['key']}")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, made, "no-store")
    unknown = client.get("/ahead/0123456789abcdef")
    assert unknown.status_code == 404
    assert "<" not in unknown.text
