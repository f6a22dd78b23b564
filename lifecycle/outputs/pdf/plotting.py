"""A chart as a vector drawing: the series, axes and units of the page, and a legend told by width as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import numpy as np
from reportlab.graphics.shapes import Drawing, Group, Path, Rect
from reportlab.graphics.shapes import Line as Segment
from reportlab.lib.colors import Color, HexColor

from lifecycle.charts.spec import (
    GREY,
    NOTE_STEP,
    Along,
    AxisKind,
    Bars,
    Cells,
    ChartSpec,
    Dash,
    Drawn,
    Hatch,
    Legend,
    Line,
    OfRun,
    Points,
    Values,
)
from lifecycle.outputs.pdf.axes import SIZE, Box, grid, on_one_line, paper_axis
from lifecycle.outputs.pdf.ink import INK, SOFT, lettering
from lifecycle.outputs.pdf.markers import draw_points, sign, symbol_of
from lifecycle.outputs.pdf.typefaces import BODY, width

_DASHES = {Dash.SOLID: None, Dash.DASH: [5, 2.5], Dash.DOT: [1.2, 2]}
# How much thinner a line is on paper than on screen: points for a pixel.
_THIN = 0.68
# The room right of a heat map, in points, that its scale takes.
_SCALE = 62.0
_LEAST_NAME = 40.0  # points of a long name, before it is left out of the legend
_GHOST = Color(0.55, 0.58, 0.6)
_GHOST_FILL = Color(0.92, 0.93, 0.935)


def plot(spec: ChartSpec, width_pt: float, height_pt: float) -> Drawing:
    """The chart in `width_pt` by `height_pt` points."""
    series = [drawn for drawn in spec.series if not _hidden(drawn)]
    drawing = Drawing(width_pt, height_pt)
    if not series:
        return drawing
    rows = tuple(dict.fromkeys(name for drawn in series for name in _row_names(drawn)))
    x = paper_axis(spec.x, [part for drawn in series for part in _values(drawn, Along.X)], (), Along.X)
    y = paper_axis(spec.y, [part for drawn in series for part in _values(drawn, Along.Y)], rows, Along.Y)
    left = 8 + max((width(words, BODY, SIZE) for _, words in y.ticks), default=0) + (11 if y.title else 0)
    right = _SCALE if any(isinstance(drawn, Cells) for drawn in series) else 10
    box = Box(left, 14 + (11 if x.title else 0), width_pt - left - right, height_pt - 30 - (11 if x.title else 0), x, y)
    grid(drawing, box, bands=spec.y.kind is AxisKind.ROWS)
    inside = Group()
    _ghosts(inside, series, box)
    lanes = list(dict.fromkeys(drawn.lane for drawn in series if isinstance(drawn, Bars)))
    for drawn in series:
        _draw(inside, drawn, box, rows, lanes)
    _marks(inside, spec, box)
    drawing.add(inside)
    if spec.legend is not Legend.NONE:
        _legend(drawing, spec, series, box)
    return drawing


def _hidden(series: Drawn) -> bool:
    return isinstance(series, Line | Points) and series.hidden


def _row_names(series: Drawn) -> tuple[str, ...]:
    """The names of the rows in which a series stands; none where it stands on an axis of numbers."""
    match series:
        case Line():
            return ()
        case Points():
            return series.y if isinstance(series.y, tuple) else ()
        case Bars() | Cells():
            return series.rows if isinstance(series.rows, tuple) else ()
        case _:
            assert_never(series)


def _values(series: Drawn, along: Along) -> Iterator[Values]:
    """All numbers of a series along an axis, what it was before and the ends of bars and of intervals among them."""
    across = along is Along.X
    match series:
        case Line():
            yield from (line.x if across else line.y for line in (series, series.before) if line is not None)
        case Points():
            values = series.x if across else series.y
            if isinstance(values, tuple):
                return
            yield values
            if (reach := series.error_bars) and reach.along is along:
                yield values + reach.over
                yield values - (reach.over if reach.under is None else reach.under)
        case Bars():
            if across:
                yield series.values + _bases(series)
        case Cells():
            values = series.x if across else series.rows
            if not isinstance(values, tuple):
                yield values
        case _:
            assert_never(series)


def _draw(inside: Group, series: Drawn, box: Box, rows: Sequence[str], lanes: Sequence[int]) -> None:
    match series:
        case Line():
            thick = _THIN * series.width
            _curve(inside, series.x, series.y, series.stepped, box, _ink(series.colour), thick, series.dash)
        case Points():
            draw_points(inside, series, box, rows)
        case Bars():
            _bars(inside, series, box, rows, lanes)
        case Cells():
            _cells(inside, series, box)
        case _:
            assert_never(series)


def _ghosts(inside: Group, series: Sequence[Drawn], box: Box) -> None:
    """What the lines were before, beneath them all."""
    pale = [(line.before, line.stepped) for line in series if isinstance(line, Line) and line.before is not None]
    for before, stepped in pale:
        if before.filled:
            for corners in _stretches(before.x, before.y, stepped, box):
                inside.add(_filled(corners, box.foot))
    for before, stepped in pale:
        _curve(inside, before.x, before.y, stepped, box, _GHOST, 0.6, Dash.SOLID)


def _curve(
    inside: Group, x: Values, y: Values, stepped: bool, box: Box, colour: Color, thick: float, dash: Dash
) -> None:
    for corners in _stretches(x, y, stepped, box):
        path = Path(fillColor=None, strokeColor=colour)
        path.strokeWidth, path.strokeLineJoin, path.strokeDashArray = thick, 1, _DASHES[dash]
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


def _stretches(x: Values, y: Values, stepped: bool, box: Box) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a line that is drawn without a gap."""
    xs, ys = box.across(x), box.up(y)
    if stepped and len(xs) > 1:  # a step for each value, as wide as halfway to its neighbours
        middles = (xs[:-1] + xs[1:]) / 2
        starts, ends = np.append(xs[0], middles), np.append(middles, xs[-1])
        xs, ys = np.column_stack([starts, ends]).ravel(), np.repeat(ys, 2)
    known = np.concatenate([[False], np.isfinite(xs) & np.isfinite(ys), [False]])
    turns = np.flatnonzero(known[1:] != known[:-1])
    for start, end in zip(turns[::2], turns[1::2], strict=True):
        yield list(zip(xs[start:end].tolist(), ys[start:end].tolist(), strict=True))


