"""What would make it fresher: one thing of the pipeline done faster or more often, each tried by simulation.

Every trial is the same day with the same luck, so what differs comes of the change alone. Changes are not added up: two
that each win ten minutes may win ten together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lifecycle.simulation.day.run import Run, walk
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.summary import day_age_p95_s
from lifecycle.simulation.roles import figure_problem

MOST_TRIED = 40
# Less than this at a consumer is no gain that anybody would notice, seconds.
WORTH_S = 1.0
# What a job takes, by role: its start, its work on a row, its drawn length; what asking takes a consumer.
_JOB_FIGURES: Mapping[Role, tuple[str, ...]] = {
    Role.INGESTION: ("job_overhead_s", "per_event_s"),
    Role.TRANSFORM: ("drawn_s", "job_overhead_s", "per_event_s"),
    Role.CONSUMER: ("query_s", "per_event_s"),
}
_INTERVALS = ("batch_interval_s", "interval_s", "own_interval_s", "flush_interval_s", "poll_interval_s")


class FresherChange(StrEnum):
    """What is done otherwise."""

    HALF_TIME = "half its time"
    ONE_SLOT = "one slot more"
    HALF_INTERVAL = "half the interval"
    HALF_FLOW_INTERVAL = "half the interval of its flow"


@dataclass(frozen=True)
class FreshnessGain:
    """One change at a station or, of slots and timetables, a schedule, by its id.

    `p95_s`: the age of the newest data at each consumer that 95 % of the day then keeps below (`day_age_p95_s`),
    seconds; `won_s`: by how much that is less than on the day as it is. Consumers that nothing reaches are left out.
    """

    change: FresherChange
    place: str
    p95_s: Mapping[str, float]
    won_s: Mapping[str, float]

    @property
    def most_s(self) -> float:
        """What the consumer that wins most wins, seconds."""
        return max(self.won_s.values(), default=0.0)

    @property
    def total_s(self) -> float:
        """What all consumers win together, less what some lose, seconds."""
        return sum(self.won_s.values())


@dataclass(frozen=True)
class FreshnessRanking:
    """The changes that win anything, first those that win most at all consumers together.

    `now_s` is the age as it is at each consumer (p95, seconds). Of so many `tried`; `left_out` had no room among
    `MOST_TRIED`, those with the least time to win.
    """

    now_s: Mapping[str, float]
    gains: tuple[FreshnessGain, ...]
    tried: int
    left_out: int

    def as_dict(self) -> dict[str, Any]:
        """The ranking as JSON holds it."""
        return {
            "now_s": dict(self.now_s),
            "gains": [
                {"change": gain.change, "place": gain.place, "p95_s": dict(gain.p95_s), "won_s": dict(gain.won_s)}
                for gain in self.gains
            ],
            "tried": self.tried,
            "left_out": self.left_out,
        }


@dataclass(frozen=True)
class _Trial:
    change: FresherChange
    place: str
    halved_s: float  # the longest time that it halves: what is tried first where there are too many
    network: Network
    scenario: Scenario


def fresher(run: Run, trace: Trace | None = None) -> FreshnessRanking:
    """Try each job at half its time, one slot more of each schedule, and each interval halved, on the day of `run`."""
    trials = sorted(_trials(run), key=lambda trial: -trial.halved_s)
    now_s, before = _ages(run), walk(run.network, run.scenario, trace)
    gains = []
    for trial in trials[:MOST_TRIED]:
        p95_s = _ages(walk(trial.network, trial.scenario, trace, earlier=before).run)
        won_s = {name: now_s[name] - age_s for name, age_s in p95_s.items() if name in now_s}
        gains.append(FreshnessGain(trial.change, trial.place, p95_s, won_s))
    worth = sorted((gain for gain in gains if gain.most_s >= WORTH_S), key=lambda gain: -gain.total_s)
    return FreshnessRanking(now_s, tuple(worth), len(gains), len(trials) - len(gains))


def _ages(run: Run) -> dict[str, float]:
    consumers = (station.id for station in run.network.stations if station.role == Role.CONSUMER)
    ages = {name: day_age_p95_s(run, name) for name in consumers}
    return {name: age_s for name, age_s in ages.items() if not math.isnan(age_s)}


def _trials(run: Run) -> Iterator[_Trial]:
    # Its timetables are the network's own from here on, so that a changed one is the one that counts.
    network = run.network.on_day(run.scenario.schedules, run.scenario.on_schedule)
    scenario = replace(run.scenario, schedules=(), on_schedule=())
    for station in network.stations:
        figures = run.figures[station.id]
        together = [name for name in _JOB_FIGURES.get(station.role, ()) if figures.get(name, 0.0) > 0.0]
        ways = [(FresherChange.HALF_TIME, together)]
        if not station.schedule:  # what a schedule starts has no interval of its own
            ways += [(FresherChange.HALF_INTERVAL, [name]) for name in _INTERVALS if figures.get(name, 0.0) > 0.0]
        for change, names in ways:
            halves = [(station.id, name, figures[name] / 2) for name in names]
            if halves and not any(figure_problem(station, name, value) for _, name, value in halves):
                turned = replace(scenario, overrides=_over(scenario.overrides, halves))
                yield _Trial(change, station.id, max(figures[name] for name in names), network, turned)
    yield from _ways_twice_as_often(network, scenario)
    for schedule in network.schedules:
        if network.on(schedule.id):
            more = replace(schedule, slots=schedule.slots + 1)
            yield _Trial(FresherChange.ONE_SLOT, schedule.id, DAY_S, _with(network, more), scenario)
            often, gap_s = _twice_as_often(schedule)
            yield _Trial(FresherChange.HALF_INTERVAL, schedule.id, gap_s, _with(network, often), scenario)


def _ways_twice_as_often(network: Network, scenario: Scenario) -> Iterator[_Trial]:
    """What leaves a station in files or fetches of a way of its own, at half the interval: it leaves in one way."""
    timed = {
        link.source: link.way for link in network.links if link.way and not link.way.streams and link.way.interval_s
    }
    for source, way in timed.items():
        often = replace(way, interval_s=way.interval_s / 2)
        links = tuple(
            replace(one, way=often) if one.source == source and one.way == way else one for one in network.links
        )
        yield _Trial(FresherChange.HALF_FLOW_INTERVAL, source, way.interval_s, replace(network, links=links), scenario)


def _over(
    overrides: tuple[tuple[str, str, float], ...], halves: list[tuple[str, str, float]]
) -> tuple[tuple[str, str, float], ...]:
    turned = {(station, name) for station, name, _ in halves}
    return (*(one for one in overrides if one[:2] not in turned), *halves)


def _with(network: Network, schedule: Schedule) -> Network:
    """The network with one of its schedules otherwise."""
    others = (schedule if one.id == schedule.id else one for one in network.schedules)
    return replace(network, schedules=tuple(others))


def _twice_as_often(schedule: Schedule) -> tuple[Schedule, float]:
    """A run in the middle between any two, that of the next day's first among them; and the longest gap, seconds."""
    ticks_s = schedule.ticks_s
    gaps_s = [
        (later - tick_s) % DAY_S or DAY_S for tick_s, later in zip(ticks_s, (*ticks_s[1:], *ticks_s[:1]), strict=True)
    ]
    between = ((tick_s + gap_s / 2) % DAY_S for tick_s, gap_s in zip(ticks_s, gaps_s, strict=True))
    return replace(schedule, ticks_s=tuple(sorted({*ticks_s, *between}))), max(gaps_s, default=0.0)
