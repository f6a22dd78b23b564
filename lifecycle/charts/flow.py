"""Charts of traffic: load, queues and losses, stage by stage over the day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lifecycle.charts.drawing import STYLES, Drawing, label, line, over_the_day
from lifecycle.pipeline import Pipeline
from lifecycle.simulation import measures
from lifecycle.simulation.run import Run
from lifecycle.words import clock, number

# Five-minute buckets: what "peak load" means here and in the summary.
LOAD_BUCKETS = 288
# Lines that are drawn at first; the rest wait in the legend.
MOST_LINES = 4
# What is inside these roles does not stand in a queue: a source gives birth, an archive waits for age on purpose.
NO_QUEUE = ("source", "archive")
TRUNK = ("ingestion", "transform", "warehouse")


def load(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Events a second through every stage; the stages on the trunk are drawn, the others a click in the legend away."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    middles_h = (edges_s[:-1] + edges_s[1:]) / 7200
    figure = over_the_day("events a second")
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    peaks: dict[str, float] = {}
    trunk = [stage for stage in pipeline.stages if stage.role in TRUNK] or list(pipeline.stages)[:MOST_LINES]
    for index, stage in enumerate(trunk[:MOST_LINES]):
        for shown, pale in ((ghost, True), (run, False)):
            if shown is not None:
                per_s = measures.load(shown, stage.id, edges_s)
                line(figure, middles_h, per_s, stage.label, index, ghost=pale, hover="%{y:,.2f}/s", line_shape="hvh")
                table[f"{stage.label}{', before' if pale else ''} (1/s)"] = per_s
                if not pale:
                    peaks[stage.label] = float(per_s.max(initial=0.0))
    name = max(peaks, key=peaks.__getitem__) if peaks else None
    if name is None or not peaks[name]:
        return Drawing(figure, "Nothing moves on this day", table)
    mean = float(np.mean(table[f"{name} (1/s)"]))
    return Drawing(
        figure, f"{name} peaks at {number(peaks[name])} events/s, {_times(peaks[name], mean)} its mean", table
    )


def _times(peak: float, mean: float) -> str:
    return f"{peak / mean:.1f}".removesuffix(".0") + " times"


def load_by_stage(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:  # noqa: ARG001 - a heat map has no ghost
    """Every stage's load as a heat map, a row each in the order of the file."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    rows = {stage.label: measures.load(run, stage.id, edges_s) for stage in pipeline.stages}
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]], **{f"{k} (1/s)": v for k, v in rows.items()}})
    figure = over_the_day("", height=60 + 22 * len(rows))
    figure.add_heatmap(
        x=(edges_s[:-1] + edges_s[1:]) / 7200,
        y=[label(name) for name in rows],
        z=[np.log10(np.maximum(values, 1e-3)) for values in rows.values()],
        customdata=list(rows.values()),
        hovertemplate="%{customdata:,.2f}/s",
        colorscale="Cividis",
        colorbar={
            "title": "per s",
            "tickvals": [-2, -1, 0, 1, 2, 3],
            "ticktext": ["0.01", "0.1", "1", "10", "100", "1 k"],
        },
    )
    figure.update_layout(showlegend=False)
    figure.update_yaxes(autorange="reversed")
    busiest = max(rows, key=lambda name: float(rows[name].max(initial=0.0)), default="nothing")
    return Drawing(figure, f"The busiest five minutes of the day are at {busiest}", table)


def depth(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Events waiting or being served at every stage over the day."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    queues = [stage for stage in pipeline.stages if stage.role not in NO_QUEUE]
    depths = {stage: measures.depth(run, stage.id, edges_s) for stage in queues}
    deepest = sorted(depths, key=lambda stage: -float(depths[stage].max(initial=0)))
    figure = over_the_day("events inside")
    table = pd.DataFrame({"time": [clock(s) for s in edges_s]})
    for index, stage in enumerate(deepest):
        first = index < MOST_LINES
        if ghost is not None and first:
            before = measures.depth(ghost, stage.id, edges_s)
            line(figure, edges_s / 3600, before, stage.label, index, ghost=True, hover="%{y:,.0f}")
            table[f"{stage.label}, before"] = before
        visible = True if first else "legendonly"
        line(figure, edges_s / 3600, depths[stage], stage.label, index, hover="%{y:,.0f}", visible=visible)
        table[stage.label] = depths[stage]
    if not deepest or not depths[deepest[0]].max(initial=0):
        return Drawing(figure, "No queue forms anywhere", table)
    most = float(depths[deepest[0]].max())
    return Drawing(figure, f"The longest queue is at {deepest[0].label}: {number(most)} events", table)


def losses(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Events lost at each stage, by reason; what a sanitising step removes on purpose is shown apart by its name."""
    labels = {stage.id: stage.label for stage in pipeline.stages}
    lost = _lost(run, labels)
    before = _lost(ghost, labels) if ghost else {}
    keys = sorted({*lost, *before}, key=lambda key: (list(labels.values()).index(key[0]), key[1]))
    table = pd.DataFrame(keys, columns=["stage", "reason"])
    table["events"] = [lost.get(key, 0) for key in keys]
    if ghost:
        table["events, before"] = [before.get(key, 0) for key in keys]
    figure = go.Figure()
    rows = [f"{label(stage)}: {reason}" for stage, reason in keys]
    if ghost:
        figure.add_bar(x=table["events, before"], y=rows, orientation="h", name="before", marker={"color": "#aab2b8"})
    figure.add_bar(x=table["events"], y=rows, orientation="h", name="now", marker={"color": STYLES[1][0]})
    figure.update_layout(
        height=90 + 34 * max(len(rows), 1),
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
    )
    figure.update_xaxes(title="events", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", automargin=True)
    removed = sum(events for (_, reason), events in lost.items() if reason in measures.REMOVED)
    total = sum(lost.values()) - removed
    finding = f"{number(total)} events are lost" if total else "No event is lost"
    finding += f", {number(removed)} removed on purpose" if removed else ""
    return Drawing(figure, finding, table)


def _lost(run: Run, labels: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Events lost by (stage's label, reason)."""
    return {
        (name, reason): events
        for stage, name in labels.items()
        for reason, events in measures.losses(run, stage).items()
    }
