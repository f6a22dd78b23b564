"""What charts are made with: axes, lines beside what they were before, and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lifecycle.charts.spec import (
    COLOURS,
    Array,
    AxisKind,
    ChartAxis,
    Hover,
    Line,
    LineBefore,
    PointerFigures,
    PointerWords,
    Values,
)
from lifecycle.charts.tables import table_of
from lifecycle.simulation.readings.frames import Counts
from lifecycle.words import duration

if TYPE_CHECKING:
    import pandas as pd

# Pixels: the thinnest curve, which lies on top or alone; how much wider the one beneath is, and all of them at most.
THINNEST, WIDER, SPREAD = 1.2, 1.5, 4.5
# Ticks of a logarithmic axis of durations, in seconds.
DURATIONS_S = (0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)

# A hundredth of a second: what is shorter is drawn at the foot of a logarithmic axis of durations.
FLOOR_S = 0.01
MAIN_HEIGHT = 150
FURTHER_HEIGHT = 260
SHARE_OF_EVENTS = "share of events, %"
# Pixels: what the words of a tick take, and what stands above and below a plot whose legend takes two rows.
WORDS_HIGH, OUTSIDE = 15, 72


def csv(table: pd.DataFrame) -> str:
    """The table as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    safe = table.rename(columns=_inert)
    for name in safe.columns[[dtype.kind == "O" or str(dtype) in {"string", "str"} for dtype in safe.dtypes]]:
        safe[name] = safe[name].map(_inert)
    return safe.to_csv(index=False)


def _inert(text: Any) -> Any:
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def day_axis(hours: Sequence[int] = range(0, 25, 3), named: int = 6) -> ChartAxis:
    """The hours of the day, with a tick at each of `hours` and words at every `named`th hour.

    Words at every third hour would be slanted, and cut, in a narrow chart.
    """
    ticks = tuple((3600.0 * hour, f"{hour:02d}:00" if hour % named == 0 else "") for hour in hours)
    return ChartAxis(AxisKind.DAY, range=(0.0, 86_400.0), ticks=ticks)


def upwards(title: str, ends: tuple[float, float] | None = None) -> ChartAxis:
    """An axis of plain numbers from zero up, or between its `ends`."""
    return ChartAxis(AxisKind.LINEAR, title, ends, from_zero=True)


def middles(edges_s: Array) -> Array:
    """The middle of each bucket (seconds), shape (n,) for n + 1 edges."""
    return (edges_s[:-1] + edges_s[1:]) / 2


def duration_axis(values_s: Sequence[Array], title: str, height: int = MAIN_HEIGHT) -> ChartAxis:
    """A logarithmic axis of durations, wide enough for the values, with ticks in words.

    `height` is the chart's, in pixels: an axis without room for all its words leaves some of its ticks out. Zero has no
    place on it: draw `np.maximum(values, floor)` where values can be zero.
    """
    every = np.concatenate([v[np.isfinite(v) & (v > 0)] for v in values_s]) if values_s else np.empty(0)
    low, high = (float(every.min()), float(every.max())) if len(every) else (1.0, 60.0)
    foot, top = float(np.log10(low / 1.5)), float(np.log10(high * 1.5))
    apart = WORDS_HIGH / (height - OUTSIDE) * (top - foot)
    ticks: list[float] = []
    for tick in DURATIONS_S:
        if foot <= np.log10(tick) <= top and (not ticks or np.log10(tick / ticks[-1]) >= apart):
            ticks.append(tick)
    return ChartAxis(AxisKind.LOG, title, (low / 1.5, high * 1.5), in_words(ticks))


def latency_bins(samples_s: Sequence[Array], bins: int = 60) -> tuple[ChartAxis, Array]:
    """The axis of the time from an event's birth to its being visible, and the edges (seconds) of its bins."""
    axis = duration_axis([sample for sample in samples_s if len(sample)], "from birth to visible", FURTHER_HEIGHT)
    low, high = axis.range or (1.0, 60.0)
    return axis, np.logspace(np.log10(low), np.log10(high), bins + 1)


