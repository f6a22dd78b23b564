"""Charts of many runs: a sweep with its service level, runs compared over seeds, and the bill of one day."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lifecycle.charts.drawing import DURATIONS_S, GHOST, STYLES, Drawing, Plain, figure, label
from lifecycle.pipeline import Pipeline
from lifecycle.simulation.compare import FIGURES, Comparison, Estimate
from lifecycle.simulation.costs import ITEMS, Bill
from lifecycle.simulation.figures import ROLES
from lifecycle.simulation.sweeps import Axis, Sweep, Value, boundary, cheapest
from lifecycle.words import duration, money, number

# What a sweep's map can show: the array's name, what it is called, the unit in the table.
SHOWN = {
    "fresh_p95_s": ("p95 freshness", "s"),
    "lost_share": ("share lost", "1"),
    "cost": ("cost of the day", ""),
    "peak_per_s": ("peak load", "1/s"),
}
SECONDS = ("fresh_p95_s", "latency_p95_s")


def sweep_map(pipeline: Pipeline, swept: Sweep, shown: str = "fresh_p95_s") -> Drawing:
    """A sweep as a heat map: the first knob from left to right, the second upwards, a cell a run.

    The line runs where the service level breaks, and a star marks the cheapest setting that keeps it. `shown` is one of
    `SHOWN`. A cell in which nothing was delivered has no freshness and is left empty. The table has a row for each run.
    """
    across, up = swept.axes[0], (*swept.axes, None)[1]
    heat = _heat(swept, shown)
    traces = [heat, *_line(swept), *_star(swept)]
    drawing = figure(
        traces,
        height=140 + 24 * (len(up.values) if up else 1),
        xaxis=_knob_axis(pipeline, across),
        yaxis=_knob_axis(pipeline, up) if up else {"visible": False, "rangemode": "normal"},
    )
    return Drawing(drawing, _finding(pipeline, swept), _runs_table(pipeline, swept))


def bill_bars(pipeline: Pipeline, now: Bill, before: Bill | None = None) -> Drawing:
    """What each stage costs in a day, its items one after the other, and what it cost before as a pale bar."""
    labels = {stage.id: stage.label for stage in pipeline.stages}
    rows = [(labels[each.station], each.item, each.quantity, each.unit, each.price, each.amount) for each in now.lines]
    heads = ["stage", "item", "quantity", "unit", f"price ({now.currency})", f"amount ({now.currency})"]
    table = pd.DataFrame(rows, columns=heads)
    stations = list(dict.fromkeys(each.station for each in now.lines))
    bars: list[Plain] = []
    if before is not None:
        was = {(each.station, each.item): each.amount for each in before.lines}
        sums = before.by_station()
        stations += [name for name in sums if name not in stations]
        table[f"amount, before ({before.currency})"] = [was.get((each.station, each.item), 0.0) for each in now.lines]
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [label(labels[name]) for name in stations],
                "x": [sums.get(name, 0.0) for name in stations],
                "name": "before",
                "marker": {"color": GHOST},
                "offsetgroup": "before",
            }
        )
    for index, item in enumerate(ITEMS):
        of_item = [each for each in now.lines if each.item == item]
        if not of_item:
            continue
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [label(labels[each.station]) for each in of_item],
                "x": [each.amount for each in of_item],
                "name": item,
                "marker": {
                    "color": STYLES[index % len(STYLES)][0],
                    "pattern": {"shape": ("", "/", ".", "x")[index % 4]},
                },
                "text": [f"{number(each.quantity)} {each.unit}" for each in of_item],
                "textposition": "none",
                "hovertemplate": f"{item}: %{{text}}, %{{x:.4g}} {now.currency}<extra></extra>",
                "offsetgroup": "now",
            }
        )
    drawing = figure(
        bars,
        height=90 + 30 * max(len(stations), 1),
        xaxis={"title": {"text": f"{now.currency} a day"}, "rangemode": "tozero"},
        yaxis={
            "autorange": "reversed",
            "categoryorder": "array",
            "categoryarray": [label(labels[s]) for s in stations],
        },
        barmode="stack",
    )
    return Drawing(drawing, _most_of(now, labels), table)


def comparison_table(compared: Comparison) -> pd.DataFrame:
    """A row for each run and figure: its mean over the seeds and the 95 % interval, in SI units and the currency."""
    rows = [
        (name, FIGURES[each], _unit(each, compared), found.mean, found.low, found.high)
        for name, row in compared.estimates.items()
        for each, found in row.items()
    ]
    return pd.DataFrame(rows, columns=["run", "figure", "unit", "mean", "95 % from", "95 % to"])


def differences_table(compared: Comparison) -> pd.DataFrame:
    """A row for each pair of runs and figure: the paired difference, its 95 % interval, and what that says."""
    rows = [
        (
            f"{each.second} − {each.first}",
            FIGURES[each.figure],
            _unit(each.figure, compared),
            each.estimate.mean,
            each.estimate.low,
            each.estimate.high,
            each.words.partition(": ")[2],
        )
        for each in compared.differences
    ]
    return pd.DataFrame(rows, columns=["difference", "figure", "unit", "mean", "95 % from", "95 % to", "in words"])


def comparison_in_words(compared: Comparison) -> pd.DataFrame:
    """The comparison for a page: a row for each figure, a column for each run, each as `mean (from to to)`."""
    rows = {
        FIGURES[name]: {run: _said(name, row[name], compared.currency) for run, row in compared.estimates.items()}
        for name in FIGURES
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("figure").reset_index()


def _heat(swept: Sweep, shown: str) -> Plain:
    if shown not in SHOWN:
        raise ValueError(f"a sweep does not show {shown!r}; choose {', '.join(SHOWN)}")
    cells = _flat(getattr(swept, shown))
    seconds = shown in SECONDS
    with np.errstate(divide="ignore", invalid="ignore"):
        colours = np.log10(np.maximum(cells, 1e-3)) if seconds else cells
    said = [[_cell(swept, i, j) for i in range(cells.shape[1])] for j in range(cells.shape[0])]
    bar: Plain = {"title": {"text": SHOWN[shown][0] if shown != "cost" else f"{swept.currency} a day"}}
    if seconds:
        bar |= {"tickvals": np.log10(DURATIONS_S), "ticktext": [duration(each) for each in DURATIONS_S]}
    return {
        "type": "heatmap",
        "z": colours,
        "text": said,
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": "Cividis",
        "colorbar": bar,
    }


def _flat(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cells as rows from below and columns from the left."""
    return values.T if values.ndim == 2 else values[np.newaxis, :]


