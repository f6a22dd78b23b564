"""What each role does to the events that reach it: one function a role, and `STAGES` at the bottom names them all.

A stage takes the events that arrive, in order, and returns a `Work`: when each was begun and ended, and whether it was
lost. Figures in SI units are explained in `figures.ROLES`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.clock import Clock, Outages, Slowdowns
from lifecycle.simulation.draws import Ids, Mask, exponentials
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.passage import Codes, Fate, Jobs, Stream
from lifecycle.simulation.place import Place, Work
from lifecycle.simulation.queues import buffered, fifo, rate_limited

_ROUNDING = 4 * float(np.finfo(np.float64).eps)
_POLICIES = ("refuse", "drop-oldest", "spill")


def source(place: Place, stream: Stream) -> Work:
    """Events are born here. Most may leave at once; a share is late: a telephone without signal.

    A source that feeds an ingestion without an interface between them is called on like an interface.
    """
    late = place.coins("late", stream.ids, place.figures["late_share"])
    if late is None:
        return called(place, stream)
    delay = exponentials(place.scenario.seed, place.id, "lateness of events", place.events)[stream.ids]
    ready = stream.at_s + np.where(late, delay * place.figures["late_s"], 0.0)
    order = np.argsort(ready, kind="stable")
    work = called(place, Stream(stream.ids[order], ready[order]))
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    jobs = None if work.jobs is None else work.jobs[back]
    return Work(work.started_s[back], work.ended_s[back], None, jobs, work.started_s, work.ended_s)


def interface(place: Place, stream: Stream) -> Work:
    """The face of a system that others own: read at its own pace and limits; some lines cannot be parsed."""
    work = called(place, stream)
    malformed = place.coins("malformed", stream.ids, place.figures["malformed_share"])
    return Work(work.started_s, work.ended_s, _fates(stream.ids.size, (malformed, Fate.MALFORMED)), work.jobs)


def called(place: Place, stream: Stream) -> Work:
    """Hold events until they are called for, then hand them on: the heart of push and pull.

    Pull: the receiver's job (batch) or poll (stream) calls, and only while it is up. Push in batches: the source drops
    a file on its own schedule, each late by its own luck, whether or not anyone is there. Push as a stream: at once.
    """
    figures, times, receiver = place.figures, stream.at_s, place.receiver
    own = figures.get("own_interval_s", 0.0)
    pull, batch = place.scenario.start == "pull", place.scenario.size == "batch"
    if own > 0.0:
        jobs = ticks(times, own, figures["own_offset_s"])
        due = np.maximum(times, _dropped(place, jobs, own, figures["own_offset_s"])[jobs])
        return _carried(place, due, times, jobs, place.closed)
    if receiver is None or not (pull or batch):
        return _carried(place, times, times, None, place.closed)
    interval = receiver.figures["batch_interval_s"]
    if not batch:
        interval = figures.get("poll_interval_s", 0.0) or receiver.figures["poll_interval_s"]
    jobs = ticks(times, interval)
    if pull:
        due = np.maximum(times, (jobs + 1.0) * interval)
        return _carried(place, due, times, jobs if batch else None, (*place.closed, *receiver.closed))
    due = np.maximum(times, _dropped(place, jobs, interval, 0.0)[jobs])
    return _carried(place, due, times, jobs, place.closed)


def ticks(times: Seconds, interval_s: float, offset_s: float = 0.0) -> Jobs:
    """Return the number of the tick that each event goes with, from 0: the first at or after it.

    Ticks are at `interval_s`, 2 × `interval_s`, … or, with an offset, at `offset_s`, `offset_s` + `interval_s`, …. As
    in `queues.scheduled`, an event within 4 units in the last place after a tick goes with it.
    """
    tick = times * (1.0 - _ROUNDING)
    if offset_s:
        tick -= offset_s
    tick /= interval_s
    np.ceil(tick, out=tick)
    if not offset_s:
        tick -= 1.0
    return np.maximum(tick, 0.0, out=tick).astype(np.int32)


def _dropped(place: Place, jobs: Jobs, interval_s: float, offset_s: float) -> Seconds:
    """When the source drops each of its files: on schedule plus a lateness, never before the file that came before."""
    count = int(jobs.max(initial=-1)) + 1
    dropped: Seconds = exponentials(place.scenario.seed, place.id, "lateness of files", count) * place.figures.get(
        "lateness_s", 0.0
    )
    dropped += offset_s or interval_s
    dropped += interval_s * np.arange(count)
    return np.maximum.accumulate(dropped, out=dropped)


def _carried(place: Place, due: Seconds, times: Seconds, jobs: Jobs | None, closed: Outages) -> Work:
    """Read what is due, one record after the other, within the rate limit.

    What is called for costs a round trip a page, and in batches a scan before the first record; what is thrown at once
    spends its round trip on the way, beside the others.
    """
    figures = place.figures
    work: float | Seconds = figures.get("per_event_s", 0.0)
    trip, scan = figures.get("round_trip_s", 0.0), figures.get("scan_s", 0.0) if jobs is not None else 0.0
    if (trip or scan) and due is not times:
        rank = _rank(due if jobs is None else jobs)
        work = np.full(due.size, work)
        work[rank % figures.get("page_events", 1.0) == 0.0] += trip
        work[rank == 0] += scan
        trip = 0.0
    started, ended = _served(due, work, closed, place.slowed)
    if figures.get("rate_per_s", 0.0):
        ended = rate_limited(ended, figures["rate_per_s"], figures["burst"])
        if ended.size:  # one record is in transfer at a time: the next begins when the one before is through
            started = np.maximum(started, np.concatenate((started[:1], ended[:-1])))
    return Work(started, ended + trip if trip else ended, jobs=jobs, from_s=started, to_s=ended)


def _rank(calls: Seconds | Jobs) -> NDArray[np.intp]:
    """The place of each event in its call, from 0; `calls` names each event's call, equal ones side by side."""
    place = np.arange(calls.size)
    new = np.ones(calls.size, dtype=np.bool_)
    new[1:] = calls[1:] != calls[:-1]
    return place - np.maximum.accumulate(np.where(new, place, 0))


