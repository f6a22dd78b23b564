"""Charts of time: how old the data is, how long an event takes, and where that time goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lifecycle.charts.ages import age_of, curves, drawn_s, listed
from lifecycle.charts.drawing import (
    BEFORE,
    COLOURS,
    FLOOR_S,
    FURTHER_HEIGHT,
    Array,
    Drawing,
    Plain,
    Series,
    columns,
    duration_axis,
    figure,
    label,
    lines,
    over_the_day,
    round_ticks,
)
from lifecycle.charts.ghosts import called
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.summary import fresh_p95_s
from lifecycle.words import duration

PERCENTS = (50.0, 95.0, 99.0)
NOTHING_ARRIVES = "No event arrives anywhere on this day"


def consumers(pipeline: Pipeline) -> tuple[Stage, ...]:
    """The stages at which somebody uses the data, in the order of the file; the first one speaks for the pipeline."""
    return tuple(stage for stage in pipeline.stages if stage.role == Role.CONSUMER)


def freshness(pipeline: Pipeline, run: Run, ghost: Run | None, about: Stage | None = None) -> Drawing:
    """Age of the newest data at each consumer over the day; `about` one of them comes first, and is spoken of."""
    ends = sorted(consumers(pipeline), key=lambda stage: stage != about)
    ages = [age_of(stage.label, run, stage.id, ghost) for stage in ends]
    drawing = over_the_day(curves(ages, called(run, ghost)), "age of data", **duration_axis(drawn_s(ages)))
    return Drawing(drawing, _freshness_finding(pipeline, ends, run), listed(ages, "consumer"))


def _freshness_finding(pipeline: Pipeline, ends: Sequence[Stage], run: Run) -> str:
    if not ends:
        return "No stage of this pipeline uses the data"
    p95_s = fresh_p95_s(run, ends[0].id)
    if np.isnan(p95_s):
        return f"No data reaches {ends[0].label} on this day"
    steps = [stage.id for stage in pipeline.stages if stage.role == Role.TRANSFORM]
    if steps and run.scenario.size == Size.STREAM and run.scenario.transform == Size.BATCH:
        # the slowest step sets the age: a stream before a batch is as old as the batch
        every_s = run.figures[steps[0]]["interval_s"]
        return f"{ends[0].label}: p95 age {duration(p95_s)}; transformed every {duration(every_s)}"
    return f"{ends[0].label}: at most {duration(p95_s)} old for 95 % of the day"


def latency(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Distribution of the time from an event's birth to its being visible, at each consumer."""
    ends = consumers(pipeline)
    samples = {
        (stage.id, pale): np.maximum(measures.latency(shown, stage.id), FLOOR_S)
        for stage in ends
        for shown, pale in ((ghost, True), (run, False))
        if shown is not None
    }
    axis = duration_axis([sample for sample in samples.values() if len(sample)], FURTHER_HEIGHT)
    low, high = axis["range"]
    bins = np.logspace(low, high, 61)

    def shares(stage: Stage, pale: bool) -> Array | None:
        sample = samples.get((stage.id, pale))
        return None if sample is None or not len(sample) else 100 * np.histogram(sample, bins)[0] / len(sample)

    series = [
        Series(stage.label, now if now is not None else np.zeros(len(bins) - 1), shares(stage, True))
        for stage in ends
        if (now := shares(stage, False)) is not None or shares(stage, True) is not None
    ]
    middles_s, was = np.sqrt(bins[:-1] * bins[1:]), called(run, ghost)
    traces = lines(middles_s, series, hover=".2f", unit=" %", filled=True, step=True, before=was)
    table = columns(pd.DataFrame({"from (s)": bins[:-1], "to (s)": bins[1:]}), series, "%")
    finding, marks = NOTHING_ARRIVES, {}
    if ends and len(samples[ends[0].id, False]):
        values = measures.percentiles(samples[ends[0].id, False], PERCENTS)
        said = ", ".join(f"p{percent:g} {duration(s)}" for percent, s in zip(PERCENTS, values, strict=True))
        finding, marks = f"From birth to {ends[0].label}: {said}", _percentile_marks(values)
    drawing = figure(
        traces,
        height=FURTHER_HEIGHT,
        xaxis={"title": {"text": "from birth to visible"}, **axis},
        yaxis={"title": {"text": "share of events, %"}},
        **marks,
    )
    return Drawing(drawing, finding, table)


