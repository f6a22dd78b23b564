"""The renderer for the browser: a chart's spec as Plotly's figure. The only module that knows Plotly.

Figures are put together as plain data: one constructor call checks it all, several times faster than adding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from lifecycle.charts.spec import (
    NOTE_STEP,
    Along,
    Array,
    AxisKind,
    Bars,
    Cells,
    ChartAxis,
    ChartSpec,
    Drawn,
    Hatch,
    Hover,
    Legend,
    Line,
    Mark,
    Part,
    Pointer,
    PointerFigures,
    PointerWords,
    Points,
    Symbol,
    Values,
)

PlotlyFigure: TypeAlias = go.Figure
# A trace or a layout as plotly's plain data.
Plain = dict[str, Any]

# Pixels round a chart: of the day, where there is room for the words of a duration, the axis title, the hours and the
# legend; of the day with named rows, which take the room that they need; and any other.
DAY_MARGIN = {"l": 66, "r": 14, "t": 24, "b": 27}
DAY_ROWS_MARGIN = {"l": 66, "r": 14, "t": 8, "b": 34}
MARGIN = {"l": 8, "r": 8, "t": 20, "b": 2}
LEFT_LEGEND_MARGIN = {"l": 8, "r": 8, "t": 48, "b": 2}
# What was before is last in the legend.
LAST = 2000

_HATCHES = {Hatch.NONE: "", Hatch.SLANTED: "/", Hatch.CROSSED: "x"}
_SYMBOLS = {Symbol.DOT: "circle", Symbol.CROSS: "x", Symbol.THIN_CROSS: "x-thin", Symbol.STAR: "star"}


@dataclass(frozen=True)
class Large:
    """How a chart is dressed that is read from afar: pixels of its type and round it, and how many ticks at most."""

    type_px: float
    right: float
    top: float
    ticks: int = 4


def figure_of(spec: ChartSpec, large: Large | None = None, zoom: float = 1.0) -> PlotlyFigure:
    """The chart as Plotly's figure, `zoom` times as high with as much more room round it; or `large`, filling its box.

    The page puts the clock's line on a chart of the day, which it knows by `meta`.
    """
    layout: Plain = {
        "height": zoom * spec.height,
        "margin": {side: zoom * pixels for side, pixels in _margin(spec).items()},
        "showlegend": spec.legend is not Legend.NONE,
        "legend": _legend(spec.legend),
        "xaxis": _axis(spec.x, spec),
        "yaxis": _axis(spec.y, spec),
        **_marks(spec),
    }
    if spec.x.kind is AxisKind.DAY:
        layout |= {"hovermode": "x unified", "meta": "day"}
    if bars := [each for each in spec.series if isinstance(each, Bars)]:
        layout |= {"barmode": "group"} | ({"bargap": 0.3} if _share_a_lane(bars) else {})
    figure = PlotlyFigure({"data": [*_ghosts(spec), *(_trace(each, spec) for each in spec.series)], "layout": layout})
    return _enlarged(figure, large) if large else figure


def _enlarged(figure: PlotlyFigure, large: Large) -> PlotlyFigure:
    """The labels take the room that they need, in the type to which the page's style sets them on this screen."""
    axis = {"tickfont": {"size": large.type_px}, "title": {"font": {"size": large.type_px}}, "automargin": True}
    figure.update_layout(
        height=None,
        margin={"l": 8, "r": large.right, "t": large.top, "b": 8},
        showlegend=False,
        font={"size": large.type_px},
    )
    figure.update_xaxes(axis, tickangle=0, nticks=large.ticks)
    figure.update_yaxes(axis, title_standoff=12)
    figure.update_annotations(font={"size": large.type_px})
    return figure


