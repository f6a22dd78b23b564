"""Charts of the page "Why believe it": a law with the simulation's points on it, and all laws in standard errors."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lifecycle.charts.drawing import COLOURS, Drawing, Plain, figure
from lifecycle.simulation.trials import Curve, CurvePoint, Judgement, line

LAW_HEIGHT = 380
ROW_HEIGHT = 24


def law(curve: Curve, points: Sequence[CurvePoint]) -> Drawing:
    """The law as a line over utilisation, the simulation's means on it with their 95 % intervals."""
    loads, values = line(curve)
    theory, simulated = COLOURS[:2]
    inside = [point for point in points if point.estimate.covers(point.theory)]
    outside = [point for point in points if not point.estimate.covers(point.theory)]
    traces: list[Plain] = [
        {
            "type": "scatter", "mode": "lines", "x": loads, "y": values, "name": "theory",
            "line": {"color": theory, "width": 2}, "hoverinfo": "skip",
        },
        _marks(inside, "simulated, interval holds the theory", "circle", simulated),
        _marks(outside, "simulated, interval misses it", "x", simulated),
    ]  # fmt: skip
    drawing = figure(
        [trace for trace in traces if len(trace["x"])],
        height=LAW_HEIGHT,
        xaxis={
            "title": {"text": "utilisation"},
            "nticks": 8,
            "tickformat": ".0%",
        },
        yaxis={"title": {"text": curve.unit}},
        margin={"l": 8, "r": 8, "t": 48, "b": 2},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"},
    )
    table = pd.DataFrame(
        {
            "utilisation": [point.load for point in points],
            f"theory ({curve.unit})": [point.theory for point in points],
            f"simulated ({curve.unit})": [point.estimate.mean for point in points],
            "from": [point.estimate.low for point in points],
            "to": [point.estimate.high for point in points],
            "standard errors apart": [point.estimate.z(point.theory) for point in points],
        }
    )
    return Drawing(drawing, f"{len(inside)} of {len(points)} intervals hold the theory", table)


def _marks(points: Sequence[CurvePoint], name: str, symbol: str, colour: str) -> Plain:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [point.load for point in points],
        "y": [point.estimate.mean for point in points],
        "error_y": {
            "type": "data",
            "symmetric": True,
            "array": [point.estimate.high - point.estimate.mean for point in points],
            "thickness": 1.5,
            "width": 5,
        },
        "marker": {"color": colour, "symbol": symbol, "size": 8},
        "cliponaxis": False,
        "customdata": [[point.theory, point.estimate.low, point.estimate.high] for point in points],
        "hovertemplate": "utilisation %{x:.0%}<br>simulated %{y:.4g}, from %{customdata[1]:.4g} to "
        "%{customdata[2]:.4g}<br>theory %{customdata[0]:.4g}<extra></extra>",
    }


def distances(judgements: Sequence[Judgement]) -> Drawing:
    """How far each law's 95 % interval lies from theory, in standard errors: it should lie across zero."""
    shown = [each for each in judgements if each.trial.exact is None]
    spread = [(each.estimate.high - each.estimate.mean) / each.estimate.error for each in shown]
    theory, simulated = COLOURS[:2]
    missed = [each for each in shown if not each.estimate.covers(each.trial.theory)]
    names = [each.trial.name for each in shown]
    traces: list[Plain] = [
        {
            "type": "scatter", "mode": "markers", "x": [each.z for each in shown], "y": names, "name": "simulated",
            "marker": {
                "color": simulated, "size": 8, "symbol": ["x" if each in missed else "circle" for each in shown],
            },
            "error_x": {"type": "data", "array": spread, "thickness": 1.5, "width": 4},
            "hovertemplate": "%{y}: %{x:.2f} standard errors from theory<extra></extra>",
        },
    ]  # fmt: skip
    drawing = figure(
        traces,
        height=80 + ROW_HEIGHT * len(shown),
        xaxis={"title": {"text": "standard errors apart"}, "zeroline": False},
        yaxis={"autorange": "reversed", "rangemode": "normal"},
        showlegend=False,
        shapes=[
            {
                "type": "line",
                "xref": "x",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": theory, "width": 2},
            }
        ],
    )
    table = pd.DataFrame(
        {
            "law": names,
            "standard errors apart": [each.z for each in shown],
            "interval": ["misses the theory" if each in missed else "holds the theory" for each in shown],
        }
    )
    held = len(shown) - len(missed)
    return Drawing(drawing, f"{held} of {len(shown)} intervals lie across the theory", table)
