"""Two nodes as one: what the one that stays does not say, the other says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from lifecycle.importing.graph import HandSet, ImportedColumn, ImportedNode
from lifecycle.importing.texts import MOST_VALUES

T = TypeVar("T")


def united(into: ImportedNode, other: ImportedNode) -> ImportedNode:
    """The node `into` with what the other adds: texts where it has none, columns, tags, tests and facts it lacks."""
    return replace(
        into,
        description=into.description or other.description,
        owner=into.owner or other.owner,
        columns=_both(into.columns, other.columns, _column_key),
        tags=_both(into.tags, other.tags, str.casefold),
        schedule=into.schedule or other.schedule,
        freshness_s=other.freshness_s if into.freshness_s is None else into.freshness_s,
        age_s=other.age_s if into.age_s is None else into.age_s,
        tests=_both(into.tests, other.tests, str),
        meta=_both(into.meta, other.meta, _fact_key),
        by_hand=_decided(into.by_hand, other.by_hand),
    )


def _both(first: Sequence[T], second: Sequence[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """All of the first, and of the second what the first does not have, while there is room."""
    known = {key(one) for one in first}
    more = [one for one in second if key(one) not in known]
    return (*first, *more[: max(0, MOST_VALUES - len(first))])


def _column_key(column: ImportedColumn) -> str:
    return column.name.casefold()


def _fact_key(fact: tuple[str, str]) -> str:
    return fact[0]


def _decided(first: HandSet, second: HandSet) -> HandSet:
    return HandSet(
        first.zone or second.zone, second.job_s if first.job_s is None else first.job_s, first.at or second.at
    )
