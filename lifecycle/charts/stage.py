"""Charts of one stage, for the panel's Watch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import Drawing, line, over_the_day
from lifecycle.charts.flow import LOAD_BUCKETS
from lifecycle.pipeline import Stage
from lifecycle.simulation import measures
from lifecycle.simulation.run import Run
from lifecycle.words import clock, number

HEIGHT = 200


def stage_flow(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """What passes the stage over the day, events a second."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    middles_h = (edges_s[:-1] + edges_s[1:]) / 7200
    figure = over_the_day("events a second", height=HEIGHT)
    table = pd.DataFrame({"from": [clock(s) for s in edges_s[:-1]]})
    for shown, pale in ((ghost, True), (run, False)):
        if shown is not None:
            per_s = measures.load(shown, stage.id, edges_s)
            line(figure, middles_h, per_s, stage.label, 0, ghost=pale, hover="%{y:,.2f}/s", line_shape="hvh")
            table[f"load{', before' if pale else ''} (1/s)"] = per_s
    peak = float(table["load (1/s)"].max())
    quiet = 100 * float(np.mean(table["load (1/s)"] < peak / 10)) if peak else 100.0
    if not peak:
        return Drawing(figure, "Nothing passes here on this day", table)
    return Drawing(figure, f"Peak {number(peak)} events/s; quiet for {quiet:.0f} % of the day", table)


def stage_waiting(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How many events are inside the stage over the day."""
    edges_s = measures.edges(run, LOAD_BUCKETS)
    figure = over_the_day("events inside", height=HEIGHT)
    table = pd.DataFrame({"time": [clock(s) for s in edges_s]})
    for shown, pale in ((ghost, True), (run, False)):
        if shown is not None:
            inside = measures.depth(shown, stage.id, edges_s)
            line(figure, edges_s / 3600, inside, stage.label, 1, ghost=pale, hover="%{y:,.0f}")
            table[f"inside{', before' if pale else ''}"] = inside
    most = float(table["inside"].max())
    return Drawing(figure, f"At most {number(most)} events inside" if most else "Nothing ever waits here", table)
