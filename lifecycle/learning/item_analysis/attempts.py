"""First attempts: who answered what at first sight, as one table of learners by questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lifecycle.course.quizzes.aliases import new_ids
from lifecycle.course.quizzes.checking import check
from lifecycle.course.quizzes.kinds import kind_of
from lifecycle.course.quizzes.questions import Option, Question

FEWEST = 5
"""Learners that a figure must be about at least: fewer could be told by anyone who knows who sat there."""


class AttemptRow(Protocol):
    """What the analysis needs of a kept answer; the store's rows have it."""

    @property
    def question(self) -> str:
        """The question's id."""

    @property
    def right(self) -> bool:
        """Whether that answer was right."""

    @property
    def answer(self) -> str:
        """The answer as JSON, in the form that `check` takes."""


@dataclass(frozen=True, eq=False)
class Attempts:
    """First attempts at `questions`: `right` has a row a learner and a column a question, 1, 0, or NaN for none.

    `given` has, for each question, what each learner chose, by the row's number: keys of `offered`. `stale` counts
    first attempts that no longer fit their question, because it was changed since; they are left out.
    """

    questions: tuple[Question, ...]
    right: NDArray[np.float64]
    given: tuple[Mapping[int, tuple[str, ...]], ...]
    stale: int = 0

    @property
    def learners(self) -> int:
        """How many learners there are with an answer that counts."""
        return int(self.right.shape[0])


def first_attempts(questions: Sequence[Question], rows: Iterable[tuple[str, AttemptRow]]) -> Attempts:
    """The first attempts among `rows`, which are (learner, row) in the order of answering."""
    column = {question.id: number for number, question in enumerate(questions)}
    column |= {old: column[id] for old, id in new_ids(questions).items()}
    number_of: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    first: list[tuple[int, int, bool]] = []
    given: list[dict[int, tuple[str, ...]]] = [{} for _ in questions]
    stale = 0
    for learner, row in rows:
        place = column.get(row.question)
        if place is None or (learner, place) in seen:
            continue
        seen.add((learner, place))
        chosen = _chosen(questions[place], row.answer)
        if chosen is None:
            stale += 1
            continue
        number = number_of.setdefault(learner, len(number_of))
        first.append((number, place, bool(row.right)))
        given[place][number] = chosen
    right = np.full((len(number_of), len(questions)), np.nan)
    for number, place, is_right in first:
        right[number, place] = is_right
    return Attempts(tuple(questions), right, tuple(given), stale)


def offered(question: Question) -> dict[str, Option]:
    """What can be chosen, by the keys that `Attempts.given` uses: options by number, places of a click by id."""
    return kind_of(question).offered(question)


def _chosen(question: Question, answer: str) -> tuple[str, ...] | None:
    """The keys of what was chosen; None where the answer does not fit the question as it is now."""
    try:
        given = json.loads(answer)
        check(question, given)
    except (ValueError, TypeError, RecursionError):
        return None
    return kind_of(question).named(question, given)


def fits(question: Question, key: str) -> bool:
    """Whether something that is not listed, but was given, is right: a pair, an order, or a typed text."""
    return kind_of(question).fits(question, key)


def believed(question: Question, chosen: Iterable[str]) -> set[str]:
    """The misconceptions that the chosen options stand for."""
    known = kind_of(question).believable(question)
    return {known[key].misconception for key in chosen if key in known and known[key].misconception}


def answered(attempts: Attempts, place: int) -> NDArray[np.bool_]:
    """Which learners have a first attempt at the question in this column."""
    has_answer: NDArray[np.bool_] = ~np.isnan(attempts.right[:, place])
    return has_answer


def plain(value: Any) -> float | None:
    """A NumPy number as one of Python's; None for NaN."""
    return None if np.isnan(value) else float(value)
