"""Confidence beside the share that was right."""

from __future__ import annotations

import pandas as pd

from lifecycle.charts.drawing import COLOURS, GHOST, Drawing, figure
from lifecycle.learning.mastery.calibration import Calibration


def calibrated(found: Calibration) -> Drawing:
    """Each confidence with the share of its answers that was right; on the dotted line one knows what one knows."""
    sure = [each.confidence for each in found.buckets]
    right = [100 * each.right for each in found.buckets]
    colour = COLOURS[0]
    points = {
        "type": "scatter",
        "mode": "markers",
        "name": "your answers",
        "x": sure,
        "y": right,
        "marker": {"size": 11, "color": colour},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [100 * (each.high - each.right) for each in found.buckets],
            "arrayminus": [100 * (each.right - each.low) for each in found.buckets],
            "color": colour,
        },
        "customdata": [each.answers for each in found.buckets],
        "hovertemplate": "%{x} % sure: %{y:.0f} % of %{customdata} right<extra></extra>",
    }
    ideal = {
        "type": "scatter",
        "mode": "lines",
        "name": "as sure as right",
        "x": [0, 100],
        "y": [0, 100],
        "line": {"color": GHOST, "dash": "dot"},
        "hoverinfo": "skip",
    }
    drawing = figure(
        [ideal, points],
        height=300,
        xaxis={"title": "how sure you were, %", "range": [0, 102]},
        yaxis={"title": "how often right, %", "range": [-2, 104]},
    )
    table = pd.DataFrame(
        {
            "confidence, %": sure,
            "answers": [each.answers for each in found.buckets],
            "right, %": right,
            "95 % interval from": [100 * each.low for each in found.buckets],
            "to": [100 * each.high for each in found.buckets],
        }
    )
    return Drawing(drawing, found.words, table)
