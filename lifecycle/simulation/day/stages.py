"""What each role does to the events that reach it: one function a role, and `STAGES` at the bottom names them all.

A stage takes the events that arrive, in order, and returns a `Work`: when each was begun and ended, and whether it was
lost. Figures in SI units are explained in `figures.ROLES`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.calling import called, carried, ticks
from lifecycle.simulation.day.passage import Codes, Jobs, Stream
from lifecycle.simulation.day.place import Place, Work
from lifecycle.simulation.kernels import buffered
from lifecycle.simulation.kernels.clock import Clock, Outages
from lifecycle.simulation.kernels.servers import begun, served
from lifecycle.simulation.kernels.windows import by_window
from lifecycle.simulation.model.draws import Ids, Mask, exponentials
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, OnLate, Policy, Role, Size, Start, WhenFull
from lifecycle.simulation.model.scenario import DAY_S

NEVER_S = 2 * DAY_S  # what is not done by then is not done on this day; finite, so that it can be calculated with


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
    return replace(work, fate=_fates(stream.ids.size, (malformed, Fate.MALFORMED)), from_s=None, to_s=None)


def ingestion(place: Place, stream: Stream) -> Work:
    """Catch, decode and write. In batches whole jobs at a time; as a stream event by event.

    Pushed at as a stream while it is down, it loses what is thrown: nobody holds it. `capacity` bounds what may wait.
    """
    figures = place.figures
    delay = figures["latency_s"]
    if place.scenario.size == Size.BATCH:
        return _landed(place, stream, delay)
    work = place.work(stream.ids)
    capacity = math.ceil(figures["capacity"]) or math.inf
    if place.scenario.start == Start.PULL:
        started, ended = served(stream.at_s, work, place.clock)
        return Work(started, ended + delay, from_s=started, to_s=ended)
    thrown_away = _within(stream.at_s, place.closed)
    fate = np.where(thrown_away, np.uint8(Fate.REFUSED), np.uint8(0))
    caught = ~thrown_away
    inside = buffered(stream.at_s[caught], _part(work, caught), capacity, closed=place.closed, slowed=place.slowed)
    fate[caught] = inside.losses
    ended = stream.at_s.copy()
    ended[caught] = inside.left_s
    started = begun(stream.at_s, ended, np.where(fate > 0, 0.0, work), place.clock)
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
    return _by_job(place, stream, jobs, ready, figures["job_overhead_s"], delay=delay)


def _by_job(
    place: Place, stream: Stream, jobs: Jobs, ready: Seconds, overhead: float, workers: int = 1, delay: float = 0.0
) -> Work:
    """Run jobs one after the other in the order in which they are ready; all events of a job depart at its end."""
    times, bytes_s = stream.at_s, place.transfer_s(stream.ids)
    rows = np.bincount(jobs, minlength=ready.size)
    full = np.flatnonzero(rows)
    order = full[np.argsort(ready[full], kind="stable")]
    lasts = rows * (place.figures["per_event_s"] + (bytes_s if isinstance(bytes_s, float) else 0.0))
    if not isinstance(bytes_s, float):
        lasts += np.bincount(jobs, bytes_s, ready.size)
    lasts = lasts[order] / workers + overhead
    begun, done = served(ready[order], lasts, Clock(place.closed_in(), place.slowed))
    started, ended = np.zeros(ready.size), np.zeros(ready.size)
    started[order], ended[order] = begun, done + delay
    return Work(np.maximum(started[jobs], times), np.maximum(ended[jobs], times), from_s=begun, to_s=done)


def buffer(place: Place, stream: Stream) -> Work:
    """A log with consumers behind it: it takes all that comes, hands on what its consumers can take, and forgets.

    Faults here are the consumers': down, they read nothing and the backlog grows. A full log that blocks its sender
    has the sender's room as well: who finds no room there either is refused.
    """
    figures, times = place.figures, stream.at_s
    work, consumers = place.work(stream.ids), int(figures["consumers"])
    capacity = room_of(figures)
    started, ended = np.empty(times.size), np.empty(times.size)
    fate = np.zeros(times.size, dtype=np.uint8)
    for partition in range(consumers):
        mine = slice(partition, None, consumers)
        share, closed = work if isinstance(work, float) else work[mine], place.closed_in(partition)
        patience, policy = _kept_for(place, times[mine]), _turned_away(WhenFull(int(figures["policy"])))
        inside = buffered(times[mine], share, capacity, patience, policy, closed, place.slowed)
        ended[mine], fate[mine] = inside.left_s, inside.losses
        served = share if not inside.losses.any() else np.where(inside.losses == 0, share, 0.0)
        started[mine] = begun(times[mine], ended[mine], served, Clock(closed, place.slowed))
    if not fate.any():
        return Work(started, ended, servers=consumers)
    kept = fate == 0
    return Work(started, ended, fate, None, np.sort(started[kept]), np.sort(ended[kept]), consumers)


def _turned_away(policy: WhenFull) -> Policy:
    """How the kernel treats who finds no room: blocking is refusing with more room, the sender's (see `room_of`)."""
    match policy:
        case WhenFull.REFUSE | WhenFull.BLOCK:
            return Policy.REFUSE
        case WhenFull.DROP_OLDEST:
            return Policy.DROP_OLDEST
        case WhenFull.SPILL:
            return Policy.SPILL
        case _:
            assert_never(policy)


