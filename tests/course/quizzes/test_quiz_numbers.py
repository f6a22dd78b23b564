"""A number is right within its tolerance, in whatever unit of the same kind it is written."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.classroom.ballots import Ballot, Refused, read_ballot
from lifecycle.classroom.message import PollKind
from lifecycle.classroom.polls import Poll, poll_json
from lifecycle.course.quizzes.checking import check, doubts
from lifecycle.course.quizzes.numbers import Accepted, accepted_number, doubt_in, number_in, unread_number
from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.course.quizzes.resolving import number_hint
from lifecycle.ui.panel import answering
from tests.support.narrow import not_none

# What is typed for what, and the number that it means in the unit asked for, null for none; "doubt" where it means two.
# tests/browser/offline/test_static.py holds the offline copy to the same table.
TABLE = json.loads((Path(__file__).parent / "typed_numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case['typed']} for {case['accepted']}")
def test_page_and_phone_read_each_number_of_the_table_alike(case):
    accepted, typed = not_none(accepted_number(case["accepted"])), case["typed"]
    value = case["value"] if case["value"] is None else pytest.approx(case["value"])
    assert number_in(typed, accepted.unit) == value
    assert bool(doubt_in(typed, accepted.unit)) == case["doubt"]
    right = value is not None and abs(case["value"] - accepted.value) <= accepted.tolerance
    question = Question("q", "lake", QuestionKind.BLANK, "[[]]", answers=(case["accepted"],))
    assert check(question, [typed]).right == right
    assert doubts(question, [typed]) == ((doubt_in(typed, accepted.unit),) if case["doubt"] else ())
    poll = Poll("q", PollKind.NUMBER, "", unit=accepted.unit)
    if value is None:
        with pytest.raises(Refused, match="can mean" if case["doubt"] else "Write a number"):
            read_ballot(poll, {"number": typed})
    else:
        ballot = read_ballot(poll, {"number": typed})
        assert ballot == Ballot(number=ballot.number)
        assert ballot.number == value


def test_a_number_that_can_mean_two_is_asked_about_with_both():
    assert doubt_in("-12,500 s", "s") == (
        "12,500 can mean 12500 or 12.5: write it without the comma as 12500, or with a point as 12.5."
    )
    words = Question("q", "lake", QuestionKind.BLANK, "[[]]", answers=("1,500",))
    assert check(words, ["1,500"]).right  # compared as text
    assert doubts(words, ["1,500"]) == ()


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "unit"),
    [
        ("50 ± 2 events/s", 50, 2, "events/s"),
        ("50±2", 50, 2, ""),
        ("1 500 +- 10 % rows", 1500, 150, "rows"),
        ("1,500.5 ± 1,0", 1500.5, 1, ""),
        ("1,5 ± 0,1 h", 1.5, 0.1, "h"),
        ("1.500,5 ± 2,5 % TB", 1500.5, 37.5125, "TB"),
        ("１，５ ± ０．１ h–1", 1.5, 0.1, "h–1"),
        ("1'234'567 ± 1", 1234567, 1, ""),
        ("-4.5 ± 0.5 s", -4.5, 0.5, "s"),
        ("2e6 ± 5 %", 2e6, 1e5, ""),
    ],
)
def test_a_blank_may_ask_for_a_number(answer, value, tolerance, unit):
    accepted = not_none(accepted_number(answer))
    assert accepted == Accepted(value, accepted.tolerance, unit)
    assert accepted.tolerance == pytest.approx(tolerance)


@pytest.mark.parametrize(
    "answer", ["buffer", "50", "50 events/s", "± 2", "50 ±", "50 ± -2", "50 ± 2 3", "five ± one", "±"]
)
def test_anything_else_is_compared_as_text(answer):
    assert accepted_number(answer) is None


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["typed"])
def test_an_author_writes_numbers_as_learners_do(case):
    """One reader: what is a number when it is typed is the same number within a tolerance, and what is none is none."""
    typed, meant = case["typed"], number_in(case["typed"], "")
    for answer, part in ((f"{typed} ± 0,5", "value"), (f"8 ± {typed}", "tolerance")):
        found = accepted_number(answer)
        if meant is not None and (part == "value" or meant >= 0):
            assert getattr(found, part) == pytest.approx(meant)
        elif case["doubt"]:
            assert found is None
            assert "can mean" in not_none(unread_number(answer))[1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            "1,500 ± 5",
            "[[1,500 ± 5]], a number that can mean two, 1,500 can mean 1500 or 1.5: "
            "write it without the comma as 1500, or with a point as 1.5",
        ),
        (
            "2 ± 1,500 h",
            "[[2 ± 1,500 h]], a number that can mean two, 1,500 can mean 1500 or 1.5: "
            "write it without the comma as 1500, or with a point as 1.5",
        ),
        *(
            (
                answer,
                f"[[{answer}]], no number with a tolerance, write it as [[1.5 ± 0.1 h]] or [[1.5 ± 5 % h]], with the "
                "unit last",
            )
            for answer in (
                "1.5 h ± 0.1 h",
                "1,5,3 ± 1",
                "$50 ± 2",
                "50 ± -2",
                "50 ± 2 3",
                "50 ±",
                "50 +- two",
                "1/2 ± 1",
            )
        ),
    ],
)
def test_a_number_that_cannot_be_read_is_told_with_its_line_and_never_taken_for_a_text(answer, said):
    page = f"# Numbers\n<quiz>\nSay [[what]] and\nthen [[{answer}]].\n</quiz>\n"
    questions, problems = read_questions(page, "a.md", "lake")
    assert (questions, [str(problem) for problem in problems]) == ((), [f"a.md:4: {said}"])


@pytest.mark.parametrize("answer", ["buffer", "1,500", "± 2", "x1 ± y", "five ± one", "a +- b", "50 events/s"])
def test_what_is_no_number_at_all_stays_a_text(answer):
    questions, problems = read_questions(f"<quiz>\nSay [[{answer}]].\n</quiz>\n", "a.md", "lake")
    assert (problems, questions[0].answers) == ((), (answer,))


@pytest.mark.parametrize(
    ("accepted", "typed", "right"),
    [
        ("50 ± 2 events/s", "50", True),
        ("50 ± 2 events/s", " 48 Events/s ", True),
        ("50 ± 2 events/s", "52.0 events/s", True),
        ("50 ± 2 events/s", "52.1", False),
        ("50 ± 2 events/s", "50 rows/s", False),
        ("50 ± 2 events/s", "fifty", False),
        ("50 ± 2 events/s", "", False),
        ("90 ± 1 min", "1.5 h", True),
        ("90 ± 1 min", "5 400 s", True),
        ("90 ± 1 min", "5,400 s", False),
        ("90 ± 1 min", "90 s", False),
        ("90 ± 1 min", "90 MB", False),
        ("1.5 ± 0.1 GB", "1500 MB", True),
        ("0.3 ± 0 s", "300 ms", True),
        ("-4 ± 1", "−4", True),
    ],
)
def test_what_is_typed_is_read_with_its_unit(accepted, typed, right):
    found = accepted_number(accepted)
    assert found is not None
    assert found.fits(typed) == right


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(-1.5, 1.5))
def test_exactly_what_lies_within_the_tolerance_is_right(value, tolerance, part):
    accepted = Accepted(value, tolerance, "")
    typed = float(f"{value + part * tolerance:.6f}")
    if abs(abs(typed - value) - tolerance) > 1e-5 + 2e-9 * abs(value):
        assert accepted.fits(f"{typed:.6f}") == (abs(typed - value) < tolerance)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_raises_anything(answer, typed):
    found = accepted_number(answer)
    if found is not None:
        found.fits(typed)
    Accepted(1.0, 0.5, "s").fits(typed)


def test_a_question_takes_numbers_and_words_side_by_side():
    question = Question("q", "lake", QuestionKind.BLANK, "[[]] in [[]]", answers=("90 ± 5 min", "buffer"))
    assert check(question, ["1.5 h", "Buffer"]).right
    assert check(question, ["2 h", "buffer"]).parts == (False, True)
    assert check(question, ["90 ± 5 min", "buffer"]).right  # its own words are an answer, too


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            ("33 ± 3 % min",),
            "A number without a unit is taken in min; you may write another one, such as 90 min or 1.5 h.",
        ),
        (
            ("1.8 ± 3 % TB",),
            "A number without a unit is taken in TB; you may write another one, such as 1500 MB or 1.5 GB.",
        ),
        (("5 ± 1 events",), "A number without a unit is taken in events."),
        (("5 ± 1",), "Write a number."),
        (("lag", "5 ± 1 events"), "(2) A number without a unit is taken in events."),
        (("lag",), ""),
    ],
)
def test_a_number_is_asked_for_with_the_unit_that_a_bare_one_has(answers, said):
    """On the page, in the offline copy and on a phone alike."""
    question = Question("q", "lake", QuestionKind.BLANK, "[[]]" * len(answers), answers=answers)
    assert number_hint(question) == said
    assert answering.hint(question) == (said or answering.widget(question.kind).hint)
    number = accepted_number(answers[-1])
    if number and len(answers) == 1:
        assert poll_json(Poll("q", PollKind.NUMBER, "", unit=number.unit))["taken"] == said


def test_a_unit_is_shown_as_its_author_writes_it_and_read_in_any_case():
    accepted = not_none(accepted_number("1.81 ± 3 % TB"))
    assert accepted.unit == "TB"
    assert accepted.fits("1810 gb")
    assert accepted.fits("1.8 tb")
