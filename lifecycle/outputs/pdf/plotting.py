"""A chart of the page as a vector drawing: the same traces, axes and units, with its legend told by width as well.

It reads plotly's plain data (`to_plotly_json`), of which the charts use little: lines, points, bars, a heat map, notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from reportlab.graphics.shapes import Drawing, Group, Line, Path, Rect
from reportlab.lib.colors import Color, HexColor

from lifecycle.outputs.pdf.axes import SIZE, Box, PlotlyPart, Values, array, axis, grid, rows_axis, unescaped
from lifecycle.outputs.pdf.ink import INK, SOFT, lettering
from lifecycle.outputs.pdf.markers import points, sign
from lifecycle.outputs.pdf.typefaces import BODY, width

_DASHES = {"dash": [5, 2.5], "dot": [1.2, 2]}
# How much thinner a line is on paper than on screen: points for a pixel.
_THIN = 0.68
# The room right of a heat map, in points, that its scale takes.
_SCALE = 62.0
_LEAST_NAME = 40.0  # points of a long name, before it is left out of the legend
_GHOST = Color(0.55, 0.58, 0.6)
_GHOST_FILL = Color(0.92, 0.93, 0.935)


class Chart(Protocol):
    """What is drawn here: a figure that gives plotly's plain data, and its finding in words."""

    @property
    def figure(self) -> Any:
        """Plotly's figure."""

    @property
    def finding(self) -> str:
        """What the chart shows, in words."""


def plot(chart: Chart, width_pt: float, height_pt: float) -> Drawing:
    """The chart in `width_pt` by `height_pt` points."""
    plain = chart.figure.to_plotly_json()
    traces = [trace for trace in plain.get("data", ()) if trace.get("visible", True) is True]
    layout = plain.get("layout", {})
    drawing = Drawing(width_pt, height_pt)
    if not traces:
        return drawing
    rows = _rows(traces)
    x = axis(layout.get("xaxis", {}), list(_numbers(traces, "x")), False)
    y = rows_axis(rows) if rows else axis(layout.get("yaxis", {}), list(_numbers(traces, "y")), True)
    left = 8 + max((width(words, BODY, SIZE) for _, words in y.ticks), default=0) + (11 if y.title else 0)
    right = _SCALE if any(trace["type"] == "heatmap" for trace in traces) else 10
    box = Box(left, 14 + (11 if x.title else 0), width_pt - left - right, height_pt - 30 - (11 if x.title else 0), x, y)
    grid(drawing, box, bands=bool(rows))
    inside = Group()
    for trace in traces:
        _DRAWN[trace["type"]](inside, trace, box, rows, traces)
    _marks(inside, layout, box)
    drawing.add(inside)
    if layout.get("showlegend", True):
        _legend(drawing, traces, box)
    return drawing


def _numbers(traces: Sequence[PlotlyPart], name: str) -> Iterator[Values]:
    """All numbers along an axis, the ends of bars and of intervals among them."""
    for trace in traces:
        values = array(trace.get(name, ()))
        if values.dtype.kind != "f":
            continue
        yield values + _bases(trace) if trace["type"] == "bar" else values
        if error := trace.get(f"error_{name}"):
            yield values + array(error["array"])
            yield values - array(error.get("arrayminus", error["array"]))


def _rows(traces: Sequence[PlotlyPart]) -> tuple[str, ...]:
    """The names that the rows of a chart have, top to bottom; none where its values stand on an axis of numbers."""
    columns = [array(trace["y"]) for trace in traces]
    return tuple(dict.fromkeys(str(each) for column in columns if column.dtype.kind != "f" for each in column))


def _scatter(inside: Group, trace: PlotlyPart, box: Box, rows: tuple[str, ...], *_: Any) -> None:
    if _pointed(trace):
        points(inside, trace, box, rows)
    else:
        _line(inside, trace, box)


def _pointed(trace: PlotlyPart) -> bool:
    """Whether a trace is points alone."""
    return trace["type"] == "scatter" and trace.get("mode") == "markers"


def _line(inside: Group, trace: PlotlyPart, box: Box) -> None:
    pale, look = _ghostly(trace), trace.get("line", {})
    xs, ys = box.across(array(trace["x"])), box.up(array(trace["y"]))
    if look.get("shape") == "hvh":
        xs, ys = _stepped(xs, ys)
    for start, end in _stretches(xs, ys):
        corners = list(zip(xs[start:end], ys[start:end], strict=True))
        if trace.get("fill") == "tozeroy":
            inside.add(_filled(corners, box.foot))
        if trace.get("mode") == "none":
            continue
        path = Path(fillColor=None, strokeColor=_GHOST if pale else _colour(look.get("color")))
        path.strokeWidth, path.strokeLineJoin = (0.6 if pale else _THIN * look.get("width", 1.7)), 1
        path.strokeDashArray = None if pale else _DASHES.get(look.get("dash", "solid"))
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        inside.add(path)


