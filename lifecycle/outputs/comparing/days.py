"""The day on which both are compared, and the figures that are read off each of its runs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lifecycle.outputs.comparing.sides import PipelineSide
from lifecycle.simulation.day.orchestrating import Orchestration
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.bounds import fitting_events
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.gantt import job_run, run_at, slots_in_use, waited_for_slots_s
from lifecycle.simulation.readings.measures import edges
from lifecycle.simulation.readings.summary import day_age_p95_s

PLAIN = "A plain day"
# Settings of a day that are compared stage by stage.
_SEEN_AT_STAGES = ("overrides", "schedules", "on_schedule")


@dataclass(frozen=True)
class SharedDay:
    """One day in both versions, with the same seed and, unless its authors changed them, the same settings.

    `scenario` is its id, "" for the plain day. `fewer`: events that it has where its own do not fit.
    """

    scenario: str
    title: str
    before: Scenario
    after: Scenario
    fewer: int | None = None

    @property
    def settings_changed(self) -> tuple[str, ...]:
        """Names of the settings that are not the same in both."""
        return tuple(
            name
            for name, value in vars(self.before).items()
            if name not in _SEEN_AT_STAGES and value != getattr(self.after, name)
        )


@dataclass(frozen=True)
class OrchestratorDay:
    """What one schedule did. `critical_s`: how long its longest run took, NaN where none took place.

    `path`: ids of the stages over which the critical path of that run leads. `most_in_use` of its `slots` were taken at
    once; `waited_s` is how long all its jobs together waited for a free one.
    """

    critical_s: float
    path: tuple[str, ...]
    slots: int
    most_in_use: int
    waited_s: float


@dataclass(frozen=True)
class DayReadings:
    """The figures of a run: p95 age (seconds; NaN where nothing came) by consumer, schedules by id, and the bill."""

    age_p95_s: Mapping[str, float]
    orchestrators: Mapping[str, OrchestratorDay]
    cost: float
    currency: str


def shared_day(before: PipelineSide, after: PipelineSide, id: str | None = None) -> SharedDay:
    """The scenario with this id, else the first of `before` that `after` has, too; else the plain day.

    ValueError, listing those that both have, where they have none with this id.
    """
    others = {named.id: named for named in after.scenarios}
    both = {named.id: (named, others[named.id]) for named in before.scenarios if named.id in others}
    if id is not None and id not in both:
        raise ValueError(f"no scenario {id!r} in both: they have {', '.join(both) or 'none in common'}")
    if not both:
        return _bounded(SharedDay("", PLAIN, Scenario(), Scenario()), before, after)
    one, other = both[id if id is not None else next(iter(both))]
    return _bounded(SharedDay(one.id, other.title, one.scenario, other.scenario), before, after)


def readings(side: PipelineSide, scenario: Scenario, prices: Prices) -> DayReadings:
    """Simulate the day and read its figures; the run itself is let go."""
    network = side.pipeline.network
    run = simulate(network, scenario, side.traces.get(scenario.trace))
    total = bill(run, prices)
    consumers = [station.id for station in network.stations if station.role is Role.CONSUMER]
    whole_day = edges(run, 1)
    return DayReadings(
        {consumer: day_age_p95_s(run, consumer) for consumer in consumers},
        {id: _orchestrator_day(done, int(slots_in_use(done, whole_day)[0])) for id, done in run.orchestrated.items()},
        total.total,
        total.currency,
    )


def _orchestrator_day(done: Orchestration, most_in_use: int) -> OrchestratorDay:
    slots, waited_s = done.schedule.slots, waited_for_slots_s(done)
    if (longest := run_at(done, None)) is None:
        return OrchestratorDay(math.nan, (), slots, most_in_use, waited_s)
    shown = job_run(done, longest)
    path = tuple(dict.fromkeys(one.name.stage for one in shown.tries if one.critical))
    return OrchestratorDay(shown.makespan_s, path, slots, most_in_use, waited_s)


def _bounded(day: SharedDay, before: PipelineSide, after: PipelineSide) -> SharedDay:
    """The day with as many events as both pipelines have room for."""
    sides = ((before, day.before), (after, day.after))
    fitting = [(fitting_events(side.pipeline.network, scenario), scenario.events) for side, scenario in sides]
    if all(fit >= events for fit, events in fitting):
        return day
    most = min(fit for fit, events in fitting if fit < events)
    before_events, after_events = (min(scenario.events, most) for scenario in (day.before, day.after))
    return replace(
        day,
        before=replace(day.before, events=before_events),
        after=replace(day.after, events=after_events),
        fewer=most,
    )
