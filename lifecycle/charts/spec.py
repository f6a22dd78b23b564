"""A chart as data: what is drawn along which axes, and what it says. Plotly, paper and the offline page render it.

Values are those that are drawn, in the unit of their axis (a day's axis is in seconds); what is too small for a
logarithmic axis is lifted already. Names and words are as they are written: each renderer escapes them for its medium.
A renderer asks for a kind by `match` and `assert_never`, so that one which does not know a kind is a type error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
# What a line may hold: counts stay whole numbers.
Values = NDArray[np.float64] | NDArray[np.int64]

# Okabe and Ito's palette, safe for colour-blind eyes; a width of its own (`width_of`) is each curve's other sign.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
# What was before, or what is only a guide.
GREY = "rgba(128, 138, 145, 0.65)"
GREY_FILL = "rgba(128, 138, 145, 0.18)"
# How much lower each note of a mark stands than the one before it, as a share of the chart.
NOTE_STEP = 0.13


class AxisKind(Enum):
    """What stands along an axis."""

    DAY = auto()  # seconds of the day, told in hours
    LOG = auto()  # positive numbers, by equal factors
    LINEAR = auto()
    SHARE = auto()  # 0 to 1, told in percent
    ROWS = auto()  # names, each in a row of its own, the first on top


class Along(Enum):
    """One of the two axes."""

    X = auto()
    Y = auto()


class OfRun(Enum):
    """Of which run a series is: the one that is shown, or the one before."""

    NOW = auto()
    BEFORE = auto()


class Dash(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASH = "dash"
    DOT = "dot"


class Hatch(Enum):
    """What a bar is filled with, beside its colour, so that colour is never the only sign."""

    NONE = auto()
    SLANTED = auto()
    CROSSED = auto()


class Symbol(Enum):
    """What stands at a point."""

    DOT = auto()
    CROSS = auto()
    THIN_CROSS = auto()
    STAR = auto()


class Legend(Enum):
    """Where the names of the series stand: nowhere, or above the chart at one of its ends."""

    NONE = auto()
    LEFT = auto()
    RIGHT = auto()


class Pointer(Enum):
    """What the pointer is told without words of our own: nothing, or the values as they are."""

    NOTHING = auto()
    VALUES = auto()


@dataclass(frozen=True, eq=False)
class PointerWords:
    """What the pointer is told at each value; a table of cells has a row of words for each of its rows."""

    words: NDArray[np.str_]


@dataclass(frozen=True)
class PointerFigures:
    """How the pointer is told a value: by d3's `format`, and the unit behind it."""

    format: str
    unit: str = ""


Hover = Pointer | PointerWords | PointerFigures


@dataclass(frozen=True)
class ChartAxis:
    """An axis: its ends (`range`) and its ticks with their words, where it is not left to the renderer.

    `ticks_about`: how many ticks a renderer should choose, where there are none.
    """

    kind: AxisKind
    title: str = ""
    range: tuple[float, float] | None = None
    ticks: tuple[tuple[float, str], ...] | None = None
    ticks_about: int | None = None
    from_zero: bool = False


@dataclass(frozen=True)
class Before:
    """How the run before looks, and what the legend calls it."""

    name: str
    colour: str = GREY
    fill: str = GREY_FILL
    width: float = 1.0


@dataclass(frozen=True, eq=False)
class LineBefore:
    """What a line was in the run before: moments and values, shape (n,) each; `filled` down to zero or not."""

    x: Array
    y: Values
    filled: bool = False


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points, shape (n,) each, with a gap at each NaN; or, `stepped`, a step for each value.

    `hidden` lines wait in the legend.
    """

    name: str
    x: Array
    y: Values
    colour: str
    width: float = 2.0
    dash: Dash = Dash.SOLID
    stepped: bool = False
    before: LineBefore | None = None
    hover: Hover = Pointer.NOTHING
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class ErrorBars:
    """How far each point's interval reaches over and under it, shape (n,) each; `under` is as `over` where it is None.

    Pixels: how thick its line is, and how wide its ends.
    """

    along: Along
    over: Array
    under: Array | None = None
    thickness: float = 2.0
    ends: float = 4.0


@dataclass(frozen=True, eq=False)
class Points:
    """A symbol at each point, shape (n,); `y` are names where that axis has rows. `edge` is the colour round it."""

    name: str
    x: Array
    y: Array | tuple[str, ...]
    colour: str
    size: float
    symbols: Symbol | tuple[Symbol, ...] = Symbol.DOT
    edge: str = ""
    error_bars: ErrorBars | None = None
    hover: Hover = Pointer.NOTHING
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class Bars:
    """Lying bars, one in each of the named `rows`, from `base` (zero where it is None) on, as long as their value.

    Bars of one `lane` lie in one line, those of the next lane beneath them. `written`: what stands at their ends.
    """

    name: str
    rows: tuple[str, ...]
    values: Array
    colour: str
    lane: int = 0
    of_run: OfRun = OfRun.NOW
    hatch: Hatch = Hatch.NONE
    base: Array | None = None
    written: tuple[str, ...] = ()
    hover: Hover = Pointer.VALUES


@dataclass(frozen=True, eq=False)
class Cells:
    """A heat map: a shade for each value, shape (rows, columns), by the `scale`; `rows` are names or places.

    `old_is_dark`: whether high values are the dark ones.
    """

    x: Array
    rows: Array | tuple[str, ...]
    values: Array
    scale: ChartAxis
    old_is_dark: bool = False
    hover: Hover = Pointer.NOTHING


Drawn = Line | Points | Bars | Cells


@dataclass(frozen=True)
class Mark:
    """A dotted line across the chart at a value of the axis `along`, with a `note`; with a colour, a line under all."""

    at: float
    along: Along
    note: str = ""
    colour: str = ""


@dataclass(frozen=True, eq=False)
class ChartSpec:
    """A chart: its series in the order of drawing, its axes, its finding in words, and the table of what it draws.

    `about`: the places in `series` of those that the finding speaks of, in its order. `before`: how the run before is
    shown, where a series has one. `height` is in pixels.
    """

    series: tuple[Drawn, ...]
    x: ChartAxis
    y: ChartAxis
    finding: str
    table: pd.DataFrame
    height: int
    marks: tuple[Mark, ...] = ()
    legend: Legend = Legend.RIGHT
    before: Before | None = None
    about: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those of the series that are lines."""
        return tuple(line for line in self.series if isinstance(line, Line))


def before_called(spec: ChartSpec, name: str) -> ChartSpec:
    """The chart with its run before called `name` in the legend: where it is not what was set before."""
    series = tuple(
        replace(drawn, name=name) if isinstance(drawn, Bars) and drawn.of_run is OfRun.BEFORE else drawn
        for drawn in spec.series
    )
    return replace(spec, series=series, before=spec.before and replace(spec.before, name=name))
