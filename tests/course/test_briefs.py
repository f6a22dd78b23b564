"""A scenario's text in four sections: read whole, or every fault told at its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.briefs import HEADINGS, Brief, read_brief
from lifecycle.documents import Document, Node

GOOD = (
    "## Story\n\nIt rains.\n\n## Question\n\nWho is wet?\n\n## Try\n\n1. Look.\n   Twice.\n2. Ask.\n\n## See\n\nAll.\n"
)


def read(body: str):
    return read_brief(Document("scenarios/x.md", Node("a mapping", 1), body, 5), ["lake"])


def test_the_four_sections_are_read():
    assert read(GOOD) == (Brief("It rains.", "Who is wet?", ("Look. Twice.", "Ask."), "All."), ())
    assert read(GOOD)[0].markdown == "It rains.\n\nWho is wet?\n\nLook. Twice.\n\nAsk.\n\nAll."


@pytest.mark.parametrize("mark", ["-", "*", "+", "1)"])
def test_a_list_may_have_any_mark(mark):
    assert read(GOOD.replace("1. ", f"{mark} ").replace("2. ", f"{mark} "))[0].tries == ("Look. Twice.", "Ask.")


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        (GOOD, "", 5, "no text", "## Story, ## Question, ## Try and ## See"),
        (GOOD, "Once upon a time.\n", 5, "text without a `##` heading", "begin a section"),
        ("## See\n\nAll.\n", "", 5, "no section See", "write `## See`"),
        ("## See", "## Seen", 19, "unknown section 'Seen'", "did you mean See?"),
        ("All.", "", 19, "the section 'See' is empty", "write it"),
        ("2. Ask.", "", 13, "1 thing to try", "write 2 to 5"),
        ("2. Ask.", "\n".join(f"{n}. Ask." for n in range(2, 7)), 13, "6 things to try", "write 2 to 5"),
        ("1. Look.", "Look.", 13, "what to try is no list", "begin each thing"),
        ("It rains.", "It <b>rains</b>.", 7, "HTML in Markdown", "backticks"),
        ("It rains.", "It [rains](?stage=laek).", 7, "unknown place 'laek'", "did you mean lake?"),
    ],
)
def test_each_fault_is_told_at_its_line_with_its_fix(old, new, line, what, fix):
    assert old in GOOD
    problems = read(GOOD.replace(old, new))[1]
    found = next(problem for problem in problems if what in problem.what)
    assert found.line == line
    assert fix in found.fix


def test_sections_stand_in_their_order():
    story, question, rest = (
        GOOD[: GOOD.index("## Q")],
        GOOD[GOOD.index("## Q") : GOOD.index("## T")],
        GOOD[GOOD.index("## T") :],
    )
    (problem,) = read(question + story + rest)[1]
    assert problem.what == "sections out of order"
    assert problem.fix == "put them in the order Story, Question, Try, See"


@given(
    st.lists(
        st.sampled_from(
            [*(f"## {heading}\n" for heading in HEADINGS), "1. a\n", "- b\n", "text\n", "\n", "  c\n", "##\n"]
        )
    )
)
def test_no_text_raises_anything_and_what_is_well_is_whole(lines):
    brief, problems = read("".join(lines))
    if not problems:
        assert all((brief.story, brief.question, brief.see))
        assert 2 <= len(brief.tries) <= 5
