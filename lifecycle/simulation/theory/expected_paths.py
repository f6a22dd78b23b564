"""What theory says of stations without a queue of their own: sources, interfaces, schedules, archives, who looks."""

from __future__ import annotations

import math
from typing import assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import FaultKind, OnLimit, Size
from lifecycle.simulation.model.network import receiver
from lifecycle.simulation.roles.calling import Calls, calls_at, request_s
from lifecycle.simulation.roles.workplace import per_row_s
from lifecycle.simulation.theory.expected_queues import QueueWork, queue_wait
from lifecycle.simulation.theory.laws import Expectation, Law, Laws, NoLaw, unless_hidden
from lifecycle.simulation.theory.obstacles import not_random, way_fault, work_fault
from lifecycle.simulation.theory.randomness import HOUR_S, ArrivalLaw, in_step

AGE, LEAVES, THROUGH = "Mean age at the end of its job", "Mean wait before it leaves", "Rate let through, second half"
ROUNDING_S = 1e-6
MINUTE_S = 60.0


def called_for(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Laws:
    """A source or interface: events leave at once, wait to be called for, or for tokens."""
    fed = receiver(run.network, passage.id)
    how = calls_at(run.network, run.scenario, run.figures[passage.id], passage.id)
    match how:
        case Calls.OWN_SCHEDULE:
            return (NoLaw(LEAVES, "s", _waited(passage), "it delivers files on its own schedule: no closed form"),)
        case Calls.FETCH | Calls.FILES:
            why = "events wait here until they are called for, by a schedule that is not theirs: no closed form"
            return (NoLaw(LEAVES, "s", _waited(passage), why),)
        case Calls.POLL:
            closed = fed is not None and any(f.station == fed and f.kind == FaultKind.DOWN for f in run.scenario.faults)
            why = "events wait here until they are called for, poll by poll: no closed form"
            return (_tokens(run, passage, arrivals, "it is not called while its receiver is down" if closed else None)
                    or NoLaw(LEAVES, "s", _waited(passage), why),)  # fmt: skip
        case Calls.AT_ONCE:
            return (_tokens(run, passage, arrivals, None) or _at_once(run, passage, arrivals),)
        case _:
            assert_never(how)


def _tokens(run: Run, passage: Passage, arrivals: ArrivalLaw, obstacle: str | None) -> Expectation | None:
    """A token bucket asked for more than its rate lets through exactly its rate; None where there is no limit."""
    figures = run.figures[passage.id]
    rate, half_s = figures.get("rate_per_s", 0.0), run.horizon_s / 2.0
    if not rate:
        return None
    # What turns out to be unreadable has cost its token, too.
    through = (np.count_nonzero(passage.out_s > half_s) + np.count_nonzero(passage.lost_s > half_s)) / half_s
    reading_s = figures.get("per_event_s", 0.0) + request_s(figures)
    obstacle = obstacle or work_fault(run, passage)
    if figures.get("on_limit") == OnLimit.REFUSE:
        obstacle = (
            obstacle or "a caller that is refused waits for as long as chance says, and asks again: no closed form"
        )
    if reading_s * rate > 0.9:
        obstacle = obstacle or "reading a record takes about as long as its token: two limits at once"
    if not (arrivals.hourly_per_s > rate).all():
        obstacle = obstacle or "events wait for tokens only after a burst: the mean has no closed form"
    if way := way_fault(run, passage):
        obstacle = obstacle or way
    if obstacle:
        return NoLaw(THROUGH, "events/s", through, obstacle)
    why = "a token bucket asked for more than its rate lets through exactly its rate"
    return Law(THROUGH, "events/s", "token bucket", rate, through, 2.0 / half_s, why, approximate=True)


def _at_once(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Expectation:
    """Nothing holds events back here but their reading, one after the other, or a telephone without signal."""
    figures, fault = run.figures[passage.id], work_fault(run, passage)
    late, late_s = figures.get("late_share", 0.0), figures.get("late_s", 0.0)
    if late and not fault:
        why = f"{100.0 * late:.3g} % of the events are late, by {late_s:,.0f} s on average"
        sd = late_s * math.sqrt((2.0 * late - late**2) / arrivals.count)
        waited = float((passage.started_s - passage.arrived_s).mean())
        return unless_hidden(Law(LEAVES, "s", "mean of a mixture", late * late_s, waited, 4.0 * sd + ROUNDING_S, why))
    return queue_wait(arrivals, QueueWork(figures.get("per_event_s", 0.0), 0.0), 1, _waited(passage), fault)


def _waited(passage: Passage) -> float | None:
    kept = passage.fate == 0
    return float((passage.started_s - passage.arrived_s)[kept].mean()) if kept.any() else None


def jobs(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Laws | None:
    """A transformation in jobs, on its schedule or in micro-batches; None where it takes event by event."""
    if run.orchestrated_at(passage.id):
        return (NoLaw(AGE, "s", _took(run, passage), "its jobs wait for those before them and for a free slot"),)
    figures, batch = run.figures[passage.id], run.scenario.transform == Size.BATCH
    interval_s = figures["interval_s"] if batch else figures["micro_batch_s"]
    if not interval_s:
        return None
    each_s = per_row_s(figures) / figures["workers"]
    overhead_s = figures["job_overhead_s"] if batch else figures["micro_overhead_s"]
    rates = arrivals.hourly_per_s
    rows = float((rates**2).sum() / rates.sum()) * interval_s  # as an event sees it: busy hours count more
    most = float(rates.max()) * interval_s
    longest_s = overhead_s + (most + 5.0 * math.sqrt(most)) * each_s
    obstacle = "a sum waits until its window closes: no closed form" if figures["window_s"] else None
    if batch and figures["rebuilds"]:
        obstacle = obstacle or "each job works on all rows so far: it takes longer and longer, with no closed form"
    if longest_s > interval_s:
        obstacle = obstacle or f"a job takes up to {longest_s:,.0f} s and is due every {interval_s:,.0f} s: it overruns"
    return (_age(run, passage, arrivals, interval_s, overhead_s + (1.0 + rows) * each_s, obstacle, each_s),)


def flushed(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Laws:
    """A lake: events are written together every so often, or each alone."""
    figures = run.figures[passage.id]
    if figures["flush_interval_s"] == 0.0:
        return (_always(run, passage, figures["put_s"], "each event is an object of its own, and is written at once"),)
    return (_age(run, passage, arrivals, figures["flush_interval_s"], figures["put_s"], None),)


def archived(run: Run, passage: Passage) -> Laws:
    """An archive: data moves when it is old enough."""
    after_s = run.figures[passage.id]["after_s"]
    return (_always(run, passage, after_s, "data moves to the archive at this age, and not before"),)


def looked_at(run: Run, passage: Passage, arrivals: ArrivalLaw) -> Laws:
    """A consumer: it looks live, or at a refresh, at the pace of the tool behind it."""
    figures = run.figures[passage.id]
    busy = bool(figures["per_event_s"] or figures["rate_per_s"])
    if figures["interval_s"]:
        many = "what one look brings is taken in event after event: no closed form" if busy else None
        if figures["index_rows"] and figures["index_rebuilds"]:
            many = "each refresh makes the whole index anew, and grows with it: no closed form"
        return (_age(run, passage, arrivals, figures["interval_s"], figures["query_s"], many),)
    if (tokens := _tokens(run, passage, arrivals, None)) is not None:
        return (tokens,)
    if busy:
        return (
            queue_wait(arrivals, QueueWork(figures["per_event_s"], 0.0), 1, _waited(passage), work_fault(run, passage)),
        )
    return (_always(run, passage, figures["query_s"], "it looks live: the query is all that it waits for"),)


def _always(run: Run, passage: Passage, age_s: float, why: str) -> Expectation:
    """The same time for every event, whatever comes."""
    took_s = _took(run, passage)
    obstacle = way_fault(run, passage) or (None if took_s is not None else "no event is old enough by midnight")
    if obstacle or took_s is None:
        return NoLaw(AGE, "s", took_s, obstacle or "")
    return Law(AGE, "s", "a fixed time", float(age_s), took_s, ROUNDING_S, why, exact=True)


def _took(run: Run, passage: Passage) -> float | None:
    done = passage.departed_s <= run.horizon_s
    return float((passage.departed_s - passage.arrived_s)[done].mean()) if done.any() else None


def _age(
    run: Run,
    passage: Passage,
    arrivals: ArrivalLaw,
    interval_s: float,
    job_s: float,
    obstacle: str | None,
    each_s: float = 0.0,
) -> Expectation:
    """The mean time from arrival to the end of the job that a schedule starts."""
    took_s = _took(run, passage)
    obstacle = way_fault(run, passage) or not_random(arrivals) or obstacle
    if not run.horizon_s / interval_s >= 5.0:
        obstacle = obstacle or "the schedule ticks less than five times a day: too few jobs for a mean"
    if obstacle is None and in_step(passage.arrived_s, arrivals, interval_s):
        obstacle = "events come in step with its schedule, as a clock before it sends them"
    if obstacle or took_s is None:
        return NoLaw(AGE, "s", took_s, obstacle or "no job ends by midnight")
    value = _to_the_tick(arrivals, interval_s, run.horizon_s - job_s) + job_s
    rows = arrivals.per_s * interval_s
    jobs_sd = 2.0 * each_s * math.sqrt(max(rows, 1.0) * interval_s / run.horizon_s)
    within = 4.0 * (interval_s / math.sqrt(12.0 * arrivals.count) + jobs_sd) + 0.01 * value + ROUNDING_S
    why = f"half of {interval_s:,.0f} s, and the job: events come at random between two ticks"
    return unless_hidden(
        Law(AGE, "s", "half an interval", value, took_s, within, why, approximate=arrivals.manner != "random")
    )


def _to_the_tick(arrivals: ArrivalLaw, interval_s: float, until_s: float) -> float:
    """Seconds from arrival to the next tick on average, of events whose tick comes by `until_s`."""
    if arrivals.manner == "random" or interval_s <= MINUTE_S:
        return interval_s / 2.0
    last_s = math.floor(until_s / interval_s) * interval_s
    at_s = np.arange(0.5, last_s / MINUTE_S) * MINUTE_S
    waits_s = np.ceil(at_s / interval_s) * interval_s - at_s
    hours = np.minimum(at_s / HOUR_S, arrivals.hourly_per_s.size - 1).astype(np.intp)
    weights = arrivals.hourly_per_s[hours]
    return float(waits_s @ weights / weights.sum())
