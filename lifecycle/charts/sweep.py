"""A sweep as a heat map: the age of the data at every setting, and the line where the service level breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts.drawing import DURATIONS_S, FLOOR_S, in_words
from lifecycle.charts.spec import (
    COLOURS,
    Array,
    AxisKind,
    Cells,
    ChartAxis,
    ChartSpec,
    Line,
    PointerWords,
    Points,
    Symbol,
)
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.experiments.sweeps import Level, Sweep
from lifecycle.simulation.model.figures import Figure
from lifecycle.words import duration, number

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 460


# What a knob is called, and how a setting of it is said.
KnobWords = tuple[str, Callable[[float], str]]


def knob(stage: Stage, figure: Figure) -> KnobWords:
    """How a knob is called and its settings are said."""
    return f"{stage.label}: {figure.label}", duration if figure.unit == "s" else number


def heat_map(sweep: Sweep, level: Level, across: KnobWords, up: KnobWords) -> ChartSpec:
    """p95 age at the consumer by the two knobs; what loses too much is crossed, the level's edge is a line.

    Colour is not the only sign: the pointer and the table say every cell.
    """
    x, y = sweep.x, sweep.y
    meets = sweep.meets(level)
    words = [[_cell(sweep, i, j, level) for i in range(len(x.values))] for j in range(len(y.values))]
    ages_s = np.maximum(sweep.fresh_s, FLOOR_S).T
    cells = Cells(
        np.arange(len(x.values), dtype=float),
        np.arange(len(y.values), dtype=float),
        ages_s,
        _scale(ages_s),
        old_is_dark=True,
        hover=PointerWords(np.array(words)),
    )
    return ChartSpec(
        (cells, _edge(meets), _crosses(sweep, level), _cheapest(sweep, level)),
        _places(across[0], [across[1](value) for value in x.values]),
        _places(up[0], [up[1](value) for value in y.values]),
        swept(sweep, level, across, up),
        _table(sweep, meets),
        HEIGHT,
    )


def _scale(ages_s: Array) -> ChartAxis:
    """The ages that the colours stand for, some of them by name."""
    known_s = ages_s[np.isfinite(ages_s)]
    low_s, high_s = (float(known_s.min()), float(known_s.max())) if known_s.size else (1.0, 10.0)
    ticks = [tick for tick in DURATIONS_S if low_s <= tick <= high_s]
    if len(ticks) < 2:  # no round age between them: then the least and the most themselves
        ticks = sorted({low_s, high_s})
    ends = low_s, max(high_s, low_s * 10**0.01)
    return ChartAxis(AxisKind.LOG, "p95 age of\nnewest data", ends, in_words(ticks))


def _places(title: str, names: list[str]) -> ChartAxis:
    """An axis with a square for each setting, about eight of which have their name."""
    every = max(1, len(names) // 8)
    ticks = tuple((float(place), names[place]) for place in range(0, len(names), every))
    return ChartAxis(AxisKind.LINEAR, title, (-0.5, len(names) - 0.5), ticks)


def _edge(meets: np.ndarray) -> Line:
    """The line between the settings that keep the level and those that do not, along the sides of their squares."""
    xs: list[float] = []
    ys: list[float] = []
    for i, j in np.argwhere(meets[1:] != meets[:-1]):
        xs += [i + 0.5, i + 0.5, np.nan]
        ys += [j - 0.5, j + 0.5, np.nan]
    for i, j in np.argwhere(meets[:, 1:] != meets[:, :-1]):
        xs += [i - 0.5, i + 0.5, np.nan]
        ys += [j + 0.5, j + 0.5, np.nan]
    return Line("the level breaks here", np.array(xs), np.array(ys), COLOURS[1], 3.0, hidden=not xs)


def _crosses(sweep: Sweep, level: Level) -> Points:
    loses = np.argwhere(sweep.lost_share > level.lost_share)
    return _signs("loses too much", loses, Symbol.THIN_CROSS, 6, "#c0392b")


def _cheapest(sweep: Sweep, level: Level) -> Points:
    place = sweep.cheapest(level)
    return _signs("the cheapest", np.array([place] if place else []).reshape(-1, 2), Symbol.STAR, 16, "#000000")


def _signs(name: str, places: np.ndarray, symbol: Symbol, size: float, edge: str) -> Points:
    """A symbol on each of these squares (column, row)."""
    at = places.astype(float)
    return Points(name, at[:, 0], at[:, 1], "#ffffff", size, symbol, edge, hidden=not len(at))


def _cell(sweep: Sweep, i: int, j: int, level: Level) -> str:
    if np.isnan(sweep.peak_per_s[i, j]):
        return "not simulated"
    kept = sweep.meets(level)[i, j]
    return (
        f"p95 age {duration(float(sweep.fresh_s[i, j]))}, {100 * sweep.lost_share[i, j]:.2g} % lost, "
        f"peak {number(float(sweep.peak_per_s[i, j]))}/s, {sweep.cost[i, j]:,.2f} a day: "
        f"{'meets' if kept else 'misses'} the level"
    )


def swept(sweep: Sweep, level: Level, across: KnobWords, up: KnobWords) -> str:
    """What came of it: how many settings keep the level, and which knobs change nothing."""
    reached, idle = _reached(sweep, level), _idle(sweep, across, up)
    named = " and ".join(f"“{name}”" for name in idle)
    return f"{reached}; {named} {'change' if len(idle) > 1 else 'changes'} nothing here" if idle else reached


def cheapest(
    sweep: Sweep,
    level: Level,
    across: KnobWords,
    up: KnobWords,
    currency: str,
    ways: Sequence[str],
    mark: Callable[[str], str] = str,
) -> str:
    """The cheapest setting that keeps the level; why there is none where a knob does nothing; "" where none keeps it.

    `ways`: how data moves (who starts, how much, how it is transformed); `mark` sets off the names of the knobs.
    """
    if idle := _idle(sweep, across, up):
        return (
            f"Under these switches ({ways[0]}, {ways[1]}, and a transformation in {ways[2]} mode) "
            f"{' and '.join(map(mark, idle))} {'do' if len(idle) > 1 else 'does'} nothing: whatever the setting, the "
            "day is the same, so there is no cheapest pair."
        )
    place = sweep.cheapest(level)
    if place is None:
        return ""
    x, y = (
        mark(f"{name} {say(axis.values[at])}")
        for (name, say), axis, at in zip((across, up), (sweep.x, sweep.y), place, strict=True)
    )
    return (
        f"The cheapest setting that keeps the level: {x} and {y}, at {float(sweep.cost[place]):,.2f} {currency} a day "
        f"and a peak of {number(float(sweep.peak_per_s[place]))} events a second."
    )


def _idle(sweep: Sweep, across: KnobWords, up: KnobWords) -> list[str]:
    return [name for axis, (name, _) in ((sweep.x, across), (sweep.y, up)) if axis in sweep.idle]


def _reached(sweep: Sweep, level: Level) -> str:
    goal = f"p95 age of {duration(level.fresh_s)}"
    goal += f" with at most {100 * level.lost_share:.3g} % lost" if level.lost_share else " with nothing lost"
    kept = int(sweep.meets(level).sum())
    if not kept:
        return f"None of {sweep.done} settings reaches a {goal}"
    if kept == sweep.done:
        return f"All {sweep.done} settings reach a {goal}"
    return f"{kept} of {sweep.done} settings reach a {goal}"


def _table(sweep: Sweep, meets: np.ndarray) -> pd.DataFrame:
    rows = [(i, j) for i in range(len(sweep.x.values)) for j in range(len(sweep.y.values))]
    return table_of(
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
