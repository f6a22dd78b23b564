"""Long sentences and paragraphs are told with their lines, and abbreviations that several pages leave unexplained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.glossary import Term
from lifecycle.course.readable.pages import LONG_PARAGRAPH, LONG_SENTENCE, hard_to_read
from lifecycle.documents import Section
from tests.ui.explorer_app import ROOT

COURSE = replace(load(ROOT / "content"), glossary=(Term("Log", "What a log is.", ("CDC",)),), overview=None)


def course_of(**texts: str):
    places = {id: replace(COURSE.places[id], sections=(Section("What it is", text, 10),)) for id, text in texts.items()}
    return replace(COURSE, places=places)


def sentence(words: int) -> str:
    return " ".join(["word"] * (words - 1) + ["end."])


@pytest.mark.parametrize(("words", "told"), [(LONG_SENTENCE, []), (LONG_SENTENCE + 1, [("sentence", 13)])])
def test_a_long_sentence_is_told_with_its_line(words, told):
    slips = hard_to_read(course_of(lake=f"Short.\n\n{sentence(words)}"))
    assert [(slip.kind, slip.problem.line) for slip in slips] == told


def test_a_long_paragraph_is_told_and_its_citations_do_not_count():
    within = " ".join([sentence(20)] * 6)
    assert not hard_to_read(course_of(lake=f"{within} [@kleppmann-2017, chapter 11 and many more words]"))
    (slip,) = hard_to_read(course_of(lake=f"{within} More."))
    assert slip.kind == "paragraph"
    assert f"{LONG_PARAGRAPH + 1} words" in slip.problem.what


def test_code_figures_and_list_items_apart_are_no_long_sentence():
    code = f"```text\n{sentence(60)}\n```"
    items = "\n".join(f"- {sentence(30)[:-1]}" for _ in range(3))
    assert not hard_to_read(course_of(lake=f"See:\n\n{code}\n\n{items}"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The CRM asks.", True),
        ("Customer relations (CRM) ask. The CRM answers.", False),
        ("CDC reads the log.", False),
        ("JSON over HTTP.", False),
        ("`CRM` in code.", False),
    ],
)
def test_an_abbreviation_that_several_pages_leave_unexplained_is_told(text, told):
    slips = hard_to_read(course_of(lake=text, buffer=text))
    assert [slip.kind for slip in slips] == ["abbreviation"] * (2 * told)
    assert not hard_to_read(course_of(lake=text))


def test_the_course_can_be_read_at_a_walk():
    assert [str(slip.problem) for slip in hard_to_read(load(ROOT / "content"))] == []
