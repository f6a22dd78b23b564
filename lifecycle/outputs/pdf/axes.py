"""The axes of a chart on paper: where values stand, their ticks in words, and the grid."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Drawing, Group, Line

from lifecycle.outputs.pdf.ink import INK, RULE, SOFT, lettering
from lifecycle.outputs.pdf.typefaces import BODY, width
from lifecycle.words import number

Values = NDArray[np.float64]
PlotlyPart = Mapping[str, Any]
SIZE = 7.6
_TICKS = 5


@dataclass(frozen=True)
class PaperAxis:
    """An axis from `low` to `high` (logarithms, where it is one), and its ticks with their words."""

    low: float
    high: float
    log: bool
    ticks: tuple[tuple[float, str], ...]
    title: str

    def at(self, values: Any) -> Any:
        """Where values stand on it, 0 to 1; NaN where they cannot."""
        with np.errstate(divide="ignore", invalid="ignore"):
            there = np.log10(values) if self.log else np.asarray(values, dtype=float)
        return (there - self.low) / ((self.high - self.low) or 1.0)


@dataclass(frozen=True)
class Box:
    """Where the chart's inside lies, in points, and its axes."""

    left: float
    foot: float
    wide: float
    high: float
    x: PaperAxis
    y: PaperAxis

    def across(self, values: Any) -> Any:
        """From the left edge of the drawing."""
        return self.left + self.wide * np.clip(self.x.at(values), 0.0, 1.0)

    def up(self, values: Any) -> Any:
        """From the foot of the drawing."""
        return self.foot + self.high * np.clip(self.y.at(values), 0.0, 1.0)


def array(values: Any) -> NDArray[Any]:
    """The values of a trace: NaN where there is none. Plotly packs arrays of numbers as base64, tables with a shape."""
    if isinstance(values, Mapping) and "bdata" in values:
        found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).astype(float)
        shape = [int(part) for part in str(values.get("shape", found.size)).split(",")]
        return found.reshape(shape)
    found = np.asarray(values)
    if found.dtype.kind == "O" and all(each is None or isinstance(each, int | float) for each in found.flat):
        return found.astype(float)  # gaps in a line
    return found.astype(float) if found.dtype.kind in "iuf" or not found.size else found


def placed(values: Any, rows: Sequence[str]) -> Values:
    """Where values stand on an axis: numbers as they are, names in the middle of their row."""
    found = array(values)
    if found.dtype.kind == "f":
        return found
    middles = {name: len(rows) - n - 0.5 for n, name in enumerate(rows)}
    return np.array([middles[str(each)] for each in found])


def rows_axis(rows: Sequence[str]) -> PaperAxis:
    """An axis on which each name has a row of its own, the first on top."""
    ticks = tuple((i + 0.5, unescaped(name)) for i, name in enumerate(reversed(rows)))
    return PaperAxis(0.0, float(len(rows)), False, ticks, "")


def axis(layout: PlotlyPart, values: Sequence[Values], from_zero: bool) -> PaperAxis:
    """The axis that plotly's layout describes, wide enough for the values where it gives no range."""
    log = layout.get("type") == "log"
    title = unescaped(str((layout.get("title") or {}).get("text") or ""))
    every = np.concatenate([*values, np.empty(0)])
    every = every[np.isfinite(every)]
    high = float(every.max(initial=0.0)) or 1.0
    low = 0.0 if from_zero or not every.size else min(0.0, float(every.min()))
    given = _placed(layout, "range") if "range" in layout else None
    if given is not None:
        low, high = given
    elif not log:
        high = high * 1.06
    if "tickvals" in layout:
        words = [unescaped(str(each)) for each in layout.get("ticktext", layout["tickvals"])]
        ticks = list(zip(_placed(layout, "tickvals"), words, strict=False))
        if given is None and not log:
            high = max([high, *(value for value, _ in ticks[:-1])])
        ticks = [(float(np.log10(value)) if log else value, said) for value, said in ticks]
    else:
        share = str(layout.get("tickformat", "")).endswith("%")
        ticks = [(value, f"{100 * value:g} %" if share else number(value)) for value in _round(low, high)]
    return PaperAxis(low, high, log, tuple(each for each in ticks if low - 1e-9 <= each[0] <= high + 1e-9), title)


def _placed(layout: PlotlyPart, name: str) -> list[float]:
    """Where an axis' ends or ticks stand: numbers as they are, moments in milliseconds, as such an axis' values."""
    found = array(layout[name])
    if layout.get("type") == "date":
        found = found.astype("datetime64[ms]").astype(float)
    return [float(each) for each in found]


def _round(low: float, high: float) -> list[float]:
    """Round numbers from `low` to `high`, about `_TICKS` of them."""
    rough = (high - low) / _TICKS or 1.0
    scale = 10.0 ** np.floor(np.log10(rough))
    step = float(scale * next(each for each in (1, 2, 2.5, 5, 10) if each * scale >= rough * 0.999))
    first = int(np.ceil(low / step))
    return [float(f"{n * step:.12g}") for n in range(first, int(np.floor(high / step)) + 1)]


def grid(drawing: Drawing, box: Box, *, bands: bool) -> None:
    """Ticks with their words, and a fine line across for each; an axis' title ends it."""
    last = -1e9
    for value, words in box.y.ticks:
        up = box.foot + box.high * (value - box.y.low) / ((box.y.high - box.y.low) or 1.0)
        if not bands:
            drawing.add(Line(box.left, up, box.left + box.wide, up, strokeColor=RULE, strokeWidth=0.4))
        if up - last >= SIZE + 1:
            drawing.add(lettering(words, box.left - 4, up - 2.6, SIZE, colour=SOFT, anchor="end"))
            last = up
    edge = -1e9
    for value, words in box.x.ticks:
        along = box.left + box.wide * (value - box.x.low) / ((box.x.high - box.x.low) or 1.0)
        drawing.add(Line(along, box.foot, along, box.foot - 3, strokeColor=SOFT, strokeWidth=0.5))
        half = width(words, BODY, SIZE) / 2
        if along - half > edge + 4:
            drawing.add(lettering(words, along, box.foot - 11, SIZE, colour=SOFT, anchor="middle"))
            edge = along + half
    drawing.add(Line(box.left, box.foot, box.left + box.wide, box.foot, strokeColor=SOFT, strokeWidth=0.7))
    if box.x.title:
        drawing.add(lettering(box.x.title, box.left + box.wide, 2, SIZE, colour=INK, anchor="end"))
    if box.y.title:
        turned = Group(lettering(box.y.title, 0, 0, SIZE, colour=INK, anchor="middle", most=box.high + 20))
        turned.translate(7, box.foot + box.high / 2)
        turned.rotate(90)
        drawing.add(turned)


def unescaped(text: str) -> str:
    """A label as content wrote it: the charts escape it for plotly."""
    return text.replace("<br>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
