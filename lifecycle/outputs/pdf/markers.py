"""The points of a chart on paper: a sign for each, with the interval that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Group, Polygon, Shape
from reportlab.graphics.shapes import Line as Segment
from reportlab.lib.colors import HexColor

from lifecycle.charts.spec import Along, Points, Symbol
from lifecycle.outputs.pdf.axes import Box, placed

# Half as wide as a sign is drawn, in points; a chart's sizes are pixels across.
_HALF = 3.0
_STAR = [(np.sin(np.pi * n / 5) * (1.0, 0.45)[n % 2], np.cos(np.pi * n / 5) * (1.0, 0.45)[n % 2]) for n in range(10)]


def draw_points(inside: Group, points: Points, box: Box, rows: Sequence[str]) -> None:
    """Every point that has a place, its interval beneath it."""
    xs, ys = box.across(points.x), box.up(placed(points.y, rows))
    for part in _intervals(points, box, rows):
        inside.add(part)
    for n in np.flatnonzero(np.isfinite(xs) & np.isfinite(ys)):
        sign(inside, points, symbol_of(points, int(n)), float(xs[n]), float(ys[n]))


def symbol_of(points: Points, nth: int = 0) -> Symbol:
    """What stands at the nth point."""
    return points.symbols[nth] if isinstance(points.symbols, tuple) else points.symbols


def sign(group: Group | Drawing, points: Points, symbol: Symbol, x: float, y: float) -> None:
    """One symbol, in the points' colour and the colour of their edge."""
    inner, outer = HexColor(points.colour), HexColor(points.edge or points.colour)
    half = max(_HALF, points.size / 3)
    for shape in _shapes(symbol, x, y, half):
        shape.strokeColor, shape.strokeWidth = outer, 0.9
        if not isinstance(shape, Segment):
            shape.fillColor = inner
        group.add(shape)


def _shapes(symbol: Symbol, x: float, y: float, half: float) -> Iterator[Shape]:
    match symbol:
        case Symbol.DOT:
            return _dot(x, y, half)
        case Symbol.CROSS | Symbol.THIN_CROSS:
            return _cross(x, y, half)
        case Symbol.STAR:
            return _star(x, y, half)
        case _:
            assert_never(symbol)


def _dot(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Circle(x, y, half * 0.8)


def _cross(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Segment(x - half * 0.7, y - half * 0.7, x + half * 0.7, y + half * 0.7)
    yield Segment(x - half * 0.7, y + half * 0.7, x + half * 0.7, y - half * 0.7)


def _star(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Polygon([part for across, up in _STAR for part in (x + half * across, y + half * up)])


def _intervals(points: Points, box: Box, rows: Sequence[str]) -> Iterator[Shape]:
    """Thin lines from each point's least to its most."""
    if points.error_bars is None:
        return
    reach, xs, ys = points.error_bars, points.x, placed(points.y, rows)
    values = xs if reach.along is Along.X else ys
    lows, highs = values - (reach.over if reach.under is None else reach.under), values + reach.over
    for n in np.flatnonzero(np.isfinite(lows) & np.isfinite(highs)):
        ends = np.array([lows[n], highs[n]])
        x, y = (ends, ys[[n, n]]) if reach.along is Along.X else (xs[[n, n]], ends)
        (left, right), (foot, top) = map(float, box.across(x)), map(float, box.up(y))
        yield Segment(left, foot, right, top, strokeColor=HexColor(points.colour), strokeWidth=0.8)
