"""Ways into, through and out of a lesson: what it hides, what it leaves as it was, and when it counts as done."""

import json

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.storage import AnswerRow, LessonRow, Store
from lifecycle.ui.components import lookup
from lifecycle.ui.lessons import ways
from lifecycle.ui.session import addressbar, learner, seeing
from tests.course.lessons.lesson_texts import CLOSING, HEAD
from tests.support.narrow import not_none
from tests.ui.explorer_app import panel, words
from tests.ui.pages.lesson_app import ME, address_of, at, headline, labels, lesson_course, press, sound, turned, visited

COURSE = load(SHIPPED)
pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data" / "headwaters.db")


def written_lesson(folder, steps):
    lesson_course(folder)
    text = steps + CLOSING
    (folder / "lessons" / "first.md").write_text(HEAD.format(minutes=text.count("\n## ")) + text)


def wires_answer(app):
    """Whether a dot of the diagram can be clicked, as its script is told."""
    sent = [each.proto for each in app.get("bidi_component") if each.proto.component_name == "headwaters.diagram_note"]
    (state,) = [note for note in (json.loads(each.bytes) for each in sent) if note["note"] == "state"]
    return bool(state.get("dots"))


def chosen(app):
    return {each.label for each in app.selectbox}


def test_a_day_that_proves_a_belief_wrong_is_found_from_a_lesson_and_leads_back_to_it():
    """A lesson hides more than an address can say, which is nothing that a simulation must hear of."""
    app = visited(lesson="push-or-pull", step="9")
    question = not_none(COURSE.question("ingestion-catcher-down"))
    wrong = next(
        n
        for n, option in enumerate(question.options)
        if any(each.id == option.misconception and each.disproves for each in COURSE.misconceptions)
    )
    app.radio[0].set_value(wrong)
    press(app, "Check")
    app = sound(press(app, seeing.PROVES_IT_WRONG).run())
    assert "On this day " in words(app)
    assert "lesson" not in address_of(app)
    assert "hide" not in address_of(app)
    press(app, "Back to the question")
    assert at(sound(app.run())) == ("push-or-pull", "9")


def test_what_a_view_leaves_out_before_a_hall_is_there_for_who_learns_alone(small):
    """A talk's steps leave parts of the page out, and are taken as a lesson's."""
    written_lesson(small, "\n## Look\n<!-- step: view: ?hide=pages,charts; reveals: stage, charts -->\n")
    app = visited("lessons", lesson="first", step="1")
    assert "hide" not in address_of(app)
    assert app.metric
    app.query_params["hide"] = "charts"
    sound(app.run()).selectbox(key="stage").set_value("store")
    app = sound(app.run())
    assert address_of(app)["stage"] == "store"
    assert "hide" not in address_of(app)


def test_a_lesson_whose_last_step_is_not_done_has_not_been_taken(small, store):
    lesson_course(small)
    app = press(visited("lessons", lesson="first", step="8"), "Finish")
    assert not app.success
    assert "you are at step 8" in " ".join(each.value for each in app.caption)


def test_a_lesson_that_is_done_begins_anew_at_its_first_step(small, store):
    lesson_course(small)
    store.add_lesson("l", ME, LessonRow("first", 7, True))
    assert at(press(visited("lessons"), "Again")) == ("first", "1")


def test_what_is_searched_for_leads_out_of_a_lesson(monkeypatch):
    monkeypatch.setattr(lookup, "show", lambda *_, on_go, **__: _search(on_go))
    app = visited(lesson="opening", step="3")
    app = press(app, "Go to the search")
    assert address_of(app) == {"stage": "lake"}
    assert panel(app)["title"]["content"] == COURSE.places["lake"].title
    app = press(visited(stage="buffer", size="stream"), "Go to the search")  # outside of one all else stays
    assert address_of(app) == {"stage": "lake", "size": "stream"}


def _search(on_go):
    import streamlit as st

    st.button("Go to the search", on_click=on_go, args=("?stage=lake", ""))


def test_an_order_is_followed_once_that_is_revealed_and_the_list_of_stages_waits_for_its_own_step(small):
    written_lesson(
        small,
        "\n## Look\nAt it.\n\n## Follow it\n<!-- step: reveals: follow -->\n\n## Open\n<!-- step: reveals: stage -->\n",
    )
    app = visited("lessons", lesson="first", step="1")
    assert not wires_answer(app)
    assert "Follow an order" not in chosen(app)
    styles = " ".join(each.value for each in app.get("html"))
    assert "--tools-shown: none" in styles
    app = visited("lessons", lesson="first", step="2")
    assert wires_answer(app)
    assert "Follow an order" in chosen(app)
    styles = " ".join(each.value for each in app.get("html"))
    assert "--tools-shown" not in styles
    assert ".st-key-diagram > .st-key-stage { display: none; }" in styles
    styles = " ".join(each.value for each in visited("lessons", lesson="first", step="3").get("html"))
    assert ".st-key-diagram > .st-key-stage { display: none; }" not in styles


