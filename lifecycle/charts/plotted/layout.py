"""A chart's axes, margins, legend and marks as Plotly's plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, assert_never

import numpy as np

from lifecycle.charts.spec import NOTE_STEP, Along, Array, AxisKind, ChartAxis, ChartSpec, Legend, Mark

# A trace or a layout as plotly's plain data.
Plain = dict[str, Any]

# Pixels round a chart: of the day, where there is room for the words of a duration, the axis title, the hours and the
# legend; of the day with named rows, which take the room that they need; and any other.
DAY_MARGIN = {"l": 66, "r": 14, "t": 24, "b": 27}
DAY_ROWS_MARGIN = {"l": 66, "r": 14, "t": 8, "b": 34}
MARGIN = {"l": 8, "r": 8, "t": 20, "b": 2}
LEFT_LEGEND_MARGIN = {"l": 8, "r": 8, "t": 48, "b": 2}


def escaped(text: str) -> str:
    """A text for plotly, which reads a small HTML in every one: shown as it is written."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")


def along(values: Array, x: ChartAxis) -> Array:
    """Values as the axis has them: moments in milliseconds, as all of plotly's times."""
    return values * 1000.0 if x.kind is AxisKind.DAY else values


def _moment(at_s: float) -> str:
    """A moment of the axis' day: a number would be moved by the time zone of the browser."""
    hour, minute = divmod(round(at_s / 60), 60)
    return f"1970-01-{1 + hour // 24:02d} {hour % 24:02d}:{minute:02d}"


def logs(value: float) -> float:
    """The logarithm to ten, by which plotly places what stands on such an axis."""
    return float(np.log10(value))


def rows_of(rows: Array | tuple[str, ...]) -> Array | list[str]:
    """Names of rows as they are shown; places as they are."""
    return [escaped(name) for name in rows] if isinstance(rows, tuple) else rows


def axis_of(axis: ChartAxis, spec: ChartSpec) -> Plain:
    """The axis of a chart."""
    made: Plain = {"automargin": spec.x.kind is not AxisKind.DAY, "title": {"text": escaped(axis.title)}}
    if axis.from_zero:
        made["rangemode"] = "tozero"
    if axis.ticks_about:
        made["nticks"] = axis.ticks_about
    if any(mark.at == 0 for mark in spec.marks):
        made["zeroline"] = False  # the mark stands there
    match axis.kind:
        case AxisKind.DAY:
            # an angle of its own: measured, and slanted where narrow, the labels would have plotly draw all of it twice
            return made | {"type": "date", "tickangle": 0, "hoverformat": "%H:%M"} | _scaled(axis, _moment)
        case AxisKind.LOG:
            return made | {"type": "log"} | _scaled(axis, float, logs)
        case AxisKind.LINEAR:
            return made | _scaled(axis, float)
        case AxisKind.SHARE:
            return made | {"tickformat": ".0%"} | _scaled(axis, float)
        case AxisKind.ROWS:
            return made | {"autorange": "reversed", "automargin": True}
        case _:
            assert_never(axis.kind)


def _scaled(axis: ChartAxis, put: Callable[[float], Any], put_end: Callable[[float], Any] | None = None) -> Plain:
    """The axis' ends and ticks, each put as plotly has them."""
    ends = {} if axis.range is None else {"range": [(put_end or put)(end) for end in axis.range]}
    return ends | ticks_of(axis, put)


def ticks_of(axis: ChartAxis, put: Callable[[float], Any]) -> Plain:
    """The ticks of an axis and their words, each `put` as plotly has it; nothing where plotly chooses them."""
    if axis.ticks is None:
        return {}
    return {
        "tickvals": [put(value) for value, _ in axis.ticks],
        "ticktext": [escaped(words) for _, words in axis.ticks],
    }


def margin_of(spec: ChartSpec) -> Mapping[str, float]:
    """Those of a day are fixed: measuring its labels would have plotly draw everything twice."""
    if spec.x.kind is AxisKind.DAY:
        return DAY_ROWS_MARGIN if spec.y.kind is AxisKind.ROWS else DAY_MARGIN
    return LEFT_LEGEND_MARGIN if spec.legend is Legend.LEFT else MARGIN


def legend_of(legend: Legend) -> Plain:
    """Where the legend stands, should there be one."""
    match legend:
        case Legend.LEFT:
            return {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"}
        case Legend.RIGHT | Legend.NONE:
            end = {"x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"}
            return {"orientation": "h", **end, "font": {"size": 12}}
        case _:
            assert_never(legend)


def marks_of(spec: ChartSpec) -> Plain:
    """The marks' lines, and their notes.

    The last note stands right of its line and the others left of theirs, a step lower each, so that none lies on
    another, however close the lines are.
    """
    named = [mark for mark in spec.marks if mark.note]
    notes = [
        {
            "x": logs(mark.at) if spec.x.kind is AxisKind.LOG else mark.at,
            "y": 1 - NOTE_STEP * nth,
            "yref": "paper",
            "text": escaped(mark.note),
            "showarrow": False,
            "xanchor": "left" if nth + 1 == len(named) else "right",
        }
        for nth, mark in enumerate(named)
    ]
    return {"shapes": [_shape_of(mark) for mark in spec.marks], "annotations": notes}


def _shape_of(mark: Mark) -> Plain:
    look = {"color": mark.colour, "width": 2} if mark.colour else {"dash": "dot", "width": 1}
    layer = {"layer": "below"} if mark.colour else {}
    if mark.along is Along.X:
        place = {"xref": "x", "x0": mark.at, "x1": mark.at, "yref": "paper", "y0": 0, "y1": 1}
    else:
        place = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": mark.at, "y1": mark.at}
    return {"type": "line", **place, "line": look, **layer}
