"""How well each question is remembered: FSRS (Free Spaced Repetition Scheduler, version 6) over the rows of answers.

The schedule is that of the library `fsrs` with its published parameters and no fuzz, so that the same rows give the
same dates on every machine. Ye, Su, Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling", KDD 2022, https://doi.org/10.1145/3534678.3539081.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from fsrs import Card, Rating, Scheduler

# What counts as remembered: the chance at which FSRS lets a card come back.
RETENTION = 0.9
# Somebody who says so was guessing, though right: it comes back sooner.
UNSURE = 60
# An answer so soon after the one before is the same sitting, and teaches nothing about memory.
SITTING_S = 600.0
# What calendars can hold; a clock that says otherwise is wrong.
_EARLIEST_S, _LATEST_S = 0.0, 4_102_444_800.0  # the year 2100
_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(timedelta(seconds=SITTING_S),),
    relearning_steps=(timedelta(seconds=SITTING_S),),
    enable_fuzzing=False,
)


class AnsweredRow(Protocol):
    """What a memory needs of an answer's row; the store's rows have it."""

    @property
    def place(self) -> str:
        """Where it was asked: a place's id, or PLACEMENT."""

    @property
    def question(self) -> str:
        """The question's id."""

    @property
    def right(self) -> bool:
        """Whether the answer was right."""

    @property
    def at_s(self) -> float:
        """When it was given, seconds since 1970; 0 where nobody knows."""

    @property
    def confidence(self) -> int | None:
        """How sure the learner said to be, per cent; None where it was not asked."""


@dataclass(frozen=True)
class Memory:
    """One question: whether its latest answer was right, and when FSRS wants it back (seconds since 1970).

    `recall`: the chance of a right answer now, 0 to 1, by FSRS; `answers`: how many sittings it was answered in.
    """

    question: str
    right: bool
    due_s: float
    recall: float
    answers: int


def memories(rows: Iterable[AnsweredRow], now_s: float) -> dict[str, Memory]:
    """The memory of every question that was answered. Rows in the order of answering, whatever their clocks say."""
    cards: dict[str, Card] = {}
    sittings: dict[str, list[float]] = {}
    right: dict[str, bool] = {}
    for row in rows:
        at_s = _sane(row.at_s, now_s)
        before = sittings.setdefault(row.question, [])
        if before:
            at_s = max(at_s, before[-1])  # a clock set back does not undo what was learnt
        right[row.question] = row.right
        if before and at_s - before[-1] < SITTING_S:
            continue
        card = cards.get(row.question) or Card(card_id=1, due=_moment(at_s))
        cards[row.question], _ = _SCHEDULER.review_card(card, _rating(row), _moment(at_s))
        before.append(at_s)
    now = _moment(_sane(now_s, now_s))
    return {
        question: Memory(
            question,
            right[question],
            card.due.timestamp(),
            _SCHEDULER.get_card_retrievability(card, now),  # no time has passed for a clock set back
            len(sittings[question]),
        )
        for question, card in cards.items()
    }


def _rating(row: AnsweredRow) -> Rating:
    if not row.right:
        return Rating.Again
    return Rating.Hard if row.confidence is not None and row.confidence <= UNSURE else Rating.Good


def _sane(at_s: float, now_s: float) -> float:
    """A moment that a calendar can hold; what nobody knows happened now."""
    if not math.isfinite(at_s) or not _EARLIEST_S < at_s < _LATEST_S:
        at_s = now_s if math.isfinite(now_s) and _EARLIEST_S < now_s < _LATEST_S else 1.0
    return at_s


def _moment(at_s: float) -> datetime:
    return datetime.fromtimestamp(at_s, UTC)
