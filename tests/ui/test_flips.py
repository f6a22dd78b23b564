"""What the page shows ahead of a flipped switch or a turned knob is word for word what the server's page then says."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.course import address, load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.worlds import knobs
from lifecycle.simulation.model.figures import WHOLE
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.roles import ROLES
from lifecycle.ui import server
from lifecycle.ui.panel import ahead, controls, turning
from lifecycle.ui.panel import figures as panel_figures
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
    """Each figure as the page shows it: its words, and what its two bars say and how wide they are."""
    pairs = [each.proto.body for each in app.get("html") if 'class="pair"' in each.proto.body]
    return [(each.label, each.value, each.delta, pair) for each, pair in zip(app.metric, pairs, strict=True)]


def shown_by_the_page(sent):
    return [(each["label"], each["shown"], each["change"], panel_figures.pair(each)) for each in sent]


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
        assert shown_by_the_page(told["figures"]) == figures(app)
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


def widget(app, key):
    return next(each for each in [*app.select_slider, *app.slider] if each.key == key)


@pytest.mark.parametrize("stage", ["ingestion", "buffer", "bi"])
def test_what_a_turned_knob_shows_is_what_the_page_then_says(stage):
    state = replace(PLAIN, stage=stage, view=address.View.WATCH)
    now, at = address.scenario_of(state, COURSE), next(one for one in COURSE.pipeline.stages if one.id == stage)
    asked, turns = turning.offer(COURSE, runs.OnScreen(now), state)
    shown = knobs.that_matter(COURSE, state, at)
    assert len(turns) == len(shown) > 0
    for turn, figure in zip(turns, shown, strict=True):
        key = turn["knob"].removeprefix("st-key-")
        app = page(state)
        if figure.options:
            continue
        in_use = knobs.in_use(COURSE, state, at, figure)
        thumb = next(thumb for thumb in (2, 1, 0.5) if knobs.slid_to(figure, in_use, thumb) not in (None, in_use))
        told = json.loads(not_none(turning.sent(asked, turn["figure"], thumb)).result(timeout=60))
        widget(app, key).set_value(knobs.slid_to(figure, in_use, thumb)).run()
        assert not app.exception
        assert shown_by_the_page(told["figures"]) == figures(app)
        assert told["run"] == played(app)
        assert address.scenario_of(address.read(dict(app.query_params), COURSE)[0], COURSE) != now


def test_only_the_knobs_that_the_page_shows_can_be_turned_and_none_while_a_prediction_is_asked_for(monkeypatch):
    state = replace(PLAIN, stage="ingestion", view=address.View.WATCH)
    screen = runs.OnScreen(address.scenario_of(state, COURSE))
    assert turning.offer(COURSE, screen, state)[1]
    for other in (
        replace(state, view=address.View.EXPLAIN),
        replace(state, stage=None),
        replace(state, stage="access"),
    ):
        assert turning.offer(COURSE, screen, other) == ("", [])
    large = replace(state, events=runs.MOST_AHEAD + 1)
    assert turning.offer(COURSE, runs.OnScreen(address.scenario_of(large, COURSE)), large) == ("", [])
    assert turning.offer(COURSE, replace(screen, waiting=screen.now), state) == ("", [])


def test_a_place_of_a_knob_is_handed_out_and_what_is_no_place_is_not():
    state = replace(PLAIN, stage="ingestion", view=address.View.WATCH)
    key, _ = turning.offer(COURSE, runs.OnScreen(address.scenario_of(state, COURSE)), state)
    client = TestClient(Starlette(routes=server.routes()))
    answer = client.get(f"/ahead/{key}/batch_interval_s/2")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert set(answer.json()) == {"run", "figures"}
    knob = "batch_interval_s"
    for nowhere in (f"{knob}/1.5", f"{knob}/99", f"{knob}/-1", f"{knob}/nan", "job_overhead_s/2", "no_such/2"):
        assert client.get(f"/ahead/{key}/{nowhere}").status_code == 404
    assert client.get(f"/ahead/0123456789abcdef/{knob}/2").status_code == 404


def test_a_place_that_the_thumb_has_left_is_not_simulated_any_more():
    state = replace(PLAIN, stage="ingestion", view=address.View.WATCH)
    key, _ = turning.offer(COURSE, runs.OnScreen(address.scenario_of(state, COURSE)), state)
    gate = threading.Event()
    turning._worker.submit(gate.wait)
    first, second, last = (not_none(turning.sent(key, "batch_interval_s", place)) for place in (1, 2, 3))
    gate.set()
    assert json.loads(last.result(timeout=60))["figures"]
    assert first.cancelled()
    assert second.cancelled()


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_place_of_a_slider_is_a_value_of_its_figure_and_the_value_in_use_has_one(role):
    for figure in ROLES[role]:
        places = [place for place in range(2_000) if knobs.slid_to(figure, figure.default, place) is not None]
        values = [not_none(knobs.slid_to(figure, figure.default, place)) for place in places]
        assert all(figure.low <= value <= figure.high for value in values)
        assert values == sorted(set(values))
        if figure.scale == "log" or figure.unit in WHOLE:
            assert figure.default in values
        for nowhere in (-1.0, float("nan"), float("inf")):
            assert knobs.slid_to(figure, figure.default, nowhere) is None
