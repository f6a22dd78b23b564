"""Charts of the page "Why believe it": a law with the simulation's points on it, and all laws in standard errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lifecycle.charts.drawing import upwards
from lifecycle.charts.spec import (
    COLOURS,
    Along,
    AxisKind,
    ChartAxis,
    ChartSpec,
    ErrorBars,
    Legend,
    Line,
    Mark,
    PointerWords,
    Points,
    Symbol,
)
from lifecycle.charts.tables import table_of
from lifecycle.simulation.trials import Curve, CurvePoint, Judgement, line

LAW_HEIGHT = 380
ROW_HEIGHT = 24


def law(curve: Curve, points: Sequence[CurvePoint]) -> ChartSpec:
    """The law as a line over utilisation, the simulation's means on it with their 95 % intervals."""
    loads, values = line(curve)
    theory, simulated = COLOURS[:2]
    inside = [point for point in points if point.estimate.covers(point.theory)]
    outside = [point for point in points if not point.estimate.covers(point.theory)]
    drawn = (
        Line("theory", loads, values, theory),
        _points(inside, "simulated, interval holds the theory", Symbol.DOT, simulated),
        _points(outside, "simulated, interval misses it", Symbol.CROSS, simulated),
    )
    table = table_of(
        {
            "utilisation": [point.load for point in points],
            f"theory ({curve.unit})": [point.theory for point in points],
            f"simulated ({curve.unit})": [point.estimate.mean for point in points],
            "from": [point.estimate.low for point in points],
            "to": [point.estimate.high for point in points],
            "standard errors apart": [point.estimate.z(point.theory) for point in points],
        }
    )
    return ChartSpec(
        tuple(series for series in drawn if len(series.x)),
        ChartAxis(AxisKind.SHARE, "utilisation", ticks_about=8),
        upwards(curve.unit),
        f"{len(inside)} of {len(points)} intervals hold the theory",
        table,
        LAW_HEIGHT,
        legend=Legend.LEFT,
    )


def _points(points: Sequence[CurvePoint], name: str, symbol: Symbol, colour: str) -> Points:
    return Points(
        name,
        np.array([point.load for point in points]),
        np.array([point.estimate.mean for point in points]),
        colour,
        8,
        symbol,
        error_bars=ErrorBars(
            Along.Y, np.array([point.estimate.high - point.estimate.mean for point in points]), thickness=1.5, ends=5
        ),
        hover=PointerWords(np.array([_point_in_words(point) for point in points])),
    )


def _point_in_words(point: CurvePoint) -> str:
    mean, low, high, theory = (
        _to_four_digits(value) for value in (point.estimate.mean, point.estimate.low, point.estimate.high, point.theory)
    )
    return f"utilisation {point.load:.0%}\nsimulated {mean}, from {low} to {high}\ntheory {theory}"


def _to_four_digits(value: float) -> str:
    exponent = int(f"{value:.3e}".partition("e")[2])
    return f"{value:.{max(0, 3 - exponent)}f}"


def distances(judgements: Sequence[Judgement]) -> ChartSpec:
    """How far each law's 95 % interval lies from theory, in standard errors: it should lie across zero."""
    shown = [judgement for judgement in judgements if judgement.trial.exact is None]
    spread = [(judgement.estimate.high - judgement.estimate.mean) / judgement.estimate.error for judgement in shown]
    theory, simulated = COLOURS[:2]
    missed = [judgement for judgement in shown if not judgement.estimate.covers(judgement.trial.theory)]
    names = [judgement.trial.name for judgement in shown]
    points = Points(
        "simulated",
        np.array([judgement.z for judgement in shown]),
        tuple(names),
        simulated,
        8,
        tuple(Symbol.CROSS if judgement in missed else Symbol.DOT for judgement in shown),
        error_bars=ErrorBars(Along.X, np.array(spread), thickness=1.5),
        hover=PointerWords(
            np.array([f"{judgement.trial.name}: {judgement.z:.2f} standard errors from theory" for judgement in shown])
        ),
    )
    table = table_of(
        {
            "law": names,
            "standard errors apart": [judgement.z for judgement in shown],
            "interval": ["misses the theory" if judgement in missed else "holds the theory" for judgement in shown],
        }
    )
    held = len(shown) - len(missed)
    return ChartSpec(
        (points,),
        ChartAxis(AxisKind.LINEAR, "standard errors apart"),
        ChartAxis(AxisKind.ROWS),
        f"{held} of {len(shown)} intervals lie across the theory",
        table,
        80 + ROW_HEIGHT * len(shown),
        marks=(Mark(0.0, Along.X, colour=theory),),
        legend=Legend.NONE,
    )
