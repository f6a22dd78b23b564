"""The run before in a chart: what the legend calls it."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle.charts.spec import Before
from lifecycle.course.fault_words import in_short_with_times
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.roles import ROLES
from lifecycle.words import duration, number


def before(run: Run, ghost: Run | None) -> Before | None:
    """The run before as a legend names it: `before: ` and those of its settings that are other ones now."""
    return Before(f"before: {', '.join(_settings(run, ghost)) or 'the same settings'}") if ghost else None


def _settings(run: Run, ghost: Run) -> Iterator[str]:
    now, past = run.scenario, ghost.scenario
    if now.start != past.start:
        yield past.start
    if now.size != past.size:
        yield past.size
    if now.transform != past.transform:
        yield f"transform {past.transform}"
    if now.events != past.events:
        yield f"{number(past.events)} events"
    if now.faults != past.faults:
        had = [fault for fault in past.faults if fault not in now.faults] or past.faults
        yield in_short_with_times(had[0]) if len(had) == 1 else "other faults" if had else "no fault"
    turned = [
        (station.role, name, value)
        for station in ghost.network.stations
        for name, value in ghost.figures[station.id].items()
        if run.figures.get(station.id, {}).get(name) != value
    ]
    if len(turned) == 1:
        yield _knob(*turned[0])
    elif turned:
        yield "other knobs"


def _knob(role: Role, name: str, value: float) -> str:
    figure = next(figure for figure in ROLES[role] if figure.name == name)
    words = dict(figure.options).get(value, "").partition(":")[0]
    return f"{figure.label.lower()} {words or (duration(value) if figure.unit == 's' else number(value))}"
