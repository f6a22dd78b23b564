"""The axes of a chart on paper: where values stand, their ticks in words, and the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from reportlab.graphics.shapes import Drawing, Group, Line

from lifecycle.charts.spec import Along, AxisKind, ChartAxis, Values
from lifecycle.outputs.pdf.ink import INK, RULE, SOFT, lettering
from lifecycle.outputs.pdf.typefaces import BODY, width
from lifecycle.words import number

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


def placed(values: Values | tuple[str, ...], rows: Sequence[str]) -> Values:
    """Where values stand on an axis: numbers as they are, names in the middle of their row."""
    if not isinstance(values, tuple):
        return values
    middles = {name: len(rows) - n - 0.5 for n, name in enumerate(rows)}
    return np.array([middles[name] for name in values])


def paper_axis(axis: ChartAxis, values: Sequence[Values], rows: Sequence[str], along: Along) -> PaperAxis:
    """The axis on paper, wide enough for the values where it says no ends; `rows` are the names that stand along it."""
    if axis.kind is AxisKind.ROWS:
        return PaperAxis(
            0.0, float(len(rows)), False, tuple((n + 0.5, name) for n, name in enumerate(reversed(rows))), ""
        )
    log = axis.kind is AxisKind.LOG
    every = np.concatenate([*values, np.empty(0)])
    every = every[np.isfinite(every)]
    high = float(every.max(initial=0.0)) or 1.0
    low = 0.0 if along is Along.Y or not every.size else min(0.0, float(every.min()))
    if axis.range is not None:
        low, high = (float(np.log10(end)) if log else end for end in axis.range)
    elif not log:
        high = high * 1.06
    if axis.ticks is None:
        ticks = [(value, _label(value, axis.kind)) for value in _round(low, high)]
    else:
        if axis.range is None and not log:
            high = max([high, *(value for value, _ in axis.ticks[:-1])])
        ticks = [(float(np.log10(value)) if log else value, words) for value, words in axis.ticks]
    inside = tuple(tick for tick in ticks if low - 1e-9 <= tick[0] <= high + 1e-9)
    return PaperAxis(low, high, log, inside, on_one_line(axis.title))


def _label(value: float, kind: AxisKind) -> str:
    return f"{100 * value:g} %" if kind is AxisKind.SHARE else number(value)


def _round(low: float, high: float) -> list[float]:
    """Round numbers from `low` to `high`, about `_TICKS` of them."""
    rough = (high - low) / _TICKS or 1.0
    scale = 10.0 ** np.floor(np.log10(rough))
    step = float(scale * next(factor for factor in (1, 2, 2.5, 5, 10) if factor * scale >= rough * 0.999))
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


def on_one_line(text: str) -> str:
    """A title without its breaks."""
    return text.replace("\n", " ")