def escaped(text: str) -> str:
    """A text for plotly, which reads a small HTML in every one: shown as it is written."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")


# --- series


def _trace(series: Drawn, spec: ChartSpec) -> Plain:
    match series:
        case Line():
            return _line(series, spec.x)
        case Points():
            return _points(series)
        case Bars():
            return _bars(series, _share_a_lane([each for each in spec.series if isinstance(each, Bars)]))
        case Cells():
            return _cells(series, spec.x)
        case _:
            assert_never(series)


def _line(line: Line, x: ChartAxis) -> Plain:
    look: Plain = {"color": line.colour, "width": line.width, **_shape(line.stepped)}
    if line.dash != "solid":
        look["dash"] = str(line.dash)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _along(line.x, x),
        "y": line.y,
        "name": escaped(line.name),
        "visible": "legendonly" if line.hidden else True,
        "line": look,
        **_pointer(line.hover, "y", line.was.y if line.was else None),
    }


def _shape(stepped: bool) -> Plain:
    return {"shape": "hvh" if stepped else "linear"}


def _ghosts(spec: ChartSpec) -> Iterator[Plain]:
    """What the lines were before: one trace for all, with gaps, since every trace costs the browser some milliseconds.

    Beneath it what is filled: a trace of its own, since Plotly would fill a line across its gaps.
    """
    pale = [(line.was, line.stepped) for line in spec.lines if line.was is not None]
    before = spec.before
    if not pale or before is None:
        return
    common = {"type": "scatter", "name": escaped(before.name), "hoverinfo": "skip", "legendgroup": "before"}
    shape = _shape(pale[0][1])
    if filled := [was for was, _ in pale if was.filled]:
        parts = [outline(_along(was.x, spec.x), was.y) for was in filled]
        xs, ys = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
        area = {"fill": "tozeroy", "fillcolor": before.fill, "line": shape, "showlegend": False, "mode": "none"}
        yield {**common, **area, "x": xs, "y": ys}
    look = {"color": before.colour, "width": before.width, **shape}
    xs = np.concatenate([np.append(_along(was.x, spec.x), np.nan) for was, _ in pale])
    ys = np.concatenate([np.append(was.y, np.nan) for was, _ in pale])
    yield {**common, "mode": "lines", "line": look, "legendrank": LAST, "x": xs, "y": ys}


def outline(x: Array, values: NDArray[Any]) -> tuple[Array, Array]:
    """The edge of the area beneath a line, down to zero at both ends and at every gap.

    Plotly fills across gaps in straight chords; here there is none to cross: between two stretches the edge runs along
    zero.
    """
    xs, ys = [np.empty(0)], [np.empty(0)]
    known = np.concatenate([[False], np.isfinite(values), [False]])
    turns = np.flatnonzero(known[1:] != known[:-1])
    for start, end in zip(turns[::2], turns[1::2], strict=True):
        xs.append(np.concatenate([x[[start]], x[start:end], x[[end - 1]]]))
        ys.append(np.concatenate([[0.0], values[start:end], [0.0]]))
    return np.concatenate(xs), np.concatenate(ys)


def _points(points: Points) -> Plain:
    marker: Plain = {"color": points.colour, "size": points.size, "symbol": _symbols(points.symbols)}
    if points.edge:
        marker["line"] = {"width": 1.5, "color": points.edge}
    made: Plain = {
        "type": "scatter",
        "mode": "markers",
        "x": points.x,
        "y": _rows(points.y),
        "name": escaped(points.name),
        "visible": "legendonly" if points.hidden else True,
        "marker": marker,
        "cliponaxis": False,
        **_pointer(points.hover, "y", bare=True),
    }
    if reach := points.interval:
        error = {"type": "data", "array": reach.over, "thickness": reach.thickness, "width": reach.ends}
        one_sided = {} if reach.under is None else {"symmetric": False, "arrayminus": reach.under}
        made["error_x" if reach.along is Along.X else "error_y"] = {**error, **one_sided, "color": points.colour}
    return made


def _symbols(symbols: Symbol | tuple[Symbol, ...]) -> str | list[str]:
    return [_SYMBOLS[each] for each in symbols] if isinstance(symbols, tuple) else _SYMBOLS[symbols]


def _bars(bars: Bars, shared: bool) -> Plain:
    marker: Plain = {"color": bars.colour}
    if bars.hatch is not Hatch.NONE:
        marker["pattern"] = {"shape": _HATCHES[bars.hatch]}
    made: Plain = {
        "type": "bar",
        "orientation": "h",
        "name": escaped(bars.name),
        "y": _rows(bars.rows),
        "x": bars.values,
        "base": bars.base,
        "marker": marker,
        **_pointer(bars.hover, "x"),
    }
    if bars.written:
        made |= {"text": [escaped(each) for each in bars.written], "textposition": "outside", "cliponaxis": False}
    if shared:
        made["offsetgroup"] = str(bars.lane)
    if bars.part is Part.BEFORE:
        made |= {"legendgroup": "before", "legendrank": LAST}
    return made


def _share_a_lane(bars: Sequence[Bars]) -> bool:
    return len({each.lane for each in bars}) < len(bars)


def _cells(cells: Cells, x: ChartAxis) -> Plain:
    scale, log = cells.scale, cells.scale.kind is AxisKind.LOG
    shown = np.log10(cells.values) if log else cells.values
    made: Plain = {
        "type": "heatmap",
        "x": _along(cells.x, x),
        "y": _rows(cells.rows),
        "z": shown,
        "colorscale": "Cividis",
        "reversescale": cells.old_is_dark,
        "colorbar": {"title": {"text": escaped(scale.title)}, **_ticks(scale, _logs if log else float)},
        **_pointer(cells.hover, "customdata", bare=True),
    }
    if scale.range:
        made["zmin"], made["zmax"] = (_logs(end) if log else end for end in scale.range)
    if isinstance(cells.hover, PointerFigures):
        made["customdata"] = cells.values
    return made


def _pointer(hover: Hover, value: str, before: Values | None = None, *, bare: bool = False) -> Plain:
    """What stands under the pointer; a `bare` one in words is not followed by the series' name."""
    match hover:
        case Pointer.NOTHING:
            return {"hoverinfo": "skip"}
        case Pointer.VALUES:
            return {}
        case PointerWords(words):
            return {
                "hovertext": _all_escaped(words),
                "hovertemplate": "%{hovertext}" + ("<extra></extra>" if bare else ""),
            }
        case PointerFigures(how, unit):
            said = f"%{{{value}:{how}}}{unit}"
            if before is None:
                return {"hovertemplate": said}
            return {"customdata": before, "hovertemplate": f"{said}, before %{{customdata:{how}}}{unit}"}
        case _:
            assert_never(hover)


