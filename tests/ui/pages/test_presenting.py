"""The Present page: talks are listed, walked by their address, left and found again; in a class the hub says where."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from lifecycle.classroom.server import hub
from lifecycle.classroom.server.limits import STARTS_OF_VISITOR
from lifecycle.course import load
from lifecycle.ui.present.conductor import Position, position
from lifecycle.ui.present.presenting import settings
from lifecycle.ui.session import teacher
from tests.ui.explorer_app import ROOT

COURSE = load(ROOT / "content")
TALK = COURSE.talks[0]


def presented(**query) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/present.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def headline(app) -> str:
    return next(each.value for each in app.markdown if each.value.startswith("# ") and "Headwaters" not in each.value)


def test_every_talk_is_listed_with_its_length_and_can_be_begun():
    app = presented()
    for talk in COURSE.talks:
        assert any(f"{len(talk.steps)} steps · {talk.minutes:g} minutes" in each.value for each in app.caption)
    app.button(key=f"present-{TALK.id}").click().run()
    assert app.query_params["talk"] == TALK.id
    assert headline(app) == f"# {TALK.steps[0].headline}"
    assert not app.exception


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_every_step_of_every_talk_can_be_shown(talk):
    for number, step in enumerate(talk.steps, 1):
        app = presented(talk=talk.id, step=str(number))
        assert not app.exception
        assert not app.error
        assert not app.warning
        assert headline(app) == f"# {step.headline}".replace("*", "\\*")


def test_a_course_without_talks_says_how_to_write_one(monkeypatch, tmp_path):
    from tests.support.small_course import write_course

    monkeypatch.setenv("HEADWATERS_CONTENT", str(write_course(tmp_path)))
    assert "no talks yet" in presented().info[0].value


def test_an_unknown_talk_shows_the_list():
    app = presented(talk="nothing <b>here</b>")
    assert app.button(key=f"present-{TALK.id}")
    assert "There is no talk “nothing" in app.warning[0].value
    assert "<b>" not in app.warning[0].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", Position(0, 0)),
        ("2.2", Position(1, 2)),
        ("2.99", Position(1, 3)),
        ("99", Position(2, 0)),
        ("0", Position(0, 0)),
        ("-1", Position(0, 0)),
        ("", Position(0, 0)),
        ("two", Position(0, 0)),
        ("٣", Position(2, 0)),
        ("9" * 5000, Position(2, 0)),
        ("2.-1", Position(1, 0)),
    ],
)
def test_a_position_is_read_from_the_address_and_kept_within_the_talk(text, expected):
    assert position(text, (0, 3, 1)) == expected


def test_a_position_is_written_as_it_is_read():
    assert [str(Position(0, 0)), str(Position(4, 2))] == ["1", "5.2"]


def test_points_to_come_are_hidden_and_have_their_room():
    number = next(n for n, step in enumerate(TALK.steps, 1) if len(step.points) > 1)
    points = TALK.steps[number - 1].points
    app = presented(talk=TALK.id, step=f"{number}.1")
    assert any(all(point in each.value for point in points) for each in app.markdown)
    rules = " ".join(each.proto.body for each in app.get("html"))
    assert "li:nth-child(n + 2) { visibility: hidden; }" in rules


def test_leaving_the_script_opens_the_steps_own_view_and_keeps_the_place_in_the_talk():
    number = next(n for n, step in enumerate(TALK.steps, 1) if "scenario=" in step.view)
    app = presented(talk=TALK.id, step=str(number), free="1", start="push")
    assert app.segmented_control(key="start").value == "push"
    app.segmented_control(key="size").set_value("stream").run()
    assert {name: app.query_params[name] for name in ("talk", "step", "free", "size")} == {
        "talk": TALK.id,
        "step": str(number),
        "free": "1",
        "size": "stream",
    }


def test_the_last_two_words_of_what_a_hall_reads_stand_on_one_line():
    step = next(step for step in TALK.steps if step.text and step.points)
    app = presented(talk=TALK.id, step=str(TALK.steps.index(step) + 1))
    tied = step.text[::-1].replace(" ", "\u00a0", 1)[::-1]
    assert tied in [each.value for each in app.markdown]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("?stage=lake&size=stream", {"stage": "lake", "size": "stream"}),
        ("?", {}),
        ("?stage=lake&scenario=no-such&class=OTHER&talk=x&hide=<script>&events=-1", {"stage": "lake"}),
        ("?knobs=buffer.consumers:99999999", {}),
    ],
)
def test_what_a_class_explores_is_read_by_the_address_and_nothing_else_passes(view, expected):
    assert settings(view, COURSE) == expected


@pytest.fixture
def classes(tmp_path, monkeypatch):
    """The hub of a store of its own."""
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    hub.cache_clear()
    yield hub()
    hub().stop()
    hub.cache_clear()


def started(app) -> tuple[str, str]:
    """Start a class from the list of talks: its code and the presenter's secret."""
    app.button(key=f"class-{TALK.id}").click().run()
    (hall,) = (each.value for each in app.code)
    found = app.session_state["class-started"]
    assert hall.endswith(f"/present?talk={TALK.id}&class={found['code']}")
    return found["code"], found["secret"]


