"""What catches, decodes and writes: in jobs, or event by event."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lifecycle.simulation.kernels import buffered
from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.kernels.servers import begun, served
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.figures import (
    CAPACITY,
    DAY,
    ONCE_MORE_S,
    Figure,
    duplicates,
    encryption,
    masking,
    per_event_s,
    spread,
)
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, Fate, OnDrift, Role
from lifecycle.simulation.roles.jobs import by_job
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.timetable import next_tick_s, ticks
from lifecycle.simulation.roles.workplace import Work, Workplace


class Ingestion(RoleType):
    """What catches, decodes and writes: in jobs, or event by event."""

    role = Role.INGESTION
    keeps = False
    queues = True
    figures = (
        Figure("batch_interval_s", 3600, "s", 60, 2 * DAY, "Batch interval", "Seconds between two jobs or files",
               "chosen: hourly is the course's example; Fivetran's scheduled loads run every 6 h by default",
               "log", knob=True, cite="fivetran-docs"),
        Figure("poll_interval_s", 1, "s", 0.05, 3600, "Poll interval",
               "Seconds between two polls when it pulls a stream",
               "chosen: between the 5 s of Confluent's JDBC source and the milliseconds of change capture", "log",
               knob=True, cite="confluent-jdbc"),
        Figure("job_overhead_s", 20, "s", 0, DAY, "Start of a job", "Seconds a batch job takes before its first row",
               scale="log"),
        per_event_s(0.002, "Seconds to decode and write one event", knob=True),
        spread(),
        Figure("latency_s", 0.05, "s", 0, 60, "Network delay", "Seconds on the way, beside the work", scale="log"),
        Figure("bandwidth_bytes_per_s", 12.5e6, "B/s", 0, 1e12, "Bandwidth", "Bytes a second on the wire; 0: no limit",
               "chosen: 100 Mbit/s", "log"),
        Figure("decode_s_per_mb", 0.02, "s/MB", 0, 10, "Decoding", "Seconds to make sense of a megabyte",
               "chosen: 50 MB a second and core, a text format like JSON", "log"),
        encryption("Seconds to encrypt or decrypt a megabyte on the wire"),
        Figure("contract", 0, "choice", 0, 1, "Contract check", "Whether rows must have the agreed columns to come in",
               options=((0, "none: whatever comes is taken"), (1, "checked: a row that breaks it is set aside"))),
        CAPACITY,
        duplicates("Share of the events that the sender repeats because an acknowledgement got lost"),
        ONCE_MORE_S,
        *masking(0),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Catch, decode and write. In batches whole jobs at a time; as a stream event by event.

        Pushed at as a stream while it is down, it loses what is thrown unless somebody holds it. `capacity` bounds what
        may wait.
        """
        figures = workplace.figures
        delay = figures["latency_s"]
        if not workplace.way.streams:
            return _landed(workplace, stream, delay)
        work = workplace.work(stream.ids)
        capacity = math.ceil(figures["capacity"]) or math.inf
        if workplace.way.pulls:
            started, ended = served(stream.at_s, work, workplace.clock)
            return Work(started, ended + delay, from_s=started, to_s=ended)
        lost = workplace.closed and workplace.way.loses
        caught = ~_within(stream.at_s, workplace.closed) if lost else slice(None)
        inside = buffered(
            stream.at_s[caught], _part(work, caught), capacity, closed=workplace.closed, slowed=workplace.slowed
        )
        if not workplace.closed and not inside.losses.any():
            started = begun(stream.at_s, inside.left_s, work, workplace.clock)
            return Work(started, inside.left_s + delay, from_s=started, to_s=inside.left_s)
        fate, ended = np.full(stream.at_s.size, Fate.REFUSED, dtype=np.uint8), stream.at_s.copy()
        fate[caught], ended[caught] = inside.losses, inside.left_s
        started = begun(stream.at_s, ended, np.where(fate > 0, 0.0, work), workplace.clock)
        kept = fate == 0
        return Work(started, ended + np.where(kept, delay, 0.0), fate, from_s=started[kept], to_s=ended[kept])

    def reads(self, figures: Mapping[str, float]) -> OnDrift | None:
        """Rows without the agreed columns are set aside, where a contract is checked."""
        return OnDrift.SET_ASIDE if figures["contract"] else None

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """In batches, until its own job begins: so it is for what no file or fetch has gathered."""
        if workplace.way.streams:
            return ()
        return (Hold(Cause.TICK, next_tick_s(at_s, workplace.figures["batch_interval_s"])),)

    def trailing_s(self, workplace: Workplace) -> float:
        """The network delay."""
        return workplace.figures["latency_s"]


def _landed(workplace: Workplace, stream: Stream, delay: float) -> Work:
    """A file or fetch is one job: it begins when its last event is here, and all its events land at its end."""
    figures, times = workplace.figures, stream.at_s
    jobs = np.full(times.size, -1, dtype=np.int32) if stream.jobs is None else stream.jobs
    count = int(jobs.max(initial=-1)) + 1
    ready, alone = np.zeros(count), jobs < 0
    if not alone.any():
        ready[jobs] = times  # of several assignments the last stays, and times are sorted
    else:  # nobody gathered these into files: this station's own schedule does
        ready[jobs[~alone]] = times[~alone]
        interval = figures["batch_interval_s"]
        tick = ticks(times, interval)
        jobs = np.where(alone, tick + count, jobs).astype(np.int32)
        tick_s = np.arange(1, int(tick.max()) + 2) * interval
        count, ready = count + tick_s.size, np.concatenate((ready, tick_s))
    return by_job(workplace, stream, jobs, ready, figures["job_overhead_s"], delay=delay)


def _within(times: Seconds, windows: Outages) -> Mask:
    inside = np.zeros(times.size, dtype=np.bool_)
    for start, end in windows:
        inside[np.searchsorted(times, start) : np.searchsorted(times, end)] = True
    return inside


def _part(work: float | Seconds, mask: Mask | slice) -> float | Seconds:
    return work if isinstance(work, float) else work[mask]
