"""Charts of those who look: how long queries and dashboards take, and how old what they show is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lifecycle.charts.drawing import Array, Drawing
from lifecycle.charts.stage import day_of
from lifecycle.pipeline import Stage
from lifecycle.simulation.run import Run
from lifecycle.simulation.serving import Serving, reads, serving, warehouse_of
from lifecycle.words import duration, number

SHARE = 95.0


def query_response(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How long a warehouse's queries take, from asking to the answer."""

    def slow_s(shown: Run, edges_s: Array) -> Array:
        asked = serving(shown, stage.id).queries
        return _percentiles(asked.asked_s, asked.done_s - asked.asked_s, edges_s)

    drawing, table = day_of(run, ghost, slow_s, "queries", "p95 response", "s", "s, p95", ",.2~f", " s")
    found = serving(run, stage.id).queries
    if not found.asked_s.size:
        return Drawing(drawing, "Nobody asks anything on this day", table)
    took_s, waited_s = found.done_s - found.asked_s, found.started_s - found.asked_s
    half_s, most_s = np.percentile(took_s, (50.0, SHARE))
    waits = 100 * float(np.mean(waited_s > 0.0))
    words = f"{number(took_s.size)} queries: half within {duration(half_s)}, 95 % within {duration(most_s)}; "
    return Drawing(drawing, words + f"{waits:.0f} % stand in line first", table)


def view_response(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How long the viewers of a consumer's dashboards wait for them."""
    found = _viewed(stage, run)

    def slow_s(shown: Run, edges_s: Array) -> Array:
        views = _viewed(stage, shown)
        if views is None:
            return np.full(edges_s.size - 1, np.nan)
        return _percentiles(views.views[stage.id].at_s, views.views[stage.id].response_s, edges_s)

    drawing, table = day_of(run, ghost, slow_s, "dashboards", "p95 response", "s", "s, p95", ",.2~f", " s")
    if found is None:
        return Drawing(drawing, "Nobody looks at a dashboard on this day", table)
    views = found.views[stage.id]
    left, cached = (100 * float(np.mean(part)) for part in (views.left, views.cached))
    seen = views.age_s[~np.isnan(views.age_s)]
    old = f"what they see is {duration(float(np.median(seen)))} old" if seen.size else "they see nothing"
    patience = duration(run.figures[stage.id]["patience_s"])
    return Drawing(
        drawing,
        f"{left:.1f} % of the viewers leave after {patience}; {cached:.0f} % are served from the cache, {old}",
        table,
    )


def feature_age(stage: Stage, run: Run, ghost: Run | None) -> Drawing:
    """How old the features are that a model reads."""

    def old_s(shown: Run, edges_s: Array) -> Array:
        found = reads(shown, stage.id)
        return _percentiles(found.at_s, found.age_s, edges_s)

    drawing, table = day_of(run, ghost, old_s, "features", "p95 age", "s", "s old, p95", ",.0f", " s")
    age_s = reads(run, stage.id).age_s
    known = age_s[~np.isnan(age_s)]
    if not known.size:
        return Drawing(drawing, "No read finds anything on this day", table)
    half_s, most_s = np.percentile(known, (50.0, SHARE))
    return Drawing(
        drawing,
        f"Half the reads find features of {duration(half_s)}, one in twenty older than {duration(most_s)}",
        table,
    )


def _viewed(stage: Stage, run: Run) -> Serving | None:
    """The day of the warehouse behind a consumer's dashboards, None where nobody looks at any."""
    warehouse = warehouse_of(run, stage.id)
    found = serving(run, warehouse) if warehouse else None
    return found if found and stage.id in found.views and found.views[stage.id].at_s.size else None


def _percentiles(at_s: Array, values: Array, edges_s: Array) -> Array:
    """The 95th percentile of the values in each bucket, NaN in one without any."""
    known = ~np.isnan(values)
    bucket = np.clip(np.searchsorted(edges_s, at_s[known], "right") - 1, 0, edges_s.size - 2)
    found = pd.Series(values[known]).groupby(bucket).quantile(SHARE / 100)
    return np.array(found.reindex(range(edges_s.size - 1)), dtype=np.float64)