def ingestion(place: Place, stream: Stream) -> Work:
    """Catch, decode and write. In batches whole jobs at a time; as a stream event by event.

    Pushed at as a stream while it is down, it loses what is thrown: nobody holds it. `capacity` bounds what may wait.
    """
    figures = place.figures
    delay = figures["latency_s"]
    if place.scenario.size == "batch":
        return _landed(place, stream, delay)
    work = place.work(stream.ids)
    capacity = figures["capacity"] or math.inf
    if place.scenario.start == "pull":
        started, ended = _served(stream.at_s, work, place.closed, place.slowed)
        return Work(started, ended + delay, from_s=started, to_s=ended)
    thrown_away = _within(stream.at_s, place.closed)
    fate = np.where(thrown_away, np.uint8(Fate.REFUSED), np.uint8(0))
    caught = ~thrown_away
    inside = buffered(stream.at_s[caught], _part(work, caught), capacity, closed=place.closed, slowed=place.slowed)
    fate[caught] = inside.losses
    ended = stream.at_s.copy()
    ended[caught] = inside.left_s
    started = _started(stream.at_s, ended, np.where(fate > 0, 0.0, work), place)
    kept = fate == 0
    return Work(started, ended + np.where(kept, delay, 0.0), fate, from_s=started[kept], to_s=ended[kept])


def _landed(place: Place, stream: Stream, delay: float) -> Work:
    """A file or fetch is one job: it begins when its last event is here, and all its events land at its end."""
    figures, times = place.figures, stream.at_s
    jobs = np.full(times.size, -1, dtype=np.int32) if stream.jobs is None else stream.jobs
    count = int(jobs.max(initial=-1)) + 1
    ready = np.zeros(count)
    ready[jobs[jobs >= 0]] = times[jobs >= 0]  # of several assignments the last stays, and times are sorted
    if (jobs < 0).any():  # nobody gathered these into files: this station's own schedule does
        interval = figures["batch_interval_s"]
        tick = ticks(times, interval)
        jobs = np.where(jobs < 0, tick + count, jobs).astype(np.int32)
        own = np.arange(1, int(tick.max()) + 2) * interval
        count, ready = count + own.size, np.concatenate((ready, own))
    return _by_job(place, times, jobs, ready, 1, delay)


