"""Charts of a stage on a schedule: one run job by job, its critical path lit, and the slots in use over the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts.spec import COLOURS, GREY, Array, AxisKind, Bars, ChartAxis, ChartSpec, Hatch, PointerWords
from lifecycle.charts.stage import day_of
from lifecycle.charts.tables import table_of
from lifecycle.course.pipeline import Stage
from lifecycle.diagram.journey_words import cause_words
from lifecycle.simulation.day.orchestrating import JobName, Orchestration
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Cause
from lifecycle.simulation.readings.frames import Counts
from lifecycle.simulation.readings.gantt import JobRun, JobTry, job_run, run_at, slots_in_use, waited_for_slots_s
from lifecycle.words import MINUTE_S, clock, clock_s, duration

if TYPE_CHECKING:
    import pandas as pd

NO_RUN = "No run took place on this day"
_STEPS_S = (10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 4 * 3600.0)
_MOST_TICKS = 6
# What became of a try, as the legend says it: colour and hatch.
_WORKING, _CRITICAL, _FAILED = "working", "critical path", "failed"
_LOOKS = {
    _WORKING: (COLOURS[0], Hatch.NONE),
    _CRITICAL: (COLOURS[1], Hatch.SLANTED),
    _FAILED: (COLOURS[3], Hatch.CROSSED),
}


@dataclass(frozen=True)
class _JobRow:
    """One row of the chart: a try, or a job that was skipped; `held_s`: how long it waited though its turn had come."""

    name: str
    words: str
    one: JobTry | None = None

    @property
    def held_s(self) -> float:
        waits = () if self.one is None else self.one.waits
        return sum(held.seconds for held in waits if held.cause is not Cause.PARENT)


def job_gantt(stage: Stage, run: Run, _ghost: Run | None = None, moment_s: float | None = None) -> ChartSpec:
    """The run that was due last at a second of the day, the longest where none is named: a bar for each try at a job.

    Axes are in seconds since the run was due, with words of the day.
    """
    done = run.orchestrated_at(stage.id)
    number = None if done is None else run_at(done, moment_s)
    if done is None or number is None:
        empty = ChartAxis(AxisKind.LINEAR, "time of the day", (0.0, 1.0))
        return ChartSpec((), empty, ChartAxis(AxisKind.ROWS), NO_RUN, table_of(), 120)
    shown = job_run(done, number)
    rows = tuple(_rows(stage, run, shown))
    return ChartSpec(
        tuple(_bars(rows, shown)),
        _since(shown),
        ChartAxis(AxisKind.ROWS),
        _finding(stage, shown),
        _table(rows, shown, run),
        100 + 30 * max(len(rows), 3),
    )


def stage_slots(stage: Stage, run: Run, ghost: Run | None) -> ChartSpec:
    """The most slots of a stage's orchestrator that were in use at once in each five minutes of the day."""

    def used(shown: Run, edges_s: Array) -> Counts:
        done = shown.orchestrated_at(stage.id)
        return np.zeros(edges_s.size - 1, dtype=np.int64) if done is None else slots_in_use(done, edges_s)

    drawn = day_of(run, ghost, used, "slots in use", "in use", "slots", "slots in use", ",.0f", style=2)
    done, most = run.orchestrated_at(stage.id), int(drawn.table["in use (slots)"].max())
    if done is None:
        return drawn
    whole = tuple((float(n), str(n)) for n in range(most + 1)) if most <= _MOST_TICKS else None
    return replace(drawn, finding=_slots_finding(done, most), y=replace(drawn.y, ticks=whole))


def _slots_finding(done: Orchestration, most: int) -> str:
    slots, waited_s = done.schedule.slots, waited_for_slots_s(done)
    waits = f"jobs wait {duration(waited_s)} in all for a free one" if waited_s else "no job waits for a free one"
    return f"{most} of {slots} slot{'s' * (slots > 1)} in use at most; {waits}"


def _called(stage: Stage, name: JobName) -> str:
    """A job of this stage by its own name, one of another stage with that before it."""
    if name.stage == stage.id:
        return name.job or stage.label
    return f"{name.stage} {name.job}".strip()


