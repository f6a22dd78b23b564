"""What differs between two pipelines as they are drawn and timed: stages, flows and schedules, by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.schedules import Schedule, StageJob
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles import figures_of

PartKey = TypeVar("PartKey")
Shape = TypeVar("Shape")


REFITTED = 0.05
"""By which share a fitted time may differ before it is told as a change: a few runs more do not make another job."""
_FITTED = {"drawn_s", "drawn_spread"}


class ChangeKind(StrEnum):
    """What became of a part."""

    ADDED = "added"
    GONE = "gone"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True)
class StageShape:
    """A stage as far as it is compared; `figures` are all that its role has, as they are used on the day."""

    name: str
    role: Role
    schedule: str
    jobs: tuple[StageJob, ...]
    figures: Mapping[str, float]
    observed_s: tuple[float, ...] = ()


@dataclass(frozen=True)
class FlowShape:
    """A flow as far as it is compared."""

    share: float | None
    loop: bool
    way: Way | None = None


@dataclass(frozen=True)
class PartChange(Generic[PartKey, Shape]):
    """A part that is not the same in both; `before` is None for one that was added, `after` for one that is gone."""

    key: PartKey
    kind: ChangeKind
    before: Shape | None
    after: Shape | None

    @property
    def latest(self) -> Shape:
        """As it is now or, once gone, as it was."""
        shape = self.before if self.after is None else self.after
        assert shape is not None  # a part is on one side at least
        return shape


StageChange = PartChange[str, StageShape]
FlowChange = PartChange[tuple[str, str], FlowShape]
ScheduleChange = PartChange[str, Schedule]


def stages_of(pipeline: Pipeline, scenario: Scenario) -> dict[str, StageShape]:
    """The stages of a day by id."""
    network = pipeline.network.on_day(scenario.schedules, scenario.on_schedule)
    return {
        station.id: StageShape(
            pipeline.labels[station.id],
            station.role,
            station.schedule,
            station.jobs,
            figures_of(station, scenario),
            tuple(sorted(station.observed_s)),
        )
        for station in network.stations
    }


def flows_of(pipeline: Pipeline) -> dict[tuple[str, str], FlowShape]:
    """The flows by their two ends."""
    return {(flow.source, flow.target): FlowShape(flow.share, flow.loop, flow.way) for flow in pipeline.flows}


def schedules_of(pipeline: Pipeline, scenario: Scenario) -> dict[str, Schedule]:
    """The schedules of a day by id."""
    network = pipeline.network.on_day(scenario.schedules, scenario.on_schedule)
    return {schedule.id: schedule for schedule in network.schedules}


def changes(before: Mapping[PartKey, Shape], after: Mapping[PartKey, Shape]) -> tuple[PartChange[PartKey, Shape], ...]:
    """What was added, is gone, was renamed or changed, in this order; within it as the parts stand."""
    differing = [
        PartChange(key, _kind(before.get(key), after.get(key)), before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    ]
    return tuple(sorted(differing, key=lambda change: list(ChangeKind).index(change.kind)))


def figures_changed(change: StageChange) -> dict[str, tuple[float, float]]:
    """The figures of a stage that differ, before and after; none for another role, which has figures of its own."""
    if change.before is None or change.after is None or change.before.role is not change.after.role:
        return {}
    after = change.after.figures
    return {name: (value, after[name]) for name, value in change.before.figures.items() if after[name] != value}


def refitted(change: StageChange) -> bool:
    """Whether only times that were fitted to observed runs differ, by no more than some runs more make of a fit."""
    before, after = change.before, change.after
    if before is None or after is None or replace(before, figures=after.figures) != after:
        return False
    changed = figures_changed(change)
    return changed.keys() <= _FITTED and all(
        before.figures["drawn_spread"] > 1.0 and old > 0.0 and abs(new / old - 1.0) <= REFITTED
        for old, new in changed.values()
    )


def _kind(before: object, after: object) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.GONE
    if isinstance(before, StageShape) and isinstance(after, StageShape) and replace(before, name=after.name) == after:
        return ChangeKind.RENAMED
    return ChangeKind.CHANGED