def _by_job(place: Place, times: Seconds, jobs: Jobs, ready: Seconds, workers: int, delay: float = 0.0) -> Work:
    """Run jobs one after the other in the order in which they are ready; all events of a job depart at its end."""
    rows = np.bincount(jobs, minlength=ready.size)
    full = np.flatnonzero(rows)
    order = full[np.argsort(ready[full], kind="stable")]
    lasts = rows[order].astype(np.float64)
    lasts *= place.figures["per_event_s"] / workers
    lasts += place.figures["job_overhead_s"]
    begun, done = _served(ready[order], lasts, place.closed, place.slowed)
    started, ended = np.zeros(ready.size), np.zeros(ready.size)
    started[order], ended[order] = begun, done + delay
    return Work(np.maximum(started[jobs], times), np.maximum(ended[jobs], times), from_s=begun, to_s=done)


def buffer(place: Place, stream: Stream) -> Work:
    """A log with consumers behind it: it takes all that comes, hands on what its consumers can take, and forgets.

    Faults here are the consumers': down, they read nothing and the backlog grows.
    """
    figures, times = place.figures, stream.at_s
    work, consumers = place.work(stream.ids), int(figures["consumers"])
    capacity = max(1, math.ceil(figures["capacity"] / consumers)) if figures["capacity"] else math.inf
    ended = np.empty(times.size)
    fate = np.zeros(times.size, dtype=np.uint8)
    for partition in range(consumers):
        mine = slice(partition, None, consumers)
        inside = buffered(
            times[mine],
            work if isinstance(work, float) else work[mine],
            capacity,
            figures["retention_s"],
            _POLICIES[int(figures["policy"])],  # type: ignore[arg-type]  # the codes are checked in `figures`
            place.closed,
            place.slowed,
        )
        ended[mine], fate[mine] = inside.left_s, inside.losses
    if not fate.any():
        return Work(_started(times, ended, work, place), ended, servers=consumers)
    kept = fate == 0
    started = _started(times, ended, np.where(kept, work, 0.0), place)
    spans = np.sort(started[kept]), np.sort(ended[kept])
    return Work(started, ended, fate, from_s=spans[0], to_s=spans[1], servers=consumers)


def lake(place: Place, stream: Stream) -> Work:
    """Events gather into one object and are written together; there is room for all, and for ever."""
    times, flush = stream.at_s, place.figures["flush_interval_s"]
    due = times if flush == 0.0 else np.maximum(times, (ticks(times, flush) + 1.0) * flush)
    started = _open(due, place)
    ended = started + place.figures["put_s"]
    objects = np.ones(times.size, dtype=np.bool_)
    objects[1:] = started[1:] != started[:-1]
    return Work(started, ended, from_s=started[objects], to_s=ended[objects])


def transform(place: Place, stream: Stream) -> Work:
    """Clean, join and sum: on a schedule, or event by event. What cannot be read or used, or came twice, ends here."""
    workers = int(place.figures["workers"])
    if place.scenario.transform == "batch":
        interval = place.figures["interval_s"]
        jobs = ticks(stream.at_s, interval)
        ready = np.arange(1.0, int(jobs.max(initial=-1)) + 2) * interval
        work = _by_job(place, stream.at_s, jobs, ready, workers)
    else:
        work = _shared(place, stream, workers)
    return _sifted(place, stream.ids, work)


def _shared(place: Place, stream: Stream, workers: int) -> Work:
    """Deal the events out to the workers in turn; each works through its own in order."""
    times, work = stream.at_s, place.work(stream.ids)
    started, ended = np.empty(times.size), np.empty(times.size)
    for worker in range(workers):
        mine = slice(worker, None, workers)
        share = work if isinstance(work, float) else work[mine]
        started[mine], ended[mine] = _served(times[mine], share, place.closed, place.slowed)
    return Work(started, ended, servers=workers)


def _sifted(place: Place, ids: Ids, work: Work) -> Work:
    """Say which events a parser does not let through; each has cost its work all the same."""
    drifted = None if place.unreadable is None else place.unreadable[ids]
    rejected = place.coins("rejected", ids, place.figures["reject_share"])
    again = _again(ids, work.ended_s, place.events) if place.figures["idempotent"] else None
    fate = _fates(ids.size, (drifted, Fate.DRIFTED), (rejected, Fate.REJECTED), (again, Fate.DUPLICATE))
    return Work(work.started_s, work.ended_s, fate, None, work.from_s, work.to_s, work.servers)