def _bars(inside: Group, bars: Bars, box: Box, rows: Sequence[str], lanes: Sequence[int]) -> None:
    """Lying bars from their base on: those of one lane in one line, others beneath one another in their row."""
    thick = box.high / max(1, len(rows)) * 0.72 / len(lanes)
    positions = {name: n for n, name in reversed(list(enumerate(bars.rows)))}
    bases = _bases(bars)
    for place, name in enumerate(reversed(rows)):
        if name not in positions:
            continue
        start, length = float(bases[positions[name]]), float(bars.values[positions[name]])
        left, right = box.across(start), box.across(start + length)
        lane = lanes.index(bars.lane)
        foot = box.foot + box.high * (place + 0.5) / len(rows) + thick * (len(lanes) / 2 - lane - 1)
        _bar(inside, bars, float(left), foot, max(float(right - left), 0.4), thick)


def _bar(group: Group | Drawing, bars: Bars, left: float, foot: float, wide: float, high: float) -> None:
    """A bar in its colour; one with a hatch is hatched, so that a copier keeps the two apart."""
    hatched, colour = bars.hatch is not Hatch.NONE, _ink(bars.colour)
    bar = Rect(left, foot, wide, high)
    bar.fillColor = _GHOST_FILL if bars.colour == GREY else Color(1, 1, 1) if hatched else colour
    bar.strokeColor, bar.strokeWidth = colour, 0.5
    group.add(bar)
    for along in np.arange(3.0 - high, wide, 3.0) if hatched else ():
        low, up = max(0.0, -along), min(high, wide - along)
        if up > low:
            line = Segment(left + along + low, foot + low, left + along + up, foot + up)
            line.strokeColor, line.strokeWidth = colour, 0.8
            group.add(line)


def _bases(bars: Bars) -> Values:
    """Where each bar begins."""
    return np.zeros(len(bars.values)) if bars.base is None else bars.base


def _cells(inside: Group, cells: Cells, box: Box) -> None:
    """A heat map from white to ink, which a copier keeps, with the scale beside it; named rows begin at the top."""
    log = cells.scale.kind is AxisKind.LOG
    grid = np.log10(cells.values) if log else cells.values
    ticks = [(float(np.log10(value)) if log else value, words) for value, words in cells.scale.ticks or ()]
    known = grid[np.isfinite(grid)]
    low = min((value for value, _ in ticks), default=float(known.min(initial=0.0)))
    high = max(float(known.max(initial=low)), low + 1e-9)
    tall, wide = box.high / len(grid), box.wide / grid.shape[1]
    for place, row in enumerate(reversed(grid) if isinstance(cells.rows, tuple) else grid):
        shades = np.clip(np.round((row - low) / (high - low) * 16), 1, 16) / 16
        shades = np.where(row >= low, shades, 0.0)  # white is what is below the scale, or not known
        cuts = np.flatnonzero(np.diff(shades)) + 1
        for start, end in zip([0, *cuts], [*cuts, len(row)], strict=True):
            if shades[start] > 0:
                cell = Rect(box.left + start * wide, box.foot + place * tall, (end - start) * wide, tall - 0.6)
                cell.fillColor, cell.strokeColor = _shade(float(shades[start])), None
                inside.add(cell)
    _scale(inside, box, [((value - low) / (high - low), words) for value, words in ticks], cells.scale.title)


