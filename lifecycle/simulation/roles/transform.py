"""What cleans, joins and sums: on a schedule, or event by event."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.servers import served
from lifecycle.simulation.kernels.windows import by_window
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.figures import (
    DAY,
    LEAST_TICK_S,
    TRY_S,
    Figure,
    codes,
    masking,
    per_event_s,
    spread,
    tries,
)
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, Fate, OnDrift, OnLate, Role, Size
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.roles.jobs import by_job
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream, fates
from lifecycle.simulation.roles.timetable import next_tick_s, ticks
from lifecycle.simulation.roles.workplace import Work, Workplace

NEVER_S = 2 * DAY_S  # what is not done by then is not done on this day; finite, so that it can be calculated with


class Transform(RoleType):
    """What cleans, joins and sums: on a schedule, or event by event."""

    role = Role.TRANSFORM
    keeps = False
    queues = True
    figures = (
        Figure("interval_s", 900, "s", 10, 2 * DAY, "Schedule", "Seconds between two jobs when it works in batches",
               scale="log", knob=True),
        Figure("job_overhead_s", 30, "s", 0, DAY, "Start of a job", "Seconds a job takes before its first row",
               scale="log"),
        Figure("drawn_s", 0, "s", 0, DAY, "Drawn duration",
               "What a job on a schedule takes, drawn anew each time: its median; 0: its start and its rows. In "
               "`pipeline.yaml` also a list of what was observed: then each time one of these, as they are",
               scale="log"),
        Figure("drawn_spread", 1.5, "times", 1, 10, "Spread of a drawn duration",
               "Two jobs in three take between the median divided by this and the median times this; none of those "
               "that a list gives"),
        per_event_s(0.004, "Seconds to clean, join and sum one event", knob=True),
        spread(),
        Figure("workers", 2, "workers", 1, 64, "Workers", "They share the events evenly", knob=True),
        Figure("autoscaled", 0, "choice", 0, 1, "Paid workers",
               "Stream: which of them the bill counts; those not needed are sent away by the minute",
               "chosen: fixed; Glue's streaming jobs can release workers that are idle", cite="glue-docs-autoscaling",
               options=((0, "fixed: all of them, all day"), (1, "autoscaled: those that the load needs"))),
        Figure("micro_batch_s", 0, "s", 0, 3600, "Micro-batch",
               "Stream: seconds of events worked on together; 0: each alone",
               "chosen: none; Spark's micro-batches reach latencies down to about 100 ms", "log",
               cite="spark-docs", least=LEAST_TICK_S),
        Figure("micro_overhead_s", 0.05, "s", 0, 60, "Start of a micro-batch", "Seconds it takes before its first row",
               scale="log"),
        Figure("window_s", 0, "s", 0, DAY, "Window", "Sums over this many seconds of event time; 0: row by row",
               scale="log", least=LEAST_TICK_S),
        Figure("watermark_s", 60, "s", 0, DAY, "Allowed lateness",
               "A window closes once an event this much younger than its end was seen", scale="log"),
        Figure("on_late", 0, "choice", 0, 1, "Too late for its window", "What happens to an event whose sum is out",
               options=codes(OnLate, "the sum is corrected", "it is dropped")),
        Figure("on_drift", 0, "choice", 0, 2, "A column it does not know", "What it does with a row it cannot read",
               options=codes(OnDrift, "sets the row aside", "fills in nothing", "stops until it is repaired")),
        tries("A record that crashes the job is set aside after this many tries; 0: until somebody removes it"),
        TRY_S,
        Figure("reject_share", 0, "1", 0, 1, "Rejected", "Share that is not fit for use: test rows, robots"),
        Figure("idempotent", 1, "choice", 0, 1, "Idempotent", "Whether the same event twice counts once", knob=True,
               options=((1, "yes: a second copy is removed"), (0, "no: a second copy counts again"))),
        *masking(1),
        Figure("rebuilds", 0, "choice", 0, 1, "What a job takes", "Whether each job makes the tables anew",
               "chosen: only what is new; dbt's tables are made anew in each run", knob=True, cite="dbt-docs",
               options=((0, "only what is new"), (1, "all that raw storage has"))),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Clean, join and sum: on a schedule, or event by event. What cannot be used, or came twice, ends here."""
        figures, workers = workplace.figures, int(workplace.figures["workers"])
        batch, interval = workplace.scenario.transform == Size.BATCH, _interval_s(workplace)
        if interval:
            jobs = ticks(stream.at_s, interval)
            ready = np.arange(1.0, int(jobs.max(initial=-1)) + 2) * interval
            overhead = figures["job_overhead_s"] if batch else figures["micro_overhead_s"]
            anew = batch and bool(figures["rebuilds"])
            work = by_job(workplace, stream, jobs, ready, overhead, workers, all_again=anew)
        else:
            work = _shared(workplace, stream, workers)
        work = _sifted(workplace, stream.ids, work)
        return _summed(workplace, stream.ids, work) if figures["window_s"] else work

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """Until its job, or its micro-batch, begins."""
        interval = _interval_s(workplace)
        return (Hold(Cause.TICK, next_tick_s(at_s, interval)),) if interval else ()

    def reads(self, figures: Mapping[str, float]) -> OnDrift | None:
        """As the figure `on_drift` says."""
        return OnDrift(int(figures["on_drift"]))


