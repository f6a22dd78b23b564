"""A sweep as a heat map: the age of the data at every setting, and the line where the service level breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import COLOURS, DURATIONS_S, Drawing, Plain, figure
from lifecycle.simulation.sweeps import Level, Sweep
from lifecycle.words import duration, number

HEIGHT = 460


# What an axis is called, and how a setting on it is said.
Said = tuple[str, Callable[[float], str]]


def heat_map(sweep: Sweep, level: Level, across: Said, up: Said) -> Drawing:
    """p95 age at the consumer by the two knobs; what loses too much is crossed, the level's edge is a line.

    Colour is not the only sign: the pointer and the table say every cell.
    """
    x, y = sweep.x, sweep.y
    meets = sweep.meets(level)
    ages = np.log10(np.maximum(sweep.fresh_s, 1e-2)).T
    known = ages[np.isfinite(ages)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    ticks = [tick for tick in DURATIONS_S if low <= np.log10(tick) <= high]
    if len(ticks) < 2:  # no round age between them: then the least and the most themselves
        ticks = sorted({float(10**low), float(10**high)})
    names = [across[1](value) for value in x.values], [up[1](value) for value in y.values]
    said = [[_cell(sweep, i, j, level) for i in range(len(x.values))] for j in range(len(y.values))]
    columns, rows = np.arange(len(x.values)), np.arange(len(y.values))
    traces: list[Plain] = [
        {
            "type": "heatmap",
            "x": columns,
            "y": rows,
            "z": ages,
            "text": np.array(said),
            "hovertemplate": "%{text}<extra></extra>",
            "colorscale": "Cividis",
            "reversescale": True,
            "zmin": low,
            "zmax": max(high, low + 0.01),
            "colorbar": {
                "title": {"text": "p95 age of<br>newest data"},
                "tickvals": [float(np.log10(tick)) for tick in ticks],
                "ticktext": [duration(tick) for tick in ticks],
            },
        },
        _edge(meets),
        _crosses(sweep, level),
        _cheapest(sweep, level),
    ]
    drawing = figure(
        traces,
        height=HEIGHT,
        xaxis={"title": {"text": across[0]}, "range": [-0.5, len(columns) - 0.5], **_ticks(names[0])},
        yaxis={"title": {"text": up[0]}, "range": [-0.5, len(rows) - 0.5], **_ticks(names[1])},
    )
    idle = [name for axis, name in ((sweep.x, across[0]), (sweep.y, up[0])) if axis in sweep.idle]
    return Drawing(drawing, _finding(sweep, meets, level, idle), _table(sweep, meets))


def _edge(meets: np.ndarray) -> Plain:
    """The line between the settings that keep the level and those that do not, along the sides of their squares."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i, j in np.argwhere(meets[1:] != meets[:-1]):
        xs += [i + 0.5, i + 0.5, None]
        ys += [j - 0.5, j + 0.5, None]
    for i, j in np.argwhere(meets[:, 1:] != meets[:, :-1]):
        xs += [i - 0.5, i + 0.5, None]
        ys += [j + 0.5, j + 0.5, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": COLOURS[1], "width": 3},
        "hoverinfo": "skip",
        "name": "the level breaks here",
        "visible": True if xs else "legendonly",
    }


def _crosses(sweep: Sweep, level: Level) -> Plain:
    loses = np.argwhere(sweep.lost_share > level.lost_share)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": loses[:, 0],
        "y": loses[:, 1],
        "marker": {"symbol": "x-thin", "size": 6, "color": "#ffffff", "line": {"width": 1.5, "color": "#c0392b"}},
        "hoverinfo": "skip",
        "name": "loses too much",
        "visible": True if len(loses) else "legendonly",
    }


def _cheapest(sweep: Sweep, level: Level) -> Plain:
    place = sweep.cheapest(level)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place[0]] if place else [],
        "y": [place[1]] if place else [],
        "marker": {"symbol": "star", "size": 16, "color": "#ffffff", "line": {"width": 1.5, "color": "#000000"}},
        "hoverinfo": "skip",
        "name": "the cheapest",
        "visible": True if place else "legendonly",
    }


def _ticks(names: list[str]) -> Plain:
    every = max(1, len(names) // 8)
    places = list(range(0, len(names), every))
    return {"tickvals": places, "ticktext": [names[place] for place in places]}


def _cell(sweep: Sweep, i: int, j: int, level: Level) -> str:
    if np.isnan(sweep.peak_per_s[i, j]):
        return "not simulated"
    kept = sweep.meets(level)[i, j]
    return (
        f"p95 age {duration(float(sweep.fresh_s[i, j]))}, {100 * sweep.lost_share[i, j]:.2g} % lost, "
        f"peak {number(float(sweep.peak_per_s[i, j]))}/s, {sweep.cost[i, j]:,.2f} a day: "
        f"{'meets' if kept else 'misses'} the level"
    )


def _finding(sweep: Sweep, meets: np.ndarray, level: Level, idle: Sequence[str]) -> str:
    if idle:
        return f"{_reached(sweep, meets, level)}; {_and(idle)} {'change' if len(idle) > 1 else 'changes'} nothing here"
    return _reached(sweep, meets, level)


def _and(names: Sequence[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _reached(sweep: Sweep, meets: np.ndarray, level: Level) -> str:
    goal = f"p95 age of {duration(level.fresh_s)}"
    goal += f" with at most {100 * level.lost_share:.3g} % lost" if level.lost_share else " with nothing lost"
    kept = int(meets.sum())
    if not kept:
        return f"None of {sweep.done} settings reaches a {goal}"
    if kept == sweep.done:
        return f"All {sweep.done} settings reach a {goal}"
    return f"{kept} of {sweep.done} settings reach a {goal}"


def _table(sweep: Sweep, meets: np.ndarray) -> pd.DataFrame:
    rows = [(i, j) for i in range(len(sweep.x.values)) for j in range(len(sweep.y.values))]
    return pd.DataFrame(
        {
            sweep.x.name: [sweep.x.values[i] for i, _ in rows],
            sweep.y.name: [sweep.y.values[j] for _, j in rows],
            "p95 age (s)": [sweep.fresh_s[place] for place in rows],
            "lost share": [sweep.lost_share[place] for place in rows],
            "peak (1/s)": [sweep.peak_per_s[place] for place in rows],
            "cost a day": [sweep.cost[place] for place in rows],
            "meets the level": [bool(meets[place]) for place in rows],
        }
    )
