"""Confidence beside the share that was right."""

from __future__ import annotations

import numpy as np

from lifecycle.charts.spec import (
    COLOURS,
    GREY,
    Along,
    AxisKind,
    ChartAxis,
    ChartSpec,
    Dash,
    ErrorBars,
    Line,
    PointerWords,
    Points,
)
from lifecycle.charts.tables import table_of
from lifecycle.learning.mastery.calibration import Calibration

HEIGHT = 300


def calibrated(calibration: Calibration) -> ChartSpec:
    """Each confidence with the share of its answers that was right; on the dotted line one knows what one knows."""
    sure = np.array([bucket.confidence for bucket in calibration.buckets], float)
    right, low, high = (
        100 * np.array([(bucket.right, bucket.low, bucket.high) for bucket in calibration.buckets]).reshape(-1, 3).T
    )
    ends = np.array([0.0, 100.0])
    ideal = Line("as sure as right", ends, ends, GREY, dash=Dash.DOT)
    words = [
        f"{bucket.confidence} % sure: {100 * bucket.right:.0f} % of {bucket.answers} right"
        for bucket in calibration.buckets
    ]
    points = Points(
        "your answers",
        sure,
        right,
        COLOURS[0],
        11,
        error_bars=ErrorBars(Along.Y, high - right, right - low),
        hover=PointerWords(np.array(words)),
    )
    table = table_of(
        {
            "confidence, %": [bucket.confidence for bucket in calibration.buckets],
            "answers": [bucket.answers for bucket in calibration.buckets],
            "right, %": right,
            "95 % interval from": low,
            "to": high,
        }
    )
    return ChartSpec(
        (ideal, points),
        ChartAxis(AxisKind.LINEAR, "how sure you were, %", (0.0, 102.0)),
        ChartAxis(AxisKind.LINEAR, "how often right, %", (-2.0, 104.0)),
        calibration.words,
        table,
        HEIGHT,
    )
