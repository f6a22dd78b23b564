"""First come, first served: one server or several, with outages and slow spells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from heapq import heapreplace

import numpy as np
from numpy.typing import ArrayLike

from lifecycle.simulation.kernels.clock import Clock, Outages, Slowdowns
from lifecycle.simulation.model.inputs import BLOCK, Seconds, blocks, service_times, sorted_times, whole


def fifo(
    arrivals: ArrayLike,
    service: ArrayLike,
    servers: int = 1,
    closed: Outages = (),
    slowed: Slowdowns = (),
) -> Seconds:
    """Return departure times (seconds, shape (n,), in order of arrival) from a first-come-first-served queue.

    `arrivals`: sorted times in seconds. `service`: seconds of work, one number or one for each event. `servers`: equal
    servers on one line. `closed`: (start, end) outages of all servers, in any order, overlapping or empty; work in hand
    resumes afterwards, so no event is lost; an event that would need a server after an outage without end departs at
    infinity, which means never. `slowed`: (start, end, speed), the same with a speed in place of zero. With
    unequal services and several servers a later event may depart first. ValueError, with the value, on invalid input.

    One server: Lindley's recursion unrolled, `D = C + max.accumulate(A - (C - S))` with `C = cumsum(S)`. Equal
    services: the same on every c-th event. Unequal: the next-free times of Kiefer and Wolfowitz, event by event.
    """
    times = sorted_times(arrivals)
    work = service_times(service, times.size)
    count = whole("servers", servers)
    clock = Clock(closed, slowed)
    if clock.steady:
        return _departures(times, work, count)
    return on_clock(clock, times, work, count)


def on_clock(clock: Clock, times: Seconds, work: float | Seconds, servers: int = 1) -> Seconds:
    """Return the departures of checked arrivals from servers that keep `clock`."""
    begun = clock.work(times)
    done = _departures(begun, work, servers)
    wall = clock.reaches(done)
    none = np.asarray(work) <= 0.0
    if none.any():  # work of no length is done the moment it may start; other work when the clock first shows its end
        wall = np.where(none, clock.opens(done), wall)
    wall = np.maximum(wall, clock.opens(begun))  # rounding must not put an end before the outage that it outlasts
    return in_order(np.maximum(wall, times)) if servers == 1 or isinstance(work, float) else wall


def _departures(times: Seconds, work: float | Seconds, servers: int) -> Seconds:
    if servers >= times.size:
        return times + work  # a server for each: nobody waits
    if servers == 1:
        return one_server(times, work)
    if isinstance(work, float) or bool((work == work[0]).all()):
        return _equal_services(times, float(work if isinstance(work, float) else work[0]), servers)
    return _next_free(times, work, servers)


def one_server(times: Seconds, work: float | Seconds) -> Seconds:
    """Return the departures of checked arrivals from one steady server."""
    departures = np.empty(times.size)
    for _ in _by_block(times, work, departures):
        pass
    return departures


def _by_block(times: Seconds, work: float | Seconds, out: Seconds) -> Iterator[slice]:
    """Fill in the departures from one steady server, and say of each block when it is done."""
    size = min(times.size, BLOCK)
    free, spare = -math.inf, np.empty(size)
    if isinstance(work, float):  # with equal work the sums are those of every block
        before = np.arange(size) * work
        sums = before + work
    for block in blocks(times.size):
        came, ended = times[block], out[block]
        starts = spare[: came.size]
        if isinstance(work, float):
            lasts: float | Seconds = work
            np.subtract(came, before[: came.size], out=starts)
            _not_before(free, starts)
            np.add(sums[: came.size], starts, out=ended)
        else:
            lasts = work[block]
            np.cumsum(lasts, out=ended)
            np.subtract(ended, lasts, out=starts)
            np.subtract(came, starts, out=starts)
            _not_before(free, starts)
            ended += starts
        # Sums of many terms may put a departure 1e-11 before its arrival and service; time does not run backwards.
        np.add(came, lasts, out=starts)
        np.maximum(ended, starts, out=ended)
        ended[0] = max(ended[0], free)
        free = float(in_order(ended)[-1])
        yield block


def _not_before(free: float, starts: Seconds) -> None:
    """Put off, in place, what would start before the server is free, or before what came earlier."""
    starts[0] = max(starts[0], free)
    np.fmax.accumulate(starts, out=starts)  # as np.maximum where nothing is NaN, and a third faster


def in_order(departures: Seconds) -> Seconds:
    """Put right, in place, an order broken by rounding alone."""
    if not bool((departures[1:] >= departures[:-1]).all()):
        np.maximum.accumulate(departures, out=departures)
    return departures


def _equal_services(times: Seconds, work: float, servers: int) -> Seconds:
    """With equal services event i follows event i - c on its server: c queues side by side, one a column."""
    rounds = math.ceil(times.size / servers)
    padded = np.full(rounds * servers, math.inf)
    padded[: times.size] = times
    before = (np.arange(rounds) * work)[:, np.newaxis]
    starts = np.maximum.accumulate(padded.reshape(rounds, servers) - before, axis=0) + before
    departures = starts.ravel()[: times.size] + work
    return in_order(np.maximum(departures, times + work))


def _next_free(times: Seconds, work: Seconds, servers: int) -> Seconds:
    """Each event takes the server that is free first (Kiefer and Wolfowitz 1955)."""
    alone = times + work
    inside = np.arange(times.size) - np.searchsorted(np.sort(alone), times, "left")
    if bool((inside < servers).all()):
        return alone  # even with a server for each, never more than c at work: nobody waits
    free = [-math.inf] * servers
    departures = []
    for arrival, length in zip(times.tolist(), work.tolist(), strict=True):
        done = (arrival if arrival > free[0] else free[0]) + length
        heapreplace(free, done)
        departures.append(done)
    return np.array(departures)


def served(times: Seconds, work: float | Seconds, clock: Clock) -> tuple[Seconds, Seconds]:
    """Return when one server that keeps `clock` begins and ends each event, first come, first served.

    `times` are sorted, as those of a stream are; `work` is not negative. Both have been checked where they come from.
    """
    if not clock.steady:
        ended = on_clock(clock, times, work)
        return begun(times, ended, work, clock), ended
    if isinstance(work, float) and work == 0.0:
        return times, times
    begins, ended = np.empty(times.size), np.empty(times.size)
    for block in _by_block(times, work, ended):
        _begun_steadily(times[block], ended[block], work if isinstance(work, float) else work[block], begins[block])
    return begins, ended


def begun(times: Seconds, ended: Seconds, work: float | Seconds, clock: Clock) -> Seconds:
    """Return when work that ended at `ended` was begun; never before the event came, whatever rounding says."""
    if clock.steady:
        return _begun_steadily(times, ended, work, np.empty(times.size))
    begins = clock.opens(clock.work(ended) - work)
    np.maximum(begins, times, out=begins)
    return np.minimum(begins, ended, out=begins)


def _begun_steadily(times: Seconds, ended: Seconds, work: float | Seconds, out: Seconds) -> Seconds:
    np.subtract(ended, work, out=out)
    return np.maximum(out, times, out=out)