def in_words(ticks_s: Sequence[float]) -> tuple[tuple[float, str], ...]:
    """Ticks at these durations, each said in words."""
    return tuple((tick_s, duration(tick_s)) for tick_s in ticks_s)


def round_ticks(longest_s: float, about: int = 5) -> tuple[tuple[float, str], ...]:
    """Ticks of a linear axis from zero to `longest_s` seconds: round numbers of a unit, said in words."""
    unit_s = 3600.0 if longest_s > 7200 else 60.0 if longest_s > 120 else 1.0
    rough = max(longest_s, 1e-3) / unit_s / about
    scale = 10.0 ** np.floor(np.log10(rough))
    step_s = float(unit_s * scale * next(step for step in (1, 2, 5, 10) if step * scale >= rough))
    return in_words([n * step_s for n in range(int(longest_s / step_s) + 2)])


class Series(NamedTuple):
    """What one line draws: its name, its values now, and, beside a ghost, what they were; shape (n,) each."""

    name: str
    now: Array | Counts
    before: Array | Counts | None = None


def width_of(nth: int, among: int) -> float:
    """Pixels of the nth of so many curves that may lie on one another: beneath the next one both sides of it show.

    Dashes would not tell them apart: narrow bars and saws swing faster than a dash is long. One alone is thin, so that
    it is drawn no wider than it lasts.
    """
    step = min(WIDER, SPREAD / max(1, among - 1))
    return THINNEST + step * max(0, among - 1 - nth)


def colour_of(nth: int) -> str:
    """The colour of the nth series."""
    return COLOURS[nth % len(COLOURS)]


def lines(
    x: Array,
    every: Sequence[Series],
    *,
    hover: str = ",.3~g",
    unit: str = "",
    words: Callable[[float], str] | None = None,
    floor: float | None = None,
    filled: bool = False,
    at_first: int | None = None,
    first_style: int = 0,
) -> tuple[Line, ...]:
    """Each series as a line of steps, in a colour and a width of its own; what was before is `filled` to 0 or not.

    Under the pointer a value is said by d3's format `hover` and `unit`, or in `words`, with the value before beside it.
    `floor` lifts what is too small for a logarithmic axis. `at_first` is the number of lines drawn until the legend is
    asked for more.
    """

    def lift(values: Values) -> Values:
        return values if floor is None else np.maximum(values, floor)

    return tuple(
        Line(
            curve.name,
            x,
            lift(curve.now),
            colour_of(first_style + index),
            width_of(index, min(len(every), at_first or len(every))),
            stepped=True,
            before=None if curve.before is None else LineBefore(x, lift(curve.before), filled),
            hover=spoken(curve.now, curve.before, words) if words is not None else PointerFigures(hover, unit),
            hidden=at_first is not None and index >= at_first,
        )
        for index, curve in enumerate(every)
    )


def spoken(now: Array | Counts, before: Array | Counts | None, words: Callable[[float], str]) -> Hover:
    """What stands under the pointer in words, with the value before beside it."""
    texts = [words(value) for value in np.asarray(now, float)]
    if before is not None:
        texts = [f"{text}, before {words(value)}" for text, value in zip(texts, before, strict=True)]
    return PointerWords(np.array(texts))


def columns(table: pd.DataFrame, every: Sequence[Series], unit: str) -> pd.DataFrame:
    """The chart's table with each series, and what it was before beside it; `unit` stands in the heading."""
    beside: dict[str, Any] = {str(name): table[name] for name in table}
    for curve in every:
        if curve.before is not None:
            beside[f"{curve.name}, before ({unit})"] = curve.before
        beside[f"{curve.name} ({unit})"] = curve.now
    return table_of(beside)  # at once: column by column takes several times as long
