"""How what waits at a source or an interface is called for, or thrown: the heart of push and pull."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.kernels import rate_limited
from lifecycle.simulation.kernels.clock import Clock, Outages
from lifecycle.simulation.kernels.retries import Backoff, Limit, asked_until_served, never_refused
from lifecycle.simulation.kernels.servers import served
from lifecycle.simulation.model.draws import exponentials, uniforms
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import OnLimit, Waits
from lifecycle.simulation.model.moving import way_out
from lifecycle.simulation.model.network import Network, receiver
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles.stream import Jobs, Stream
from lifecycle.simulation.roles.timetable import at_next_tick, events_of_ticks, ticks
from lifecycle.simulation.roles.workplace import Work, Workplace


def called(workplace: Workplace, stream: Stream) -> Work:
    """Hold events until they are called for, then hand them on: the heart of push and pull.

    Pull: the receiver's job (batch) or poll (stream) calls, and only while it is up. Push in batches: the source drops
    a file on its own schedule, each late by its own luck, whether or not anyone is there. Push as a stream: at once.
    """
    due, jobs = _due(workplace, stream.at_s)
    return carried(workplace, due, jobs, stops(workplace), thrown=thrown(workplace))


def _due(workplace: Workplace, times: Seconds) -> tuple[Seconds, Jobs | None]:
    """When events that come at these times may go, and the file or fetch of each; None where there are none."""
    figures, receiver = workplace.figures, workplace.receiver
    how = calls(figures, workplace.way, receiver is not None)
    if how is Calls.OWN_SCHEDULE:
        return _filed(workplace, times, figures["own_interval_s"], figures["own_offset_s"])
    if how is Calls.AT_ONCE or receiver is None:
        return times, None
    if how is Calls.POLL:
        return at_next_tick(times, poll_s(figures, receiver.figures)), None
    interval, offset = gathered_every_s(workplace.way, receiver.figures), workplace.way.offset_s
    if how is Calls.FETCH:
        return at_next_tick(times, interval, offset), ticks(times, interval, offset)
    if offset:
        return _filed(workplace, times, interval, offset)
    jobs, events = events_of_ticks(times, interval)
    due = np.repeat(_dropped(workplace, events.size, interval, 0.0), events)
    return np.maximum(times, due, out=due), jobs


def _filed(workplace: Workplace, times: Seconds, interval_s: float, offset_s: float) -> tuple[Seconds, Jobs]:
    """When the file of each event is there, and which file it is."""
    jobs = ticks(times, interval_s, offset_s)
    files = int(jobs.max(initial=-1)) + 1
    return np.maximum(times, _dropped(workplace, files, interval_s, offset_s)[jobs]), jobs


def gathered_every_s(way: Way, theirs: Mapping[str, float]) -> float:
    """Seconds between two files or fetches; `theirs`: the figures of the ingestion that they reach."""
    return way.interval_s or theirs["batch_interval_s"]


def due_s(workplace: Workplace, at_s: float) -> float:
    """When an event that comes at `at_s` may go: as `called` has it for all of them."""
    return float(_due(workplace, np.array([at_s]))[0][0])


def stops(workplace: Workplace) -> Outages:
    """When nothing is handed on: while the station is down and, where events wait for their receiver, while it is."""
    receiver = workplace.receiver
    files = calls(workplace.figures, workplace.way, receiver is not None) is Calls.OWN_SCHEDULE
    waiting = receiver is not None and not files and workplace.way.waits is Waits.SENDER
    return (*workplace.closed, *receiver.closed) if receiver and waiting else workplace.closed


def thrown(workplace: Workplace) -> bool:
    """Whether events go as they come, called for by nobody."""
    return calls(workplace.figures, workplace.way, workplace.receiver is not None) is Calls.AT_ONCE


class Calls(Enum):
    """How events get out of a source or an interface.

    In files on its own schedule; pushed at once, as they come; fetched by the receiver's job, or at its poll; in files
    that the source drops on the receiver's schedule.
    """

    OWN_SCHEDULE = auto()
    AT_ONCE = auto()
    FETCH = auto()
    POLL = auto()
    FILES = auto()


def calls(figures: Mapping[str, float], way: Way, fed: bool) -> Calls:
    """How events get out here; `fed`: whether it feeds an ingestion, whose habits then count.

    A flow that says how it moves is believed; one that the switches turn is not where there is a schedule of its own.
    """
    if figures.get("own_interval_s", 0.0) > 0.0 and not way.id:
        return Calls.OWN_SCHEDULE
    if not fed or way.throws:
        return Calls.AT_ONCE
    if way.streams:
        return Calls.POLL
    return Calls.FETCH if way.pulls else Calls.FILES


def calls_at(network: Network, scenario: Scenario, figures: Mapping[str, float], station: str) -> Calls:
    """How events get out of a source or an interface of a network on a day; `figures`: its own."""
    return calls(figures, way_out(network, scenario, station), receiver(network, station) is not None)


def poll_s(figures: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Seconds between two polls: the station's own, or else by the figures of the ingestion that polls (`theirs`)."""
    return figures.get("poll_interval_s", 0.0) or theirs["poll_interval_s"]


def _dropped(workplace: Workplace, count: int, interval_s: float, offset_s: float) -> Seconds:
    """When the source drops each of its files: on schedule plus a lateness, never before the file that came before."""
    dropped: Seconds = exponentials(
        workplace.scenario.seed, workplace.id, "lateness of files", count
    ) * workplace.figures.get("lateness_s", 0.0)
    dropped += offset_s or interval_s
    dropped += interval_s * np.arange(count)
    return np.maximum.accumulate(dropped, out=dropped)


