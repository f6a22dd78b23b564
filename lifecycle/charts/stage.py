"""Charts of one stage, for the panel's Watch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import Drawing, Plain, line, over_the_day
from lifecycle.charts.flow import LOAD_BUCKETS
from lifecycle.pipeline import Stage
from lifecycle.simulation import measures
from lifecycle.simulation.run import Run
from lifecycle.words import clock, duration, number

HEIGHT = 200


def stage_flow(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """What passes the stage over the day, events a second."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    middles_h = (edges_s[:-1] + edges_s[1:]) / 7200
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    traces: list[Plain] = []
    for shown, pale in ((ghost, True), (run, False)):
        if shown is not None:
            per_s = measures.load(shown, stage.id, edges_s)
            style: Plain = {"ghost": pale, "filled": True, "step": True, "hover": "%{y:,.2f}/s"}
            traces.append(line(middles_h, per_s, stage.label, 0, **style))
            table[f"load{', before' if pale else ''} (1/s)"] = per_s
    drawing = over_the_day(traces, "events a second", height=HEIGHT)
    peak = float(table["load (1/s)"].max())
    if not peak:
        return Drawing(drawing, "Nothing passes here on this day", table)
    quiet = 100 * float(np.mean(table["load (1/s)"] < peak / 10))
    return Drawing(drawing, f"Peak {number(peak)} events/s; quiet for {quiet:.0f} % of the day", table)


def stage_waiting(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How many events are inside the stage over the day."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    table = pd.DataFrame({"time": [clock(s) for s in edges_s]})
    traces: list[Plain] = []
    for shown, pale in ((ghost, True), (run, False)):
        if shown is not None:
            inside = measures.depth(shown, stage.id, edges_s)
            traces.append(line(edges_s / 3600, inside, stage.label, 1, ghost=pale, filled=True, hover="%{y:,.0f}"))
            table[f"inside{', before' if pale else ''}"] = inside
    drawing = over_the_day(traces, "events inside", height=HEIGHT)
    most = float(table["inside"].max())
    return Drawing(drawing, f"At most {number(most)} events inside" if most else "Nothing ever waits here", table)


def users_response(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How long the users' own queries take on a source while extracts and other work share its server."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    middles_h = (edges_s[:-1] + edges_s[1:]) / 7200
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    traces: list[Plain] = []
    for shown, pale in ((ghost, True), (run, False)):
        if shown is not None:
            response_s = measures.user_response_s(shown, stage.id, edges_s)
            style: Plain = {"ghost": pale, "filled": True, "step": True, "hover": "%{y:,.0f} ms"}
            traces.append(line(middles_h, 1000 * response_s, "users' queries", 1, **style))
            table[f"response{', before' if pale else ''} (s)"] = response_s
    drawing = over_the_day(traces, "ms a query", height=HEIGHT)
    least_s, most_s = float(table["response (s)"].min()), float(table["response (s)"].max())
    if most_s <= 1.05 * least_s:
        return Drawing(drawing, f"Users' queries take {duration(least_s)} all day", table)
    worst = "never come back" if np.isinf(most_s) else f"take up to {duration(most_s)}"
    return Drawing(
        drawing, f"Users' queries take {duration(least_s)} when calm and {worst} beside an extract or other work", table
    )
