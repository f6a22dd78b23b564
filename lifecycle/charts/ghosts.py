"""The run before in a chart: what the legend calls it, and the grey beneath its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.roles import ROLES
from lifecycle.words import duration, number


def called(run: Run, ghost: Run | None) -> str:
    """The run before as a legend names it: `before: ` and those of its settings that are other ones now; "" without."""
    return f"before: {', '.join(_settings(run, ghost)) or 'the same settings'}" if ghost else ""


def _settings(run: Run, ghost: Run) -> Iterator[str]:
    now, was = run.scenario, ghost.scenario
    if now.start != was.start:
        yield was.start
    if now.size != was.size:
        yield was.size
    if now.transform != was.transform:
        yield f"transform {was.transform}"
    if now.events != was.events:
        yield f"{number(was.events)} events"
    if now.faults != was.faults:
        yield "other faults" if was.faults else "no fault"
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
    figure = next(each for each in ROLES[role] if each.name == name)
    words = dict(figure.options).get(value, "").partition(":")[0]
    return f"{figure.label.lower()} {words or (duration(value) if figure.unit == 's' else number(value))}"


def outline(x: NDArray[np.float64], every: Sequence[NDArray[Any]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The edge of the area beneath several lines over the same `x`, down to zero at both ends and at every gap.

    Plotly fills across gaps in straight chords; here there is none to cross: between two stretches the edge runs along
    zero.
    """
    xs, ys = [np.empty(0)], [np.empty(0)]
    for values in every:
        known = np.concatenate([[False], np.isfinite(values), [False]])
        turns = np.flatnonzero(known[1:] != known[:-1])
        for start, end in zip(turns[::2], turns[1::2], strict=True):
            xs.append(np.concatenate([x[[start]], x[start:end], x[[end - 1]]]))
            ys.append(np.concatenate([[0.0], values[start:end], [0.0]]))
    return np.concatenate(xs), np.concatenate(ys)
