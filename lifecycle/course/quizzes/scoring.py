"""Scores, computed afresh from the rows of answers each time: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lifecycle.course.quizzes.questions import Question


class Answered(Protocol):
    """What a score needs of an answer's row; the store's rows have it."""

    @property
    def question(self) -> str:
        """The question's id."""

    @property
    def right(self) -> bool:
        """Whether that answer was right."""


@dataclass(frozen=True)
class Score:
    """How many questions are right, how many were answered at all, how many there are."""

    right: int = 0
    answered: int = 0
    total: int = 0

    @property
    def progress(self) -> float:
        """Share of all questions that are right, 0 to 1; 0 where there are none."""
        return self.right / self.total if self.total else 0.0


def score(questions: Iterable[Question], answers: Iterable[Answered]) -> Score:
    """The score over these questions. `answers` are in the order of answering, and the latest to a question counts.

    So a retry can win a question back, and lose it. Answers to other questions (of other places, or no longer in the
    course) do not count.
    """
    ids = {question.id for question in questions}
    latest = {answer.question: answer.right for answer in answers if answer.question in ids}
    return Score(right=sum(map(bool, latest.values())), answered=len(latest), total=len(ids))


def score_by_place(questions: Iterable[Question], answers: Iterable[Answered]) -> dict[str, Score]:
    """The score of each place that has questions, in the order in which the questions name the places."""
    by_place: dict[str, list[Question]] = {}
    for question in questions:
        by_place.setdefault(question.place, []).append(question)
    rows = tuple(answers)
    return {place: score(of_place, rows) for place, of_place in by_place.items()}
