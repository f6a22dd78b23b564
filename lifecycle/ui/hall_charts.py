"""A chart as a lecture hall reads it: few curves, large type, names on the curves themselves."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

# Pixels of a chart's type and lines, to be seen from the last row of a hall 1,920 pixels wide; style.css shrinks it for
# narrower ones.
TYPE, LINE = 24, 3.5
MOST_CURVES = 2
HOURS = (0, 6, 12, 18, 24)
# The least share of the axis between two of its ticks: a line of type in a low chart.
APART = 0.16
# Hours of the day that a name on a curve takes.
_NAME_H = 6.0


def for_a_hall(figure: go.Figure, finding: str = "", first: tuple[str, ...] = ()) -> go.Figure:
    """The same chart in type and lines that are seen from the last row, with two curves at most, each named beside it.

    What the `finding` names is drawn, then what stands `first`, then the chart's own order.
    """
    large = go.Figure(figure)
    axis = {"tickfont": {"size": TYPE}, "title": {"font": {"size": TYPE}}}
    large.update_layout(
        height=None,
        margin={"l": 130, "r": 44, "t": 1.6 * TYPE, "b": 1.8 * TYPE},
        legend={"font": {"size": TYPE}},
        font={"size": TYPE},
    )
    large.update_xaxes(axis)
    large.update_yaxes(axis)
    large.update_traces(line={"width": LINE}, selector={"type": "scatter", "mode": "lines"})
    large.update_annotations(font={"size": TYPE})
    if figure.layout.meta == "day":
        large.update_xaxes(tickvals=HOURS, ticktext=[f"{hour:02d}:00" for hour in HOURS])
    _thin_ticks(large)
    _fewer_curves(large, finding, first)
    return large


def _thin_ticks(figure: go.Figure) -> None:
    """Ticks of the y axis that lie too near the last one are left out, so that no label lies over another."""
    axis = figure.layout.yaxis
    if axis.tickvals is None or axis.range is None:
        return
    low, high = (float(end) for end in axis.range)
    kept: list[tuple[float, str]] = []
    last = -math.inf
    for value, text in zip(axis.tickvals, axis.ticktext or axis.tickvals, strict=False):
        at = ((math.log10(value) if axis.type == "log" else float(value)) - low) / ((high - low) or 1.0)
        if at - last >= APART and -1e-9 <= at <= 1 + 1e-9:
            kept.append((value, str(text)))
            last = at
    axis.tickvals, axis.ticktext = [value for value, _ in kept], [text for _, text in kept]


def _fewer_curves(figure: go.Figure, finding: str, first: tuple[str, ...]) -> None:
    """Hide all curves but two, and write each one's name beside it instead of into a legend."""
    curves = [each for each in figure.data if each.type == "scatter" and each.showlegend is not False]
    if not curves:
        return
    shown = [each for each in curves if each.visible is not False and each.visible != "legendonly"]

    def rank(each: go.Scatter) -> tuple[bool, bool]:
        return str(each.name) not in finding, str(each.name) not in first

    kept = sorted(shown, key=rank)[:MOST_CURVES]
    for each in curves:
        each.visible = any(each is one for one in kept)
    figure.update_layout(showlegend=False)
    logarithmic = figure.layout.yaxis.type == "log"
    taken: list[float] = []
    for each in kept:
        x, y = _beside(each, [one for one in kept if one is not each], taken, logarithmic)
        taken.append(x)
        figure.add_annotation(
            x=x,
            y=math.log10(y) if logarithmic and y > 0 else y,
            text=f"<b>{each.name}</b>",
            showarrow=False,
            yshift=0.7 * TYPE,
            xanchor="right" if x > 12 else "left",
            font={"size": TYPE, "color": each.line.color},
        )


def _beside(curve: go.Scatter, others: list[go.Scatter], taken: list[float], logarithmic: bool) -> tuple[float, float]:
    """Where the name of a curve stands: above one of its heights, far from other curves and from names `taken`."""
    xs, ys = np.asarray(curve.x, float), np.asarray(curve.y, float)
    known = np.flatnonzero(np.isfinite(ys) & (ys > 0 if logarithmic else True))
    if not known.size:
        return float(xs[len(xs) // 2]), 1.0
    here = np.log10(ys[known]) if logarithmic else ys[known]
    away = here - here.min()
    for other in others:
        level = np.interp(xs[known], np.asarray(other.x, float), np.nan_to_num(np.asarray(other.y, float)))
        away = np.minimum(away, np.abs(here - (np.log10(np.maximum(level, 1e-9)) if logarithmic else level)))
    high = here >= np.quantile(here, 0.9)
    free = np.all([np.abs(xs[known] - at) > _NAME_H for at in taken], axis=0) if taken else np.ones(len(known), bool)
    possible = high & free if (high & free).any() else high
    at = known[int(np.argmax(np.where(possible, away, -np.inf)))]
    return float(xs[at]), float(ys[at])
