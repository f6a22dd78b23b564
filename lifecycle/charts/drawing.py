"""What a chart is, and the looks that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from lifecycle.charts.ghosts import outline
from lifecycle.simulation.readings.frames import Counts
from lifecycle.words import duration

Array = NDArray[np.float64]
# A trace or a layout as plotly's plain data: one constructor call checks them all, several times faster than adding.
Plain = dict[str, Any]

# Okabe and Ito's palette, safe for colour-blind eyes; a width of its own (`width_of`) is each curve's other sign.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
# Pixels: the thinnest curve, which lies on top or alone; how much wider the one beneath is, and all of them at most.
THINNEST, WIDER, SPREAD = 1.2, 1.5, 4.5
GHOST = "rgba(128, 138, 145, 0.65)"
GHOST_FILL = "rgba(128, 138, 145, 0.18)"
# Bars of what was before: grey, and last in the legend.
BEFORE: Plain = {"marker": {"color": GHOST}, "legendgroup": "before", "legendrank": 2000}
# Ticks of a logarithmic axis of durations, in seconds.
DURATIONS_S = (0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)

# A hundredth of a second: what is shorter is drawn at the foot of a logarithmic axis of durations.
FLOOR_S = 0.01
MAIN_HEIGHT = 150
FURTHER_HEIGHT = 260
# Pixels: what the words of a tick take, and what stands above and below a plot whose legend takes two rows.
WORDS_HIGH, OUTSIDE = 15, 72
# Pixels round a chart of the day: room for the words of a duration, the axis title, the hours and the legend.
DAY_MARGIN = {"l": 66, "r": 14, "t": 24, "b": 27}


@dataclass(frozen=True, eq=False)
class Drawing:
    """A chart: its figure, its finding in words, and the table of exactly what it draws."""

    figure: go.Figure
    finding: str
    table: pd.DataFrame


def before_called(drawing: Drawing, name: str) -> Drawing:
    """The chart with its run before called `name` in the legend: where it is not what was set before."""
    renamed = go.Figure(drawing.figure)
    renamed.update_traces(name=name, selector={"legendgroup": "before"})
    return replace(drawing, figure=renamed)


def csv(table: pd.DataFrame) -> str:
    """The table as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    safe = table.rename(columns=_inert)
    for name in safe.columns[[dtype.kind == "O" or str(dtype) in {"string", "str"} for dtype in safe.dtypes]]:
        safe[name] = safe[name].map(_inert)
    return safe.to_csv(index=False)


def _inert(text: Any) -> Any:
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def label(text: str) -> str:
    """A label from content for plotly, which reads a small HTML in every text: shown as it is written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def figure(traces: Sequence[Plain], *, height: int, xaxis: Plain, yaxis: Plain, **layout: Any) -> go.Figure:
    """A figure in the common dress: small margins, the legend above on the right."""
    return go.Figure(
        {
            "data": list(traces),
            "layout": {
                "height": height,
                "margin": {"l": 8, "r": 8, "t": 20, "b": 2},
                "showlegend": True,
                "legend": {
                    "orientation": "h",
                    "x": 1,
                    "xanchor": "right",
                    "y": 1.0,
                    "yanchor": "bottom",
                    "font": {"size": 12},
                },
                "xaxis": {"automargin": True, **xaxis},
                "yaxis": {"automargin": True, "rangemode": "tozero", **yaxis},
                **layout,
            },
        },
    )


def over_the_day(traces: Sequence[Plain], y_title: str, *, height: int = MAIN_HEIGHT, **yaxis: Any) -> go.Figure:
    """A figure over the hours of the day, of traces `along` them; the page puts the clock's line on it (`meta`).

    Its margins are fixed: measuring its labels would have plotly draw everything twice.
    """
    # a tick every three hours and words at every other: more would be slanted, and cut, in a narrow chart
    hours = range(0, 25, 3)
    words = [f"{hour:02d}:00" if hour % 6 == 0 else "" for hour in hours]
    ticks = [hour_of_day(hour) for hour in hours]
    x = {"type": "date", "range": [ticks[0], ticks[-1]], "tickvals": ticks, "ticktext": words, "tickangle": 0}
    x |= {"hoverformat": "%H:%M", "automargin": False}
    y = {"title": {"text": y_title}, "automargin": False, **yaxis}
    return figure(traces, height=height, xaxis=x, yaxis=y, margin=DAY_MARGIN, hovermode="x unified", meta="day")


def along(at_s: Array) -> Array:
    """Moments of the day (seconds) as the axis of `over_the_day` has them: milliseconds, as all of plotly's times."""
    return at_s * 1000.0


def middles(edges_s: Array) -> Array:
    """The middle of each bucket along that axis, shape (n,) for n + 1 edges (seconds)."""
    return along((edges_s[:-1] + edges_s[1:]) / 2)


def hour_of_day(hour: int) -> str:
    """An hour of the axis' day: a number would be moved by the time zone of the browser."""
    return f"1970-01-{1 + hour // 24:02d} {hour % 24:02d}:00"


