"""How often somebody asks on a day: a source or an interface for news, a consumer for answers."""

from __future__ import annotations

import math

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.moving import way_out
from lifecycle.simulation.roles.calling import Calls, calls, gathered_every_s, polled_every_s
from lifecycle.simulation.roles.timetable import ticks


def requests(run: Run, name: str) -> int | None:
    """How often a source or interface is called on in the day, None where nobody calls: a page is a request."""
    feeds = [link.target for link in run.network.links if link.source == name and not link.loop]
    receivers = [target for target in feeds if run.passages[target].role == Role.INGESTION]
    figures, arrived_s = run.figures[name], run.passages[name].arrived_s
    way = way_out(run.network, run.scenario, name)
    how = calls(figures, way, bool(receivers))
    if how is Calls.OWN_SCHEDULE:
        return _files(run.horizon_s, figures["own_interval_s"], figures["own_offset_s"])
    if not receivers:
        return None
    if how is Calls.AT_ONCE:
        return arrived_s.size
    theirs = run.figures[receivers[0]]
    if how is Calls.POLL:
        interval, offset = polled_every_s(figures, theirs), 0.0
    else:
        interval, offset = gathered_every_s(way, theirs), way.offset_s
    asks = _files(run.horizon_s, interval, offset)
    if how is Calls.FILES:
        return asks
    fetched = np.bincount(ticks(arrived_s, interval, offset), minlength=asks)[:asks]
    moments_s = np.arange(0.0 if offset else 1.0, asks + (0.0 if offset else 1.0)) * interval + offset
    idle = (fetched == 0) & _up(run, (name, receivers[0]), moments_s)
    pages = np.ceil(fetched / figures["page_events"]) if "page_events" in figures else fetched > 0
    return int(pages.sum()) + int(np.count_nonzero(idle))


def refreshes_s(run: Run, name: str) -> Seconds:
    """When a consumer asks of its own accord, seconds: at its refreshes while it is up; live, at what is new.

    Live it asks again when there is something new and the last answer is there: once in so many seconds at most as
    one answer takes.
    """
    figures, arrived_s = run.figures[name], run.passages[name].arrived_s
    every, took = figures["interval_s"], figures["query_s"]
    if every > 0.0:
        due_s = np.arange(every, run.horizon_s * (1 + 1e-12), every, dtype=np.float64)
        return due_s[_up(run, (name,), due_s)]
    windows = np.floor(arrived_s / took) if took > 0.0 else arrived_s
    return arrived_s[np.concatenate(([True], windows[1:] != windows[:-1]))] if arrived_s.size else arrived_s


def _files(horizon_s: float, interval_s: float, offset_s: float) -> int:
    """Files that are due in the day at `interval_s`, the first at the offset or one interval in."""
    first = offset_s or interval_s
    return 0 if first > horizon_s else 1 + math.floor((horizon_s - first) / interval_s * (1 + 1e-12))


def _up(run: Run, names: tuple[str, ...], moments_s: Seconds) -> Mask:
    """At which of the moments none of the stations is down."""
    up = np.ones(moments_s.size, dtype=np.bool_)
    for fault in run.scenario.faults:
        if fault.kind == FaultKind.DOWN and fault.station in names:
            up &= (moments_s < fault.start_s) | (moments_s >= fault.end_s)
    return up
