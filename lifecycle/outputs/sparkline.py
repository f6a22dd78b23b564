"""A chart at a glance: its first curve, without axes or words, as a small picture of its own."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import numpy as np

from lifecycle.charts.spec import Array, AxisKind, Bars, ChartSpec, Hatch, Line, OfRun

WIDTH, HEIGHT, MARGIN = 160.0, 40.0, 3.0
# So many columns; of what falls into one the highest and the lowest value are drawn, so that no peak is lost.
COLUMNS = 80
PALE = ' opacity=".5"'
_COLOURS = "svg{color:#0b6e8f}@media(prefers-color-scheme:dark){svg{color:#5cc3e6}}"


def sparkline(spec: ChartSpec, spans_s: tuple[tuple[float, float], ...] = (), horizon_s: float = 86_400.0) -> str:
    """The chart as SVG; `spans_s` are when something was wrong, hatched behind a curve along the day."""
    body = ""
    first = next((series for series in spec.series if isinstance(series, Line | Bars)), None)
    if isinstance(first, Bars):
        body = _bars([bars for bars in spec.series if isinstance(bars, Bars) and bars.of_run is OfRun.NOW])
    elif isinstance(first, Line):
        body = _curve(first, spec)
        if spec.x.kind is AxisKind.DAY:
            body = "".join(_span(*span, horizon_s) for span in spans_s) + body
    hatch = (
        '<pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0v4" stroke="#d55e00" stroke-width="1.6" opacity=".55"/></pattern>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{escape(spec.finding)}"><style>{_COLOURS}</style><defs>{hatch}</defs>{body}</svg>'
    )


def _span(begin_s: float, end_s: float, horizon_s: float) -> str:
    x, width = WIDTH * begin_s / horizon_s, max(1.5, WIDTH * (end_s - begin_s) / horizon_s)
    return f'<rect x="{x:.1f}" width="{width:.1f}" height="{HEIGHT:g}" fill="url(#h)"/>'


def _curve(line: Line, spec: ChartSpec) -> str:
    """Its highest and lowest values column by column, from zero or, by equal factors, from its lowest."""
    x, y = np.asarray(line.x, np.float64), np.asarray(line.y, np.float64)
    if spec.y.kind is AxisKind.LOG:
        y = np.log(np.where(y > 0.0, y, np.nan))
    if spec.x.kind is AxisKind.LOG:
        x = np.log(np.where(x > 0.0, x, np.nan))
    known = np.isfinite(y) & np.isfinite(x)
    if not known.any():
        return ""
    low = float(y[known].min()) if spec.y.kind is AxisKind.LOG else min(0.0, float(y[known].min()))
    high = max(float(y[known].max()), low + 1e-9)
    begin, end = (0.0, 86_400.0) if spec.x.kind is AxisKind.DAY else (float(x[known].min()), float(x[known].max()))
    places = WIDTH * (x - begin) / max(end - begin, 1e-9)
    heights = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (y - low) / (high - low)
    points = _thinned(places[known], heights[known])
    return (
        f'<path d="M{" ".join(points)}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>'
    )


def _thinned(places: Array, heights: Array) -> list[str]:
    edges = np.searchsorted(places, np.linspace(0.0, WIDTH, COLUMNS + 1)[1:-1])
    points = []
    for begin, end in pairwise((0, *edges.tolist(), len(places))):
        if end > begin:
            part = heights[begin:end]
            for at in sorted({int(part.argmin()), int(part.argmax())}):
                points.append(f"{places[begin + at]:.1f} {part[at]:.1f}")
    return points


def _bars(stacked: list[Bars]) -> str:
    """The bars of each row, one after the other where they stand on each other; what is hatched is paler."""
    ends = [np.nan_to_num(bars.values) + (0.0 if bars.base is None else bars.base) for bars in stacked]
    most = max((float(end.max(initial=0.0)) for end in ends), default=0.0) or 1.0
    row_of = {name: n for n, name in enumerate(dict.fromkeys(name for bars in stacked for name in bars.rows))}
    step, scale = (HEIGHT - 2 * MARGIN) / max(1, len(row_of)), (WIDTH - 2 * MARGIN) / most
    return "".join(
        f'<rect x="{MARGIN + scale * (end - value):.1f}" y="{MARGIN + row_of[name] * step:.1f}" '
        f'width="{scale * value:.1f}" height="{max(1.0, step - 1.5):.1f}" fill="currentColor"'
        f"{PALE * (bars.hatch is not Hatch.NONE)}/>"
        for bars, stops in zip(stacked, ends, strict=True)
        for name, value, end in zip(bars.rows, np.nan_to_num(bars.values).tolist(), stops.tolist(), strict=True)
    )