def duration_axis(values_s: Sequence[Array], height: int = MAIN_HEIGHT) -> Plain:
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
    return {
        "type": "log",
        "range": [foot, top],
        "tickvals": ticks,
        "ticktext": [duration(t) for t in ticks],
        "rangemode": "normal",
    }


def round_ticks(longest_s: float, about: int = 5) -> Plain:
    """Ticks of a linear axis from zero to `longest_s` seconds: round numbers of a unit, said in words."""
    unit_s = 3600.0 if longest_s > 7200 else 60.0 if longest_s > 120 else 1.0
    rough = max(longest_s, 1e-3) / unit_s / about
    scale = 10.0 ** np.floor(np.log10(rough))
    step_s = float(unit_s * scale * next(step for step in (1, 2, 5, 10) if step * scale >= rough))
    ticks = [n * step_s for n in range(int(longest_s / step_s) + 2)]
    return {"tickvals": ticks, "ticktext": [duration(t) for t in ticks]}


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


def lines(
    x: Array,
    every: Sequence[Series],
    *,
    hover: str = ",.3~g",
    unit: str = "",
    words: Callable[[float], str] | None = None,
    floor: float | None = None,
    filled: bool = False,
    step: bool = False,
    at_first: int | None = None,
    first_style: int = 0,
    before: str = "before",
) -> list[Plain]:
    """Each series in a colour and a width of its own, and behind them what was before as one pale ghost, `filled` to 0.

    The legend calls the ghost `before`.

    Under the pointer a value is said by d3's format `hover` and `unit`, or in `words`, with the value before beside it.
    `floor` lifts what is too small for a logarithmic axis. `step` draws each value as a step as wide as its bucket.
    `at_first` is the number of lines drawn until the legend is asked for more.
    """
    shape = {"shape": "hvh" if step else "linear"}
    lift = (lambda values: np.maximum(values, floor)) if floor is not None else np.asarray
    drawn: list[Plain] = []
    pale = [lift(each.before) for each in every if each.before is not None]
    if pale and filled:
        edge_x, edge_y = outline(x, pale)
        fill = {"fill": "tozeroy", "fillcolor": GHOST_FILL, "line": shape, "showlegend": False}
        # a trace of its own, since Plotly would fill a line across its gaps
        drawn.append({**_was(before), **fill, "mode": "none", "x": edge_x, "y": edge_y})
    if pale:
        drawn.append(ghost_line([(x, values) for values in pale], before, shape))
    for index, each in enumerate(every):
        width = width_of(index, min(len(every), at_first or len(every)))
        drawn.append(
            {
                **curve(x, lift(each.now), each.name, first_style + index, width, shape),
                "visible": True if at_first is None or index < at_first else "legendonly",
                **_under_the_pointer(each, hover, unit, words),
            }
        )
    return drawn


def curve(x: Array, y: NDArray[Any], name: str, style: int, width: float, shape: Plain) -> Plain:
    """One line in the colour of its `style`, the number of the series; the label of a stage is `name` as written."""
    line = {"color": COLOURS[style % len(COLOURS)], "width": width, **shape}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": label(name), "visible": True, "line": line}


def ghost_line(every: Sequence[tuple[Array, NDArray[Any]]], name: str, shape: Plain) -> Plain:
    """What was before: one line for all series, with gaps, since every trace costs the browser some milliseconds."""
    line = {"mode": "lines", "line": {"color": GHOST, "width": 1, **shape}, "legendrank": BEFORE["legendrank"]}
    xs = np.concatenate([np.append(x, np.nan) for x, _ in every])
    ys = np.concatenate([np.append(values, np.nan) for _, values in every])
    return {**_was(name), **line, "x": xs, "y": ys}


def _was(name: str) -> Plain:
    return {"type": "scatter", "name": name, "hoverinfo": "skip", "legendgroup": "before"}


def spoken(now: Array, before: Array | Counts | None, words: Callable[[float], str]) -> Plain:
    """What stands under the pointer in words, with the value before beside it."""
    said = [words(value) for value in now]
    if before is not None:
        said = [f"{each}, before {words(value)}" for each, value in zip(said, before, strict=True)]
    return {"text": np.array(said), "hovertemplate": "%{text}"}  # an array is checked at once, a list text by text


def _under_the_pointer(each: Series, hover: str, unit: str, words: Callable[[float], str] | None) -> Plain:
    if words is not None:
        return spoken(np.asarray(each.now, float), each.before, words)
    if each.before is None:
        return {"hovertemplate": f"%{{y:{hover}}}{unit}"}
    was = f", before %{{customdata:{hover}}}{unit}"
    return {"customdata": each.before, "hovertemplate": f"%{{y:{hover}}}{unit}{was}"}


def columns(table: pd.DataFrame, every: Sequence[Series], unit: str) -> pd.DataFrame:
    """The chart's table with each series, and what it was before beside it; `unit` stands in the heading."""
    beside: dict[str, Any] = {str(name): table[name] for name in table}
    for each in every:
        if each.before is not None:
            beside[f"{each.name}, before ({unit})"] = each.before
        beside[f"{each.name} ({unit})"] = each.now
    return pd.DataFrame(beside)  # at once: column by column takes several times as long