def _scale(inside: Group, box: Box, ticks: Sequence[tuple[float, str]], title: str) -> None:
    """What the shades stand for, right of the chart; `ticks` are shares of its height."""
    at = box.left + box.wide + 12
    for step in range(16):
        patch = Rect(at, box.foot + box.high * step / 16, 8, box.high / 16)
        patch.fillColor, patch.strokeColor = _shade((step + 1) / 16), None
        inside.add(patch)
    for share, words in ticks:
        if 0 <= share <= 1:
            inside.add(lettering(words, at + 11, box.foot + box.high * share - 2.6, SIZE, colour=SOFT))
    up = box.foot + box.high + 5
    inside.add(lettering(on_one_line(title), at + _SCALE - 14, up, SIZE, colour=INK, anchor="end"))


def _shade(share: float) -> Color:
    return Color(1 - 0.93 * share, 1 - 0.78 * share, 1 - 0.62 * share)


def _marks(inside: Group, spec: ChartSpec, box: Box) -> None:
    """The dotted lines of a limit or a percentile, and their notes."""
    for mark in spec.marks:
        if mark.along is Along.Y:
            up = float(box.up(mark.at))
            stroke = _stroke((box.left, up), (box.left + box.wide, up), INK)
        else:
            along = float(box.across(mark.at))
            stroke = _stroke((along, box.foot), (along, box.foot + box.high), INK)
        stroke.strokeWidth, stroke.strokeDashArray = 0.7, _DASHES[Dash.DOT]
        inside.add(stroke)
    for nth, mark in enumerate(mark for mark in spec.marks if mark.note):
        up = box.foot + box.high * (1 - NOTE_STEP * nth)
        inside.add(lettering(mark.note, float(box.across(mark.at)) + 3, up - SIZE, SIZE))


def _legend(drawing: Drawing, spec: ChartSpec, series: Sequence[Drawn], box: Box) -> None:
    """Above the chart, from the left: each series with its width and name, and last the grey of what was before."""
    entries: list[tuple[str, Drawn | None]] = [(drawn.name, drawn) for drawn in series if not isinstance(drawn, Cells)]
    if spec.before and any(isinstance(drawn, Line) and drawn.before is not None for drawn in series):
        entries.append((spec.before.name, None))
    along, up = box.left, box.foot + box.high + 6
    for name, drawn in sorted(
        entries, key=lambda entry: isinstance(entry[1], Bars) and entry[1].of_run is OfRun.BEFORE
    ):
        long = width(name, BODY, SIZE)
        room = drawing.width - along - 24
        if room < min(long, _LEAST_NAME):
            break
        _key(drawing, drawn, along, up)
        drawing.add(lettering(name, along + 24, up, SIZE, colour=INK, most=room))
        along += 24 + long + 12


def _key(drawing: Drawing, series: Drawn | None, along: float, up: float) -> None:
    """A series as the legend shows it; None is the grey line of what was before."""
    match series:
        case None:
            key = _stroke((along, up + 2.4), (along + 20, up + 2.4), _GHOST)
            key.strokeWidth = 0.8
            drawing.add(key)
        case Line():
            key = _stroke((along, up + 2.4), (along + 20, up + 2.4), _ink(series.colour))
            key.strokeWidth, key.strokeDashArray = max(1.4, _THIN * series.width), _DASHES[series.dash]
            drawing.add(key)
        case Points():
            sign(drawing, series, symbol_of(series), along + 14, up + 2.4)
        case Bars():
            _bar(drawing, series, along + 8, up - 1, 12, 6.5)
        case Cells():
            pass  # the scale beside it says what it is
        case _:
            assert_never(series)


def _stroke(start: tuple[float, float], end: tuple[float, float], colour: Color) -> Path:
    """A line that can be dashed: reportlab's SVG goes back along a `Line` and fills the gaps."""
    path = Path(fillColor=None, strokeColor=colour)
    path.moveTo(*start)
    path.lineTo(*end)
    return path


def _ink(colour: str) -> Color:
    return _GHOST if colour == GREY else HexColor(colour)
