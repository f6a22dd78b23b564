"""Service levels that somebody names: how old a consumer's data may be, and whether the new version keeps to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lifecycle.course.pipeline import Stage
from lifecycle.outputs.comparing.comparison import ComparedAge, PipelineComparison
from lifecycle.outputs.comparing.sides import PipelineSide
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import duration

MOST_LISTED = 20


@dataclass(frozen=True)
class Promise:
    """The p95 age (seconds) that a consumer of the new version may have at most, and the one that it has."""

    consumer: ComparedAge
    most_s: float

    @property
    def age_s(self) -> float:
        """What it has; NaN where nothing reaches it."""
        age_s = self.consumer.age_s.after
        return math.nan if age_s is None else age_s

    @property
    def broken(self) -> bool:
        """Whether it is exceeded; data that never comes is too old for every limit."""
        return not self.age_s <= self.most_s

    @property
    def words(self) -> str:
        """In one line, whether it is kept and by how much, without the consumer's name."""
        if math.isnan(self.age_s):
            return f"nothing arrives on this day, and {duration(self.most_s)} was the limit: broken"
        by = duration(abs(self.age_s - self.most_s))
        verdict = f"broken by {by}" if self.broken else f"kept, with {by} to spare"
        return f"p95 age {duration(self.age_s)}, at most {duration(self.most_s)}: {verdict}"

    @property
    def facts(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "consumer": self.consumer.id,
            "name": self.consumer.name,
            "most_s": self.most_s,
            "p95_age_s": None if math.isnan(self.age_s) else self.age_s,
            "broken": self.broken,
        }


def read_levels(side: PipelineSide, texts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Read `CONSUMER=SECONDS`, where the consumer of this version is named by id or by name: (id, seconds).

    ValueError in one line with the consumers that there are.
    """
    return tuple(_level(side, text) for text in texts)


def promised(comparison: PipelineComparison, levels: Sequence[tuple[str, float]]) -> tuple[Promise, ...]:
    """The service levels, (id of a consumer, seconds), held against the new version."""
    consumers = {consumer.id: consumer for consumer in comparison.consumers}
    return tuple(Promise(consumers[id], most_s) for id, most_s in levels)


def _level(side: PipelineSide, text: str) -> tuple[str, float]:
    name, _, seconds = text.rpartition("=")
    consumers = [stage for stage in side.pipeline.stages if stage.role is Role.CONSUMER]
    try:
        most_s = float(seconds) if name else math.nan
    except ValueError:
        most_s = math.nan
    if not 0.0 <= most_s < math.inf:
        example = consumers[0].id if consumers else "CONSUMER"
        wrong = f"{text[:60]!r} is no age; write CONSUMER=SECONDS, such as {example}=3600"
        raise ValueError(f"--fresh: {wrong}. {_listed('The consumers are', consumers)}")
    by_id = [stage for stage in consumers if stage.id == name]
    meant = by_id or [stage for stage in consumers if stage.label.casefold() == name.casefold()]
    if len(meant) != 1:
        which = "several consumers are" if meant else "no consumer is"
        raise ValueError(
            f"--fresh: in {side.name} {which} called {name[:60]!r}. {_listed('Choose', meant or consumers)}"
        )
    return meant[0].id, most_s


def _listed(lead: str, consumers: Sequence[Stage]) -> str:
    """The ids of consumers, in one line."""
    if not consumers:
        return "It has no consumer"
    rest = f" and {len(consumers) - MOST_LISTED:,} more" if len(consumers) > MOST_LISTED else ""
    return f"{lead} {', '.join(stage.id for stage in consumers[:MOST_LISTED])}{rest}"
