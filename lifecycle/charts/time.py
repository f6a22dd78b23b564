"""Charts of time: how old the data is, how long an event takes, and where that time goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts import ghosts
from lifecycle.charts.ages import age_of, curves, drawn_s, listed
from lifecycle.charts.drawing import (
    FLOOR_S,
    FURTHER_HEIGHT,
    MAIN_HEIGHT,
    SHARE_OF_EVENTS,
    Series,
    columns,
    day_axis,
    duration_axis,
    latency_bins,
    lines,
    round_ticks,
    upwards,
)
from lifecycle.charts.headlines import spanned
from lifecycle.charts.spec import (
    COLOURS,
    Along,
    Array,
    AxisKind,
    Bars,
    Before,
    ChartAxis,
    ChartSpec,
    Hatch,
    Mark,
    OfRun,
    PointerWords,
)
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.simulation.model.moving import in_force
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.summary import fresh_p95_s, since_midnight_p95_s
from lifecycle.words import duration

if TYPE_CHECKING:
    import pandas as pd

PERCENTS = (50.0, 95.0, 99.0)
NOTHING_ARRIVES = "No event arrives anywhere on this day"
NOBODY = "No stage of this pipeline uses the data"


def consumers(pipeline: Pipeline) -> tuple[Stage, ...]:
    """The stages at which somebody uses the data, in the order of the file; the first one speaks for the pipeline."""
    return tuple(stage for stage in pipeline.stages if stage.role == Role.CONSUMER)


def freshness(pipeline: Pipeline, run: Run, ghost: Run | None, about: Stage | None = None) -> ChartSpec:
    """Age of the newest data at each consumer over the day; `about` one of them comes first, and is spoken of."""
    ends = sorted(consumers(pipeline), key=lambda stage: stage != about)
    ages = [age_of(stage.label, run, stage.id, ghost) for stage in ends]
    return ChartSpec(
        curves(ages),
        day_axis(),
        duration_axis(drawn_s(ages), "age of data"),
        _freshness_finding(pipeline, ends, run),
        listed(ages, "consumer"),
        MAIN_HEIGHT,
        before=ghosts.before(run, ghost),
        about=(0,) if ends else (),
    )


def _freshness_finding(pipeline: Pipeline, ends: Sequence[Stage], run: Run) -> str:
    if not ends:
        return NOBODY
    p95_s = fresh_p95_s(run, ends[0].id)
    if np.isnan(p95_s):
        return f"No data reaches {ends[0].label} on this day"
    steps = [stage.id for stage in pipeline.stages if stage.role == Role.TRANSFORM]
    own_time = steps and not run.orchestrated_at(steps[0])
    streams = all(way.streams for way in in_force(run.network, run.scenario))
    if own_time and streams and run.scenario.transform == Size.BATCH:
        # the slowest step sets the age: a stream before a batch is as old as the batch
        every_s = run.figures[steps[0]]["interval_s"]
        return f"{ends[0].label}: p95 age {duration(p95_s)}; transformed every {duration(every_s)}"
    return f"{ends[0].label}: at most {duration(p95_s)} old for 95 % {span_of(run, ends[0])}"


def span_of(run: Run, end: Stage) -> str:
    """Of what 95 % are that the p95 age at a consumer is spoken of, in words."""
    return spanned(fresh_p95_s(run, end.id), since_midnight_p95_s(run, end.id))


def latency(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """Distribution of the time from an event's birth to its being visible, at each consumer."""
    ends = consumers(pipeline)
    samples = {
        (stage.id, pale): np.maximum(measures.latency(shown, stage.id), FLOOR_S)
        for stage in ends
        for shown, pale in ((ghost, True), (run, False))
        if shown is not None
    }
    axis, bins = latency_bins(list(samples.values()))

    def shares(stage: Stage, pale: bool) -> Array | None:
        sample = samples.get((stage.id, pale))
        return None if sample is None or not len(sample) else 100 * np.histogram(sample, bins)[0] / len(sample)

    series = [
        Series(stage.label, now if now is not None else np.zeros(len(bins) - 1), shares(stage, True))
        for stage in ends
        if (now := shares(stage, False)) is not None or shares(stage, True) is not None
    ]
    table = columns(table_of({"from (s)": bins[:-1], "to (s)": bins[1:]}), series, "%")
    finding, marks = NOTHING_ARRIVES, tuple[Mark, ...]()
    if ends and len(samples[ends[0].id, False]):
        values = measures.percentiles(samples[ends[0].id, False], PERCENTS)
        percentiles = ", ".join(f"p{percent:g} {duration(s)}" for percent, s in zip(PERCENTS, values, strict=True))
        finding, marks = f"From birth to {ends[0].label}: {percentiles}", _percentile_marks(values)
    return ChartSpec(
        lines(np.sqrt(bins[:-1] * bins[1:]), series, hover=".2f", unit=" %", filled=True),
        axis,
        upwards(SHARE_OF_EVENTS),
        finding,
        table,
        FURTHER_HEIGHT,
        marks,
        before=ghosts.before(run, ghost),
        about=(0,) if marks else (),
    )


def _percentile_marks(values_s: Sequence[float]) -> tuple[Mark, ...]:
    """A dotted line at each percentile with its name; the finding has the values."""
    return tuple(Mark(s, Along.X, f"p{percent:g}") for percent, s in zip(PERCENTS, values_s, strict=True))


def time_split(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """Mean waiting and working at each stage on the way to the first consumer; together they are the mean latency."""
    ends = consumers(pipeline)
    if not ends:
        empty = table_of({"stage": [], "waiting (s)": [], "working (s)": []})
        return replace(_split_chart(empty, None, NOBODY), table=table_of())
    labels = pipeline.labels
    table = table_of({"stage": list(labels.values())}, index=list(labels))
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
        finding = f"{share:.0f} % of the {duration(total_s)} to {ends[0].label} are spent at {labels[worst]}"
    return _split_chart(table, ghosts.before(run, ghost), finding)


def _split_chart(table: pd.DataFrame, before: Before | None, finding: str) -> ChartSpec:
    """The table as bars: what waits and, behind it in the same lane, what works; above both what was before."""
    rows = tuple(table["stage"])
    bars: list[Bars] = []
    if before is not None:
        before_s = (table["waiting, before (s)"] + table["working, before (s)"]).to_numpy()
        bars.append(Bars(before.name, rows, before_s, before.colour, of_run=OfRun.BEFORE, hover=_durations(before_s)))
    wait_s, work_s = (table[f"{name} (s)"].to_numpy() for name in ("waiting", "working"))
    lane = len(bars)
    bars += [
        Bars("waiting", rows, wait_s, COLOURS[0], lane, hover=_durations(wait_s)),
        Bars("working", rows, work_s, COLOURS[1], lane, hatch=Hatch.SLANTED, base=wait_s, hover=_durations(work_s)),
    ]
    longest_s = max(float((bar.values + (0 if bar.base is None else bar.base)).max(initial=0.0)) for bar in bars)
    return ChartSpec(
        tuple(bars),
        ChartAxis(AxisKind.LINEAR, "mean time of an event", ticks=round_ticks(longest_s)),
        ChartAxis(AxisKind.ROWS),
        finding,
        table,
        70 + 26 * max(len(rows), 3),
        before=before,
    )


def _durations(values_s: Array) -> PointerWords:
    return PointerWords(np.array([duration(s) for s in values_s], str))
