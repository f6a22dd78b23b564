"""Charts of one stage, for the panel's Watch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lifecycle.charts.drawing import Array, Drawing, Series, columns, lines, middles, over_the_day
from lifecycle.charts.flow import LOAD_BUCKETS, MOST_INSIDE
from lifecycle.charts.ghosts import called
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.frames import Counts
from lifecycle.words import clock, duration, number

HEIGHT = 200


def stage_flow(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """What arrives at the stage over the day, events a second: where it is down too, and refuses them."""

    def per_s(shown: Run, edges_s: Array) -> Array:
        return measures.load(shown, stage.id, edges_s)

    drawing, table = day_of(run, ghost, per_s, stage.label, "load", "1/s", "arrivals a second", ",.2f", "/s", style=0)
    peak = float(table["load (1/s)"].max())
    if not peak:
        return Drawing(drawing, "Nothing arrives here on this day", table)
    return Drawing(drawing, f"Peak {number(peak)} events/s{_calm(table['load (1/s)'], peak)}", table)


def _calm(load_per_s: pd.Series[float], peak_per_s: float) -> str:
    """For which part of the day nothing passes, or else less than a tenth of the peak."""
    none, little = (100 * float(np.mean(load_per_s <= most)) for most in (0.0, peak_per_s / 10))
    if round(none):
        return f"; nothing for {none:.0f} % of the day"
    return f"; less than a tenth of that for {little:.0f} % of the day" if round(little) else ""


def stage_waiting(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """The most events that are inside the stage in each five minutes of the day."""

    def inside(shown: Run, edges_s: Array) -> Counts:
        return measures.crest(shown, stage.id, edges_s)

    drawing, table = day_of(run, ghost, inside, stage.label, "inside", "events", MOST_INSIDE, ",.0f")
    most = int(table["inside (events)"].max())
    at_once = f"At most {number(most)} {'event' if most == 1 else 'events'} inside"
    return Drawing(drawing, at_once if most else "Nothing ever waits here", table)


def users_response(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How long the users' own queries take on a source while extracts and other work share its server."""

    def response_ms(shown: Run, edges_s: Array) -> Array:
        return 1000 * measures.user_response_s(shown, stage.id, edges_s)

    drawing, table = day_of(run, ghost, response_ms, "users' queries", "response", "ms", "ms a query", ",.0f", " ms")
    least_s, most_s = (float(ms) / 1000 for ms in (table["response (ms)"].min(), table["response (ms)"].max()))
    if most_s <= 1.05 * least_s:
        return Drawing(drawing, f"Users' queries take {duration(least_s)} all day", table)
    worst = "never come back" if np.isinf(most_s) else f"take up to {duration(most_s)}"
    return Drawing(
        drawing, f"Users' queries take {duration(least_s)} when calm and {worst} beside an extract or other work", table
    )


def day_of(
    run: Run,
    ghost: Run | None,
    read: Callable[[Run, Array], Array | Counts],
    name: str,
    what: str,
    unit: str,
    axis: str,
    hover: str,
    said: str = "",
    *,
    style: int = 1,
) -> tuple[go.Figure, pd.DataFrame]:
    """A series of the day with its ghost, as figure and table: a step for each bucket."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    series = Series(what, read(run, edges_s), read(ghost, edges_s) if ghost else None)
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    named = [series._replace(name=name)]
    was = called(run, ghost)
    traces = lines(
        middles(edges_s), named, hover=hover, unit=said, filled=True, step=True, first_style=style, before=was
    )
    return over_the_day(traces, axis, height=HEIGHT), columns(table, [series], unit)
