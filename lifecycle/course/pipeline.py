"""The pipeline as data: zones, stages, flows and undercurrents, and questions about their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.schedules import Schedule, StageJob
from lifecycle.simulation.model.ways import Way

# Figures on which it hangs what can go wrong at a stage.
_DECIDING = ("direct",)


@dataclass(frozen=True)
class Zone:
    """A stretch of the river: upstream, midstream, downstream. `about` is one line."""

    id: str
    label: str
    about: str = ""


@dataclass(frozen=True)
class Stage:
    """One place on the pipeline. `icon` names a drawing of `graph.ICONS`; `role` and `figures` feed the simulation.

    `origins` says of some of its figures where they come from, in Markdown with citations. `schedule`: the id of the
    one that starts its jobs, "" for none; `jobs`: those into which its work is divided there; `observed_s`: how long
    they took when somebody looked.
    """

    id: str
    zone: str
    label: str
    role: Role
    detail: str = ""
    icon: str = ""
    figures: tuple[tuple[str, float], ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    schedule: str = ""
    jobs: tuple[StageJob, ...] = ()
    observed_s: tuple[float, ...] = ()

    def on_day(self, scenario: Scenario) -> Stage:
        """The stage as it is on a day, which may put it on a schedule, or take its log away."""
        turned = {name: value for stage, name, value in scenario.overrides if stage == self.id and name in _DECIDING}
        figures = tuple({**dict(self.figures), **turned}.items()) if turned else self.figures
        return replace(self, schedule=dict(scenario.on_schedule).get(self.id, self.schedule), figures=figures)


@dataclass(frozen=True)
class Flow:
    """An arrow. `share` splits the source's output, None copies it; a `loop` flow closes the circle.

    `way`: how it moves, whatever the switches say; None where they turn it.
    """

    source: str
    target: str
    label: str = ""
    share: float | None = None
    loop: bool = False
    way: Way | None = None

    @property
    def caption(self) -> str:
        """What stands beside the arrow: its label and, where it says so, how it moves."""
        return ", ".join(filter(None, (self.label, self.way.title if self.way else "")))


@dataclass(frozen=True)
class Act:
    """What an undercurrent does at one stage and what that costs; `short`: in few words, for the picture."""

    stage: str
    text: str
    short: str = ""


@dataclass(frozen=True)
class Undercurrent:
    """What runs beneath every stage. `acts` has one entry for each stage it touches."""

    id: str
    label: str
    detail: str = ""
    icon: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Pipeline:
    """The whole picture; without the loops it has no cycle (the course's loader has checked).

    `unsure` are stages whose role could not be read: of these a check can say nothing. No course that loads has any.
    """

    title: str
    zones: tuple[Zone, ...]
    stages: tuple[Stage, ...]
    flows: tuple[Flow, ...]
    undercurrents: tuple[Undercurrent, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    unsure: frozenset[str] = frozenset()

    def on_day(self, scenario: Scenario) -> Pipeline:
        """The pipeline of a day: on which schedules its stages are, and which logs are left out."""
        if not scenario.on_schedule and all(name not in _DECIDING for _, name, _ in scenario.overrides):
            return self
        network = self.network.on_day(scenario.schedules, scenario.on_schedule)
        stages = tuple(stage.on_day(scenario) for stage in self.stages)
        return replace(self, stages=stages, schedules=network.schedules)

    @cached_property
    def by_id(self) -> dict[str, Stage | Undercurrent]:
        """Every place by its id."""
        places: tuple[Stage | Undercurrent, ...] = (*self.stages, *self.undercurrents)
        return {place.id: place for place in places}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of each stage by its id."""
        return {stage.id: stage.label for stage in self.stages}

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of all stages, then of all undercurrents, in the order of the file."""
        return tuple(self.by_id)

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """Ids of all stages, each after those that feed it (loops left out), else in the order of the file."""
        feeds: dict[str, set[str]] = {stage.id: set() for stage in self.stages}
        for flow in self.flows:
            if not flow.loop:
                feeds[flow.target].add(flow.source)
        order: list[str] = []
        left = list(feeds)
        while left:
            order.append(next((stage for stage in left if feeds[stage] <= set(order)), left[0]))
            left.remove(order[-1])
        return tuple(order)

    @cached_property
    def network(self) -> Network:
        """The pipeline as the simulation sees it."""
        return Network(
            stations=tuple(Station(s.id, s.role, s.figures, s.schedule, s.jobs, s.observed_s) for s in self.stages),
            links=tuple(Link(f.source, f.target, f.share, f.loop, f.way) for f in self.flows),
            schedules=self.schedules,
        )
