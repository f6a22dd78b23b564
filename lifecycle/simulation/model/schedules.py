"""When an orchestrator starts its runs, and how it goes about their jobs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lifecycle.simulation.model.kinds import Overlap

DAY_TICKS = 1_440  # most runs a day: one a minute, cron's finest


@dataclass(frozen=True)
class Schedule:
    """A timetable of runs, each of which does every job of the schedule once, parents before children.

    `ticks_s`: when runs are due, seconds of the day, sorted. `slots`: how many jobs run at once, over all runs.
    `catch_up`: whether runs that were missed while the scheduler slept are made up for. `overlap`: what becomes of a
    run that is due while the one before it is not over. A failed job is tried again `retries` times, `retry_s` later.

    The defaults are Airflow's: no catch-up since 3.0, no retries unless asked for, five minutes between two.
    """

    id: str
    ticks_s: tuple[float, ...]
    slots: int = 4
    catch_up: bool = False
    overlap: Overlap = Overlap.QUEUE
    retries: int = 0
    retry_s: float = 300.0


@dataclass(frozen=True)
class StageJob:
    """One of several jobs into which a stage on a schedule divides its work.

    `after`: ids of those of its stage, named before it, that must be done first; without any it takes what arrives.
    `part`: how many times the stage's start and work a row it takes, or the stage's drawn duration.
    """

    id: str
    after: tuple[str, ...] = ()
    part: float = 1.0


_LONGEST = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))  # days of a month, at most
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT: tuple[tuple[str, int, int] | tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day", 1, 31),
    ("month", 1, 12, _MONTHS),
    ("weekday", 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
ONE_JOB = (StageJob(""),)  # a stage whose work nobody has divided
MOST_RETRIES, MOST_SLOTS = 10, 64


def cron(line: str) -> tuple[float, ...]:
    """Return the ticks of a day for a line of cron, such as `15 2,14 * * *`: at 02:15 and at 14:15.

    Each field as cron has it: `*`, lists, ranges, steps; months and days of the week also by name. The day that is
    simulated is one of those on which it runs, whatever its date. ValueError with what is wrong.
    """
    minutes, hours, *_ = _fields(line)
    return tuple(hour * 3600.0 + minute * 60.0 for hour in sorted(hours) for minute in sorted(minutes))


def cron_line(ticks_s: Sequence[float]) -> str:
    """Return the line of cron for the ticks of a day; "" where no line has exactly these."""
    minutes = sorted({round(tick_s % 3600.0 / 60.0) for tick_s in ticks_s})
    hours = sorted({int(tick_s // 3600.0) for tick_s in ticks_s})
    line = f"{','.join(map(str, minutes))} {'*' if len(hours) == 24 else ','.join(map(str, hours))} * * *"
    try:
        return line if cron(line) == tuple(ticks_s) else ""
    except ValueError:  # a tick at the very end of the day
        return ""


def never_comes(line: str) -> bool:
    """Whether a line of cron names only dates that no year has, such as the 30th of February.

    Cron takes either, where a line names days of the month and of the week.
    """
    _, _, days, months, _ = _fields(line)
    names_weekdays = not line.split()[4].startswith("*")
    return not names_weekdays and not any(day <= _LONGEST[month] for day in days for month in months)


def _fields(line: str) -> list[set[int]]:
    texts = line.split()
    if len(texts) != 5:
        raise ValueError(f"{len(texts)} field{'s' * (len(texts) != 1)}; write five, such as `0 2 * * *`")
    return [_field(text, *about) for text, about in zip(texts, _ABOUT, strict=True)]


def _field(text: str, name: str, least: int, most: int, words: tuple[str, ...] = ()) -> set[int]:
    chosen: set[int] = set()
    for nth, word in enumerate(words):
        text = re.sub(rf"\b{word}\b", str(least + nth), text, flags=re.IGNORECASE)
    for part in text.split(","):
        written = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", part)
        if not written:
            raise ValueError(f"the {name} {part[:20]!r}; write a number, *, a-b or */n")
        low, high, step = (None if one is None else int(one) for one in written.groups())
        first = least if low is None else low
        last = high if high is not None else most if low is None or step is not None else first
        if not (least <= first <= last <= most and step != 0):
            raise ValueError(f"the {name} {part[:20]!r}; write {least} to {most}")
        chosen.update(range(first, last + 1, step or 1))
    return chosen


def every(interval_s: float, day_s: float) -> tuple[float, ...]:
    """Return the ticks of a day: `interval_s`, 2 × `interval_s`, … up to its end, as those of a stage's timetable."""
    return tuple(interval_s * tick for tick in range(1, int(day_s / interval_s) + 1))


def problems(schedule: Schedule, day_s: float) -> tuple[str, ...]:
    """Return everything that is wrong with a schedule, in words."""
    ticks = schedule.ticks_s
    wrong: list[str] = []
    if not 1 <= len(ticks) <= DAY_TICKS:
        wrong.append(f"{len(ticks):,} runs a day; write 1 to {DAY_TICKS:,}")
    if not all(0.0 <= tick <= day_s for tick in ticks) or list(ticks) != sorted(set(ticks)):
        wrong.append("its runs are not in order within the day, each at a moment of its own")
    if not 1 <= schedule.slots <= MOST_SLOTS:
        wrong.append(f"slots is {schedule.slots!r}; write 1 to {MOST_SLOTS}")
    if not 0 <= schedule.retries <= MOST_RETRIES:
        wrong.append(f"retries is {schedule.retries!r}; write 0 to {MOST_RETRIES}")
    if not 0.0 <= schedule.retry_s <= day_s:
        wrong.append(f"retry_s is {schedule.retry_s!r}; write 0 to {day_s:g}")
    return tuple(f"schedule {schedule.id}: {problem}" for problem in wrong)


def job_problems(stage: str, jobs: Sequence[StageJob]) -> tuple[str, ...]:
    """Return everything that is wrong with the jobs of a stage, in words."""
    wrong: list[str] = []
    known: set[str] = set()
    for job in jobs:
        if job.id in known:
            wrong.append(f"two jobs are called {job.id!r}; give each its own id")
        wrong += [
            f"job {job.id} waits for {name!r}, which is no job before it; choose {', '.join(known) or 'none'}"
            for name in job.after
            if name not in known
        ]
        if not 0.01 <= job.part <= 100.0:
            wrong.append(f"the part of job {job.id} is {job.part!r}; write 0.01 to 100")
        known.add(job.id)
    return tuple(f"{stage}: {problem}" for problem in wrong)