def _cell(swept: Sweep, i: int, j: int) -> str:
    at = (i, j)[: len(swept.axes)]
    values = ", ".join(
        f"{label(axis.name)} {_value(axis, axis.values[n])}" for axis, n in zip(swept.axes, at, strict=True)
    )
    fresh = float(swept.fresh_p95_s[at])
    found = "nothing delivered" if np.isnan(fresh) else f"{duration(fresh)} old"
    kept = "keeps" if swept.meets[at] else "breaks"
    lost = f"{100 * float(swept.lost_share[at]):.3g} % lost"
    return f"{values}<br>{found}, {lost}, {money(float(swept.cost[at]), swept.currency)}<br>{kept} the level"


def _line(swept: Sweep) -> list[Plain]:
    edges = boundary(swept)
    if not edges:
        return []
    x = [value for (i, _), (k, _) in edges for value in (i, k, None)]
    y = [value for (_, j), (_, m) in edges for value in (j, m, None)]
    colour = {"color": STYLES[1][0], "width": 4}
    return [{"type": "scatter", "mode": "lines", "x": x, "y": y, "name": "the level breaks here", "line": colour}]


def _star(swept: Sweep) -> list[Plain]:
    best = cheapest(swept)
    if best is None:
        return []
    i, j = (*best.at, 0)[:2]
    marker = {"symbol": "star", "size": 16, "color": "#FFFFFF", "line": {"color": "#000000", "width": 1.5}}
    star = {"type": "scatter", "mode": "markers", "x": [i], "y": [j], "marker": marker, "hoverinfo": "skip"}
    return [star | {"name": "cheapest that keeps it"}]


def _knob_axis(pipeline: Pipeline, axis: Axis) -> Plain:
    every = max(1, len(axis.values) // 10)
    at = list(range(0, len(axis.values), every))
    return {
        "title": {"text": label(knob(pipeline, axis))},
        "tickvals": at,
        "ticktext": [_value(axis, axis.values[n]) for n in at],
        "range": [-0.5, len(axis.values) - 0.5],
        "rangemode": "normal",
        "zeroline": False,
        "showgrid": False,
    }


def knob(pipeline: Pipeline, axis: Axis) -> str:
    """A knob's name for people: `Transform: Schedule`, or a field's own name."""
    for stage in pipeline.stages:
        if stage.id == axis.station:
            named = {each.name: each.label for each in ROLES[stage.role]}
            return f"{stage.label}: {named.get(axis.figure, axis.figure)}"
    return axis.name.replace("_", " ")


def _value(axis: Axis, value: Value) -> str:
    if isinstance(value, str):
        return value
    return duration(value) if axis.figure.endswith("_s") and not axis.figure.endswith("per_s") else number(value)


def _finding(pipeline: Pipeline, swept: Sweep) -> str:
    asked = f"{duration(swept.level.fresh_p95_s)} old and {100 * swept.level.lost_share:.3g} % lost at most"
    kept, best = int(swept.meets.sum()), cheapest(swept)
    if best is None:
        return f"None of {swept.cost.size} settings keeps the level: {asked}"
    values = ", ".join(
        f"{knob(pipeline, axis)} {_value(axis, axis.values[n])}" for axis, n in zip(swept.axes, best.at, strict=True)
    )
    cost = money(float(swept.cost[best.at]), swept.currency)
    return f"{kept} of {swept.cost.size} settings keep the level ({asked}); the cheapest is {values}, at {cost} a day"


def _runs_table(pipeline: Pipeline, swept: Sweep) -> pd.DataFrame:
    rows = list(product(*(axis.values for axis in swept.axes)))
    table = pd.DataFrame(rows, columns=[knob(pipeline, axis) for axis in swept.axes])
    for name, (words, unit) in SHOWN.items():
        table[f"{words} ({unit or swept.currency})"] = getattr(swept, name).ravel()
    table["keeps the level"] = ["yes" if each else "no" for each in swept.meets.ravel()]
    return table


def _most_of(now: Bill, labels: dict[str, str]) -> str:
    sums = now.by_station()
    if not now.total:
        return "This day costs nothing"
    dearest = max(sums, key=sums.__getitem__)
    share = 100 * sums[dearest] / now.total
    return f"The day costs {money(now.total, now.currency)}; {share:.0f} % of it at {labels[dearest]}"


def _unit(name: str, compared: Comparison) -> str:
    if name == "cost":
        return compared.currency
    return "s" if name in SECONDS else "1/s" if name == "peak_per_s" else "events"


def _said(name: str, found: Estimate, currency: str) -> str:
    if np.isnan(found.mean):
        return "nothing delivered"

    def say(value: float) -> str:
        if name == "cost":
            return money(value, currency)
        return duration(max(value, 0.0)) if name in SECONDS else number(round(value, 2))

    return say(found.mean) if found.low == found.high else f"{say(found.mean)} ({say(found.low)} to {say(found.high)})"