def _filled(corners: Sequence[tuple[float, float]], foot: float) -> Path:
    area = Path(strokeColor=None, fillColor=_GHOST_FILL)
    area.moveTo(corners[0][0], foot)
    for corner in corners:
        area.lineTo(*corner)
    area.lineTo(corners[-1][0], foot)
    area.closePath()
    return area


def _stepped(xs: Values, ys: Values) -> tuple[Values, Values]:
    """A step for each value, as wide as halfway to its neighbours."""
    if len(xs) < 2:
        return xs, ys
    middles = (xs[:-1] + xs[1:]) / 2
    starts, ends = np.append(xs[0], middles), np.append(middles, xs[-1])
    # a gap between two ghosts drawn as one: each ends and begins at its own last and first value
    starts, ends = np.where(np.isnan(starts), xs, starts), np.where(np.isnan(ends), xs, ends)
    return np.column_stack([starts, ends]).ravel(), np.repeat(ys, 2)


def _stretches(xs: Values, ys: Values) -> Iterator[tuple[int, int]]:
    """Where the line is drawn without a gap, from and up to."""
    known = np.concatenate([[False], np.isfinite(xs) & np.isfinite(ys), [False]])
    turns = np.flatnonzero(known[1:] != known[:-1])
    yield from zip(map(int, turns[::2]), map(int, turns[1::2]), strict=True)


def _bars(inside: Group, trace: PlotlyPart, box: Box, rows: Sequence[str], traces: Sequence[PlotlyPart]) -> None:
    """Lying bars from their `base` on: those of one `offsetgroup` in one lane, others side by side in their row."""
    lanes = list(dict.fromkeys(_lane(each) for each in traces if each["type"] == "bar"))
    thick = box.high / max(1, len(rows)) * 0.72 / len(lanes)
    values, bases = array(trace["x"]), _bases(trace)
    for place, name in enumerate(reversed(rows)):
        found = np.flatnonzero(array(trace["y"]) == name)
        if not found.size:
            continue
        start, length = float(bases[found[0]]), float(values[found[0]])
        left, right = box.across(start), box.across(start + length)
        foot = (
            box.foot + box.high * (place + 0.5) / len(rows) + thick * (len(lanes) / 2 - lanes.index(_lane(trace)) - 1)
        )
        _bar(inside, trace, float(left), foot, max(float(right - left), 0.4), thick)


def _bar(group: Group | Drawing, trace: PlotlyPart, left: float, foot: float, wide: float, high: float) -> None:
    """A bar in its colour; one with a pattern is hatched, so that a copier keeps the two apart."""
    marker = trace.get("marker", {})
    pale, hatched = _pale(marker.get("color")), bool(marker.get("pattern", {}).get("shape"))
    bar = Rect(left, foot, wide, high)
    bar.fillColor = _GHOST_FILL if pale else Color(1, 1, 1) if hatched else _colour(marker.get("color"))
    bar.strokeColor, bar.strokeWidth = (_GHOST if pale else _colour(marker.get("color"))), 0.5
    group.add(bar)
    for along in np.arange(3.0 - high, wide, 3.0) if hatched else ():
        low, up = max(0.0, -along), min(high, wide - along)
        if up > low:
            line = Line(left + along + low, foot + low, left + along + up, foot + up)
            line.strokeColor, line.strokeWidth = _colour(marker.get("color")), 0.8
            group.add(line)


def _bases(trace: PlotlyPart) -> Values:
    """Where each bar begins."""
    base = trace.get("base")
    return np.zeros(len(array(trace["x"]))) if base is None else np.asarray(base, dtype=float)


def _lane(trace: PlotlyPart) -> str:
    return str(trace.get("offsetgroup") or trace.get("name", ""))


def _table(values: Any) -> Values:
    """A table of numbers, packed as a whole or row by row."""
    return array(values) if isinstance(values, Mapping) else np.array([array(row) for row in values], dtype=float)