def _percentile_marks(values_s: tuple[float, ...]) -> Plain:
    """A dotted line at each percentile with its name; the finding has the values.

    The last name stands right of its line and the others left of theirs, a step lower each, so that none lies on
    another, however close the lines are.
    """
    dotted = {"dash": "dot", "width": 1}
    shapes = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": s, "x1": s, "y0": 0, "y1": 1, "line": dotted}
        for s in values_s
    ]
    notes = [
        {
            "x": float(np.log10(s)),  # on a logarithmic axis a note's place is the logarithm
            "y": 1 - 0.13 * n,
            "yref": "paper",
            "text": f"p{percent:g}",
            "showarrow": False,
            "xanchor": "left" if n + 1 == len(values_s) else "right",
        }
        for n, (percent, s) in enumerate(zip(PERCENTS, values_s, strict=True))
    ]
    return {"shapes": shapes, "annotations": notes}


def time_split(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Mean waiting and working at each stage on the way to the first consumer; together they are the mean latency."""
    ends = consumers(pipeline)
    if not ends:
        return Drawing(go.Figure(), "No stage of this pipeline uses the data", pd.DataFrame())
    labels = {stage.id: stage.label for stage in pipeline.stages}
    table = pd.DataFrame({"stage": list(labels.values())}, index=list(labels))
    for shown, pale in ((ghost, True), (run, False)):
        if shown is None:
            continue
        split = {station: (wait, work) for station, wait, work in measures.time_split(shown, ends[0].id)}
        for part, name in enumerate(("waiting", "working")):
            table[f"{name}{', before' if pale else ''} (s)"] = [split.get(stage, (0.0, 0.0))[part] for stage in labels]
    table = table[table.drop(columns="stage").sum(axis=1) > 0]
    here_s = table["waiting (s)"] + table["working (s)"]
    total_s = float(here_s.sum())
    finding = NOTHING_ARRIVES
    if total_s > 0:
        worst, share = str(here_s.idxmax()), 100 * float(here_s.max()) / total_s
        finding = f"{share:.0f} % of the {duration(total_s)} to {ends[0].label} pass at {labels[worst]}"
    return Drawing(_split_bars(table, called(run, ghost)), finding, table)


def _split_bars(table: pd.DataFrame, was: str) -> go.Figure:
    rows = [label(name) for name in table["stage"]]
    common = {"type": "bar", "orientation": "h", "y": rows, "textposition": "none", "hovertemplate": "%{text}"}
    bars: list[Plain] = []
    longest_s = float((table["waiting (s)"] + table["working (s)"]).max()) if len(table) else 0.0
    if "waiting, before (s)" in table:
        before_s = table["waiting, before (s)"] + table["working, before (s)"]
        longest_s = max(longest_s, float(before_s.max()) if len(table) else 0.0)
        words = [duration(s) for s in before_s]
        bars.append({**common, "x": before_s, "name": was, **BEFORE, "text": words})
        bars[-1]["offsetgroup"] = "before"
    for index, (name, pattern) in enumerate((("waiting", ""), ("working", "/"))):
        values_s = table[f"{name} (s)"]
        bars.append(
            {
                **common,
                "x": values_s,
                "name": name,
                "offsetgroup": "now",
                "base": table["waiting (s)"] if index else None,
                "marker": {"color": COLOURS[index], "pattern": {"shape": pattern}},
                "text": [duration(s) for s in values_s],
            }
        )
    return figure(
        bars,
        height=70 + 26 * max(len(rows), 3),
        xaxis={"title": {"text": "mean time of an event"}, **round_ticks(longest_s)},
        yaxis={"autorange": "reversed"},
        bargap=0.3,
    )