def _interval_s(workplace: Workplace) -> float:
    """Seconds between two jobs or micro-batches; 0 where it works event by event."""
    batch = workplace.scenario.transform == Size.BATCH
    return workplace.figures["interval_s" if batch else "micro_batch_s"]


def _summed(workplace: Workplace, ids: Ids, work: Work) -> Work:
    """What goes into a sum by event time waits until its window closes; who comes later amends it or is dropped."""
    figures = workplace.figures
    alive = np.ones(ids.size, dtype=np.bool_) if work.fate is None else work.fate == 0
    ended, fate = work.ended_s.copy(), np.zeros(ids.size, dtype=np.uint8) if work.fate is None else work.fate.copy()
    out, late = by_window(
        workplace.day.stamped_s[ids[alive]], work.ended_s[alive], figures["window_s"], figures["watermark_s"]
    )
    ended[alive] = np.minimum(out, NEVER_S)
    if figures["on_late"] == OnLate.DROP:
        fate[np.flatnonzero(alive)[late]] = Fate.LATE
    return work.seen(np.maximum(ended, work.ended_s), fate if fate.any() else None)


def _shared(workplace: Workplace, stream: Stream, workers: int) -> Work:
    """Deal the events out to the workers in turn; each works through its own in order."""
    times, work = stream.at_s, workplace.work(stream.ids)
    started, ended = np.empty(times.size), np.empty(times.size)
    for worker in range(workers):
        mine = slice(worker, None, workers)
        share = work if isinstance(work, float) else work[mine]
        started[mine], ended[mine] = served(times[mine], share, Clock(workplace.closed_in(worker), workplace.slowed))
    return Work(started, ended, servers=workers)


def _sifted(workplace: Workplace, ids: Ids, work: Work) -> Work:
    """Say which events do not go on; each has cost its work all the same."""
    rejected = workplace.coins("rejected", ids, workplace.figures["reject_share"])
    again = _again(ids, work.ended_s, workplace.events) if workplace.figures["idempotent"] else None
    fate = fates(ids.size, (rejected, Fate.REJECTED), (again, Fate.DUPLICATE))
    return Work(work.started_s, work.ended_s, fate, None, work.from_s, work.to_s, work.servers)


def _again(ids: Ids, ended: Seconds, events: int) -> Mask | None:
    """Which of the events are not the first of their identity to come through; None if none came twice."""
    rows, last = np.arange(ids.size, dtype=np.int32), np.empty(events, dtype=np.int32)
    last[ids] = rows  # of several assignments the last stays
    followed = np.flatnonzero(last.take(ids) != rows)
    if not followed.size:
        return None
    several = np.union1d(followed, last[ids[followed]])
    by_end = several[np.argsort(ended[several], kind="stable")]
    _, first = np.unique(ids[by_end], return_index=True)
    again = np.zeros(ids.size, dtype=np.bool_)
    again[several] = True
    again[by_end[first]] = False
    return again
