"""One order of options and one set of letters: on the hall's screen, the phones, the desk and the paper."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from lifecycle.classroom import ClassState, ask_json, moves, shown_json, state_json
from lifecycle.classroom.polls import poll_json
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.course import load
from lifecycle.course.quizzes.checking import letters, shuffled
from lifecycle.course.sources import without
from lifecycle.documents import as_html
from lifecycle.outputs.pdf import talk_pdf
from lifecycle.outputs.pdf.typefaces import coverage
from lifecycle.storage import ClassRow
from lifecycle.ui.panel import hall, handouts, quiz
from lifecycle.ui.present import classes
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
ASKED = [
    (talk, step)
    for talk in COURSE.talks
    for step in range(len(talk.steps))
    if (ask := hall.ask_of(COURSE, talk, step)) and ask.poll.options
]
EACH = pytest.mark.parametrize(("talk", "step"), [pytest.param(*at, id=at[0].seed(at[1])) for at in ASKED])


def words(text):
    """Letters and digits alone: HTML, Markdown and the lines of a page are set in their own ways."""
    return re.sub(r"[\W_]+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def as_read(poll):
    """Letter and option as the script of the hall, of a phone or of the desk puts them together."""
    return [(letter, words(option)) for letter, option in zip(poll["letters"], poll["options"], strict=True)]


def on_paper(talk, *, notes):
    scenes = [
        handouts.step_scene(COURSE, talk, nth, "https://headwaters.example/", COURSE.prices)
        for nth in range(len(talk.steps))
    ]
    pages = PdfReader(io.BytesIO(talk_pdf(COURSE, talk, scenes, "https://headwaters.example/", notes=notes))).pages
    return words(" ".join(page.extract_text() for page in pages))


@EACH
def test_hall_phone_and_desk_read_a_question_in_one_order_with_one_set_of_letters(talk, step):
    ask = not_none(hall.ask_of(COURSE, talk, step))
    question = not_none(COURSE.question(talk.steps[step].ask.question))
    expected = [
        (letter, words(question.options[index].text))
        for letter, index in zip("ABCDEFGHIJ", shuffled(question, talk.seed(step)), strict=False)
    ]
    told = json.dumps({"steps": [{"ask": ask_json(ask)}]})
    lecture = Lecture.of(ClassRow("BCDFGH23", "", 0.0, 1e12, json.dumps(state_json(ClassState())), told))
    lecture.state = moves.ask(lecture.state, not_none(lecture.current_ask))
    on_screen = as_read(poll_json(ask.poll))
    on_phone = as_read(json.loads(lecture.for_phone("p", 0.0))["state"]["poll"])
    at_desk = as_read(json.loads(lecture.for_screen(0.0, desk=True))["state"]["poll"])
    assert on_screen == on_phone == at_desk == expected
    assert not_none(shown_json(lecture.state)["poll"])["letters"][0] == "A"


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_paper_has_the_order_and_the_letters_of_the_hall(talk, notes):
    paper = on_paper(talk, notes=notes)
    for step in range(len(talk.steps)):
        ask = hall.ask_of(COURSE, talk, step)
        if ask is not None and ask.poll.options:
            expected = "".join(letter + option for letter, option in as_read(poll_json(ask.poll)))
            assert expected in paper, talk.seed(step)


def test_some_questions_of_the_talks_are_shuffled_so_that_the_order_is_put_to_the_test():
    asked = [(not_none(talk.steps[step].ask).question, talk.seed(step)) for talk, step in ASKED]
    questions = [(not_none(COURSE.question(id)), seed) for id, seed in asked]
    moved = [shuffled(question, seed) != tuple(range(len(question.options))) for question, seed in questions]
    assert any(moved)


def test_letters_go_on_beyond_z():
    assert letters(3) == ("A", "B", "C")
    assert letters(28)[25:] == ("Z", "AA", "AB")
    assert len(set(letters(50))) == 50


# Letters that are read from others' files and learners' keyboards, and never shown; what stands in for them on paper.
NOT_SHOWN = ("trace_files/columns.py", "trace_files/headers.py", "quizzes/numbers.py", "pdf/typefaces.py")
# Two signs that every system's own symbols hold, and that have a twin on paper.
SYMBOLS = "✗⚠"


def test_what_a_page_writes_is_in_a_font_that_is_shipped():
    """A sign of a script that few systems have a font for, such as a full-width line, is drawn as an empty box."""
    files = [
        file for ending in ("py", "js", "mjs", "css", "html") for file in (ROOT / "lifecycle").rglob(f"*.{ending}")
    ]
    files += [*(ROOT / "content").rglob("*.md"), *(ROOT / "content").rglob("*.yaml")]
    held = set().union(*coverage().values())
    strange = {
        (file.name, letter)
        for file in files
        if not file.as_posix().endswith(NOT_SHOWN)
        for letter in set(file.read_text(encoding="utf-8")) - set(SYMBOLS) - {"\n", "\t"}
        if ord(letter) not in held
    }
    assert not strange


def test_a_blank_is_a_plain_line_on_every_surface():
    drawn = next(question for question in COURSE.questions if question.kind == "blank")
    assert re.search(r"\*\*\(1\) (\\_){3}\*\*", quiz._stem(drawn))
    assert "(${n + 1}) ___ " in (ROOT / "lifecycle/outputs/offline/page/verdict.js").read_text(encoding="utf-8")


def test_where_a_prediction_stands_alone_it_says_what_changes():
    """The hall shows a step's words above its question; a phone and the results show the question alone."""
    guesses = [
        (talk, nth, step.text)
        for talk in COURSE.talks
        for nth, step in enumerate(talk.steps)
        if step.ask and step.ask.predict
    ]
    assert guesses
    for talk, nth, text in guesses:
        alone = not_none(hall.ask_of(COURSE, talk, nth, alone=True))
        assert words(as_html(without(text))) in words(alone.poll.stem)
        assert words(not_none(hall.ask_of(COURSE, talk, nth)).poll.stem) in words(alone.poll.stem)
        told = classes._talk_json(COURSE, talk)["steps"][nth]["ask"]
        assert told == ask_json(alone)
