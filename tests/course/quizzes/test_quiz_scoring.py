"""Scores follow from the rows of answers alone."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.course.quizzes.scoring import Score, score, score_by_place


@dataclass(frozen=True)
class Row:
    question: str
    right: bool


QUESTIONS = [Question(id, place, QuestionKind.BLANK, "[[]]", answers=("a",)) for id, place in ("al", "bl", "cw")]


def test_nothing_answered_is_no_progress():
    assert score(QUESTIONS, []) == Score(right=0, answered=0, total=3)
    assert score(QUESTIONS, []).progress == 0.0


def test_the_latest_answer_to_a_question_counts():
    won = [Row("a", False), Row("b", False), Row("a", True)]
    assert score(QUESTIONS, won) == Score(right=1, answered=2, total=3)
    assert score(QUESTIONS, [*won, Row("a", False)]) == Score(right=0, answered=2, total=3)
    assert score(QUESTIONS, won).progress == 1 / 3


def test_answers_to_other_questions_do_not_count():
    assert score(QUESTIONS[:2], [Row("c", True), Row("gone", True)]) == Score(0, 0, 2)


def test_without_questions_progress_is_zero_and_not_an_error():
    assert score([], [Row("a", True)]) == Score(0, 0, 0)
    assert Score().progress == 0.0


def test_each_place_has_its_own_score_and_they_add_up():
    rows = [Row("a", True), Row("c", True), Row("b", False)]
    places = score_by_place(QUESTIONS, iter(rows))
    assert places == {"l": Score(1, 2, 2), "w": Score(1, 1, 1)}


@given(st.lists(st.builds(Row, st.sampled_from("abcx"), st.booleans())))
def test_right_never_exceeds_answered_nor_answered_asked(rows):
    whole = score(QUESTIONS, rows)
    assert 0 <= whole.right <= whole.answered <= whole.total == 3
    parts = score_by_place(QUESTIONS, rows).values()
    assert whole == Score(
        *(sum(column) for column in zip(*((s.right, s.answered, s.total) for s in parts), strict=True))
    )