def _rows(stage: Stage, run: Run, shown: JobRun) -> Iterator[_JobRow]:
    for one in shown.tries:
        attempt = one.attempt
        name = _called(stage, one.name) + (f", try {one.nth + 1}" if one.nth else "")
        waits = [f"{duration(held.seconds)} for {cause_words(run, stage.id, held.cause)}" for held in one.waits]
        took = f"{clock_s(attempt.start_s)} to {clock_s(attempt.end_s)}, {duration(attempt.end_s - attempt.start_s)}"
        waited = f"waited {', '.join(waits)}" if waits else "did not wait"
        signs = [word for word, there in ((_FAILED, attempt.failed), ("on the critical path", one.critical)) if there]
        words = [f"{name}: {took}", waited, *signs]
        yield _JobRow(name, "\n".join(words), one)
    for skipped in shown.skipped:
        yield _JobRow(f"{_called(stage, skipped)}: skipped", f"{_called(stage, skipped)} was skipped in this run")


def _bars(rows: Sequence[_JobRow], shown: JobRun) -> Iterator[Bars]:
    """What waits, with a place for every row, then the work by what became of it; all in one line."""
    starts = [shown.tick_s if row.one is None else row.one.attempt.start_s for row in rows]
    held_s = np.array([row.held_s for row in rows])
    yield Bars(
        "waiting", tuple(row.name for row in rows), held_s, GREY, base=np.array(starts) - held_s - shown.tick_s,
        hover=PointerWords(np.array([row.words for row in rows], str)),
    )  # fmt: skip
    for name, (colour, hatch) in _LOOKS.items():
        mine = [(row, row.one) for row in rows if row.one is not None and _became(row.one) == name]
        if mine:
            yield Bars(
                name,
                tuple(row.name for row, _ in mine),
                np.array([one.attempt.end_s - one.attempt.start_s for _, one in mine]),
                colour,
                hatch=hatch,
                base=np.array([one.attempt.start_s for _, one in mine]) - shown.tick_s,
                hover=PointerWords(np.array([row.words for row, _ in mine], str)),
            )


def _became(one: JobTry) -> str:
    return _FAILED if one.attempt.failed else _CRITICAL if one.critical else _WORKING


def _since(shown: JobRun) -> ChartAxis:
    """The time of the day, along seconds since the run was due: a tick at every round moment."""
    step_s = next((step for step in _STEPS_S if shown.makespan_s / step <= _MOST_TICKS), 8 * 3600.0)
    first_s = -(-shown.tick_s // step_s) * step_s
    moments_s = np.arange(first_s, shown.end_s, step_s)
    say = clock if step_s >= MINUTE_S else clock_s
    ticks = tuple((float(moment_s - shown.tick_s), say(float(moment_s))) for moment_s in moments_s)
    return ChartAxis(AxisKind.LINEAR, "time of the day", (0.0, max(1.03 * shown.makespan_s, 1.0)), ticks)


def _finding(stage: Stage, shown: JobRun) -> str:
    run = f"The run of {clock(shown.tick_s)}"
    if failed := shown.failed:
        names = " and ".join(_called(stage, one.name) for one in failed)
        tries = failed[0].nth + 1
        left_out = ", ".join(_called(stage, name) for name in shown.skipped)
        skipped = f"; skipped: {left_out}" if left_out else ""
        return f"{run} fails at {names} after {tries} {'try' if tries == 1 else 'tries'}{skipped}"
    worked = [held for held in shown.critical if held.cause is Cause.NONE]
    names = ", ".join(dict.fromkeys(_called(stage, one.name) for one in shown.tries if one.critical))
    waited_s = shown.makespan_s - sum(held.seconds for held in worked)
    longest = f"its critical path leads over {names}"
    waits = f", with {duration(waited_s)} of waiting" if waited_s > 0.5 else ""
    return f"{run} takes {duration(shown.makespan_s)}: {longest}{waits}"


def _table(rows: Sequence[_JobRow], shown: JobRun, run: Run) -> pd.DataFrame:
    columns = ["job", "due", "waited (s)", "for", "start", "end", "lasted (s)", "ended", "critical path"]
    cells = []
    for row in rows:
        due = clock_s(shown.tick_s)
        if row.one is None:
            cells.append([row.name, due, 0.0, "", "", "", 0.0, "skipped", "no"])
            continue
        one, attempt = row.one, row.one.attempt
        waited_s = sum(held.seconds for held in one.waits)
        causes = ", ".join(dict.fromkeys(cause_words(run, one.name.stage, held.cause) for held in one.waits))
        start, end = clock_s(attempt.start_s), clock_s(attempt.end_s)
        lasted_s, ended = round(attempt.end_s - attempt.start_s, 3), "failed" if attempt.failed else "done"
        critical = "yes" if one.critical else "no"
        cells.append([row.name, due, round(waited_s, 3), causes, start, end, lasted_s, ended, critical])
    return table_of(cells, columns)
