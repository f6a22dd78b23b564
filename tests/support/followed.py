"""Small days whose events are followed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from tests.support.networks import at, chain

Stage = tuple[str, str] | tuple[str, str, dict[str, float]]

AS_IT_COMES = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY)
SHOP: Stage = ("shop", "source")
DESK: Stage = ("desk", "consumer", {"query_s": 0.0})
EVEN = {"per_event_s": 10.0, "spread": 0.0, "duplicate_share": 0.0}
PLAIN_PUMP = {"per_event_s": 0.0, "latency_s": 0.0, "job_overhead_s": 0.0}


def walked(scenario: Scenario, times_s: Sequence[float], *stations: Stage) -> Run:
    """A chain on a day with one event at each time."""
    return simulate(chain(*stations), replace(scenario, events=len(times_s)), at(times_s))
