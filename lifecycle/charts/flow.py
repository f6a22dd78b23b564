"""Charts of traffic: load, queues and losses, stage by stage over the day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import (
    BEFORE,
    COLOURS,
    DAY_MARGIN,
    FURTHER_HEIGHT,
    Drawing,
    Plain,
    Series,
    columns,
    figure,
    label,
    lines,
    middles,
    over_the_day,
)
from lifecycle.charts.ghosts import called
from lifecycle.course.pipeline import Pipeline
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.summary import wire
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.words import clock, number

# Five-minute buckets: what "peak load" means here and in the summary.
LOAD_BUCKETS = 288
# Lines that are drawn at first; the rest wait in the legend.
MOST_LINES = 4
# Powers of ten that the heat map's colours are named by.
LOGS = (-2, -1, 0, 1, 2, 3)
# Share of the highest peak from which on another is as high, for the eye.
ALIKE = 0.98
MOST_INSIDE = "most inside at once"
TRUNK = (Role.INGESTION, Role.TRANSFORM, Role.WAREHOUSE)


def load(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Events a second through the stages of the trunk; `load_by_stage` has them all."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    trunk = [stage for stage in pipeline.stages if stage.role in TRUNK] or list(pipeline.stages)
    series = [
        Series(
            stage.label,
            measures.load(run, stage.id, edges_s),
            measures.load(ghost, stage.id, edges_s) if ghost else None,
        )
        for stage in trunk[:MOST_LINES]
    ]
    peaks = {each.name: float(each.now.max(initial=0.0)) for each in series}
    table = columns(table, series, "1/s")
    traces = lines(middles(edges_s), series, hover=",.2f", unit="/s", filled=True, step=True, before=called(run, ghost))
    drawing = over_the_day(traces, "arrivals a second")
    highest = max(peaks.values(), default=0.0)
    # of peaks that nobody can tell apart the first along the way, which is the headline's
    name = next((each for each, peak in peaks.items() if peak >= ALIKE * highest), None)
    if name is None or not peaks[name]:
        return Drawing(drawing, "Nothing moves on this day", table)
    told = f"{name} peaks at {number(peaks[name])} events/s"
    busiest, on_the_wire = wire(run)
    labels = {stage.id: stage.label for stage in pipeline.stages}
    if labels[busiest] != name:  # the headline's figure is another stage's, and so both are named
        return Drawing(drawing, f"{told}, {labels[busiest]} on the wire at {number(on_the_wire)}", table)
    times = f"{peaks[name] / float(np.mean(table[f'{name} (1/s)'])):.1f}".removesuffix(".0")
    return Drawing(drawing, f"{told}, {times} times its mean", table)


def load_by_stage(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:  # noqa: ARG001 - a heat map has no ghost
    """Every stage's load as a heat map, a row each in the order of the file."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    rows = {stage.label: measures.load(run, stage.id, edges_s) for stage in pipeline.stages}
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]], **{f"{k} (1/s)": v for k, v in rows.items()}})
    scale = {"title": {"text": "per s"}, "tickvals": LOGS, "ticktext": [number(10.0**power) for power in LOGS]}
    heat = {
        "type": "heatmap",
        "x": middles(edges_s),
        "y": [label(name) for name in rows],
        "z": [np.log10(np.maximum(values, 1e-3)) for values in rows.values()],
        "customdata": list(rows.values()),
        "hovertemplate": "%{customdata:,.2f}/s",
        "colorscale": "Cividis",
        "colorbar": scale,
    }
    drawing = over_the_day([heat], "", height=72 + 22 * len(rows), autorange="reversed", automargin=True)
    # the names take the room that they need, and so must the hours beneath, which fixed margins would cut
    drawing.update_layout(margin={**DAY_MARGIN, "t": 8, "b": 34})
    busiest = max(rows, key=lambda name: float(rows[name].max(initial=0.0)), default="nothing")
    return Drawing(drawing, f"The busiest five minutes of the day are at {busiest}", table)


def depth(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
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
    table = columns(pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]}), series, "events")
    traces = lines(middles(edges_s), series, hover=",.0f", step=True, at_first=MOST_LINES, before=called(run, ghost))
    drawing = over_the_day(traces, MOST_INSIDE, height=FURTHER_HEIGHT)
    if not deepest or not most[deepest[0]]:
        return Drawing(drawing, "No queue forms anywhere", table)
    return Drawing(drawing, f"The longest queue is at {deepest[0].label}: {number(most[deepest[0]])} events", table)


def losses(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Events that do not go on, by stage and reason; what is removed on purpose is counted apart in the finding."""
    labels = {stage.id: stage.label for stage in pipeline.stages}
    lost = _lost(run, labels)
    before = _lost(ghost, labels) if ghost else {}
    keys = sorted({*lost, *before}, key=lambda key: (list(labels.values()).index(key[0]), key[1]))
    table = pd.DataFrame(keys, columns=["stage", "reason"])
    table["events"] = [lost.get(key, 0) for key in keys]
    bar = {"type": "bar", "orientation": "h", "y": [f"{label(stage)}: {reason}" for stage, reason in keys]}
    bars: list[Plain] = []
    if ghost:
        table["events, before"] = [before.get(key, 0) for key in keys]
        bars.append({**bar, "x": table["events, before"], "name": called(run, ghost), **BEFORE})
    bars.append({**bar, "x": table["events"], "name": "now", "marker": {"color": COLOURS[1]}})
    drawing = figure(
        bars,
        height=90 + 34 * max(len(keys), 1),
        xaxis={"title": {"text": "events"}, "rangemode": "tozero"},
        yaxis={"autorange": "reversed"},
    )
    removed = sum(events for (_, reason), events in lost.items() if reason in measures.REMOVED)
    total = sum(lost.values()) - removed
    finding = f"{number(total)} events are lost" if total else "No event is lost"
    finding += f", {number(removed)} removed on purpose" if removed else ""
    return Drawing(drawing, finding, table)


def _lost(run: Run, labels: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Events lost by (stage's label, reason)."""
    return {
        (name, reason): events
        for stage, name in labels.items()
        for reason, events in measures.losses(run, stage).items()
    }