def _cells(inside: Group, trace: PlotlyPart, box: Box, rows: Sequence[str], *_: Any) -> None:
    """A heat map from white to ink, which a copier keeps, with the scale beside it; named rows begin at the top."""
    grid = _table(trace["z"])
    scale = trace.get("colorbar", {})
    ticks = array(scale.get("tickvals", ()))
    known = grid[np.isfinite(grid)]
    low = float(ticks.min()) if ticks.size else float(known.min(initial=0.0))
    high = max(float(known.max(initial=low)), low + 1e-9)
    tall, wide = box.high / len(grid), box.wide / grid.shape[1]
    for place, cells in enumerate(reversed(grid) if rows else grid):
        shades = np.clip(np.round((cells - low) / (high - low) * 16), 1, 16) / 16
        shades = np.where(cells >= low, shades, 0.0)  # white is what is below the scale, or not known
        cuts = np.flatnonzero(np.diff(shades)) + 1
        for start, end in zip([0, *cuts], [*cuts, len(cells)], strict=True):
            if shades[start] > 0:
                cell = Rect(box.left + start * wide, box.foot + place * tall, (end - start) * wide, tall - 0.6)
                cell.fillColor, cell.strokeColor = _shade(float(shades[start])), None
                inside.add(cell)
    at = box.left + box.wide + 12
    for step in range(16):
        patch = Rect(at, box.foot + box.high * step / 16, 8, box.high / 16)
        patch.fillColor, patch.strokeColor = _shade((step + 1) / 16), None
        inside.add(patch)
    for value, words in zip(ticks, scale.get("ticktext", ()), strict=False):
        if low <= value <= high:
            up = box.foot + box.high * (float(value) - low) / (high - low)
            inside.add(lettering(str(words), at + 11, up - 2.6, SIZE, colour=SOFT))
    title = str((scale.get("title") or {}).get("text") or "")
    inside.add(lettering(unescaped(title), at + _SCALE - 14, box.foot + box.high + 5, SIZE, colour=INK, anchor="end"))


def _shade(share: float) -> Color:
    return Color(1 - 0.93 * share, 1 - 0.78 * share, 1 - 0.62 * share)


_DRAWN: Mapping[str, Callable[..., None]] = {"scatter": _scatter, "bar": _bars, "heatmap": _cells}


def _marks(inside: Group, layout: PlotlyPart, box: Box) -> None:
    """The dotted lines of a limit or a percentile, and their notes."""
    for shape in layout.get("shapes", ()):
        down = str(shape.get("yref", "y")).startswith("y")
        if down and shape.get("y0") == shape.get("y1"):
            up = float(box.up(float(shape["y0"])))
            mark = _stroke((box.left, up), (box.left + box.wide, up), INK)
        else:
            along = float(box.across(float(shape["x0"])))
            mark = _stroke((along, box.foot), (along, box.foot + box.high), INK)
        mark.strokeWidth, mark.strokeDashArray = 0.7, [1.2, 2]
        inside.add(mark)
    for note in layout.get("annotations", ()):
        along = box.left + box.wide * (float(note["x"]) - box.x.low) / ((box.x.high - box.x.low) or 1.0)
        up = box.foot + box.high * float(note["y"])
        inside.add(lettering(unescaped(str(note.get("text", ""))), along + 3, up - SIZE, SIZE))


def _legend(drawing: Drawing, traces: Sequence[PlotlyPart], box: Box) -> None:
    """Above the chart, from the left: each line with its width and name, and the grey of what was before."""
    entries = [trace for trace in traces if trace["type"] != "heatmap" and _named(trace)]
    along, up = box.left, box.foot + box.high + 6
    for trace in sorted(entries, key=_ghostly):
        name = unescaped(str(trace.get("name", "")))
        long = width(name, BODY, SIZE)
        room = drawing.width - along - 24
        if room < min(long, _LEAST_NAME):
            break
        _key(drawing, trace, along, up, _ghostly(trace))
        drawing.add(lettering(name, along + 24, up, SIZE, colour=INK, most=room))
        along += 24 + long + 12


def _named(trace: PlotlyPart) -> bool:
    return bool(trace.get("name")) and bool(trace.get("showlegend", True))


def _ghostly(trace: PlotlyPart) -> bool:
    return trace.get("legendgroup") == "before"


def _key(drawing: Drawing, trace: PlotlyPart, along: float, up: float, pale: bool) -> None:
    if trace["type"] == "bar":
        _bar(drawing, trace, along + 8, up - 1, 12, 6.5)
        return
    if _pointed(trace):
        symbol = trace.get("marker", {}).get("symbol", "circle")
        sign(drawing, symbol if isinstance(symbol, str) else "circle", trace["marker"], along + 14, up + 2.4)
        return
    look = trace.get("line", {})
    key = _stroke((along, up + 2.4), (along + 20, up + 2.4), _GHOST if pale else _colour(look.get("color")))
    key.strokeWidth = 0.8 if pale else max(1.4, _THIN * look.get("width", 1.7))
    key.strokeDashArray = None if pale else _DASHES.get(look.get("dash", "solid"))
    drawing.add(key)


def _stroke(start: tuple[float, float], end: tuple[float, float], colour: Color) -> Path:
    """A line that can be dashed: reportlab's SVG goes back along a `Line` and fills the gaps."""
    path = Path(fillColor=None, strokeColor=colour)
    path.moveTo(*start)
    path.lineTo(*end)
    return path


def _pale(colour: Any) -> bool:
    return str(colour).startswith("rgba")


def _colour(name: Any) -> Color:
    text = str(name)
    return HexColor(text) if text.startswith("#") and len(text) == 7 else (_GHOST if _pale(text) else INK)
