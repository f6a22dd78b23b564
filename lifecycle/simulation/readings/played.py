"""A run as the diagram plays it: its frames, with those who ask for the data, and what the day itself is like.

What the day is like (`Pace`) depends on the scenario alone, not on how its events are moved: so a dot is worth the
same, and the clock opens at the same moment, under every setting of the switches.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.model.kinds import Arrivals, Role
from lifecycle.simulation.readings import serving
from lifecycle.simulation.readings.frames import Counts, Frames, Occasion, Pace
from lifecycle.simulation.readings.moves import MINUTES, moves
from lifecycle.simulation.readings.series import frames as flowing
from lifecycle.simulation.readings.series import per_bucket

QUARTER_S, HOUR_S = 900.0, 3600.0
# How long before its event a day opens.
BEFORE_S = 300.0


def frames(run: Run, n: int = 288) -> Frames:
    """Cut a run into n equal buckets of the day: what the diagram plays. See `frames.Frames`."""
    cut = flowing(run, n)
    stations = dict(cut.stations)
    for name, series in stations.items():
        role, figures = run.passages[name].role, run.figures[name]
        if role == Role.WAREHOUSE:
            queries = serving.queries(run, name)
            stations[name] = replace(series, queries=_waiting(queries.asked_s, queries.started_s, cut.edges_s))
        elif role == Role.CONSUMER and figures["views_per_s"] > 0.0:
            looked = serving.views(run, name)
            gone_s = np.sort(looked.viewed_s[looked.leaves] + looked.patience_s)
            stations[name] = replace(series, left=per_bucket(gone_s, cut.edges_s))
    return replace(cut, stations=stations, pace=pace(run), moves=moves(run))


def pace(run: Run) -> Pace:
    """Return what the day is like whatever the switches say."""
    born = _births(run).sum(axis=0)
    opens_s = max(0.0, happens_s(run) - BEFORE_S)
    return Pace(float(born.mean()), float(born.max()), opens_s, tuple(sorted(_occasions(run))))


def happens_s(run: Run) -> float:
    """Return the second of the day at which what the scenario is about begins.

    The first of its faults (of a job that is run again: the moment at which that is done), the rush of its customers or
    of its viewers, the first tick of a timetable that it has set. A day without any is about the jobs that a schedule
    starts, be it not every hour; without those about its busiest half hour, and the tick of the ingestion's timetable
    that ends it.
    """
    moments_s = [
        *(shows_s(fault)[0] for fault in run.scenario.faults),
        *(occasion.begin_s for occasion in _occasions(run)),
    ]
    if moments_s:
        return min(moments_s)
    started_s = [done.schedule.ticks_s for done in run.orchestrated.values()]
    if seldom_s := [ticks_s[0] for ticks_s in started_s if 0 < len(ticks_s) * HOUR_S < run.horizon_s]:
        return min(seldom_s)
    start_s = HOUR_S / 60 * int(np.argmax(_in_window(_births(run).sum(axis=0), 2 * QUARTER_S)))
    every_s = max(_timetables(run, "batch_interval_s"), default=HOUR_S)
    return min(math.ceil((start_s + 2 * QUARTER_S) / every_s) * every_s, run.horizon_s)


def _occasions(run: Run) -> Iterator[Occasion]:
    """The rush of the customers, that of each dashboard's viewers, and the first tick of each long timetable.

    A timetable is one that the scenario has set for a partner or for a consumer.
    """
    day = run.scenario
    if day.arrivals == Arrivals.SPIKE:
        yield Occasion(day.spike_at_s, day.spike_at_s + day.spike_length_s, "customers", "")
    for station, figures in run.figures.items():
        if figures.get("views_per_s", 0.0) > 0.0 and figures["rush_factor"] != 1.0:
            yield Occasion(figures["rush_at_s"], figures["rush_at_s"] + figures["rush_length_s"], "viewers", station)
    roles = {station.id: station.role for station in run.network.stations}
    for station, name, value in day.overrides:
        if name == "own_interval_s" and value >= HOUR_S:
            tick_s = run.figures[station]["own_offset_s"] or value
            yield Occasion(tick_s, tick_s, "tick", station)
        elif name == "interval_s" and roles[station] == Role.CONSUMER and HOUR_S <= value <= run.horizon_s:
            yield Occasion(value, value, "tick", station)


def _timetables(run: Run, name: str) -> Iterator[float]:
    return (figures[name] for figures in run.figures.values() if figures.get(name, 0.0) > 0.0)


@lru_cache(maxsize=2)
def _births(run: Run) -> NDArray[np.float64]:
    """Births in each minute at each source, shape (sources, minutes)."""
    minute = np.minimum((run.born_s * (MINUTES / run.horizon_s)).astype(np.intp), MINUTES - 1)
    cells = np.bincount(run.source * np.intp(MINUTES) + minute, minlength=len(run.sources) * MINUTES)
    return cells.reshape(len(run.sources), MINUTES).astype(np.float64)


def _in_window(by_minute: NDArray[np.float64], length_s: float) -> NDArray[np.float64]:
    """Births in each window of so long that begins with a minute and ends within the day."""
    wide = min(MINUTES, math.ceil(length_s / 60))
    sums = np.concatenate(([0.0], np.cumsum(by_minute)))
    windows: NDArray[np.float64] = sums[wide:] - sums[:-wide]
    return windows


def _waiting(came_s: NDArray[np.float64], began_s: NDArray[np.float64], edges_s: NDArray[np.float64]) -> Counts:
    """How many had come and not begun at each bucket's end."""
    came, began = (np.searchsorted(np.sort(times_s), edges_s[1:], "right") for times_s in (came_s, began_s))
    return came - began