def _all_escaped(words: NDArray[np.str_]) -> NDArray[np.str_]:
    """An array, which plotly checks at once; a list would be checked text by text."""
    if any(sign in said for said in ("".join(words.flat),) for sign in "&<>\n"):
        return np.array([escaped(each) for each in words.flat]).reshape(words.shape)
    return words


# --- axes, margins, legend, marks


def _along(values: Array, x: ChartAxis) -> Array:
    """Values as the axis has them: moments in milliseconds, as all of plotly's times."""
    return values * 1000.0 if x.kind is AxisKind.DAY else values


def _moment(at_s: float) -> str:
    """A moment of the axis' day: a number would be moved by the time zone of the browser."""
    hour, minute = divmod(round(at_s / 60), 60)
    return f"1970-01-{1 + hour // 24:02d} {hour % 24:02d}:{minute:02d}"


def _logs(value: float) -> float:
    return float(np.log10(value))


def _rows(rows: Array | tuple[str, ...]) -> Array | list[str]:
    return [escaped(name) for name in rows] if isinstance(rows, tuple) else rows


def _axis(axis: ChartAxis, spec: ChartSpec) -> Plain:
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
            return made | {"type": "log"} | _scaled(axis, float, _logs)
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
    return ends | _ticks(axis, put)


def _ticks(axis: ChartAxis, put: Callable[[float], Any]) -> Plain:
    if axis.ticks is None:
        return {}
    return {
        "tickvals": [put(value) for value, _ in axis.ticks],
        "ticktext": [escaped(words) for _, words in axis.ticks],
    }


def _margin(spec: ChartSpec) -> Mapping[str, float]:
    """Those of a day are fixed: measuring its labels would have plotly draw everything twice."""
    if spec.x.kind is AxisKind.DAY:
        return DAY_ROWS_MARGIN if spec.y.kind is AxisKind.ROWS else DAY_MARGIN
    return LEFT_LEGEND_MARGIN if spec.legend is Legend.LEFT else MARGIN


def _legend(legend: Legend) -> Plain:
    match legend:
        case Legend.LEFT:
            return {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"}
        case Legend.RIGHT | Legend.NONE:
            end = {"x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"}
            return {"orientation": "h", **end, "font": {"size": 12}}
        case _:
            assert_never(legend)


def _marks(spec: ChartSpec) -> Plain:
    """The marks' lines, and their notes.

    The last note stands right of its line and the others left of theirs, a step lower each, so that none lies on
    another, however close the lines are.
    """
    named = [mark for mark in spec.marks if mark.note]
    notes = [
        {
            "x": _logs(mark.at) if spec.x.kind is AxisKind.LOG else mark.at,
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
