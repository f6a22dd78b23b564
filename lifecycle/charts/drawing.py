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

# Okabe and Ito's palette, safe for colour-blind eyes; each has a dash of its own, so colour is never the only sign.
STYLES = (
    ("#0072B2", "solid"),
    ("#D55E00", "dash"),
    ("#009E73", "dashdot"),
    ("#CC79A7", "longdash"),
    ("#E69F00", "solid"),
    ("#56B4E9", "dash"),
)
GHOST = "rgba(128, 138, 145, 0.75)"
# Ticks of a logarithmic axis of durations, in seconds.
DURATIONS_S = (0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)

# Buckets of the day that a line is drawn with: two minutes each.
BUCKETS = 720


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


def over_the_day(y_title: str, *, height: int = 170) -> go.Figure:
    """An empty figure whose x axis is the hours of the day."""
    figure = go.Figure()
    hours = list(range(0, 25, 3))
    figure.update_layout(
        height=height,
        meta="day",  # tells the page that the clock's line belongs on this chart
        margin={"l": 8, "r": 8, "t": 20, "b": 2},
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
        hovermode="x unified",
    )
    figure.update_xaxes(
        range=[0, 24], tickvals=hours, ticktext=[f"{hour:02d}:00" for hour in hours], title=None, automargin=True
    )
    figure.update_yaxes(title=y_title, automargin=True, rangemode="tozero")
    return figure


def duration_axis(values_s: Sequence[Array]) -> dict[str, Any]:
    """A logarithmic axis of durations, wide enough for the values, with ticks in words.

    Zero has no place on it: draw `np.maximum(values, floor)` where values can be nought.
    """
    every = np.concatenate([v[np.isfinite(v) & (v > 0)] for v in values_s]) if values_s else np.empty(0)
    low, high = (float(every.min()), float(every.max())) if len(every) else (1.0, 60.0)
    ticks = [t for t in DURATIONS_S if low / 10 <= t <= high * 10]
    return {
        "type": "log",
        "range": [np.log10(low / 1.5), np.log10(high * 1.5)],
        "tickvals": ticks,
        "ticktext": [duration(t) for t in ticks],
        "rangemode": "normal",
    }


def line(
    figure: go.Figure,
    x: Array,
    y: Array | Counts,
    name: str,
    index: int,
    *,
    ghost: bool = False,
    hover: str = "%{y:,.3~g}",
    **more: Any,
) -> None:
    """Add one line in the style of its place in the legend; a ghost is pale, thin and dotted."""
    colour, dash = STYLES[index % len(STYLES)]
    shown = f"{label(name)}, before" if ghost else label(name)
    figure.add_scatter(
        x=x,
        y=y,
        name=shown,
        mode="lines",
        line={"color": GHOST if ghost else colour, "width": 1.2 if ghost else 2, "dash": "dot" if ghost else dash},
        hovertemplate=hover,
        showlegend=not ghost,
        **more,
    )
