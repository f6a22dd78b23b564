"""Charts of traffic: load, queues and losses, stage by stage over the day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lifecycle.charts import ghosts
from lifecycle.charts.drawing import FURTHER_HEIGHT, MAIN_HEIGHT, Series, columns, day_axis, lines, middles, upwards
from lifecycle.charts.spec import (
    COLOURS,
    AxisKind,
    Bars,
    Cells,
    ChartAxis,
    ChartSpec,
    Legend,
    OfRun,
    PointerFigures,
)
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.summary import first_consumer, wire
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.words import clock, number

# Five-minute buckets: what "peak load" means here and in the summary.
LOAD_BUCKETS = 288
# Lines that are drawn at first; the rest wait in the legend.
MOST_LINES = 4
# Rates that the heat map's colours are named by, and the least that has a colour of its own.
RATES_PER_S = (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)
LEAST_PER_S = 1e-3
# Share of the highest peak from which on another is as high, for the eye.
ALIKE = 0.98
MOST_INSIDE = "most at once"
TRUNK = (Role.INGESTION, Role.TRANSFORM, Role.WAREHOUSE)


def load(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """Events a second through the stages of the trunk; `load_by_stage` has them all."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    table = table_of({"from": [clock(s) for s in edges_s[:-1]]})
    trunk = [stage for stage in pipeline.stages if stage.role in TRUNK] or list(pipeline.stages)
    series = [
        Series(
            stage.label,
            measures.load(run, stage.id, edges_s),
            measures.load(ghost, stage.id, edges_s) if ghost else None,
        )
        for stage in trunk[:MOST_LINES]
    ]
    peaks = {curve.name: float(curve.now.max(initial=0.0)) for curve in series}
    names = list(peaks)
    table = columns(table, series, "1/s")
    highest = max(peaks.values(), default=0.0)
    # of peaks that nobody can tell apart the first along the way, which is the headline's
    name = next((label for label, peak in peaks.items() if peak >= ALIKE * highest), None)
    about: tuple[str, ...] = ()
    if name is None or not peaks[name]:
        finding = "Nothing moves on this day"
    else:
        finding = f"{name} peaks at {number(peaks[name])} events/s"
        busiest, on_the_wire = wire(run)
        wired = next(stage.label for stage in pipeline.stages if stage.id == busiest)
        if wired != name:  # the headline's figure is another stage's, and so both are named
            finding += f", {wired} on the wire at {number(on_the_wire)}"
        else:
            times = f"{peaks[name] / float(np.mean(table[f'{name} (1/s)'])):.1f}".removesuffix(".0")
            finding += f", {times} times its mean"
        about = tuple(dict.fromkeys((name, wired)))
    return ChartSpec(
        lines(middles(edges_s), series, hover=",.2f", unit="/s", filled=True),
        day_axis(),
        upwards("arrivals a second"),
        finding,
        table,
        MAIN_HEIGHT,
        before=ghosts.before(run, ghost),
        about=tuple(names.index(label) for label in about if label in names),
    )


def load_by_stage(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:  # noqa: ARG001 - a heat map has no ghost
    """Every stage's load as a heat map, a row each in the order of the file."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    rows = {stage.label: measures.load(run, stage.id, edges_s) for stage in pipeline.stages}
    table = table_of({"from": [clock(s) for s in edges_s[:-1]], **{f"{k} (1/s)": v for k, v in rows.items()}})
    heat = Cells(
        middles(edges_s),
        tuple(rows),
        np.maximum(np.array(list(rows.values())).reshape(len(rows), LOAD_BUCKETS), LEAST_PER_S),
        ChartAxis(AxisKind.LOG, "per s", ticks=tuple((per_s, number(per_s)) for per_s in RATES_PER_S)),
        hover=PointerFigures(",.2f", "/s"),
    )
    busiest = max(rows, key=lambda name: float(rows[name].max(initial=0.0)), default="nothing")
    finding = f"The busiest five minutes of the day are at {busiest}"
    return ChartSpec((heat,), day_axis(), ChartAxis(AxisKind.ROWS), finding, table, 72 + 22 * len(rows))


def depth(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """The most events that wait or are served at every stage in each five minutes of the day."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    queues = [stage for stage in pipeline.stages if ROLE_TYPES[stage.role].queues]
    depths = {stage: measures.crest(run, stage.id, edges_s) for stage in queues}
    most = {stage: int(inside.max(initial=0)) for stage, inside in depths.items()}
    deepest = sorted(queues, key=lambda stage: -most[stage])
    series = [
        Series(
            stage.label,
            depths[stage],
            measures.crest(ghost, stage.id, edges_s) if ghost and index < MOST_LINES else None,
        )
        for index, stage in enumerate(deepest)
    ]
    table = columns(table_of({"from": [clock(s) for s in edges_s[:-1]]}), series, "events")
    longest = bool(deepest) and most[deepest[0]]
    finding = (
        f"The longest queue is at {deepest[0].label}: {number(longest)} events"
        if longest
        else "No queue forms anywhere"
    )
    return ChartSpec(
        lines(middles(edges_s), series, hover=",.0f", at_first=MOST_LINES),
        day_axis(),
        upwards(MOST_INSIDE),
        finding,
        table,
        FURTHER_HEIGHT,
        before=ghosts.before(run, ghost),
        about=(0,) if longest else (),
    )


def losses(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """Events that do not go on, by stage and reason; what is removed on purpose is counted apart in the finding."""
    labels = pipeline.labels
    lost = _lost(run, labels)
    before = _lost(ghost, labels) if ghost else {}
    keys = sorted({*lost, *before}, key=lambda key: (list(labels.values()).index(key[0]), key[1]))
    table = table_of(keys, columns=["stage", "reason"])
    table["events"] = [lost.get(key, 0) for key in keys]
    rows = tuple(f"{stage}: {reason}" for stage, reason in keys)
    bars: list[Bars] = []
    past = ghosts.before(run, ghost)
    if past:
        table["events, before"] = [before.get(key, 0) for key in keys]
        bars.append(Bars(past.name, rows, table["events, before"].to_numpy(), past.colour, len(bars), OfRun.BEFORE))
    bars.append(Bars("now", rows, table["events"].to_numpy(), COLOURS[1], len(bars)))
    ends = endings(run, first_consumer(run.network))  # as the headlines count them
    finding = f"{number(ends.lost)} events are lost" if ends.lost else "No event is lost"
    finding += f", {number(ends.removed)} removed on purpose" if ends.removed else ""
    finding += f", {number(ends.removed_again)} second copies left out" if ends.removed_again else ""
    height = 90 + 34 * max(len(keys), 1)
    legend = Legend.RIGHT if past else Legend.NONE
    return ChartSpec(
        tuple(bars), upwards("events"), ChartAxis(AxisKind.ROWS), finding, table, height, before=past, legend=legend
    )


def _lost(run: Run, labels: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Events lost by (stage's label, reason)."""
    return {
        (name, reason): events
        for stage, name in labels.items()
        for reason, events in measures.losses(run, stage).items()
    }
