"""Durations that were observed beside those that the log-normal fitted to them expects: a QQ plot."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from lifecycle.charts.spec import (
    COLOURS,
    GREY,
    AxisKind,
    ChartAxis,
    ChartSpec,
    Dash,
    Line,
    PointerWords,
    Points,
)
from lifecycle.charts.tables import table_of
from lifecycle.words import decimal, number, percent, plural

HEIGHT = 240
NEAR = 0.1
"""Up to this share off, what was observed is said to follow the fit."""


def quantiles(observed_s: Sequence[float], median_s: float, spread: float) -> ChartSpec:
    """Each run's duration (y), from the shortest to the longest, beside what the fit expects at its place (x).

    The fit is a log-normal with this median, whose logs deviate by the log of `spread`. On the dotted line both are
    the same.
    """
    lasted_s = np.sort(np.asarray(observed_s, dtype=np.float64))
    places = (np.arange(lasted_s.size) + 0.5) / lasted_s.size
    expected_s = median_s * spread ** np.array([NormalDist().inv_cdf(place) for place in places])
    low, high = float(min(lasted_s[0], expected_s[0])) / 1.05, float(max(lasted_s[-1], expected_s[-1])) * 1.05
    ends = np.array([low, high])
    words = [
        f"{_seconds(lasted)} observed, {_seconds(expected)} expected"
        for lasted, expected in zip(lasted_s, expected_s, strict=True)
    ]
    points = Points("runs", expected_s, lasted_s, COLOURS[0], 8, hover=PointerWords(np.array(words)))
    ticks = tuple((at_s, _seconds(at_s)) for at_s in (float(lasted_s[0]), median_s, float(lasted_s[-1])))
    return ChartSpec(
        (Line("observed as expected", ends, ends, GREY, dash=Dash.DOT), points),
        ChartAxis(AxisKind.LOG, "expected of a log-normal", (low, high), ticks),
        ChartAxis(AxisKind.LOG, "observed", (low, high), ticks),
        _finding(lasted_s.size, float(np.max(np.abs(lasted_s / expected_s - 1.0)))),
        table_of({"expected, s": expected_s, "observed, s": lasted_s}),
        HEIGHT,
    )


def _finding(runs: int, off: float) -> str:
    what = "follow" if off <= NEAR else "do not quite follow" if off < 1.0 else "do not follow"
    far = f"{percent(off)} off" if off < 1.0 else f"{number(off + 1.0)} times what is expected"
    return f"{plural(runs, 'run')} {what} the log-normal that the day draws from: at most {far}"


def _seconds(lasted_s: float) -> str:
    return f"{decimal(lasted_s, 3)} s"
