"""Charts of those who ask, for the panel's Watch: queries at a warehouse, views of dashboards, reads of features."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts import ghosts
from lifecycle.charts.drawing import (
    FLOOR_S,
    Series,
    columns,
    day_axis,
    duration_axis,
    lines,
    middles,
    upwards,
)
from lifecycle.charts.spec import Along, Array, ChartSpec, Mark
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.frames import Counts
from lifecycle.words import clock, duration, number

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 200
# A quarter of an hour each: enough askers in one for a percentile.
QUARTERS = 96
# The place of the p95 among the lines of a chart of durations, after the mean.
P95 = 1

Reading = Callable[[Run, Array], Array | Counts]


def queries_response(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """How long queries at a warehouse take from asking to the answer, over the day."""

    def responses(shown: Run) -> tuple[Array, Array]:
        queries = serving.queries(shown, stage.id)
        return queries.asked_s, queries.response_s

    drawn = _durations(run, ghost, _typical(responses), "response", "from asking to answer")
    queries = serving.queries(run, stage.id)
    if not queries.asked_s.size:
        return replace(drawn, finding="Nobody queries this warehouse on this day")
    (p95_s,) = measures.percentiles(np.sort(queries.response_s), (95.0,))
    waits = percent(queries.wait_s > FLOOR_S)
    slots = number(run.figures[stage.id]["slots"])
    answered = f"{number(queries.asked_s.size)} queries, 95 % answered within {duration(p95_s)}"
    return replace(drawn, finding=f"{answered}; {waits} wait for one of {slots} slots")


def dashboards_response(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """How long viewers of a dashboard wait, or would if they stayed, over the day."""

    def waited(shown: Run) -> tuple[Array, Array]:
        views = serving.views(shown, stage.id)
        return views.viewed_s, views.response_s

    drawn = _durations(run, ghost, _typical(waited), "response", "from looking to answer")
    views = serving.views(run, stage.id)
    if not views.viewed_s.size:
        return replace(drawn, finding=_NOBODY)
    (p95_s,) = measures.percentiles(np.sort(views.response_s), (95.0,))
    answered = f"{number(views.viewed_s.size)} {answers_said(p95_s, views.leaves)}"
    return replace(drawn, finding=f"{answered}; {percent(views.asks)} ask the warehouse")


def answers_said(p95_s: float, leaves: Mask) -> str:
    """Views and their answers in words: an answer comes for who has left, too, so it is no answered viewer."""
    come = "at once" if p95_s == 0.0 else f"within {duration(p95_s)}"
    return f"views; 95 % of the answers come {come}" + (
        f", {percent(~leaves)} before the viewer leaves" if leaves.any() else ""
    )


def given_up(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """Share of the viewers who leave before they see anything, over the day."""

    def left(shown: Run, edges_s: Array) -> Array:
        views = serving.views(shown, stage.id)
        return 100 * _by_bucket(np.mean, views.viewed_s, views.leaves.astype(np.float64), edges_s)

    series = _both("given up", left, run, ghost)
    edges_s = measures.edges(run, QUARTERS)
    drawn = ChartSpec(
        lines(middles(edges_s), [series], hover=",.0f", unit=" %", filled=True, first_style=1),
        day_axis(),
        upwards("viewers who leave, %", (0.0, 100.0)),
        _NOBODY,
        columns(_quarters(edges_s), [series], "%"),
        HEIGHT,
        before=ghosts.before(run, ghost),
    )
    views = serving.views(run, stage.id)
    patience = duration(views.patience_s)
    if not views.viewed_s.size:
        return drawn
    if not views.leaves.any():
        return replace(drawn, finding=f"Nobody waits longer than {patience}")
    worst = int(
        measures.per_bucket(views.viewed_s[views.leaves], edges_s).argmax()
    )  # not the share: one of two at night
    when = f"{clock(edges_s[worst])} to {clock(edges_s[worst + 1])}"
    leaving = f"{percent(views.leaves)} of the viewers leave after {patience}"
    return replace(drawn, finding=f"{leaving}; the largest number from {when}, when {series.now[worst]:.0f} % leave")


def age_seen(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """How old the newest data is that viewers see, over the day: as it reached the result, and as it lay there."""

    def seen(shown: Run) -> tuple[Array, Array]:
        views = serving.views(shown, stage.id)
        stayed = ~views.leaves & ~np.isnan(views.data_age_s)
        return views.viewed_s[stayed], views.data_age_s[stayed]

    drawn = _durations(run, ghost, _typical(seen), "age", "age of what is seen")
    views = serving.views(run, stage.id)
    p50_s, p95_s = measures.percentiles(np.sort(views.age_seen_s), (50.0, 95.0))
    if np.isnan(p95_s):
        return replace(drawn, finding="Nobody sees any data on this day" if views.viewed_s.size else _NOBODY)
    finding = f"Half of what viewers see is older than {duration(p50_s)}; p95 {duration(p95_s)}"
    return replace(drawn, finding=finding, about=(P95,))


def features_age(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """How old the newest event is when a model reads its features, over the day; the dotted line is too old."""

    def at_read(shown: Run) -> tuple[Array, Array]:
        reads = serving.reads(shown, stage.id)
        known = ~np.isnan(reads.age_s)
        return reads.read_s[known], reads.age_s[known]

    reads = serving.reads(run, stage.id)
    drawn = _durations(run, ghost, _typical(at_read), "age", "age of features", limit_s=reads.limit_s)
    if not reads.read_s.size:
        return replace(drawn, finding="No model reads features here on this day")
    if np.isnan(reads.too_old):
        return replace(drawn, finding="No read finds any features on this day")
    (p95_s,) = measures.percentiles(np.sort(at_read(run)[1]), (95.0,))
    old = f"{100 * reads.too_old:.0f} %" if reads.too_old else "none"
    recent = f"{number(reads.read_s.size)} reads, 95 % of features at most {duration(p95_s)} old"
    return replace(drawn, finding=f"{recent}; {old} older than {duration(reads.limit_s)}")


_NOBODY = "Nobody looks at a dashboard here on this day"


def _typical(read: Callable[[Run], tuple[Array, Array]]) -> dict[str, Reading]:
    """Mean and p95 of durations in each quarter of an hour; `read` gives sorted moments and the duration of each."""

    def by(reduce: Callable[[Array], float]) -> Reading:
        return lambda shown, edges_s: _by_bucket(reduce, *read(shown), edges_s)

    return {"mean": by(np.mean), "p95": by(lambda values: measures.percentiles(np.sort(values), (95.0,))[0])}


def _by_bucket(reduce: Callable[[Array], float], at_s: Array, values: Array, edges_s: Array) -> Array:
    """What `reduce` makes of the values in each bucket, NaN of none."""
    cuts = np.cumsum(measures.per_bucket(at_s, edges_s))[:-1]
    return np.array([float(reduce(part)) if part.size else np.nan for part in np.split(values, cuts)])


def _durations(
    run: Run, ghost: Run | None, readings: dict[str, Reading], what: str, axis: str, limit_s: float | None = None
) -> ChartSpec:
    """The readings as a chart that has no finding yet; at `limit_s` lies a dotted line."""
    edges_s = measures.edges(run, QUARTERS)
    series = [_both(name, read, run, ghost) for name, read in readings.items()]
    drawn_s = [np.maximum(values, FLOOR_S) for _, *both in series for values in both if values is not None]
    limits = () if limit_s is None else (limit_s,)
    named = [curve._replace(name=f"{curve.name} {what}") for curve in series]
    return ChartSpec(
        lines(middles(edges_s), series, words=duration, floor=FLOOR_S),
        day_axis(),
        duration_axis([*drawn_s, np.array(limits)], axis, HEIGHT),
        "",
        columns(_quarters(edges_s), named, "s"),
        HEIGHT,
        marks=tuple(Mark(limit, Along.Y) for limit in limits),
        before=ghosts.before(run, ghost),
    )


def _both(name: str, read: Reading, run: Run, ghost: Run | None) -> Series:
    edges_s = measures.edges(run, QUARTERS)
    return Series(name, read(run, edges_s), read(ghost, edges_s) if ghost else None)


def _quarters(edges_s: Array) -> pd.DataFrame:
    return table_of({"from": [clock(s) for s in edges_s[:-1]]})


def percent(which: Mask | Sequence[bool]) -> str:
    """The share of those that are true, in words."""
    share = 100 * float(np.mean(which))
    return f"{share:.1f} %" if 0 < share < 9.95 else f"{share:.0f} %"
