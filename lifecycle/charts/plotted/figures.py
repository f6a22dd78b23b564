"""A chart's spec as Plotly's figure, with its traces.

Figures are put together as plain data in one constructor call, several times faster than adding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, assert_never

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.colors import get_colorscale

from lifecycle.charts.plotted.layout import (
    Plain,
    along,
    axis_of,
    escaped,
    legend_of,
    logs,
    margin_of,
    marks_of,
    rows_of,
    ticks_of,
)
from lifecycle.charts.spec import (
    Along,
    Array,
    AxisKind,
    Bars,
    Cells,
    ChartAxis,
    ChartSpec,
    Dash,
    Drawn,
    Hatch,
    Hover,
    Legend,
    Line,
    OfRun,
    Pointer,
    PointerFigures,
    PointerWords,
    Points,
    Symbol,
    Values,
)

PlotlyFigure: TypeAlias = go.Figure


class PreparedFigure(PlotlyFigure):  # type: ignore[misc]  # Plotly has no types
    """A finished figure that many pages show: it is made ready to be sent once, and not at every run of each page."""

    def to_dict(self) -> Plain:
        """The figure as plain data, the same at every call."""
        return self._prepared

    @cached_property
    def _prepared(self) -> Plain:
        return dict(super().to_dict())


# What was before is last in the legend.
LAST = 2000

# By its colours, since Plotly in the browser has others under the same name.
_COLOURS_OF_CELLS = get_colorscale("Cividis")
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
        "margin": {side: zoom * pixels for side, pixels in margin_of(spec).items()},
        "showlegend": spec.legend is not Legend.NONE,
        "legend": legend_of(spec.legend),
        "xaxis": axis_of(spec.x, spec),
        "yaxis": axis_of(spec.y, spec),
        **marks_of(spec),
    }
    if spec.x.kind is AxisKind.DAY:
        layout |= {"hovermode": "x unified", "meta": "day"}
    if bars := [series for series in spec.series if isinstance(series, Bars)]:
        layout |= {"barmode": "group"} | ({"bargap": 0.3} if _share_a_lane(bars) else {})
    figure = PreparedFigure(
        {"data": [*_ghosts(spec), *(_trace(series, spec) for series in spec.series)], "layout": layout},
        _validate=large
        is not None,  # Plotly's checks take four fifths of the time; a test has them done for every chart
    )
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


def _trace(series: Drawn, spec: ChartSpec) -> Plain:
    match series:
        case Line():
            return _line(series, spec.x)
        case Points():
            return _points(series)
        case Bars():
            return _bars(series, _share_a_lane([bars for bars in spec.series if isinstance(bars, Bars)]))
        case Cells():
            return _cells(series, spec.x)
        case _:
            assert_never(series)


def _line(line: Line, x: ChartAxis) -> Plain:
    look: Plain = {"color": line.colour, "width": line.width, **_shape(line.stepped)}
    if line.dash is not Dash.SOLID:
        look["dash"] = str(line.dash)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": along(line.x, x),
        "y": line.y,
        "name": escaped(line.name),
        "visible": "legendonly" if line.hidden else True,
        "line": look,
        **_pointer(line.hover, "y", line.before.y if line.before else None),
    }


def _shape(stepped: bool) -> Plain:
    return {"shape": "hvh" if stepped else "linear"}


def _ghosts(spec: ChartSpec) -> Iterator[Plain]:
    """What the lines were before: one trace for all, with gaps, since every trace costs the browser some milliseconds.

    Beneath it what is filled: a trace of its own, since Plotly would fill a line across its gaps.
    """
    pale = [(line.before, line.stepped) for line in spec.lines if line.before is not None]
    before = spec.before
    if not pale or before is None:
        return
    common = {"type": "scatter", "name": escaped(before.name), "hoverinfo": "skip", "legendgroup": "before"}
    shape = _shape(pale[0][1])
    if filled := [past for past, _ in pale if past.filled]:
        parts = [outline(along(past.x, spec.x), past.y) for past in filled]
        xs, ys = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
        area = {"fill": "tozeroy", "fillcolor": before.fill, "line": shape, "showlegend": False, "mode": "none"}
        yield {**common, **area, "x": xs, "y": ys}
    look = {"color": before.colour, "width": before.width, **shape}
    xs = np.concatenate([np.append(along(past.x, spec.x), np.nan) for past, _ in pale])
    ys = np.concatenate([np.append(past.y, np.nan) for past, _ in pale])
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
        "y": rows_of(points.y),
        "name": escaped(points.name),
        "visible": "legendonly" if points.hidden else True,
        "marker": marker,
        "cliponaxis": False,
        **_pointer(points.hover, "y", bare=True),
    }
    if reach := points.error_bars:
        error = {"type": "data", "array": reach.over, "thickness": reach.thickness, "width": reach.ends}
        one_sided = {} if reach.under is None else {"symmetric": False, "arrayminus": reach.under}
        made["error_x" if reach.along is Along.X else "error_y"] = {**error, **one_sided, "color": points.colour}
    return made


def _symbols(symbols: Symbol | tuple[Symbol, ...]) -> str | list[str]:
    return [_SYMBOLS[symbol] for symbol in symbols] if isinstance(symbols, tuple) else _SYMBOLS[symbols]


def _bars(bars: Bars, shared: bool) -> Plain:
    marker: Plain = {"color": bars.colour}
    if bars.hatch is not Hatch.NONE:
        marker["pattern"] = {"shape": _HATCHES[bars.hatch]}
    made: Plain = {
        "type": "bar",
        "orientation": "h",
        "name": escaped(bars.name),
        "y": rows_of(bars.rows),
        "x": bars.values,
        "base": bars.base,
        "marker": marker,
        **_pointer(bars.hover, "x"),
    }
    if bars.written:
        made |= {"text": [escaped(text) for text in bars.written], "textposition": "outside", "cliponaxis": False}
    if shared:
        made["offsetgroup"] = str(bars.lane)
    if bars.of_run is OfRun.BEFORE:
        made |= {"legendgroup": "before", "legendrank": LAST}
    return made


def _share_a_lane(bars: Sequence[Bars]) -> bool:
    return len({bar.lane for bar in bars}) < len(bars)


def _cells(cells: Cells, x: ChartAxis) -> Plain:
    scale, log = cells.scale, cells.scale.kind is AxisKind.LOG
    shown = np.log10(cells.values) if log else cells.values
    made: Plain = {
        "type": "heatmap",
        "x": along(cells.x, x),
        "y": rows_of(cells.rows),
        "z": shown,
        "colorscale": _COLOURS_OF_CELLS,
        "reversescale": cells.old_is_dark,
        "colorbar": {"title": {"text": escaped(scale.title)}, **ticks_of(scale, logs if log else float)},
        **_pointer(cells.hover, "customdata", bare=True),
    }
    if scale.range:
        made["zmin"], made["zmax"] = (logs(end) if log else end for end in scale.range)
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
            template = f"%{{{value}:{how}}}{unit}"
            if before is None:
                return {"hovertemplate": template}
            return {"customdata": before, "hovertemplate": f"{template}, before %{{customdata:{how}}}{unit}"}
        case _:
            assert_never(hover)


def _all_escaped(words: NDArray[np.str_]) -> NDArray[np.str_]:
    """An array, which plotly checks at once; a list would be checked text by text."""
    if set("&<>\n") & set("".join(words.flat)):
        return np.array([escaped(text) for text in words.flat]).reshape(words.shape)
    return words
