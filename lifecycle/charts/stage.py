"""Charts of one stage, for the panel's Watch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts import ghosts
from lifecycle.charts.drawing import Series, columns, day_axis, lines, middles, upwards
from lifecycle.charts.flow import LOAD_BUCKETS, MOST_INSIDE
from lifecycle.charts.spec import Array, ChartSpec
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.frames import Counts
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.words import clock, duration, number

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 200


def stage_flow(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """What arrives at the stage over the day, events a second: where it is down too, and refuses them."""

    def per_s(shown: Run, edges_s: Array) -> Array:
        return measures.load(shown, stage.id, edges_s)

    drawn = day_of(run, ghost, per_s, stage.label, "load", "1/s", "arrivals a second", ",.2f", "/s", style=0)
    load_per_s = drawn.table["load (1/s)"]
    peak = float(load_per_s.max())
    if not peak:
        return replace(drawn, finding="Nothing arrives here on this day")
    return replace(drawn, finding=f"At its peak {number(peak)} events arrive a second{_calm(load_per_s, peak)}")


def _calm(load_per_s: pd.Series[float], peak_per_s: float) -> str:
    """For which part of the day nothing passes, or else less than a tenth of the peak."""
    none, little = (100 * float(np.mean(load_per_s <= most)) for most in (0.0, peak_per_s / 10))
    if round(none):
        return f"; for {none:.0f} % of the day nothing arrives"
    return f"; for {little:.0f} % of the day it is less than a tenth of that" if round(little) else ""


def stage_waiting(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """The most events that wait or are worked on in the stage in each five minutes of the day, beside what it keeps."""

    def inside(shown: Run, edges_s: Array) -> Counts:
        return measures.crest(shown, stage.id, edges_s)

    drawn = day_of(run, ghost, inside, stage.label, "inside", "events", MOST_INSIDE, ",.0f")
    most = int(drawn.table["inside (events)"].max())
    at_once = f"At most {number(most)} {'event' if most == 1 else 'events'} waiting or in work"
    stored = ", beside what is stored" if ROLE_TYPES[stage.role].keeps else ""
    return replace(drawn, finding=at_once + stored if most else "Nothing ever waits here")


def users_response(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """How long the users' own queries take on a source while extracts and other work share its server."""

    def response_ms(shown: Run, edges_s: Array) -> Array:
        return 1000 * measures.user_response_s(shown, stage.id, edges_s)

    drawn = day_of(run, ghost, response_ms, "users' queries", "response", "ms", "ms a query", ",.0f", " ms")
    response = drawn.table["response (ms)"]
    least_s, most_s = (float(ms) / 1000 for ms in (response.min(), response.max()))
    if most_s <= 1.05 * least_s:
        return replace(drawn, finding=f"Users' queries take {duration(least_s)} all day")
    worst = "never come back" if np.isinf(most_s) else f"take up to {duration(most_s)}"
    finding = f"Users' queries take {duration(least_s)} when it is calm and {worst} while an extract or other work runs"
    return replace(drawn, finding=finding)


def day_of(
    run: Run,
    ghost: Run | None,
    read: Callable[[Run, Array], Array | Counts],
    name: str,
    what: str,
    unit: str,
    axis: str,
    hover: str,
    hover_unit: str = "",
    *,
    style: int = 1,
) -> ChartSpec:
    """A series of the day with its ghost, a step for each bucket: a chart that has no finding yet."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    series = Series(what, read(run, edges_s), read(ghost, edges_s) if ghost else None)
    table = table_of({"from": [clock(s) for s in edges_s[:-1]]})
    drawn = lines(
        middles(edges_s), [series._replace(name=name)], hover=hover, unit=hover_unit, filled=True, first_style=style
    )
    table = columns(table, [series], unit)
    return ChartSpec(drawn, day_axis(), upwards(axis), "", table, HEIGHT, before=ghosts.before(run, ghost))
