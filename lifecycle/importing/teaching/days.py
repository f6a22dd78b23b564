"""The days that are taught: an ordinary one, and what it comes to when a source is late or a job fails."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from lifecycle.importing.teaching.subject import TaughtPipeline
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.gantt import job_run
from lifecycle.simulation.readings.series import freshness
from lifecycle.words import DAY_S, HOUR_S, MINUTE_S, duration

# A large pipeline has fewer events: what is taught are hours, and ten thousand rows a day tell them to the minute.
EVENTS, FEWEST_EVENTS, EVENTS_AT_ALL_STAGES = 10_000, 2_000, 500_000
LATE_S = 2 * HOUR_S
MISSED_BY_S = 5 * MINUTE_S
NINE_S = 9 * HOUR_S
AT_TWO_S = 2 * HOUR_S  # when a job fails that no schedule starts
# So much older than on the ordinary day is stale; so much is none. What lies between is nobody's answer.
STALE_S, SAME_S = 30 * MINUTE_S, 2 * MINUTE_S


@dataclass
class TaughtDays:
    """Days of one pipeline; each is simulated once."""

    taught: TaughtPipeline
    _ages: dict[tuple[Fault, ...], Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def scenario(self) -> Scenario:
        """The ordinary day."""
        stages = len(self.taught.network.stations)
        return Scenario(events=min(EVENTS, max(FEWEST_EVENTS, EVENTS_AT_ALL_STAGES // stages)))

    @cached_property
    def run(self) -> Run:
        """The ordinary day, simulated."""
        return simulate(self.taught.network, self.scenario)

    @cached_property
    def ticks_s(self) -> tuple[float, ...]:
        """When runs of the jobs are due, in seconds of the day; none where each keeps its own time."""
        on = {station.schedule for station in self.taught.network.stations if station.schedule}
        return tuple(
            sorted({tick_s for one in self.taught.network.schedules if one.id in on for tick_s in one.ticks_s})
        )

    @cached_property
    def look_s(self) -> float:
        """When people look: at nine, or two hours after jobs that start later than that."""
        if not self.ticks_s or self.ticks_s[0] <= NINE_S - HOUR_S:
            return NINE_S
        return min(self.ticks_s[0] + 2 * HOUR_S, DAY_S - MINUTE_S)

    @cached_property
    def starts_s(self) -> float | None:
        """When the run is due that has had an hour when people look; None where each job keeps its own time."""
        return max(
            (tick_s for tick_s in self.ticks_s if tick_s <= self.look_s - HOUR_S),
            default=min(self.ticks_s, default=None),
        )

    def lateness(self, source: str) -> Fault:
        """A source that is two hours late, and misses the jobs before people look, or these, by five minutes."""
        meets_s = max((tick_s for tick_s in self.ticks_s if tick_s <= self.look_s), default=self.look_s)
        end_s = min(max(meets_s + MISSED_BY_S, LATE_S), DAY_S)
        return Fault(FaultKind.CUT, source, end_s - LATE_S, end_s)

    def failure(self, job: str) -> Fault:
        """A job that fails in the run of `starts_s`, or stops at two without a schedule, until after people look."""
        on_schedule = any(station.id == job and station.schedule for station in self.taught.network.stations)
        start_s = self.starts_s if on_schedule and self.starts_s is not None else AT_TWO_S
        end_s = min(self.look_s + 3 * HOUR_S, DAY_S)
        return Fault(FaultKind.FAIL if on_schedule else FaultKind.DOWN, job, start_s, end_s)

    def ages(self, *faults: Fault) -> Mapping[str, float]:
        """How old the newest row of each stage is when people look, in seconds; NaN where none has come."""
        if faults not in self._ages:
            run = simulate(self.taught.network, replace(self.scenario, faults=faults)) if faults else self.run
            at_s = np.array([self.look_s])
            self._ages[faults] = {id: float(freshness(run, id, at_s)[0]) for id in self.taught.stages}
        return self._ages[faults]

    def stale(self, fault: Fault) -> Mapping[str, bool]:
        """Of each stage whether the fault makes its newest row older when people look; what is in doubt is left out."""
        return dict(self._judged(fault))

    def _judged(self, fault: Fault) -> Iterator[tuple[str, bool]]:
        ordinary, now = self.ages(), self.ages(fault)
        for id, usual_s in ordinary.items():
            if math.isnan(usual_s):
                continue  # nothing has come on the ordinary day either
            older_s = math.inf if math.isnan(now[id]) else now[id] - usual_s
            if older_s > STALE_S or abs(older_s) <= SAME_S:
                yield id, older_s > STALE_S

    def end_with_slower_s(self, schedule: str, number: int, job: str) -> float:
        """When a run of the ordinary day would end (s) if one of its jobs took a second more."""
        figures = self.run.figures[job]
        name = "drawn_s" if figures["drawn_s"] else "job_overhead_s"
        slower = replace(self.scenario, overrides=((job, name, min(figures[name] + 1.0, DAY_S)),))
        return job_run(simulate(self.taught.network, slower).orchestrated[schedule], number).end_s

    @property
    def jobs(self) -> tuple[str, ...]:
        """The transforms, those first whose rows reach most others."""
        return tuple(id for id in self.taught.of(Role.TRANSFORM) if self.taught.after[id])


def age(seconds: float) -> str:
    """The age of a newest row in words."""
    return "nothing since midnight" if math.isnan(seconds) else duration(seconds)
