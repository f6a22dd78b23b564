"""The page for authors and teachers: who may see it, what it shows, and whom it never shows."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.diagram import shading
from lifecycle.diagram.layout import picture
from lifecycle.installed import Setting
from lifecycle.learning.item_analysis import analyse, first_attempts
from lifecycle.storage import AnswerRow, Store
from lifecycle.ui.session import cached, teacher
from tests.support.narrow import not_none
from tests.support.small_course import write_course
from tests.ui.answers import fill

ROOT = Path(__file__).parents[3]
KEY = "a-key-that-is-long-enough"
IDEAS = """\
ideas:
  - {id: freshness, label: Freshness, about: "How old."}
misconceptions:
  - {id: fast-is-fresh, idea: freshness, label: "=Fast is fresh."}
"""
QUIZ = """\
<!-- question: {id}; level: recall; idea: freshness -->
<quiz>
=Which of {id}?
- [x] +This one
> Yes.
- [ ] That one <!-- misconception: fast-is-fresh -->
> No.
- [ ] The third
> No.

Because.
</quiz>

"""
PAGE = "".join(QUIZ.format(id=f"q-{n}") for n in range(6))


@pytest.fixture(autouse=True)
def _own_server(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "course", {"ideas.yaml": IDEAS, "quizzes/store.md": PAGE})
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(folder))
    monkeypatch.setenv(Setting.TEACHER, KEY)
    monkeypatch.delenv("HEADWATERS_WRITING", raising=False)
    teacher.forget_tries()
    cached.forget_attempts()


@pytest.fixture
def course(tmp_path):
    return load(tmp_path / "course")


def opened(page="pages/authors.py"):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    return app.switch_page(str(ROOT / page)).run()


def entered(key=KEY):
    app = opened()
    app.text_input(key="teacher-key-given").set_value(key)
    next(button for button in app.button if button.label == "Enter").click().run()
    return app


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.info, *app.error])


def links(app):
    return [each.proto.label for each in app.get("page_link")]


# --- who may see it


def test_without_a_key_on_the_server_the_page_says_how_to_switch_it_on_and_practice_does_not_name_it(monkeypatch):
    for unset in ("", "short"):
        monkeypatch.setenv(Setting.TEACHER, unset)
        app = opened()
        assert not app.exception
        assert Setting.TEACHER in words(app)
        assert not app.text_input
        assert not app.dataframe
        assert ("fewer than 12" in words(app)) == bool(unset)
        assert "For authors and teachers" not in links(opened("pages/practice.py"))


def test_practice_links_the_page_and_the_header_does_not():
    assert links(opened("pages/practice.py")).count("For authors and teachers") == 1
    assert "For authors and teachers" not in links(opened("pages/believe.py"))


def test_only_the_key_opens_the_page_and_another_key_on_the_server_shuts_it(monkeypatch):
    app = entered("a-key-that-is-long-enougH")
    assert [each.value for each in app.error] == ["That is not the key."]
    assert not app.dataframe
    app = entered()
    assert not app.exception
    assert app.dataframe
    assert Setting.TEACHER not in app.session_state
    assert app.session_state["teacher"] != KEY
    monkeypatch.setenv(Setting.TEACHER, KEY + "2")
    assert not app.run().dataframe
    monkeypatch.setenv(Setting.TEACHER, KEY)
    assert app.run().dataframe
    next(button for button in app.button if button.label == "Leave").click().run()
    assert not app.dataframe


@pytest.fixture
def clock(monkeypatch):
    """The limiter's clock, in seconds: `clock[0]`."""
    now_s = [0.0]
    for limit in (teacher._of_one, teacher._of_all):
        monkeypatch.setattr(limit, "now", lambda: now_s[0])
    return now_s


