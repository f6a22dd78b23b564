"""A chart as a lecture hall reads it: few curves, large type, and a row above them that says which is which."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from lifecycle.charts.drawing import day_axis
from lifecycle.charts.plotted import Large
from lifecycle.charts.spec import (
    AxisKind,
    Bars,
    Cells,
    ChartAxis,
    ChartSpec,
    Dash,
    Drawn,
    Legend,
    Line,
    OfRun,
    Points,
)

# Pixels of a chart's type and lines, to be seen from the last row of a hall 1,920 pixels wide; talk.css shrinks it for
# narrower ones.
TYPE, LINE, PALE_LINE = 24, 3.5, 2.2
MOST_CURVES = 2
# Colours that stand out from white paper and from the dark page alike: 3.5 to 1 at least, on either.
FIRST, SECOND, PALE = "#1a86c9", "#d55e00", "#7d878e"
PALE_FILL = "rgba(125, 135, 142, 0.25)"
LOOKS = ((FIRST, Dash.SOLID), (SECOND, Dash.DASH))
# How much larger than at a desk a chart is where a talk explores: room for the letters of exploring.css.
EXPLORING = 1.4
# How Plotly dresses a chart, and a low one above a question.
DRESS, LOW_DRESS = (Large(TYPE, right=1.6 * TYPE, top=top * TYPE) for top in (1.0, 0.75))
HOURS = (0, 6, 12, 18, 24)
# The least share of the axis between two of its ticks: a line of type, in a chart and in a low one.
APART, LOW_APART = 0.16, 0.3
LOW_TICKS = 4


@dataclass(frozen=True)
class Key:
    """What a line or bar of a chart is: its name, its colour, and how its line is drawn; None for a bar."""

    name: str
    colour: str
    line: Dash | None


def for_a_hall(spec: ChartSpec, *, low: bool = False) -> tuple[ChartSpec, tuple[Key, ...]]:
    """The chart with the curves and ticks that are told apart from the last row, and what its row of keys says.

    A `low` one, above a question, has fewer ticks; what its y axis shows stands in the row of keys instead, since a low
    chart would cut it.

    Of its curves the one that the finding speaks of is drawn, else the first, and beside it what that one was before;
    without a run before, the next.
    """
    kept = _curves(spec)
    looks = dict(zip(kept, LOOKS, strict=False))
    series = {
        nth: _styled(drawn, looks.get(nth))
        for nth, drawn in enumerate(spec.series)
        if nth in looks or not isinstance(drawn, Line)
    }
    before = spec.before and replace(spec.before, colour=PALE, fill=PALE_FILL, width=PALE_LINE)
    shown = replace(
        spec,
        series=tuple(series.values()),
        before=before,
        x=day_axis(HOURS) if spec.x.kind is AxisKind.DAY else spec.x,
        y=_with_room(spec.y, low),
        legend=Legend.NONE,
    )
    return shown, tuple(_keys(shown, [series[nth] for nth in kept]))


def legend(keys: tuple[Key, ...], axis: str = "") -> str:
    """The row of keys as HTML, after what the `axis` shows; of one curve no name, which says no more than the title."""
    named = keys if len(keys) >= MOST_CURVES else ()
    row = [f'<span class="axis">{escape(axis)}</span>'] if axis else []
    row += [
        f'<span><i class="{key.line or "bar"}" style="color: {key.colour}"></i>{escape(key.name)}</span>'
        for key in named
    ]
    return f'<div class="hall-keys">{"".join(row)}</div>' if row else ""


def _curves(spec: ChartSpec) -> list[int]:
    """The places of the lines that are drawn, the most important first: those of the finding, then as they stand."""
    shown = [nth for nth, drawn in enumerate(spec.series) if isinstance(drawn, Line) and not drawn.hidden]
    first = [nth for nth in spec.about if nth in shown]
    order = [*first, *(nth for nth in shown if nth not in first)]
    pale = any(line.before is not None for line in spec.lines)
    return order[: 1 if pale else MOST_CURVES]


def _styled(series: Drawn, look: tuple[str, Dash] | None) -> Drawn:
    """A series in the colours of a hall: a line in its `look`, bars of what was before in grey."""
    match series:
        case Line():
            colour, dash = look or LOOKS[0]
            return replace(series, colour=colour, dash=dash, width=LINE)
        case Bars():
            return replace(series, colour=PALE) if series.of_run is OfRun.BEFORE else series
        case Points() | Cells():
            return series
        case _:
            assert_never(series)


def _keys(spec: ChartSpec, kept: list[Drawn]) -> Iterator[Key]:
    """The `kept` lines, what they were before, and the bars."""
    lines = [line for line in kept if isinstance(line, Line)]
    yield from (Key(line.name, line.colour, line.dash) for line in lines)
    if spec.before and any(line.before is not None for line in lines):
        yield Key(spec.before.name, spec.before.colour, Dash.SOLID)
    yield from (Key(bars.name, bars.colour, None) for bars in spec.series if isinstance(bars, Bars))


def _with_room(axis: ChartAxis, low: bool) -> ChartAxis:
    """The y axis without the ticks that lie too near the last one, so that no label lies over another."""
    if low:
        axis = replace(axis, title="", ticks_about=LOW_TICKS)
    if axis.ticks is None or axis.range is None:
        return axis
    log = axis.kind is AxisKind.LOG
    foot, top = (math.log10(end) if log else end for end in axis.range)
    apart, last = LOW_APART if low else APART, -math.inf
    ticks: list[tuple[float, str]] = []
    for value, words in axis.ticks:
        at = ((math.log10(value) if log else value) - foot) / ((top - foot) or 1.0)
        if at - last >= apart and -1e-9 <= at <= 1 + 1e-9:
            ticks.append((value, words))
            last = at
    return replace(axis, ticks=tuple(ticks))
