"""The examples of docs/QUIZZES.md do what the page says."""

import re
from pathlib import Path

import pytest

from lifecycle.course.quizzes.reading import MAX_PARTS, read_questions, warnings_in
from tests.course.quizzes.mkdocs_quiz_reading import read as theirs

PAGE = (Path(__file__).parents[3] / "docs" / "QUIZZES.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^````markdown( faulty)?\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)
GOOD = [text for faulty, text in EXAMPLES if not faulty]
OTHER_WORDS = re.compile(r"<!-- or: .*? -->")
FAULTY = [text for faulty, text in EXAMPLES if faulty]


def test_the_page_shows_each_kind_of_question():
    kinds = [question.kind for text in GOOD for question in read_questions(text, "a.md", "p")[0]]
    assert kinds == [
        "single",
        "multiple",
        "blank",
        "blank",
        "blank",
        "order",
        "match",
        "click",
        "single",
        "blank",
        "single",
    ]


@pytest.mark.parametrize("text", GOOD)
def test_an_example_reads_without_a_problem_here_and_in_mkdocs_quiz(text):
    questions, problems = read_questions(text, "a.md", "p")
    assert len(questions) == 1
    assert problems == warnings_in(text, "a.md") == ()
    kind = "multiple" if questions[0].kind in ("order", "match") else questions[0].kind
    kind = "single" if kind == "click" else kind
    # A comment with other words shows nothing there; it stands in the source.
    assert [(k, OTHER_WORDS.sub("", stem)) for k, stem, *_ in theirs(text)] == [(kind, questions[0].stem)]


@pytest.mark.parametrize("text", FAULTY)
def test_a_faulty_example_is_refused(text):
    questions, problems = read_questions(text, "a.md", "p")
    assert questions == ()
    assert len(problems) == 1


def test_the_page_itself_asks_nothing():
    assert read_questions(PAGE, "QUIZZES.md", "quizzes") == ((), ())


def test_the_named_limit_is_the_limit():
    assert f"more than {MAX_PARTS} options or blanks" in PAGE
