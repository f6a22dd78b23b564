"""What does not listen to the switches, in words: a schedule and its runs, and a flow that says how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import assert_never

from lifecycle.course.pipeline import Flow, Pipeline, Stage
from lifecycle.simulation.model.kinds import Overlap
from lifecycle.simulation.model.schedules import Schedule, StageJob
from lifecycle.words import DAY_S, HOUR_S, clock, duration

NAMED_TICKS = 4  # so many moments are named one by one


def timetable_words(pipeline: Pipeline, stage: Stage) -> str:
    """What the panel says of a stage on a schedule, in Markdown without markup of its own; "" for any other stage."""
    schedule = next((one for one in pipeline.schedules if one.id == stage.schedule), None)
    if schedule is None:
        return ""
    parts = [
        f"Its jobs are on the schedule {schedule.id}: a run {_due(schedule.ticks_s)}, {_slots(schedule.slots)}.",
        *([_jobs(stage.jobs)] if len(stage.jobs) > 1 else []),
        _retries(schedule),
        _overlap(schedule.overlap),
        "Runs missed while the scheduler slept are made up for."
        if schedule.catch_up
        else "Runs missed while the scheduler slept are left out.",
        "The transformation switch and the stage's own timetable change nothing here.",
    ]
    return " ".join(parts)


def flow_words(pipeline: Pipeline, flow: Flow) -> str:
    """What the panel says of a flow that says how it moves; "" for any other."""
    way = flow.way
    if way is None:
        return ""
    who = "the receiver asks" if way.pulls else "the source sends"
    when = f" every {duration(way.interval_s)}" if way.interval_s else ""
    first = f", the first at {clock(way.offset_s)}" if way.offset_s else ""
    size = "each event, or a few, as they come" if way.streams else "a batch"
    waits = "is lost" if way.loses else f"waits at the {way.waits}"
    return (
        f"{pipeline.labels[flow.source]} → {pipeline.labels[flow.target]} moves by {way.title}, whatever the switches "
        f"say: {who}, {size}{when}{first}; what is due while the receiver is down {waits}."
    )


def _due(ticks_s: Sequence[float]) -> str:
    """`every hour at :05`, `every 15 min`, `at 02:00 and 14:00`, `8 times a day, first at 06:00, last at 20:00`."""
    if len(ticks_s) <= NAMED_TICKS:
        named = [clock(tick_s) for tick_s in ticks_s]
        return f"at {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}"
    gaps = {round(after - before, 6) for before, after in pairwise(ticks_s)}
    if len(gaps) == 1 and ticks_s[0] + DAY_S - ticks_s[-1] <= min(gaps) + ticks_s[0]:
        every_s = gaps.pop()
        if every_s == HOUR_S:
            return f"every hour at :{clock(ticks_s[0])[-2:]}"
        return f"every {duration(every_s)}"
    return f"{len(ticks_s)} times a day, first at {clock(ticks_s[0])}, last at {clock(ticks_s[-1])}"


def _slots(slots: int) -> str:
    return f"{slots} slots, so at most {slots} jobs at once" if slots > 1 else "1 slot, so one job at a time"


def _jobs(jobs: Sequence[StageJob]) -> str:
    """Which jobs a run does, and after which: `join after clean`."""
    named = [f"{job.id} after {' and '.join(job.after)}" if job.after else job.id for job in jobs]
    return f"A run does {'; '.join(named)}."


def _retries(schedule: Schedule) -> str:
    if not schedule.retries:
        return "A failed job is not tried again; what waits for it is skipped in that run."
    times = "once" if schedule.retries == 1 else f"{schedule.retries} times"
    after = f"{duration(schedule.retry_s)} later" if schedule.retry_s else "at once"
    return (
        f"A failed job is tried again {times}, {after}; if that fails, too, what waits for it is skipped in that run."
    )


def _overlap(overlap: Overlap) -> str:
    match overlap:
        case Overlap.SKIP:
            return "A run that is due while another is under way is left out."
        case Overlap.QUEUE:
            return "A run that is due while another is under way waits for its end."
        case Overlap.PARALLEL:
            return "A run that is due while another is under way goes on beside it."
        case _:
            assert_never(overlap)
