"""The search and the cards on the page: what the server hands out, and where what was chosen leads."""

import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.outputs.lookup import Served
from lifecycle.ui import remembered, server
from lifecycle.ui.pages import frame
from lifecycle.ui.session import addressbar, served
from tests.support.narrow import not_none
from tests.support.small_course import write_course
from tests.ui.explorer_app import opened

pytestmark = pytest.mark.usefixtures("own_folders")
COURSE = load(SHIPPED)


@pytest.fixture(autouse=True)
def nothing_looked_up(monkeypatch):
    monkeypatch.setattr(served, "_looked_up", {})


def client():
    return TestClient(Starlette(routes=server.routes()))


def mounted(app):
    mounts = [each.proto for each in app.get("bidi_component") if each.proto.component_name == "headwaters_lookup"]
    return [json.loads(each.json) for each in mounts]


def test_the_index_comes_at_the_address_of_its_version_and_is_kept(small):
    known = Served.of(load(small))
    answer = client().get(f"/lookup/{known.version}")
    assert answer.content == known.content
    assert "immutable" in answer.headers["cache-control"]
    assert client().get(f"/lookup/{known.version}x").status_code == 404


def test_another_course_has_another_index_and_a_page_from_before_keeps_its_own(small):
    before = not_none(served.looked_up())
    write_course(small, {"glossary.yaml": "terms:\n  - {term: lag, about: Behind.}\n"})
    now = not_none(served.looked_up())
    assert now.version != before.version
    for known in (before, now):
        assert client().get(f"/lookup/{known.version}").content == known.content


def test_a_course_that_cannot_be_read_has_none(small):
    (small / "pipeline.yaml").write_text("stages: [")
    assert served.looked_up() is None


@pytest.mark.parametrize(
    ("params", "offered", "without"),
    [
        ({}, True, []),
        ({"hide": "quiz,scenario"}, True, ["scenario", "question"]),
        ({"talk": "push-or-pull", "free": "1"}, False, []),
    ],
)
def test_the_explorer_has_the_search_but_in_a_talk_and_leaves_out_what_a_link_hides(params, offered, without):
    [part] = mounted(opened(**params))
    assert (part["follows"], part["offered"], part["without"]) == (True, offered, without)
    assert part["source"].endswith(f"/lookup/{not_none(served.looked_up()).version}")


def went(monkeypatch, address, question=""):
    """Where the explorer goes, and what it remembers, when this was chosen."""
    calls: dict[str, Any] = {}
    monkeypatch.setattr(served, "course", lambda: COURSE)
    monkeypatch.setattr(addressbar, "follow", lambda _, query: calls.update(follow=query))
    monkeypatch.setattr(addressbar, "go", lambda _, **changes: calls.update(go=changes))
    remembered.STORY.forget()
    frame._go(address, question)
    return calls | ({"story": True} if remembered.STORY.get() else {})


def test_a_stage_and_a_view_are_followed_like_links_and_a_scenario_opens_its_story(monkeypatch):
    assert went(monkeypatch, "?stage=lake") == {"follow": "?stage=lake"}
    assert went(monkeypatch, "?scenario=flash-sale") == {
        "follow": "?scenario=flash-sale",
        "go": {"stage": "buffer"},
        "story": True,
    }


@pytest.mark.parametrize("nth", [0, 3, -1])
def test_a_question_opens_in_the_quiz_of_its_place(monkeypatch, nth):
    question = COURSE.questions[nth]
    place = question.place if question.place in COURSE.places else None
    assert went(monkeypatch, "?view=quiz", question.id) == {"go": {"stage": place, "view": "quiz"}}
    held = not_none(COURSE.places[place] if place else COURSE.overview).questions
    key = remembered.question_of(question.place)
    assert held[key.value] == question


def sentences(app):
    return next(each.value for each in app.markdown if "The slowest step is" in each.value)


def test_the_story_and_the_sentence_after_a_change_mark_their_terms():
    app = opened(scenario="flash-sale")
    assert any("](#term-" in each.value for each in app.markdown if "bargain" in each.value or "stream" in each.value)
    app.query_params["size"] = "stream"
    app.run()
    assert "[p95](#term-p95)" in sentences(app)
