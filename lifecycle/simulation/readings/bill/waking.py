"""When a warehouse is awake: for its loads, for those who query it, and for the refreshes of those that it feeds.

Left out: the second or two that it takes to wake, and clusters that are added under load.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings.bill.asking import refreshes_s
from lifecycle.simulation.readings.bill.prices import Prices
from lifecycle.simulation.readings.bill.spans import awake_s
from lifecycle.simulation.readings.serving import queries, warehouse_of

HOUR_S = 3600.0


def awake_hours(run: Run, warehouse: str, prices: Prices) -> float:
    """Hours of the day for which a warehouse is billed; the whole day where it may never sleep (`suspend_s` of 0)."""
    begun_s, ended_s = busy_s(run, warehouse)
    idle_s = run.figures[warehouse]["suspend_s"] or np.inf
    return float(awake_s(begun_s, ended_s, idle_s, prices.least_awake_s, run.horizon_s).sum()) / HOUR_S


def busy_s(run: Run, warehouse: str) -> tuple[Seconds, Seconds]:
    """Begins and ends (seconds, shape (n,), in no order) of all that keeps a warehouse awake.

    Loads last until their commit. Queries are those of analysts and dashboards, with the seconds that a slot was taken.
    A consumer that nobody looks at, or with a refresh, asks of its own accord and for its `query_s`.
    """
    parts = list(_parts(run, warehouse))
    return np.concatenate([begun for begun, _ in parts]), np.concatenate([ended for _, ended in parts])


def _parts(run: Run, warehouse: str) -> Iterator[tuple[Seconds, Seconds]]:
    loaded_from_s, loaded_s = run.passages[warehouse].spans_s
    yield loaded_from_s, loaded_s + run.figures[warehouse]["load_s"]
    queried = queries(run, warehouse)
    yield queried.started_s, queried.answered_s
    for station in run.network.stations:
        if station.role != Role.CONSUMER or warehouse_of(run, station.id) != warehouse:
            continue
        figures = run.figures[station.id]
        if figures["interval_s"] > 0.0 or not figures["views_per_s"]:
            at_s = refreshes_s(run, station.id)
            yield at_s, at_s + figures["query_s"]