def carried(workplace: Workplace, due: Seconds, jobs: Jobs | None, closed: Outages, *, thrown: bool = False) -> Work:
    """Read what is due, one record after the other, within the rate limit.

    What is called for costs a round trip a page, and in batches a scan before the first record (a full load reads the
    old rows, too); what is `thrown`, as it comes, spends its round trip on the way, beside the others.
    """
    figures, clock = workplace.figures, Clock(closed, workplace.slowed)
    work: float | Seconds = figures.get("per_event_s", 0.0)
    trip = request_s(figures)
    asks_again = figures.get("on_limit") == OnLimit.REFUSE
    asks: NDArray[np.intp] | None = None
    if not thrown and (trip or jobs is not None or asks_again):
        first = _first_of_calls(due if jobs is None else jobs)
        asks = _first_of_requests(first, due.size, figures.get("page_events", 1.0))
        work = np.full(due.size, work, dtype=float)
        work[asks] += trip
        if jobs is not None:
            work[first] += _before_the_first(figures, first)
        trip = 0.0
    throttled = None
    if asks_again and figures["rate_per_s"]:
        due, throttled = _let_through(workplace, due, np.arange(due.size) if asks is None else asks, work, clock)
    started, ended = served(due, work, clock)
    if figures.get("rate_per_s", 0.0) and not asks_again:
        if figures.get("bulk_rows", 1.0) > 1.0 and not thrown and due.size:
            return _in_bulk(figures, started, ended, calls_of(due, figures["bulk_rows"]))
        ended = rate_limited(ended, figures["rate_per_s"], figures["burst"])
        started = _one_at_a_time(started, ended)
    out = ended + trip if trip else ended
    return Work(started, out, jobs=jobs, from_s=started, to_s=ended, throttled_s=throttled)


def request_s(figures: Mapping[str, float]) -> float:
    """Seconds on the way for one request: there and back and, where it makes a connection of its own, before that.

    TCP takes one round trip to connect, and TLS 1.3 one more (RFC 8446, section 2).
    """
    handshake = figures.get("reconnects", 0.0) * (1.0 + figures.get("tls", 0.0))
    return figures.get("round_trip_s", 0.0) * (1.0 + handshake)


def calls_of(due: Seconds, most: float) -> NDArray[np.intp]:
    """The row at which each call begins that carries up to so many of the rows that are due together."""
    return _first_of_requests(_first_of_calls(due), due.size, most)


def _in_bulk(figures: Mapping[str, float], started: Seconds, ended: Seconds, first: NDArray[np.intp]) -> Work:
    """The work of calls that carry many rows: a call is ready with its last row, takes one token, and goes as one."""
    rows = np.diff(first, append=started.size)
    out = rate_limited(ended[first + rows - 1], figures["rate_per_s"], figures["burst"])
    begun = _one_at_a_time(started[first], out)
    return Work(np.repeat(begun, rows), np.repeat(out, rows), from_s=begun, to_s=out)


def _one_at_a_time(started: Seconds, ended: Seconds) -> Seconds:
    """When each record begins if one is in transfer at a time: not before the one before it is through."""
    begins = np.empty(started.size)
    begins[:1] = started[:1]
    np.maximum(started[1:], ended[:-1], out=begins[1:])
    return begins


def _before_the_first(figures: Mapping[str, float], known: NDArray[np.intp]) -> float | Seconds:
    """Seconds that batches spend before their first new record; `known`: the day's rows that each has read before."""
    scan = figures.get("scan_s", 0.0)
    if not figures.get("full_load"):
        return scan
    rows: Seconds = figures["table_rows"] + known.astype(np.float64)
    return scan + rows * figures["per_event_s"] + np.ceil(rows / figures["page_events"]) * request_s(figures)


def _let_through(
    workplace: Workplace, due: Seconds, asks: NDArray[np.intp], work: float | Seconds, clock: Clock
) -> tuple[Seconds, Seconds]:
    """When each record may be read where too many are met by a 429, and when one was; `asks`: a request's first."""
    figures, none = workplace.figures, np.empty(0)
    if due.size == 0:
        return due, none
    limit = Limit(figures["rate_per_s"], figures["burst"])
    rows = np.diff(asks, append=due.size).astype(np.float64)
    lasts = np.add.reduceat(np.broadcast_to(work, due.shape), asks)
    started, _ = served(due[asks], lasts, clock)
    if never_refused(started, rows, limit):
        return due, none
    backoff = Backoff(figures["backoff_s"], figures["backoff_max_s"])
    trip = request_s(figures)
    passed, refused = asked_until_served(
        due[asks], rows, lasts, trip, limit, backoff, clock,
        lambda k: uniforms(workplace.scenario.seed, workplace.id, f"back-off {k}", 1000),
    )  # fmt: skip
    return np.maximum(due, np.repeat(passed, np.diff(asks, append=due.size))), refused


def _first_of_calls(calls: Seconds | Jobs) -> NDArray[np.intp]:
    """The row at which each call begins; `calls` names each event's call, equal ones side by side."""
    new = np.ones(calls.size, dtype=np.bool_)
    np.not_equal(calls[1:], calls[:-1], out=new[1:])
    return np.flatnonzero(new)


def _first_of_requests(first: NDArray[np.intp], events: int, page: float) -> NDArray[np.intp]:
    """The row at which each request begins: the first of a call (those at `first`), and one a page after it."""
    lengths = np.diff(first, append=events)
    in_call = np.flatnonzero(np.arange(lengths.max(initial=0)) % page == 0.0)
    requests = np.searchsorted(in_call, lengths)
    number = np.arange(requests.sum()) - np.repeat(np.cumsum(requests) - requests, requests)
    rows: NDArray[np.intp] = np.repeat(first, requests) + in_call[number]
    return rows
