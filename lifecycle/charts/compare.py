"""Several runs in one chart: each in a colour and a width of its own, and the legend says which are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lifecycle.charts.ages import age_of, curves, drawn_s, envelope, listed
from lifecycle.charts.drawing import (
    FLOOR_S,
    FURTHER_HEIGHT,
    SHARE_OF_EVENTS,
    Series,
    columns,
    day_axis,
    duration_axis,
    latency_bins,
    lines,
    middles,
    upwards,
)
from lifecycle.charts.flow import LOAD_BUCKETS, MOST_INSIDE
from lifecycle.charts.spec import ChartSpec
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.summary import fresh_p95_s
from lifecycle.words import clock, duration, number

Runs = Mapping[str, Run]
NOTHING = "Nothing arrives in any of these runs"


def freshness_of(runs: Runs, end: Stage) -> ChartSpec:
    """Age of the newest data at one consumer over the day, a line for each run."""
    ages = [age_of(name, run, end.id, None) for name, run in runs.items()]
    spans = alike_named([Series(age.name, envelope(age.now)) for age in ages], FLOOR_S)
    named = [age._replace(name=span.name) for age, span in zip(ages, spans, strict=True)]
    y = duration_axis(drawn_s(ages), "age of data", FURTHER_HEIGHT)
    p95_s = {name: fresh_p95_s(run, end.id) for name, run in runs.items()}
    finding = _least(end.label, "gets {} data from", ("the freshest", "its", "equally fresh"), p95_s, "p95 age")
    return ChartSpec(curves(named), day_axis(), y, finding, listed(ages, "run"), FURTHER_HEIGHT)


def latency_of(runs: Runs, end: Stage) -> ChartSpec:
    """Distribution of the time from birth to visible at one consumer, a line for each run."""
    samples = {name: np.maximum(measures.latency(run, end.id), FLOOR_S) for name, run in runs.items()}
    x, bins = latency_bins(list(samples.values()))
    series = [
        Series(name, 100 * np.histogram(sample, bins)[0] / max(1, len(sample))) for name, sample in samples.items()
    ]
    medians_s = {name: measures.percentiles(sample, (50.0,))[0] for name, sample in samples.items()}
    table = columns(table_of({"from (s)": bins[:-1], "to (s)": bins[1:]}), series, "%")
    drawn = lines(np.sqrt(bins[:-1] * bins[1:]), alike_named(series), hover=".2f", unit=" %")
    finding = _least("Events", f"reach {end.label} {{}}with", ("soonest ", "", "equally soon "), medians_s, "median")
    return ChartSpec(drawn, x, upwards(SHARE_OF_EVENTS), finding, table, FURTHER_HEIGHT)


def depth_of(runs: Runs, stage: Stage) -> ChartSpec:
    """The most events inside one stage in each five minutes of the day, a line for each run."""
    edges_s = np.linspace(0.0, 86_400.0, LOAD_BUCKETS + 1)
    series = [Series(name, measures.crest(run, stage.id, edges_s)) for name, run in runs.items()]
    drawn = lines(middles(edges_s), alike_named(series), hover=",.0f")
    most = {curve.name: int(curve.now.max(initial=0)) for curve in series}
    highest = max(most.values(), default=0)
    alike = [name for name, events in most.items() if number(events) == number(highest)]
    finding = (
        f"Most waiting or in work at {stage.label}: {number(highest)} events, with {_all(alike, most)}"
        if highest
        else NOTHING
    )
    table = columns(table_of({"from": [clock(s) for s in edges_s[:-1]]}), series, "events")
    return ChartSpec(drawn, day_axis(), upwards(MOST_INSIDE), finding, table, FURTHER_HEIGHT)


def alike_named(series: Sequence[Series], floor: float | None = None) -> list[Series]:
    """The series with names that tell which curves lie on one another, for the legend.

    Two do where they are nowhere further apart than a hundredth of the axis, about the width of a line: a later one is
    called the same as the first, or close to it where it is not equal to the last digit. With a `floor` the axis is
    logarithmic and begins there.
    """
    heights = [np.log10(np.maximum(curve.now, floor)) if floor else np.asarray(curve.now, float) for curve in series]
    known = [height[~np.isnan(height)] for height in heights]
    every = np.concatenate(known) if known else np.empty(0)
    near = 0.01 * float(np.ptp(every)) if every.size else 0.0
    named: list[Series] = []
    for nth, curve in enumerate(series):
        first = next((n for n in range(nth) if _apart(heights[n], heights[nth]) <= near), None)
        if first is None:
            named.append(curve)
            continue
        how = "same as" if np.array_equal(series[first].now, curve.now, equal_nan=True) else "close to"
        named.append(curve._replace(name=f"{curve.name} ({how} {series[first].name})"))
    return named


def _apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The most that two curves are apart; infinite where one of them has nothing and the other has."""
    there = ~np.isnan(one)
    if not np.array_equal(there, ~np.isnan(other)):
        return np.inf
    return float(np.abs(one[there] - other[there]).max(initial=0.0))


def _least(who: str, does: str, how: tuple[str, str, str], values_s: Mapping[str, float], what: str) -> str:
    """Which run has the least, as it is shown: alone among runs, the only run, or several that cannot be told apart."""
    there = {name: duration(value_s) for name, value_s in values_s.items() if not np.isnan(value_s)}
    if not there:
        return NOTHING
    shown = there[min(there, key=values_s.__getitem__)]
    alike = [name for name, value in there.items() if value == shown]
    best, only, same = how
    word = only if len(values_s) == 1 else same if len(alike) == len(values_s) else best
    return f"{who} {does.format(word)} {_all(alike, values_s)}: {what} {shown}"


def _all(alike: Sequence[str], every: Mapping[str, object]) -> str:
    """These of all runs: the only one by its name, several as being alike."""
    if len(alike) == 1:
        return f"“{alike[0]}”"
    if len(alike) == len(every):
        return "both runs" if len(alike) == 2 else f"all {len(alike)} runs"
    return f"{', '.join(f'“{name}”' for name in alike[:-1])} and “{alike[-1]}” alike"
