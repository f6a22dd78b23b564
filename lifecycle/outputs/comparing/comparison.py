"""Everything that a comparison of two versions says, as data; `as_dict` is what `--json` prints of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lifecycle.outputs.comparing.days import DayReadings, OrchestratorDay, SharedDay, readings, shared_day
from lifecycle.outputs.comparing.shapes import (
    FlowChange,
    FlowShape,
    ScheduleChange,
    StageChange,
    StageShape,
    changes,
    figures_changed,
    flows_of,
    refitted,
    schedules_of,
    stages_of,
)
from lifecycle.outputs.comparing.sides import PipelineSide
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.report import plain
from lifecycle.words import told_apart


@dataclass(frozen=True)
class FigurePair:
    """A figure of both days: None where there is nothing that could have one, NaN where nothing came to be measured."""

    before: float | None
    after: float | None

    @property
    def difference(self) -> float:
        """The second less the first, NaN where one of them is no number."""
        return math.nan if self.before is None or self.after is None else self.after - self.before

    @property
    def differs(self) -> bool:
        """Whether the two are not the same; two of which neither is a number are."""
        both_silent = self.before != self.before and self.after != self.after
        return self.before != self.after and not both_silent


@dataclass(frozen=True)
class ComparedAge:
    """The p95 age (seconds) of what a consumer sees, in both versions; its name is its own among all consumers."""

    id: str
    name: str
    age_s: FigurePair


@dataclass(frozen=True)
class OrchestratorChange:
    """One schedule in both versions; None for one that is not there."""

    id: str
    before: OrchestratorDay | None
    after: OrchestratorDay | None

    def pair(self, figure: str) -> FigurePair:
        """One of its figures by name."""
        sides = (self.before, self.after)
        before, after = (None if side is None else float(getattr(side, figure)) for side in sides)
        return FigurePair(before, after)


@dataclass(frozen=True)
class PipelineComparison:
    """Two versions of a pipeline, what differs between them, and both days' figures.

    `labels` names every stage of both by id, as it is called now or was last. `currencies`: of the bill before and of
    the one after.
    """

    before: PipelineSide
    after: PipelineSide
    day: SharedDay
    labels: Mapping[str, str]
    stages: tuple[StageChange, ...]
    flows: tuple[FlowChange, ...]
    schedules: tuple[ScheduleChange, ...]
    consumers: tuple[ComparedAge, ...]
    orchestrators: tuple[OrchestratorChange, ...]
    cost: FigurePair
    currencies: tuple[str, str]

    @property
    def reshaped(self) -> bool:
        """Whether any part was added, is gone, was renamed or changed."""
        return bool(self.stages or self.flows or self.schedules)


FIGURES = ("critical_s", "slots", "most_in_use", "waited_s")


def compared(before: PipelineSide, after: PipelineSide, scenario: str | None = None) -> PipelineComparison:
    """Compare two versions on one day, `scenario` or, without, the first that both have.

    ValueError in words for a scenario that is not in both, or a day that cannot be simulated.
    """
    day = shared_day(before, after, scenario)
    differing = changes(stages_of(before.pipeline, day.before), stages_of(after.pipeline, day.after))
    stages = tuple(change for change in differing if not refitted(change))
    # A version without a price book pays the other's prices: what differs is then the pipeline alone.
    one = readings(before, day.before, before.prices or after.prices or Prices())
    other = readings(after, day.after, after.prices or before.prices or Prices())
    labels = before.pipeline.labels | after.pipeline.labels
    return PipelineComparison(
        before,
        after,
        day,
        labels,
        stages,
        changes(flows_of(before.pipeline), flows_of(after.pipeline)),
        changes(schedules_of(before.pipeline, day.before), schedules_of(after.pipeline, day.after)),
        _consumers(labels, one, other),
        tuple(
            OrchestratorChange(id, one.orchestrators.get(id), other.orchestrators.get(id))
            for id in dict.fromkeys((*other.orchestrators, *one.orchestrators))
        ),
        FigurePair(one.cost, other.cost),
        (one.currency, other.currency),
    )


def as_dict(comparison: PipelineComparison) -> dict[str, Any]:
    """Plain dicts and numbers that JSON can hold; NaN and what is not there become None."""
    day = comparison.day
    facts = {
        "before": {"name": comparison.before.name, "notes": list(comparison.before.notes)},
        "after": {"name": comparison.after.name, "notes": list(comparison.after.notes)},
        "day": {
            "scenario": day.scenario,
            "title": day.title,
            "events": {"before": day.before.events, "after": day.after.events},
            "seed": day.after.seed,
            "settings_changed": list(day.settings_changed),
        },
        "stages": [_stage_facts(change) for change in comparison.stages],
        "flows": [_flow_facts(change) for change in comparison.flows],
        "schedules": [_schedule_facts(change) for change in comparison.schedules],
        "consumers": [
            {"id": consumer.id, "name": consumer.name, "p95_age_s": _pair_facts(consumer.age_s)}
            for consumer in comparison.consumers
        ],
        "orchestrators": [_orchestrator_facts(change) for change in comparison.orchestrators],
        "cost": _cost_facts(comparison),
    }
    return {name: _numbers(value) for name, value in facts.items()}


def _consumers(labels: Mapping[str, str], one: DayReadings, other: DayReadings) -> tuple[ComparedAge, ...]:
    ids = tuple(dict.fromkeys((*other.age_p95_s, *one.age_p95_s)))
    names = told_apart({id: labels[id] for id in ids})
    return tuple(ComparedAge(id, names[id], FigurePair(one.age_p95_s.get(id), other.age_p95_s.get(id))) for id in ids)


def _pair_facts(pair: FigurePair) -> dict[str, float | None]:
    return {"before": pair.before, "after": pair.after, "difference": pair.difference}


def _cost_facts(comparison: PipelineComparison) -> dict[str, Any]:
    """The bills; amounts of two currencies have no difference."""
    facts: dict[str, Any] = _pair_facts(comparison.cost)
    before, after = comparison.currencies
    return facts | ({} if before == after else {"difference": None}) | {"currency": {"before": before, "after": after}}


def _stage_facts(change: StageChange) -> dict[str, Any]:
    def of(shape: StageShape | None) -> dict[str, Any] | None:
        if shape is None:
            return None
        jobs = [{"id": job.id, "after": list(job.after), "part": job.part} for job in shape.jobs]
        return {"name": shape.name, "role": shape.role, "schedule": shape.schedule, "jobs": jobs}

    figures = {name: {"before": old, "after": new} for name, (old, new) in figures_changed(change).items()}
    sides = {"before": of(change.before), "after": of(change.after)}
    return {"id": change.key, "change": change.kind, **sides, "figures": figures}


def _flow_facts(change: FlowChange) -> dict[str, Any]:
    def of(shape: FlowShape | None) -> dict[str, Any] | None:
        moves = shape.way.id if shape and shape.way else None
        return None if shape is None else {"share": shape.share, "loop": shape.loop, "moves": moves}

    source, target = change.key
    sides = {"before": of(change.before), "after": of(change.after)}
    return {"from": source, "to": target, "change": change.kind, **sides}


def _schedule_facts(change: ScheduleChange) -> dict[str, Any]:
    def of(schedule: Schedule | None) -> dict[str, Any] | None:
        if schedule is None:
            return None
        return {name: value for name, value in vars(schedule).items() if name != "id"}

    return {"id": change.key, "change": change.kind, "before": of(change.before), "after": of(change.after)}


def _orchestrator_facts(change: OrchestratorChange) -> dict[str, Any]:
    paths = {
        "before": None if change.before is None else change.before.path,
        "after": None if change.after is None else change.after.path,
    }
    return {"id": change.id, **{name: _pair_facts(change.pair(name)) for name in FIGURES}, "path": paths}


def _numbers(value: Any) -> Any:
    """As JSON can hold it, inside lists, too."""
    return [_numbers(item) for item in value] if isinstance(value, list | tuple) else plain(value)
