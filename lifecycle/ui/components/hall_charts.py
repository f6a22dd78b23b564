"""A chart as a lecture hall reads it: few curves, large type, and a row above them that says which is which."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from lifecycle.charts.drawing import hour_of_day

# Pixels of a chart's type and lines, to be seen from the last row of a hall 1,920 pixels wide; talk.css shrinks it for
# narrower ones.
TYPE, LINE, PALE_LINE = 24, 3.5, 2.2
MOST_CURVES = 2
# Colours that stand out from white paper and from the dark page alike: 3.5 to 1 at least, on either.
FIRST, SECOND, PALE = "#1a86c9", "#d55e00", "#7d878e"
PALE_FILL = "rgba(125, 135, 142, 0.25)"
# How much larger than at a desk a chart is where a talk explores: room for the letters of exploring.css.
EXPLORING = 1.4
HOURS = (0, 6, 12, 18, 24)
# The least share of the axis between two of its ticks: a line of type, in a chart and in a low one.
APART, LOW_APART = 0.16, 0.3


@dataclass(frozen=True)
class Key:
    """What a line or bar of a chart is: its name, its colour, and how its line is drawn."""

    name: str
    colour: str
    line: Literal["solid", "dash", "bar"]


def for_a_hall(figure: go.Figure, finding: str = "", *, low: bool = False) -> tuple[go.Figure, tuple[Key, ...]]:
    """The same chart in type and lines that are seen from the last row, and what its row of keys says.

    A `low` one, above a question, has fewer ticks; what its y axis shows stands in the row of keys instead (`axis_of`),
    since a low chart would cut it.

    Of its curves the one that the `finding` names is drawn, else the first, and beside it what that one was before;
    without a ghost, the next.
    """
    large = go.Figure(figure)
    axis = {"tickfont": {"size": TYPE}, "title": {"font": {"size": TYPE}}}
    large.update_layout(
        height=None,
        margin={"l": 8, "r": 1.6 * TYPE, "t": 0.75 * TYPE if low else TYPE, "b": 8},
        showlegend=False,
        font={"size": TYPE},
    )
    # the labels take the room that they need, in the type to which talk.css sets them on this screen
    large.update_xaxes(axis, automargin=True, tickangle=0, nticks=4)
    large.update_yaxes(axis, automargin=True, title_standoff=12)
    large.update_annotations(font={"size": TYPE})
    if figure.layout.meta == "day":
        large.update_xaxes(
            tickvals=[hour_of_day(hour) for hour in HOURS], ticktext=[f"{hour:02d}:00" for hour in HOURS]
        )
    if low:
        large.update_yaxes(title=None, nticks=4)
    _thin_ticks(large, LOW_APART if low else APART)
    return large, (*_curves(large, finding), *_bars(large))


def while_exploring(figure: go.Figure) -> go.Figure:
    """The same chart with room for larger type (exploring.css), where a talk explores before a hall."""
    large = go.Figure(figure)
    edges = large.layout.margin
    large.update_layout(
        height=(large.layout.height or 0) * EXPLORING or None,
        margin={side: (edges[side] or 0) * EXPLORING for side in ("l", "r", "t", "b")},
    )
    return large


def axis_of(figure: go.Figure) -> str:
    """What the y axis of a chart shows, "" where it says nothing."""
    return str(figure.layout.yaxis.title.text or "")


def legend(keys: tuple[Key, ...], axis: str = "") -> str:
    """The row of keys as HTML, after what the `axis` shows; of one curve no name, which says no more than the title."""
    named = keys if len(keys) >= MOST_CURVES else ()
    row = [f'<span class="axis">{escape(axis)}</span>'] if axis else []
    row += [f'<span><i class="{key.line}" style="color: {key.colour}"></i>{escape(key.name)}</span>' for key in named]
    return f'<div class="hall-keys">{"".join(row)}</div>' if row else ""


def _thin_ticks(figure: go.Figure, apart: float) -> None:
    """Ticks of the y axis that lie too near the last one are left out, so that no label lies over another."""
    axis = figure.layout.yaxis
    if axis.tickvals is None or axis.range is None:
        return
    low, high = (float(end) for end in axis.range)
    kept: list[tuple[float, str]] = []
    last = -math.inf
    for value, text in zip(axis.tickvals, axis.ticktext or axis.tickvals, strict=False):
        at = ((math.log10(value) if axis.type == "log" else float(value)) - low) / ((high - low) or 1.0)
        if at - last >= apart and -1e-9 <= at <= 1 + 1e-9:
            kept.append((value, str(text)))
            last = at
    axis.tickvals, axis.ticktext = [value for value, _ in kept], [text for _, text in kept]


def _curves(figure: go.Figure, finding: str) -> list[Key]:
    """Leave the curves that a hall can tell apart, in two colours and two dashes; what was before is grey and thin."""
    traces = [each for each in figure.data if each.type == "scatter"]
    now = [each for each in traces if each.legendgroup != "before"]
    pale = [each for each in traces if each.legendgroup == "before"]
    kept = [each for each in now if each.visible is not False and each.visible != "legendonly"]
    # those that the finding names come first, in its order
    kept = sorted(kept, key=lambda each: f"{finding}{each.name}".find(str(each.name)))[: 1 if pale else MOST_CURVES]
    for each in now:
        each.visible = any(each is one for one in kept)
    keys: list[Key] = []
    looks: tuple[tuple[str, Literal["solid", "dash"]], ...] = ((FIRST, "solid"), (SECOND, "dash"))
    for each, (colour, dash) in zip(kept, looks, strict=False):
        each.line.update(color=colour, dash=dash, width=LINE)
        keys.append(Key(str(each.name), colour, dash))
    for each in pale:
        _own_ghost(each, next(nth for nth, one in enumerate(now) if one is kept[0]))
        if each.mode == "lines":
            each.line.update(color=PALE, width=PALE_LINE)
            keys.append(Key(str(each.name), PALE, "solid"))
        else:
            each.fillcolor = PALE_FILL
    return keys


def _own_ghost(ghost: go.Scatter, nth: int) -> None:
    """Leave of the ghost, one trace for all series, what was before of the `nth`."""
    xs, ys = np.asarray(ghost.x, float), np.asarray(ghost.y, float)
    if ghost.mode == "lines":  # each series, and a gap
        ends = np.flatnonzero(np.isnan(xs))
        own = slice(0 if nth == 0 else ends[nth - 1] + 1, ends[nth])
    else:  # the grey beneath: where the next series begins, the day begins anew
        starts = [0, *(np.flatnonzero(np.diff(xs) < 0) + 1), len(xs)]
        own = slice(starts[nth], starts[nth + 1])
    ghost.x, ghost.y = xs[own], ys[own]


def _bars(figure: go.Figure) -> list[Key]:
    """Bars by their names; those of what was before in the grey of a hall."""
    bars = [each for each in figure.data if each.type == "bar"]
    for each in bars:
        if each.legendgroup == "before":
            each.marker.color = PALE
    return [Key(str(each.name), str(each.marker.color), "bar") for each in bars]
