"""The points of a chart on paper: a sign for each, with the interval that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, Shape
from reportlab.lib.colors import Color, HexColor

from lifecycle.outputs.pdf.axes import Box, PlotlyPart, array, placed
from lifecycle.outputs.pdf.ink import INK

# Half as wide as a sign is drawn, in points; plotly's sizes are pixels across.
_HALF = 3.0
_STAR = [(np.sin(np.pi * n / 5) * (1.0, 0.45)[n % 2], np.cos(np.pi * n / 5) * (1.0, 0.45)[n % 2]) for n in range(10)]


def points(inside: Group, trace: PlotlyPart, box: Box, rows: tuple[str, ...]) -> None:
    """Every point of the trace that has a place, its interval beneath it."""
    xs, ys = box.across(array(trace["x"])), box.up(placed(trace["y"], rows))
    marker = trace.get("marker", {})
    for part in _intervals(trace, box, rows):
        inside.add(part)
    for n in np.flatnonzero(np.isfinite(xs) & np.isfinite(ys)):
        sign(inside, _nth(marker.get("symbol", "circle"), int(n)), marker, float(xs[n]), float(ys[n]))


def sign(group: Group | Drawing, symbol: str, marker: PlotlyPart, x: float, y: float) -> None:
    """One sign, in the marker's colour or the colour of its outline."""
    line = marker.get("line", {})
    inner, outer = _colour(marker.get("color")), _colour(line.get("color") or marker.get("color"))
    half = max(_HALF, float(marker.get("size", 6)) / 3)
    for shape in _SIGNS.get(symbol.removesuffix("-thin").removesuffix("-open"), _dot)(x, y, half):
        shape.strokeColor, shape.strokeWidth = outer, 0.9
        if not isinstance(shape, Line):
            shape.fillColor = inner
        group.add(shape)


def _nth(symbols: Any, n: int) -> str:
    return str(symbols if isinstance(symbols, str) else symbols[n])


def _dot(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Circle(x, y, half * 0.8)


def _cross(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Line(x - half * 0.7, y - half * 0.7, x + half * 0.7, y + half * 0.7)
    yield Line(x - half * 0.7, y + half * 0.7, x + half * 0.7, y - half * 0.7)


def _star(x: float, y: float, half: float) -> Iterator[Shape]:
    yield Polygon([part for across, up in _STAR for part in (x + half * across, y + half * up)])


_SIGNS: Mapping[str, Callable[[float, float, float], Iterator[Shape]]] = {"x": _cross, "star": _star}


def _intervals(trace: PlotlyPart, box: Box, rows: tuple[str, ...]) -> Iterator[Shape]:
    """Thin lines from each point's least to its most, along either axis."""
    xs, ys = array(trace["x"]), placed(trace["y"], rows)
    for name, values in (("error_x", xs), ("error_y", ys)):
        error = trace.get(name)
        if not error:
            continue
        over = array(error["array"])
        under = array(error["arrayminus"]) if "arrayminus" in error else over
        colour = _colour(error.get("color") or trace.get("marker", {}).get("color"))
        lows, highs = values - under, values + over
        along = name == "error_x"
        for n in np.flatnonzero(np.isfinite(lows) & np.isfinite(highs)):
            x = (
                [float(v) for v in box.across(np.array([lows[n], highs[n]]))]
                if along
                else [float(box.across(xs[n]))] * 2
            )
            y = [float(box.up(ys[n]))] * 2 if along else [float(v) for v in box.up(np.array([lows[n], highs[n]]))]
            yield Line(x[0], y[0], x[1], y[1], strokeColor=colour, strokeWidth=0.8)


def _colour(name: Any) -> Color:
    text = str(name)
    return HexColor(text) if text.startswith("#") and len(text) == 7 else INK
