"""The rows of the store as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerRow:
    """One answer as it was given. `at_s` is for people, and set by the store; rows are in the order of answering.

    `answer` is JSON; `confidence` in per cent, where it was asked; `variant` the seed of a computed question.
    """

    place: str
    question: str
    right: bool
    answer: str
    at_s: float = 0.0
    confidence: int | None = None
    variant: str = ""


@dataclass(frozen=True)
class DrillRow:
    """One incident drill to its end: which of its three questions were right, hints taken, and the points."""

    drill: str
    level: int
    stage_right: bool
    cause_right: bool
    remedy_right: bool
    hints: int
    points: int
    at_s: float = 0.0


@dataclass(frozen=True)
class LessonRow:
    """A learner at a step of a lesson, counted from 0: `done` there, or only come to it; `guess` is what was predicted.

    Rows are in the order in which it happened.
    """

    lesson: str
    step: int
    done: bool
    guess: float | None = None
    at_s: float = 0.0


@dataclass(frozen=True)
class PredictionRow:
    """What one prediction earned: points, out of those possible."""

    points: int
    possible: int


@dataclass(frozen=True)
class PredictionScore:
    """Points earned by predicting, out of those possible, over `rounds` predictions."""

    points: int = 0
    possible: int = 0
    rounds: int = 0

    def __str__(self) -> str:
        rounds = "1 round" if self.rounds == 1 else f"{self.rounds} rounds"
        return f"{self.points} of {self.possible} points in {rounds}"