def _again(ids: Ids, ended: Seconds, events: int) -> Mask | None:
    """Which of the events are not the first of their identity to come through; None if none came twice."""
    times = np.bincount(ids, minlength=events)
    if ids.size == 0 or int(times.max()) < 2:
        return None
    several = np.flatnonzero(times[ids] > 1)
    by_end = several[np.argsort(ended[several], kind="stable")]
    _, first = np.unique(ids[by_end], return_index=True)
    again = np.zeros(ids.size, dtype=np.bool_)
    again[several] = True
    again[by_end[first]] = False
    return again


def warehouse(place: Place, stream: Stream) -> Work:
    """Rows are written in order, and can be queried once their load is committed."""
    started, ended = _served(stream.at_s, place.work(stream.ids), place.closed, place.slowed)
    return Work(started, ended + place.figures["load_s"], from_s=started, to_s=ended)


def archive(place: Place, stream: Stream) -> Work:
    """Data that has grown old enough goes to cold storage."""
    moved = _open(stream.at_s + place.figures["after_s"], place)
    none = np.empty(0)
    return Work(moved, moved, from_s=none, to_s=none)


def consumer(place: Place, stream: Stream) -> Work:
    """Someone looks: live or at a refresh, at the pace at which they can take it in. What cannot be read fails here."""
    figures, times = place.figures, stream.at_s
    interval = figures["interval_s"]
    due = times if interval == 0.0 else np.maximum(times, (ticks(times, interval) + 1.0) * interval)
    work = _carried(place, due, times, None, place.closed)
    drifted = None if place.unreadable is None else place.unreadable[stream.ids]
    fate = _fates(times.size, (drifted, Fate.DRIFTED))
    return Work(work.started_s, work.ended_s + figures["query_s"], fate, from_s=work.from_s, to_s=work.to_s)


def _served(times: Seconds, work: float | Seconds, closed: Outages, slowed: Slowdowns) -> tuple[Seconds, Seconds]:
    """When one server begins and ends each event, first come, first served."""
    if isinstance(work, float) and work == 0.0 and not (closed or slowed):
        return times, times
    ended = fifo(times, work, closed=closed, slowed=slowed)
    return _begun(times, ended, work, Clock(closed, slowed)), ended


def _started(times: Seconds, ended: Seconds, work: float | Seconds, place: Place) -> Seconds:
    return _begun(times, ended, work, place.clock)


def _begun(times: Seconds, ended: Seconds, work: float | Seconds, clock: Clock) -> Seconds:
    """When work that ended at `ended` was begun; never before the event came, whatever rounding says."""
    begun = ended - work if clock.steady else clock.opens(clock.work(ended) - work)
    np.maximum(begun, times, out=begun)
    return np.minimum(begun, ended, out=begun)


def _open(times: Seconds, place: Place) -> Seconds:
    """The first moment at or after each time at which the station is up."""
    clock = place.clock
    return times if clock.steady else np.maximum(clock.opens(clock.work(times)), times)


def _within(times: Seconds, windows: Outages) -> Mask:
    inside = np.zeros(times.size, dtype=np.bool_)
    for start, end in windows:
        inside[np.searchsorted(times, start) : np.searchsorted(times, end)] = True
    return inside


def _part(work: float | Seconds, mask: Mask) -> float | Seconds:
    return work if isinstance(work, float) else work[mask]


def _fates(size: int, *losses: tuple[Mask | None, Fate]) -> Codes | None:
    """One code for each event: the first loss that applies; None where nobody is lost."""
    met = [(mask, fate) for mask, fate in losses if mask is not None and mask.any()]
    if not met:
        return None
    fates = np.zeros(size, dtype=np.uint8)
    for mask, fate in reversed(met):
        fates[mask] = fate
    return fates


STAGES: dict[str, Callable[[Place, Stream], Work]] = {
    "source": source,
    "interface": interface,
    "ingestion": ingestion,
    "buffer": buffer,
    "lake": lake,
    "transform": transform,
    "warehouse": warehouse,
    "archive": archive,
    "consumer": consumer,
}
