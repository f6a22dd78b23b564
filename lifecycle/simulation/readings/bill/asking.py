"""How often somebody asks on a day: a source or an interface for news, a consumer for answers."""

from __future__ import annotations

import math
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.placing import hosts, outages
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.moving import way_out
from lifecycle.simulation.model.network import receiver
from lifecycle.simulation.roles.calling import Calls, calls, gathered_every_s, poll_s
from lifecycle.simulation.roles.timetable import ticks


def requests(run: Run, name: str) -> int | None:
    """How often a source or interface is called on in the day, None where nobody calls: a page is a request."""
    figures, fed = run.figures[name], receiver(run.network, name)
    way = way_out(run.network, run.scenario, name)
    how = calls(figures, way, fed is not None)
    if how is Calls.OWN_SCHEDULE:
        return _files(run.horizon_s, figures["own_interval_s"], figures["own_offset_s"])
    if fed is None:
        return None
    theirs = run.figures[fed]
    match how:
        case Calls.AT_ONCE:
            return run.passages[name].arrived_s.size
        case Calls.FILES:
            return _files(run.horizon_s, gathered_every_s(way, theirs), way.offset_s)
        case Calls.FETCH:
            return _pages(run, name, fed, gathered_every_s(way, theirs), way.offset_s)
        case Calls.POLL:
            return _pages(run, name, fed, poll_s(figures, theirs))
        case _:
            assert_never(how)


def refreshes_s(run: Run, name: str) -> Seconds:
    """When a consumer asks of its own accord, seconds: at its refreshes while it is up; live, at what is new.

    Live it asks again when there is something new and the last answer is there: once in so many seconds at most as
    one answer takes.
    """
    figures, arrived_s = run.figures[name], run.passages[name].arrived_s
    every, took = figures["interval_s"], figures["query_s"]
    if every > 0.0:
        due_s = np.arange(every, run.horizon_s * (1 + 1e-12), every, dtype=np.float64)
        return due_s[_up(run, name, due_s)]
    windows = np.floor(arrived_s / took) if took > 0.0 else arrived_s
    return arrived_s[np.concatenate(([True], windows[1:] != windows[:-1]))] if arrived_s.size else arrived_s


def _pages(run: Run, name: str, fed: str, interval_s: float, offset_s: float = 0.0) -> int:
    """Pages that are asked for at a timetable: at least one a call, empty or not, that both ends are up for."""
    figures, arrived_s = run.figures[name], run.passages[name].arrived_s
    count = _files(run.horizon_s, interval_s, offset_s)
    fetched = np.bincount(ticks(arrived_s, interval_s, offset_s), minlength=count)[:count]
    called_s = (np.arange(count, dtype=np.float64) + (0.0 if offset_s else 1.0)) * interval_s + offset_s
    idle = (fetched == 0) & _up(run, name, called_s) & _up(run, fed, called_s)
    pages = np.ceil(fetched / figures["page_events"]) if "page_events" in figures else fetched > 0
    return int(pages.sum()) + int(np.count_nonzero(idle))


def _files(horizon_s: float, interval_s: float, offset_s: float) -> int:
    """Files that are due in the day at `interval_s`, the first at the offset or one interval in."""
    first = offset_s or interval_s
    return 0 if first > horizon_s else 1 + math.floor((horizon_s - first) / interval_s * (1 + 1e-12))


def _up(run: Run, name: str, moments_s: Seconds) -> Mask:
    """At which of the moments neither a station nor one of its hosts is down."""
    up = np.ones(moments_s.size, dtype=np.bool_)
    for start_s, end_s in outages(run.scenario, name, *hosts(name, run.network, run.figures[name]))[0]:
        up &= (moments_s < start_s) | (moments_s >= end_s)
    return up
