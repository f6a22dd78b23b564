"""Ids under which answers were kept before: an id without a comment was once made of the file's name alone.

An old id stands for its question as long as it can mean no other: then answers kept under it count as that question's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from lifecycle.course.quizzes.questions import Question

AliasedRow = TypeVar("AliasedRow", bound=Any)  # a dataclass with the id of its `question`


def settled(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions, each with only those old ids that no other of them has, as its id or as an old one."""
    claims = Counter(id for question in questions for id in {question.id, *question.aliases})
    return tuple(
        replace(question, aliases=tuple(id for id in question.aliases if claims[id] == 1)) for question in questions
    )


def new_ids(questions: Iterable[Question]) -> Mapping[str, str]:
    """The id of now for every old one that means one question alone."""
    return {old: question.id for question in settled(tuple(questions)) for old in question.aliases}


def renewed(rows: Iterable[AliasedRow], now: Mapping[str, str]) -> Iterator[AliasedRow]:
    """The rows in their order, those of an old id under the id of `now` (see `new_ids`)."""
    for row in rows:
        yield replace(row, question=now[row.question]) if row.question in now else row