def test_a_stages_knobs_form_and_charts_come_when_they_are_revealed(small):
    written_lesson(
        small,
        "\n## Look\n<!-- step: view: ?stage=store&view=watch; reveals: stage -->\n"
        "\n## Turn\n<!-- step: view: ?stage=store&view=watch; reveals: knobs -->\n"
        "\n## Break\n<!-- step: view: ?stage=store&view=watch; reveals: break -->\n"
        "\n## Draw\n<!-- step: view: ?stage=store&view=watch; reveals: charts -->\n",
    )
    shown = []
    for step in range(1, 5):
        app = visited("lessons", lesson="first", step=str(step))
        charts = {each.label for each in app.get("download_button") if each.label.startswith("CSV")}
        shown.append((bool(app.slider), "Break it" in labels(app), any("at Store" in one for one in charts)))
    assert shown == [(False,) * 3, (True, False, False), (True, True, False), (True, True, True)]


def test_a_percentage_is_guessed_in_percent(small):
    guess = "figure: events.born; view: ?scenario=rush; unit: %; low: 0; high: 2000"
    written_lesson(small, f"\n## Guess\n<!-- predict: born; {guess} -->\n")
    app = visited("lessons", lesson="first", step="1")
    assert app.slider[0].proto.format == "%g %%"


def test_a_link_to_a_step_with_settings_of_its_own_keeps_them():
    app = visited(lesson="opening", step="4", seed="9")
    assert address_of(app) == {"lesson": "opening", "step": "4", "seed": "9"}
    assert "size" in address_of(visited(lesson="opening", step="4"))
    assert "size" in address_of(visited(lesson="opening", step="4", fbclid="abc"))  # what others hang on it is none


def test_the_layer_goes_along_into_a_lesson_and_out_of_it():
    app = visited(lesson="push-or-pull", layer="engineer")
    assert address_of(app)["layer"] == "engineer"
    app = press(app, "Skip to the whole machine")
    assert address_of(app) == {"layer": "engineer"}


def test_an_embedded_page_does_not_begin_with_the_opening(monkeypatch):
    written = []
    monkeypatch.setattr(addressbar, "open_step", lambda *_: written.append("opened"))
    monkeypatch.setattr("streamlit.query_params", type("Nothing", (), {"to_dict": lambda _: {}})())
    for embedded in (True, False):
        monkeypatch.setattr("streamlit.context", type("Context", (), {"is_embedded": embedded}))
        monkeypatch.setattr("streamlit.session_state", {})
        monkeypatch.setattr(learner, "lessons", tuple)
        monkeypatch.setattr(learner, "answers", tuple)
        ways.first_visit(COURSE)
        assert written == ([] if embedded else ["opened"])


def test_who_erases_everything_has_begun_no_lesson_even_while_the_store_was_away(monkeypatch, store):
    monkeypatch.setattr("streamlit.session_state", {})
    for name, value in {"name": lambda: ME, "store": lambda: store, "_written": lambda _: None}.items():
        monkeypatch.setattr(learner, name, value)
    learner._LESSONS.put("one", LessonRow("opening", 0, True))
    assert learner._LESSONS.rows
    learner.erase()
    assert learner._LESSONS.rows == ()


def test_an_answer_given_before_counts_for_a_step_that_asks_the_same(small, store):
    lesson_course(small)
    store.add_answer("a", ME, AnswerRow("store", "store-truth", False, "[1]"))
    app = turned(visited("lessons", lesson="first", step="6"))
    assert [row.step for row in store.lessons(ME) if row.done] == [5]
    assert "Next" in labels(app)


@pytest.mark.parametrize(
    ("talk", "step"),
    [(talk, nth) for talk in COURSE.talks for nth in range(1, len(talk.steps) + 1)],
    ids=lambda one: getattr(one, "id", one),
)
def test_each_step_of_a_talk_can_be_taken_alone(talk, step):
    """Its panel and what stands below the diagram may show one chart twice."""
    app = visited("lessons", lesson=f"talk-{talk.id}", step=str(step))
    assert headline(app) == talk.steps[step - 1].headline


@pytest.mark.parametrize("wrong", [{"siez": "stream"}, {"layer": "expert"}, {"part": "header"}])
def test_a_link_to_a_step_says_what_of_it_could_not_be_used(wrong):
    assert next(iter(wrong)) in visited(lesson="opening", step="4", **wrong).warning[0].value


def test_links_out_of_a_lesson_take_the_layer_along():
    app = visited("lessons", lesson="push-or-pull", layer="engineer")
    links = [link.proto.query_string for link in app.get("page_link") if link.proto.label == "Sweep"]
    assert links == ["layer=engineer"]