def test_tries_are_counted_by_sender_and_in_all_and_forgotten_after_a_minute(clock):
    for _ in range(teacher.FROM_ONE):
        assert teacher.attempt("guess", "a") == "That is not the key."
    clock[0] = 1.0
    assert "Too many" in teacher.attempt("guess", "a")
    assert teacher.attempt(KEY, "a") == ""  # nobody locks out who has the key
    assert teacher.attempt("guess", "b") == "That is not the key."
    clock[0] = teacher.WINDOW_S + 0.1
    assert teacher.attempt("guess", "a") == "That is not the key."
    teacher.forget_tries()
    clock[0] = 0.0
    for number in range(teacher.FROM_ALL):
        assert teacher.attempt("guess", f"s{number}") == "That is not the key."
    assert "Too many" in teacher.attempt("guess", "another")
    assert teacher.attempt(KEY, "another") == ""
    clock[0] = teacher.WINDOW_S
    assert teacher.attempt("guess", "another") == "That is not the key."


def test_a_sender_who_is_refused_takes_no_room_from_the_others_nor_any_memory(clock):
    for _ in range(10 * teacher.FROM_ALL):
        teacher.attempt("guess", "a")
    assert teacher.attempt("guess", "b") == "That is not the key."
    for number in range(10 * teacher.FROM_ALL):
        teacher.attempt("guess", f"s{number}")
    assert len(teacher._of_one) <= teacher.FROM_ALL


# --- what it shows


def test_the_table_has_every_question_and_its_figures(tmp_path, course):
    fill(tmp_path, course, 60)
    app = entered()
    assert not app.exception
    table = app.dataframe[0].value
    items = analyse(first_attempts(course.questions, Store(tmp_path / "headwaters.db").everyone()))
    assert list(table["id"]) == [question.id for question in course.questions]
    assert list(table["right at first (%)"]) == pytest.approx([100 * not_none(item.difficulty) for item in items])
    assert list(table["discrimination"]) == pytest.approx([item.discrimination for item in items])
    assert sum(not_none(item.discrimination) for item in items) > 0.1 * len(items)  # the answers were made so


def test_a_question_is_shown_with_whom_its_options_draw(tmp_path, course):
    fill(tmp_path, course, 60)
    app = entered()
    app.selectbox(key="authors-question").set_value("q-3").run()
    assert "=Which of q-3?" in words(app)
    assert "of 6" not in words(app).splitlines()[0]
    drawn = next(each.value for each in app.dataframe if "weakest 27 % (%)" in each.value)
    assert list(drawn["answer"]) == ["+This one", "That one", "The third"]
    right, wrong, idle = (drawn.iloc[row] for row in range(3))
    assert right["strongest 27 % (%)"] > right["weakest 27 % (%)"]
    assert wrong["strongest 27 % (%)"] < wrong["weakest 27 % (%)"]
    assert idle["share (%)"] == 0
    assert wrong["misconception"] == "fast-is-fresh"
    assert "The wrong answer that draws most: “That one”" in words(app)


def test_figures_of_few_are_not_shown(tmp_path, course):
    for learners, shown in ((4, "fewer than 5"), (9, "9")):
        fill(tmp_path / str(learners), course, learners, share=2.0)
        (tmp_path / "headwaters.db").unlink(missing_ok=True)
        (tmp_path / str(learners) / "headwaters.db").rename(tmp_path / "headwaters.db")
        cached.forget_attempts()
        app = entered()
        table = app.dataframe[0].value
        assert set(table["learners"]) == {shown}
        assert table["right at first (%)"].isna().all()
        # What is not known is a dash on the screen, and the word of no programming language.
        assert {each.proto.placeholder for each in app.dataframe if each.value.isna().any(axis=None)} == {"–"}
        assert "figures need 10" in words(app)
        heat = next(each.value for each in app.dataframe if "the commonest" in each.value)
        assert heat.set_index("place").loc["Store", "chose a misconception (%)"] is pd.NA or learners == 9


def test_no_learners_name_is_anywhere_on_the_page(tmp_path, course):
    fill(tmp_path, course, 20)
    app = entered()
    everything = words(app) + "".join(each.value.to_csv() for each in app.dataframe)
    assert not re.search(r"0{20}", everything)


