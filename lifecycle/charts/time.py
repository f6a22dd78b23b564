"""Charts of time: how old the data is, how long an event takes, and where that time goes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lifecycle.charts.drawing import BUCKETS, GHOST, STYLES, Array, Drawing, duration_axis, label, line, over_the_day
from lifecycle.pipeline import Pipeline, Stage
from lifecycle.simulation import measures
from lifecycle.simulation.run import Run
from lifecycle.words import clock, duration

# A hundredth of a second: what is fresher is drawn at the foot of the logarithmic axis.
FLOOR_S = 0.01
PERCENTS = (50, 95, 99)


def consumers(pipeline: Pipeline) -> tuple[Stage, ...]:
    """The stages at which somebody uses the data, in the order of the file; the first one speaks for the pipeline."""
    return tuple(stage for stage in pipeline.stages if stage.role == "consumer")


def freshness(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Age of the newest data at each consumer over the day."""
    edges_s = measures.edges(run, BUCKETS)
    hours = edges_s / 3600
    figure = over_the_day("age of the newest data")
    table = pd.DataFrame({"time": [clock(s) for s in edges_s]})
    drawn: list[Array] = []
    for index, stage in enumerate(consumers(pipeline)):
        for shown, pale in ((ghost, True), (run, False)):
            if shown is not None:
                age_s = measures.freshness(shown, stage.id, edges_s)
                drawn.append(np.maximum(age_s, FLOOR_S))
                words = np.array([duration(s) for s in age_s])
                line(figure, hours, drawn[-1], stage.label, index, ghost=pale, hover="%{text}", text=words)
                table[f"{stage.label}{', before' if pale else ''} (s)"] = age_s
    figure.update_yaxes(**duration_axis(drawn))
    return Drawing(figure, _freshness_finding(pipeline, run), table)


def _freshness_finding(pipeline: Pipeline, run: Run) -> str:
    ends = consumers(pipeline)
    if not ends:
        return "No stage of this pipeline uses the data"
    (p95_s,) = measures.percentiles(measures.ages(run, ends[0].id), (95.0,))
    if np.isnan(p95_s):
        return f"No data reaches {ends[0].label} on this day"
    return f"{ends[0].label}: data is at most {duration(p95_s)} old for 95 % of the day"


def latency(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Distribution of the time from an event's birth to its being visible, at each consumer."""
    ends = consumers(pipeline)
    samples = {
        (stage.id, pale): np.maximum(measures.latency(shown, stage.id), FLOOR_S)
        for stage in ends
        for shown, pale in ((ghost, True), (run, False))
        if shown is not None
    }
    drawn = [sample for sample in samples.values() if len(sample)]
    axis = duration_axis(drawn)
    low, high = axis["range"]
    bins = np.logspace(low, high, 61)
    middles = np.sqrt(bins[:-1] * bins[1:])
    figure = over_the_day("share of events, %")
    table = pd.DataFrame({"from (s)": bins[:-1], "to (s)": bins[1:]})
    for index, stage in enumerate(ends):
        for pale in (True, False):
            sample = samples.get((stage.id, pale))
            if sample is not None and len(sample):
                share = 100 * np.histogram(sample, bins)[0] / len(sample)
                line(figure, middles, share, stage.label, index, ghost=pale, hover="%{y:.2f} %", line_shape="hvh")
                table[f"{stage.label}{', before' if pale else ''} (%)"] = share
    figure.update_layout(meta=None)
    figure.update_xaxes(title="from birth to visible", **axis)
    finding = "No event arrives anywhere on this day"
    if ends and len(samples[ends[0].id, False]):
        finding = _mark_percentiles(figure, ends[0].label, samples[ends[0].id, False])
    return Drawing(figure, finding, table)


def _mark_percentiles(figure: go.Figure, name: str, sample: Array) -> str:
    values = np.percentile(sample, PERCENTS)
    for percent, value in zip(PERCENTS, values, strict=True):
        figure.add_vline(
            value,
            line={"dash": "dot", "width": 1},
            annotation={
                "text": f"p{percent} {duration(value)}",
                "textangle": -90,
                "yanchor": "top",
                "xanchor": "right",
            },
        )
    said = ", ".join(f"p{percent} {duration(value)}" for percent, value in zip(PERCENTS, values, strict=True))
    return f"From birth to {name}: {said}"


def time_split(pipeline: Pipeline, run: Run, ghost: Run | None) -> Drawing:
    """Mean waiting and working at each stage on the way to the first consumer; together they are the mean latency."""
    ends = consumers(pipeline)
    figure = go.Figure()
    if not ends:
        return Drawing(figure, "No stage of this pipeline uses the data", pd.DataFrame())
    labels = {stage.id: stage.label for stage in pipeline.stages}
    table = pd.DataFrame({"stage": list(labels.values())}, index=list(labels))
    for shown, pale in ((ghost, True), (run, False)):
        if shown is None:
            continue
        split = {station: (wait, work) for station, wait, work in measures.time_split(shown, ends[0].id)}
        for part, name in enumerate(("waiting", "working")):
            table[f"{name}{', before' if pale else ''} (s)"] = [split.get(stage, (0.0, 0.0))[part] for stage in labels]
    table = table[table.drop(columns="stage").sum(axis=1) > 0]
    _split_bars(figure, table)
    here_s = table["waiting (s)"] + table["working (s)"]
    total_s = float(here_s.sum())
    finding = "No event arrives anywhere on this day"
    if total_s > 0:
        worst, share = str(here_s.idxmax()), 100 * float(here_s.max()) / total_s
        finding = f"{share:.0f} % of the {duration(total_s)} to {ends[0].label} pass at {labels[worst]}"
    return Drawing(figure, finding, table)


def _split_bars(figure: go.Figure, table: pd.DataFrame) -> None:
    rows = [label(name) for name in table["stage"]]
    if "waiting, before (s)" in table:
        before_s = table["waiting, before (s)"] + table["working, before (s)"]
        figure.add_bar(
            x=before_s,
            y=rows,
            orientation="h",
            name="before",
            marker={"color": GHOST},
            offsetgroup="before",
            text=[duration(s) for s in before_s],
            textposition="none",
            hovertemplate="%{text}",
        )
    for index, (name, pattern) in enumerate((("waiting", ""), ("working", "/"))):
        values_s = table[f"{name} (s)"]
        figure.add_bar(
            x=values_s,
            y=rows,
            orientation="h",
            name=name,
            offsetgroup="now",
            marker={"color": STYLES[index][0], "pattern": {"shape": pattern}},
            base=table["waiting (s)"] if index else None,
            text=[duration(s) for s in values_s],
            textposition="none",
            hovertemplate="%{text}",
        )
    figure.update_layout(
        height=280,
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"},
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    longest_s = float(table.drop(columns="stage").to_numpy().max(initial=0.0))
    unit_s, unit = (3600, "hours") if longest_s > 7200 else (60, "minutes") if longest_s > 120 else (1, "seconds")
    ticks = np.linspace(0, max(longest_s, 1e-3) * 1.1, 5)
    figure.update_xaxes(title=f"mean {unit} an event", tickvals=ticks, ticktext=[f"{t / unit_s:.3g}" for t in ticks])