def room_of(figures: Mapping[str, float]) -> float:
    """Events that a log holds for each of its consumers before it must do what its policy says; infinity: no limit."""
    policy = WhenFull(int(figures["policy"]))
    if not figures["capacity"] or policy is WhenFull.SPILL:
        return math.inf
    room = figures["capacity"] + (figures["sender_room"] if policy is WhenFull.BLOCK else 0.0)
    return max(1, math.ceil(room / figures["consumers"]))


def _kept_for(place: Place, times: Seconds) -> float | Seconds:
    """Seconds that each event is kept for: the retention, less where somebody cut it short for a while."""
    retention = place.figures["retention_s"]
    if not place.keeps:
        return retention
    deadline = times + retention
    for start, end, briefly in place.keeps:
        sooner = np.maximum(times + min(briefly, retention), start)
        deadline = np.where(sooner < end, np.minimum(sooner, deadline), deadline)
    return np.maximum.accumulate(deadline) - times


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
    """Clean, join and sum: on a schedule, or event by event. What cannot be used, or came twice, ends here."""
    figures, workers = place.figures, int(place.figures["workers"])
    batch = place.scenario.transform == Size.BATCH
    interval = figures["interval_s"] if batch else figures["micro_batch_s"]
    if interval:
        jobs = ticks(stream.at_s, interval)
        ready = np.arange(1.0, int(jobs.max(initial=-1)) + 2) * interval
        overhead = figures["job_overhead_s"] if batch else figures["micro_overhead_s"]
        work = _by_job(place, stream, jobs, ready, overhead, workers)
    else:
        work = _shared(place, stream, workers)
    work = _sifted(place, stream.ids, work)
    return _summed(place, stream.ids, work) if figures["window_s"] else work


def _summed(place: Place, ids: Ids, work: Work) -> Work:
    """What goes into a sum by event time waits until its window closes; who comes later amends it or is dropped."""
    figures = place.figures
    alive = np.ones(ids.size, dtype=np.bool_) if work.fate is None else work.fate == 0
    ended, fate = work.ended_s.copy(), np.zeros(ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
    out, late = by_window(
        place.day.stamped_s[ids[alive]], work.ended_s[alive], figures["window_s"], figures["watermark_s"]
    )
    ended[alive] = np.minimum(out, NEVER_S)
    if figures["on_late"] == OnLate.DROP:
        fate[np.flatnonzero(alive)[late]] = Fate.LATE
    return work.seen(np.maximum(ended, work.ended_s), fate if fate.any() else None)


def _shared(place: Place, stream: Stream, workers: int) -> Work:
    """Deal the events out to the workers in turn; each works through its own in order."""
    times, work = stream.at_s, place.work(stream.ids)
    started, ended = np.empty(times.size), np.empty(times.size)
    for worker in range(workers):
        mine = slice(worker, None, workers)
        share = work if isinstance(work, float) else work[mine]
        started[mine], ended[mine] = served(times[mine], share, Clock(place.closed_in(worker), place.slowed))
    return Work(started, ended, servers=workers)


def _sifted(place: Place, ids: Ids, work: Work) -> Work:
    """Say which events do not go on; each has cost its work all the same."""
    rejected = place.coins("rejected", ids, place.figures["reject_share"])
    again = _again(ids, work.ended_s, place.events) if place.figures["idempotent"] else None
    fate = _fates(ids.size, (rejected, Fate.REJECTED), (again, Fate.DUPLICATE))
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
    started, ended = served(stream.at_s, place.work(stream.ids), place.clock)
    return Work(started, ended + place.figures["load_s"], from_s=started, to_s=ended)


def archive(place: Place, stream: Stream) -> Work:
    """Data that has grown old enough goes to cold storage."""
    moved = _open(stream.at_s + place.figures["after_s"], place)
    none = np.empty(0)
    return Work(moved, moved, from_s=none, to_s=none)


def consumer(place: Place, stream: Stream) -> Work:
    """Someone looks: live or at a refresh, at the pace at which they can take it in."""
    figures, times = place.figures, stream.at_s
    interval = figures["interval_s"]
    due = times if interval == 0.0 else np.maximum(times, (ticks(times, interval) + 1.0) * interval)
    work = carried(place, due, None, place.closed, thrown=interval == 0.0)
    return replace(work, ended_s=work.ended_s + figures["query_s"])


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


STAGES: dict[Role, Callable[[Place, Stream], Work]] = {
    Role.SOURCE: source,
    Role.INTERFACE: interface,
    Role.INGESTION: ingestion,
    Role.BUFFER: buffer,
    Role.LAKE: lake,
    Role.TRANSFORM: transform,
    Role.WAREHOUSE: warehouse,
    Role.ARCHIVE: archive,
    Role.CONSUMER: consumer,
}
