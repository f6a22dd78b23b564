"""Days of the course under each of its switches, each simulated once."""

from __future__ import annotations

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Size, Start
from tests.support.days import kept

COURSE = load(SHIPPED)
WAYS = (
    ("pull", "batch", "batch"),
    ("push", "batch", "batch"),
    ("pull", "stream", "batch"),
    ("push", "stream", "stream"),
)


@kept
def day(scenario: str, way: tuple[str, str, str], *knobs: tuple[str, str, float]) -> Run:
    start, size, transform = Start(way[0]), Size(way[1]), Size(way[2])
    full = scenario_of(State(scenario=scenario, start=start, size=size, transform=transform, knobs=knobs), COURSE)
    return simulate(COURSE.pipeline.network, full, COURSE.traces.get(full.trace))
