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
from lifecycle.words import duration

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
# A trace or a layout as plotly's plain data: one constructor call checks them all, several times faster than adding.
Plain = dict[str, Any]

# Okabe and Ito's palette, safe for colour-blind eyes; each has a dash of its own, so colour is never the only sign.
STYLES = (
    ("#0072B2", "solid"),
    ("#D55E00", "dash"),
    ("#009E73", "dashdot"),
    ("#CC79A7", "longdash"),
    ("#E69F00", "dot"),
    ("#56B4E9", "longdashdot"),
)
# Of narrow bars that may stand in one place, pixels: each so much thinner than the one beneath it that both are seen.
WIDTHS = (7.6, 4.2, 1.8, 1.2, 0.8, 0.5)
GHOST = "rgba(128, 138, 145, 0.65)"
GHOST_FILL = "rgba(128, 138, 145, 0.18)"
# Bars of what was before: grey, and last in the legend.
BEFORE: Plain = {"marker": {"color": GHOST}, "legendgroup": "before", "legendrank": 2000}
# Ticks of a logarithmic axis of durations, in seconds.
DURATIONS_S = (0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)

# Moments of the day that a line is drawn through, some three minutes apart: a prime, so that no timetable of round
# minutes keeps in step with it and a saw is not met at the same place of each tooth.
BUCKETS = 487
MAIN_HEIGHT = 150
FURTHER_HEIGHT = 260
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
    """A figure whose x axis is the hours of the day; the page puts the clock's line on it (`meta`).

    Its margins are fixed: measuring its labels would have plotly draw everything twice.
    """
    hours = list(range(0, 25, 3))
    x = {"range": [0, 24], "tickvals": hours, "ticktext": [f"{hour:02d}:00" for hour in hours], "automargin": False}
    y = {"title": {"text": y_title}, "automargin": False, **yaxis}
    return figure(traces, height=height, xaxis=x, yaxis=y, margin=DAY_MARGIN, hovermode="x unified", meta="day")


def duration_axis(values_s: Sequence[Array]) -> Plain:
    """A logarithmic axis of durations, wide enough for the values, with ticks in words.

    Zero has no place on it: draw `np.maximum(values, floor)` where values can be nought.
    """
    every = np.concatenate([v[np.isfinite(v) & (v > 0)] for v in values_s]) if values_s else np.empty(0)
    low, high = (float(every.min()), float(every.max())) if len(every) else (1.0, 60.0)
    ticks = [t for t in DURATIONS_S if low / 10 <= t <= high * 10]
    return {
        "type": "log",
        "range": [float(np.log10(low / 1.5)), float(np.log10(high * 1.5))],
        "tickvals": ticks,
        "ticktext": [duration(t) for t in ticks],
        "rangemode": "normal",
    }


def round_ticks(longest_s: float, about: int = 5) -> Plain:
    """Ticks of a linear axis from nought to `longest_s` seconds: round numbers of a unit, said in words."""
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
    bars: bool = False,
    at_first: int | None = None,
    first_style: int = 0,
    before: str = "before",
) -> list[Plain]:
    """Each series in a style of its own, and behind them what was before as one pale ghost, `filled` down to nought.

    The legend calls the ghost `before`.

    Under the pointer a value is said by d3's format `hover` and `unit`, or in `words`, with the value before beside it.
    `floor` lifts what is too small for a logarithmic axis. `step` draws each value as a step as wide as its bucket.
    `bars` are steps so narrow that dashes would run together into a hatching: their lines differ in width instead.
    `at_first` is the number of lines drawn until the legend is asked for more.
    """
    shape = {"shape": "hvh" if step or bars else "linear"}
    lift = (lambda values: np.maximum(values, floor)) if floor is not None else np.asarray
    drawn: list[Plain] = []
    pale = [lift(each.before) for each in every if each.before is not None]
    if pale:
        drawn += _ghost(x, pale, before, shape, filled)
    for index, each in enumerate(every):
        colour, dash = STYLES[(first_style + index) % len(STYLES)]
        width, dash = (WIDTHS[index % len(WIDTHS)], "solid") if bars else (1.7, dash)
        drawn.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": lift(each.now),
                "name": label(each.name),
                "line": {"color": colour, "width": width, "dash": dash, **shape},
                "visible": True if at_first is None or index < at_first else "legendonly",
                **_under_the_pointer(each, hover, unit, words),
            }
        )
    return drawn


def _ghost(x: Array, pale: Sequence[NDArray[Any]], name: str, shape: Plain, filled: bool) -> list[Plain]:
    """What was before: one line for all series, with gaps, since every trace costs the browser some milliseconds.

    The grey beneath is a trace of its own, since Plotly would fill a line across its gaps.
    """
    common = {"type": "scatter", "name": name, "hoverinfo": "skip", "legendgroup": "before"}
    drawn: list[Plain] = []
    if filled:
        along, up = outline(x, pale)
        fill = {"fill": "tozeroy", "fillcolor": GHOST_FILL, "line": shape, "showlegend": False}
        drawn.append({**common, **fill, "mode": "none", "x": along, "y": up})
    line = {"mode": "lines", "line": {"color": GHOST, "width": 1, **shape}, "legendrank": BEFORE["legendrank"]}
    xs = np.concatenate([np.append(x, np.nan) for _ in pale])
    ys = np.concatenate([np.append(values, np.nan) for values in pale])
    return [*drawn, {**common, **line, "x": xs, "y": ys}]


def _under_the_pointer(each: Series, hover: str, unit: str, words: Callable[[float], str] | None) -> Plain:
    if words is not None:
        said = [words(value) for value in each.now]
        if each.before is not None:
            said = [f"{now}, before {words(value)}" for now, value in zip(said, each.before, strict=True)]
        return {"text": np.array(said), "hovertemplate": "%{text}"}  # an array is checked at once, a list text by text
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
