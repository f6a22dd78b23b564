"""What a chart is, and the looks that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

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
    ("#E69F00", "solid"),
    ("#56B4E9", "dash"),
)
GHOST = "rgba(128, 138, 145, 0.65)"
GHOST_FILL = "rgba(128, 138, 145, 0.18)"
# Ticks of a logarithmic axis of durations, in seconds.
DURATIONS_S = (0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)

# Buckets of the day that a line is drawn with: three minutes each.
BUCKETS = 480
MAIN_HEIGHT = 170
FURTHER_HEIGHT = 260


@dataclass(frozen=True, eq=False)
class Drawing:
    """A chart: its figure, its finding in words, and the table of exactly what it draws."""

    figure: go.Figure
    finding: str
    table: pd.DataFrame


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
                "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
                "xaxis": {"automargin": True, **xaxis},
                "yaxis": {"automargin": True, "rangemode": "tozero", **yaxis},
                **layout,
            },
        }
    )


def over_the_day(traces: Sequence[Plain], y_title: str, *, height: int = MAIN_HEIGHT, **yaxis: Any) -> go.Figure:
    """A figure whose x axis is the hours of the day; the page puts the clock's line on it (`meta`)."""
    hours = list(range(0, 25, 3))
    x = {"range": [0, 24], "tickvals": hours, "ticktext": [f"{hour:02d}:00" for hour in hours]}
    y = {"title": {"text": y_title}, **yaxis}
    return figure(traces, height=height, xaxis=x, yaxis=y, hovermode="x unified", meta="day")


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


def line(
    x: Array,
    y: Array | Counts,
    name: str,
    index: int,
    *,
    ghost: bool = False,
    filled: bool = False,
    step: bool = False,
    hover: str = "%{y:,.3~g}",
    **more: Any,
) -> Plain:
    """One line in the style of its place in the legend; a ghost is grey, thin and pale, `filled` down to nought.

    `step` draws each value as a step as wide as its bucket.
    """
    colour, dash = STYLES[index % len(STYLES)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": f"{label(name)}, before" if ghost else label(name),
        "line": {
            "shape": "hvh" if step else "linear",
            **({"color": GHOST, "width": 1} if ghost else {"color": colour, "width": 1.7, "dash": dash}),
        },
        "hovertemplate": hover,
        "showlegend": not ghost,
        **({"fill": "tozeroy", "fillcolor": GHOST_FILL} if ghost and filled else {}),
        **more,
    }
