"""Several runs in one chart: each in a colour and a dash of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import (
    BUCKETS,
    FURTHER_HEIGHT,
    Drawing,
    Series,
    columns,
    duration_axis,
    figure,
    lines,
    over_the_day,
)
from lifecycle.charts.flow import LOAD_BUCKETS, MOST_INSIDE
from lifecycle.charts.time import FLOOR_S
from lifecycle.pipeline import Stage
from lifecycle.simulation import measures
from lifecycle.simulation.run import Run
from lifecycle.words import clock, duration, number

Runs = Mapping[str, Run]
NOTHING = "Nothing arrives in any of these runs"


def freshness_of(runs: Runs, end: Stage) -> Drawing:
    """Age of the newest data at one consumer over the day, a line for each run."""
    edges_s = np.linspace(0.0, 86_400.0, BUCKETS + 1)
    series = [Series(name, measures.freshness(run, end.id, edges_s)) for name, run in runs.items()]
    axis = duration_axis([np.maximum(each.now, FLOOR_S) for each in series])
    traces = lines(edges_s / 3600, series, words=duration, floor=FLOOR_S)
    drawing = over_the_day(traces, "age of newest data", height=FURTHER_HEIGHT, **axis)
    p95_s = {name: measures.percentiles(measures.ages(run, end.id), (95.0,))[0] for name, run in runs.items()}
    table = columns(pd.DataFrame({"time": [clock(s) for s in edges_s]}), series, "s")
    return Drawing(drawing, _best(p95_s, f"{end.label} gets the freshest data from", "p95 age"), table)


def latency_of(runs: Runs, end: Stage) -> Drawing:
    """Distribution of the time from birth to visible at one consumer, a line for each run."""
    samples = {name: np.maximum(measures.latency(run, end.id), FLOOR_S) for name, run in runs.items()}
    axis = duration_axis([sample for sample in samples.values() if len(sample)])
    low, high = axis["range"]
    bins = np.logspace(low, high, 61)
    series = [
        Series(name, 100 * np.histogram(sample, bins)[0] / max(1, len(sample))) for name, sample in samples.items()
    ]
    drawing = figure(
        lines(np.sqrt(bins[:-1] * bins[1:]), series, hover=".2f", unit=" %", step=True),
        height=FURTHER_HEIGHT,
        xaxis={"title": {"text": "from birth to visible"}, **axis},
        yaxis={"title": {"text": "share of events, %"}},
    )
    medians_s = {name: measures.percentiles(sample, (50.0,))[0] for name, sample in samples.items()}
    table = columns(pd.DataFrame({"from (s)": bins[:-1], "to (s)": bins[1:]}), series, "%")
    return Drawing(drawing, _best(medians_s, f"Events reach {end.label} soonest with", "median"), table)


def depth_of(runs: Runs, stage: Stage) -> Drawing:
    """The most events inside one stage in each five minutes of the day, a line for each run."""
    edges_s = np.linspace(0.0, 86_400.0, LOAD_BUCKETS + 1)
    series = [Series(name, measures.crest(run, stage.id, edges_s)) for name, run in runs.items()]
    traces = lines((edges_s[:-1] + edges_s[1:]) / 7200, series, hover=",.0f", bars=True)
    drawing = over_the_day(traces, MOST_INSIDE, height=FURTHER_HEIGHT, rangemode="tozero")
    most = {each.name: int(each.now.max(initial=0)) for each in series}
    name = max(most, key=most.__getitem__)
    finding = f"Most inside {stage.label}: {number(most[name])} events, with “{name}”" if most[name] else NOTHING
    table = columns(pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]}), series, "events")
    return Drawing(drawing, finding, table)


def _best(values_s: Mapping[str, float], words: str, what: str) -> str:
    there = {name: value_s for name, value_s in values_s.items() if not np.isnan(value_s)}
    if not there:
        return NOTHING
    name = min(there, key=there.__getitem__)
    return f"{words} “{name}”: {what} {duration(there[name])}"