def test_a_class_is_started_with_a_way_to_the_desk_and_a_link_for_the_hall(classes):
    app = presented()
    code, secret = started(app)
    assert classes.presents(code, secret)
    shown = [each.value for kind in (app.markdown, app.code, app.caption, app.text) for each in kind]
    assert not any(secret in each for each in shown)
    assert classes.lecture(code).talk["title"] == TALK.title
    app.button(key=f"begin-{TALK.id}").click().run()
    assert app.query_params["class"] == code
    assert headline(app) == f"# {TALK.steps[0].headline}"


def test_the_hall_shows_where_the_class_is_whatever_its_address_says(classes):
    app = presented()
    code, secret = started(app)
    classes.act(code, secret, "go", step=2, points=0)
    hall = presented(**{"talk": TALK.id, "class": code, "step": "1"})
    assert headline(hall) == f"# {TALK.steps[2].headline}"


def test_the_desk_gets_every_steps_notes_and_every_question_with_its_key(classes):
    code, _ = started(presented())
    told = classes.lecture(code).talk
    assert [step["headline"] for step in told["steps"]] == [step.headline for step in TALK.steps]
    assert all(step["notes_html"].startswith("<p>") for step in told["steps"])
    asks = [step["ask"] for step in told["steps"] if step["ask"]]
    assert len(asks) == sum(step.ask is not None for step in TALK.steps)
    assert all(ask["key"]["options"] or ask["key"]["places"] or ask["key"]["truth"] is not None for ask in asks)
    assert told["diagram"].lstrip().startswith("<svg")


def test_notes_and_answers_on_paper_are_offered_to_who_presents_alone(classes):
    def papers(words):
        return sum(isinstance(each, Element) and each.label.startswith(words) for each in app.get("download_button"))

    app = presented()
    assert papers("Hand-out (PDF)") == len(COURSE.talks)
    assert papers("With notes (PDF)") == 0
    code, secret = started(app)
    app.run()
    assert papers("With notes (PDF)") == 1
    classes.erase(code, secret)
    app.run()
    assert papers("With notes (PDF)") == 0


@pytest.mark.parametrize("code", ["BCDFGH23", "<script>", "x" * 5000])
def test_a_class_that_is_not_there_lets_the_talk_go_on_without_it(classes, code):
    app = presented(**{"talk": TALK.id, "class": code, "step": "2"})
    assert headline(app) == f"# {TALK.steps[1].headline}"
    assert "class" not in app.query_params
    assert "goes on without it" in app.toast[0].value


def test_a_store_that_fails_is_said_in_words_and_starts_no_class(classes, tmp_path):
    (tmp_path / "headwaters.db").write_bytes(b"no database at all" * 100)
    app = presented()
    app.button(key=f"class-{TALK.id}").click().run()
    assert "No class was started: headwaters.db is damaged" in app.error[0].value
    assert not app.exception


KEY = "a-key-that-nobody-guesses"


def test_where_a_teachers_key_is_set_a_class_is_started_by_who_has_it(classes, monkeypatch):
    monkeypatch.setenv("HEADWATERS_TEACHER", KEY)
    teacher.forget_tries()
    app = presented()
    name = f"class-key-{TALK.id}"
    assert not [each for each in app.button if each.key == f"class-{TALK.id}"]
    app.text_input(key=f"{name}-given").set_value("guess")
    next(each for each in app.button if each.form_id == name).click().run()
    assert [each.value for each in app.error] == ["That is not the key."]
    app.text_input(key=f"{name}-given").set_value(KEY)
    next(each for each in app.button if each.form_id == name).click().run()
    begun = app.session_state["class-started"]  # the right key starts the class: nothing more is pressed
    assert classes.presents(begun["code"], begun["secret"])
    assert any("is open" in each.value for each in app.markdown)


@pytest.mark.parametrize("key", ["", KEY])
def test_a_key_is_offered_only_where_the_server_has_one(classes, monkeypatch, key):
    monkeypatch.setenv("HEADWATERS_TEACHER", key)
    said = [each.value for each in presented().caption if "Notes and answers" in each.value]
    assert said
    assert {"key" in each for each in said} == {bool(key)}


def test_a_key_that_is_too_short_opens_nothing(classes, monkeypatch):
    monkeypatch.setenv("HEADWATERS_TEACHER", "short")
    app = presented()
    assert not [each for each in app.button if each.key == f"class-{TALK.id}"]
    assert any("No class can be started here" in each.value for each in app.markdown)


def test_one_visitor_starts_a_few_classes_and_is_told_when_there_were_too_many(classes):
    app = presented()
    for _ in range(int(STARTS_OF_VISITOR[0])):
        assert classes.presents(*started(app))
    app.button(key=f"class-{TALK.id}").click().run()
    assert "Many classes were started just now: wait" in app.error[0].value
    assert classes.presents(*started(presented()))  # another visitor, from the same address


def test_in_a_halls_title_no_number_is_parted_from_what_follows_it():
    app = presented(talk="the-whole-lifecycle", step="20")
    (title,) = [each.value for each in app.markdown if " waiting or in work; of the day, " in each.value]
    assert re.search(r"\d\u00a0[a-z%]", title)
    assert not re.search(r"\d [a-z%]", title)
