"""Buffers that can lose events: room for so many, patience for so long."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, assert_never

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lifecycle.simulation.kernels.clock import Clock, Outages, Slowdowns
from lifecycle.simulation.kernels.replay import Fates, drop_or_expire, drop_or_expire_at_once, expire_only, refuse_only
from lifecycle.simulation.kernels.servers import in_order, on_clock, one_server
from lifecycle.simulation.model.inputs import Seconds, above_zero, places, service_times, sorted_times
from lifecycle.simulation.model.kinds import OnGone, Policy

POLICIES = tuple(Policy)


class Buffered(NamedTuple):
    """What became of each event, shape (n,) each, in order of arrival.

    `departures`: seconds, NaN where the event was lost. `losses`: int8, see `Fate`. `left_s`: the moment the event left
    the buffer, served or not: refused at its arrival, expired when its patience ended, dropped when a newer one came.
    """

    departures: Seconds
    losses: NDArray[np.int8]
    left_s: Seconds


def finite(arrivals: ArrayLike, service: ArrayLike, capacity: float, policy: Policy = Policy.REFUSE) -> Seconds:
    """Return departure times (seconds, shape (n,)), NaN where the event was lost, from one server with limited room.

    `capacity` counts the event in service; `service` is one time for all or one for each event, which keeps its own,
    no matter which others are lost. An event that leaves at the moment of an arrival has made room for it. What happens
    to an event that finds no room is the `policy`:

    - "refuse": the newest is turned away and lost.
    - "drop-oldest": the oldest that still waits is lost and the newest joins the line. The one in service is never
      dropped, so at capacity 1 there is nobody to drop and the newest is turned away.
    - "block": the source holds it until there is room; "spill": it waits elsewhere, in order. Neither loses any or
      changes a departure, which are those of unlimited room; what changes is the moment of entry: see `entries`.

    ValueError, with the value, on invalid input.
    """
    return buffered(arrivals, service, capacity=capacity, policy=policy).departures


def expiring(arrivals: ArrayLike, service: ArrayLike, patience: float, closed: Outages = ()) -> Seconds:
    """Return departure times (seconds, shape (n,)) from one server, NaN where the event waited too long and was lost.

    An event is lost if its service has not begun `patience` seconds (above 0, of wall time: outages count) after its
    arrival; it then takes no service. One that begins on the last moment is served, and so is one whose service,
    once begun, is interrupted for ever so long. ValueError, with the value, on invalid input.
    """
    return buffered(arrivals, service, retention=above_zero("patience", patience), closed=closed).departures


def entries(arrivals: ArrayLike, departures: Seconds, capacity: float) -> Seconds:
    """Return when each event enters a buffer of `capacity` (the one in service included) that blocks or spills.

    `departures`: from `finite` with "block" or "spill", sorted. Event i enters once event i - capacity has left; one
    that enters later than it came was held back at the source (block) or waited elsewhere (spill) until then.
    """
    times = sorted_times(arrivals).copy()
    room = places(capacity)
    if room < times.size:
        np.maximum(times[int(room) :], departures[: -int(room)], out=times[int(room) :])
    return times


def buffered(
    arrivals: ArrayLike,
    service: ArrayLike,
    capacity: float = math.inf,
    retention: float | Seconds = math.inf,
    policy: Policy = Policy.REFUSE,
    closed: Outages = (),
    slowed: Slowdowns = (),
    on_gone: OnGone = OnGone.EARLIEST,
) -> Buffered:
    """Return what becomes of each event at one first-come-first-served server behind a buffer.

    `capacity` (events, the one in service included; infinite allowed) and `policy` as for `finite`; `retention`
    (seconds of wall time, above 0; infinite allowed; or one for each event, such that no event's deadline is before
    that of one that came earlier) as `patience` for `expiring`; `closed` and `slowed` as for `fifo`. Where the server
    finds at its next beginning that the event it was to take has expired, it goes on with the earliest that is left,
    or, `on_gone` latest, passes over all that are there at that moment (Kafka's `auto.offset.reset`).
    Service begins at the first moment at which the server is free and open. At any one moment ends of service come
    first, then beginnings, then events that expire, then arrivals. With both limits an event is lost to the one that
    meets it first. ValueError, with the value, on invalid input.

    Computed as if there were no limits, which is right wherever none is met; then the busy periods that touch one are
    replayed event by event (a busy period begins with an empty buffer, so no other is affected).
    """
    times = sorted_times(arrivals)
    work = service_times(service, times.size)
    patience = above_zero("retention", retention) if isinstance(retention, int | float) else retention
    if policy not in POLICIES:
        raise ValueError(f"policy must be one of {', '.join(POLICIES)}; got {policy!r}")
    room, drop_oldest = _limit(places(capacity), Policy(policy))
    clock = Clock(closed, slowed)
    departures = one_server(times, work) if clock.steady else on_clock(clock, times, work)
    losses = np.zeros(times.size, dtype=np.int8)
    again = _busy_periods_at_a_limit(times, departures, room, patience, clock)
    if not again.any():
        return Buffered(departures, losses, departures)
    left = departures.copy()
    part = times[again], (np.full(int(again.sum()), work) if isinstance(work, float) else work[again])
    waits = patience if isinstance(patience, float) else patience[again]
    departures[again], losses[again], left[again] = _replay(room, waits, drop_oldest, clock, on_gone)(*part)
    served = losses == 0
    departures[served] = left[served] = in_order(departures[served])
    return Buffered(departures, losses, left)


def _limit(room: float, policy: Policy) -> tuple[float, bool]:
    """Events that may be inside before one is lost, and whether that is the oldest; who blocks or spills loses none."""
    match policy:
        case Policy.REFUSE:
            return room, False
        case Policy.DROP_OLDEST:
            return room, True
        case Policy.BLOCK | Policy.SPILL:
            return math.inf, False
        case _:
            assert_never(policy)


def _replay(
    room: float, patience: float | Seconds, drop_oldest: bool, clock: Clock, on_gone: OnGone
) -> Callable[[Seconds, Seconds], Fates]:
    jumps = on_gone is OnGone.LATEST
    if room == math.inf:
        return lambda times, work: expire_only(times, work, patience, clock, jumps=jumps)
    if clock.steady and _endless(patience) and not drop_oldest:
        return lambda times, work: refuse_only(times, work, int(room))
    if clock.steady:
        return lambda times, work: drop_or_expire_at_once(times, work, room, patience, drop_oldest, jumps=jumps)
    return lambda times, work: drop_or_expire(times, work, room, patience, drop_oldest, clock, jumps=jumps)


def _endless(patience: float | Seconds) -> bool:
    return isinstance(patience, float) and patience == math.inf


def _busy_periods_at_a_limit(
    times: Seconds, departures: Seconds, room: float, patience: float | Seconds, clock: Clock
) -> NDArray[np.bool_]:
    """Whether each event lies in a busy period of the unlimited buffer in which some event may meet a limit.

    Rounding must not decide a fate here, so whatever is within reach of it counts as meeting the limit.
    """
    meets = np.zeros(times.size, dtype=np.bool_)
    if times.size == 0:
        return meets
    last = departures[-1] if math.isfinite(departures[-1]) else times[-1]
    slack = times.size * float(np.finfo(np.float64).eps) * max(abs(float(times[0])), abs(float(last)))
    if room < times.size:
        meets[int(room) :] = departures[: -int(room)] > times[int(room) :] - slack
    # Nobody waits longer than from the first arrival to the last departure.
    if isinstance(patience, float) and departures[-1] - times[0] <= patience - slack:
        patience = math.inf
    if not _endless(patience):
        starts = times.copy()
        np.maximum(times[1:], departures[:-1], out=starts[1:])
        if not clock.steady:
            ever = np.isfinite(starts)
            starts[ever] = clock.opens(clock.work(starts[ever]))
        meets |= starts - times > patience - slack
    if not meets.any():
        return meets
    begins = np.concatenate(([0], np.flatnonzero(departures[:-1] <= times[1:] - slack) + 1))
    return np.repeat(np.logical_or.reduceat(meets, begins), np.diff(begins, append=times.size))
