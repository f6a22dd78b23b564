"""One part of the explorer alone, as in the frame of another page: what stands there, and what does not."""

import json

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.installed import Setting
from tests.support.narrow import not_none
from tests.ui.explorer_app import MACHINE
from tests.ui.pages.lesson_app import address_of, at, headline, labels, press, sound, switches, visited

COURSE = load(SHIPPED)
pytestmark = pytest.mark.usefixtures("own_folders")


def drawn(app):
    return any(each.proto.component_name == "headwaters.diagram" for each in app.get("bidi_component"))


def pages(app):
    return [link.proto.label for link in app.get("page_link")]


def way_out(app):
    """Where the line below the part leads."""
    (line,) = [each.value for each in app.caption if "open the whole page" in each.value]
    return line.partition("](")[2].rstrip(")").partition("/?")[2]


def test_the_diagram_alone_has_no_header_no_controls_no_panel_and_no_charts():
    app = visited(part="diagram", size="stream", stage="lake")
    assert drawn(app)
    assert [*pages(app), *switches(app), *app.metric, *app.tabs, *app.get("plotly_chart")] == []
    assert sorted(way_out(app).split("&")) == ["size=stream", "stage=lake"]
    app.selectbox(key="stage").set_value("buffer")
    assert address_of(sound(app.run())) == {"part": "diagram", "size": "stream", "stage": "buffer"}


def test_the_charts_alone_are_those_of_the_address():
    app = visited(part="charts", size="stream")
    assert not drawn(app)
    assert [*pages(app), *app.tabs, *switches(app), *labels(app)] == []
    whole = visited(size="stream")
    assert [(each.label, each.value) for each in app.metric] == [(each.label, each.value) for each in whole.metric]
    assert len(app.get("plotly_chart")) == len(whole.get("plotly_chart")) >= 2


def test_a_lesson_alone_goes_from_step_to_step_and_leads_nowhere_else():
    lesson = not_none(COURSE.lesson("push-or-pull"))
    app = visited(part="lesson", lesson=lesson.id)
    assert (headline(app), pages(app)) == (lesson.steps[0].headline, [])
    assert "Skip to the whole machine" not in labels(app)
    app = press(app, "Next")
    assert (at(app), address_of(app)["part"]) == ((lesson.id, "2"), "lesson")
    turning = visited(part="lesson", lesson=lesson.id, step="5")
    assert switches(turning) == switches(visited(lesson=lesson.id, step="5")) != []
    last = visited(part="lesson", lesson=lesson.id, step=str(len(lesson.steps)))
    assert not {"Finish", "Next"} & set(labels(last))
    assert (at(press(last, "Again")), address_of(last)["part"]) == ((lesson.id, "1"), "lesson")


def test_a_lesson_that_is_not_named_is_the_opening_and_a_click_on_a_stage_does_not_leave_it():
    app = visited(part="lesson")
    assert at(app) == ("opening", "1")
    app.selectbox(key="stage").set_value("lake")
    assert at(sound(app.run())) == ("opening", "1")


def test_a_course_without_lessons_says_so(small):
    assert [each.value for each in visited(part="lesson").info] == ["This course has no lessons yet."]


def test_another_word_for_a_part_is_the_whole_page():
    app = visited(part="header", **MACHINE)
    assert pages(app)
    assert "part" in app.warning[0].value


def offered(app):
    return next(each.value for each in app.code if "<iframe" in each.value)


def test_the_frame_is_made_beside_the_link_and_says_when_nobody_may_show_it(monkeypatch):
    app = press(visited(size="stream"), "More")
    assert "size=stream&amp;part=diagram" in offered(app)
    assert any(Setting.FRAME_ANCESTORS in each.value for each in app.warning)
    box = next(each for each in app.selectbox if each.label == "What it shows")
    assert len(box.options) == 2 + len(COURSE.lessons)
    monkeypatch.setenv(Setting.FRAME_ANCESTORS, "https://lms.example.org")
    app = visited(size="stream")
    app.session_state["hand-out-part"] = "lesson/handshake"
    app = press(app, "More")
    frame = offered(app).partition("</iframe>")[0]
    assert "lesson=handshake&amp;part=lesson" in frame
    assert "size=" not in frame
    assert any("https://lms.example.org" in each.value for each in app.caption)


def test_a_part_says_what_of_its_link_could_not_be_used():
    assert "size" in visited(part="charts", size="strem").warning[0].value


def test_the_charts_alone_lead_to_no_panel_and_the_lesson_has_its_cards():
    effect = next(each.value for each in visited(part="charts").markdown if "The slowest step is" in each.value)
    assert "](?" not in effect
    names = [each.proto.component_name for each in visited(part="lesson", lesson="push-or-pull").get("bidi_component")]
    assert "headwaters_lookup" in names


def test_a_page_of_which_no_part_can_stand_alone_keeps_its_header():
    assert pages(visited("practice", part="diagram"))


def notes(app):
    mounts = [each.proto for each in app.get("bidi_component")]
    return [json.loads(each.bytes) for each in mounts if each.component_name == "headwaters.diagram_note"]


def test_the_diagram_alone_is_told_when_a_fault_is_made_up_for_and_films_the_whole_page():
    sent = {note["note"]: note for note in notes(visited(part="diagram", scenario="consumer-crash"))}
    assert sent["late"]["caught_up"] > 30_600
    assert "part" not in sent["state"]["film"]["address"]


def test_a_part_has_no_layer():
    drawn = [len(visited(part="charts", **layer).get("plotly_chart")) for layer in ({"layer": "learner"}, {})]
    assert drawn == [2, 2]