def test_what_is_downloaded_runs_no_formula(tmp_path, course, monkeypatch):
    given = {}
    monkeypatch.setattr(st, "download_button", lambda _, data, name, *__, **___: given.update({name: data}))
    fill(tmp_path, course, 12)
    entered()
    assert set(given) == {"questions.csv", "misconceptions.csv"}
    for text in given.values():
        for row in csv.reader(io.StringIO(text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@")) or re.match(r"-\D", cell)]
    assert "'=Which of q-0?" in given["questions.csv"]
    assert "'=Fast is fresh." in given["misconceptions.csv"]


def test_misconceptions_lie_on_the_diagram_in_words_and_in_a_table(tmp_path, course):
    fill(tmp_path, course, 40)
    app = entered()
    assert not app.exception
    heat = next(each.value for each in app.dataframe if "the commonest" in each.value).set_index("place")
    share = heat.loc["Store", "chose a misconception (%)"]
    assert heat.loc["Store", "the commonest"] == "=Fast is fresh."
    assert heat.loc["Orders", "questions"] == 0
    assert "The whole" in heat.index  # it has no box on the diagram, and its questions count all the same
    image = next(each.proto.body for each in app.get("html") if "Misconceptions on the pipeline" in each.proto.body)
    assert f"Store {share} %" in image
    assert "Orders" not in image.split('src="')[0]
    beliefs = next(each.value for each in app.dataframe if "misconception" in each.value and "idea" in each.value)
    assert list(beliefs["misconception"]) == ["=Fast is fresh."]


def test_a_store_that_cannot_be_read_is_said_in_words(tmp_path):
    (tmp_path / "headwaters.db").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    app = entered()
    assert not app.exception
    assert "damaged" in words(app)


def test_counting_anew_sees_what_came_since(tmp_path, course):
    fill(tmp_path, course, 12, share=2.0)
    app = entered()
    assert "12 learners" in words(app)
    Store(tmp_path / "headwaters.db").add_answer("s", "new", AnswerRow("store", "q-0", True, "[0]"))
    assert "12 learners" in words(app.run())
    next(button for button in app.button if button.label == "Count anew").click().run()
    assert "13 learners" in words(app)


# --- the shaded picture


def test_a_shaded_picture_says_each_share_and_what_is_unknown(pipeline):
    drawn = shading.shaded(picture(pipeline).lr, {"shop": 0.123, "pump": None, "dock": 0.99, "nowhere": 0.5})
    assert "12 %" in drawn
    assert shading.UNKNOWN in drawn
    assert drawn.count("stroke-dasharray") == 1
    assert drawn.count('fill="#fed98e"') == 1
    assert drawn.count('fill="#993404"') == 1
    assert "50 %" not in drawn


@pytest.mark.parametrize(("fill", "ink"), [(fill, ink) for _, fill, ink in shading.SHADES])
def test_ink_is_readable_on_every_shade(fill, ink):
    """WCAG's contrast, at least 4.5."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(fill), light(ink)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_shades_grow_darker():
    shades = [sum(int(fill[at : at + 2], 16) for at in (1, 3, 5)) for _, fill, _ in shading.SHADES]
    assert shades == sorted(shades, reverse=True)


# --- while writing


def test_a_fault_is_told_once_on_a_page_that_goes_on_with_the_last_good_course(tmp_path):
    app = opened("pages/practice.py")
    (tmp_path / "course" / "quizzes" / "store.md").write_text(PAGE.replace("- [x]", "- [y]"))
    app.session_state["practice-part"] = "By place"
    app.run()
    assert len(app.code) == len(app.error) == 1
    assert "Which of q-0?" in words(app.selectbox(key="practice-place").set_value("store").run())


def test_a_page_follows_the_files_only_where_the_server_was_started_for_writing(tmp_path, monkeypatch):
    app = opened("pages/practice.py")
    assert "content-seen" not in app.session_state
    monkeypatch.setenv("HEADWATERS_WRITING", "1")
    app = opened("pages/practice.py")
    assert not app.exception
    before = app.session_state["content-seen"]
    (tmp_path / "course" / "quizzes" / "store.md").write_text(PAGE.replace("q-0", "q-9"))
    app.run()
    assert app.session_state["content-seen"] != before
    assert app.session_state["content-seen"] == app.run().session_state["content-seen"]
