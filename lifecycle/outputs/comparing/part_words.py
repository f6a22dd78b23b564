"""What became of one stage, flow or schedule, in the words of a table's cell."""

from __future__ import annotations

from lifecycle.importing.drafting.pages import literal
from lifecycle.outputs.comparing.shapes import (
    FlowChange,
    FlowShape,
    ScheduleChange,
    StageChange,
    StageShape,
    figures_changed,
)
from lifecycle.simulation.model.kinds import Role, Waits
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles import ROLES
from lifecycle.words import clock, duration, measured, plural

MOST_FIGURES, MOST_TICKS = 6, 4


def stage_words(change: StageChange) -> str:
    """A role for a stage that came or went; for any other what it has now, and what it had."""
    before, after = change.before, change.after
    if before is None or after is None:
        return f"{change.latest.role}{_on(change.latest.schedule)}"
    words = [f"was {literal(before.name)}"] if before.name != after.name else []
    if before.role is not after.role:
        words.append(f"role {after.role}, was {before.role}")
    if before.schedule != after.schedule:
        words.append(f"schedule {_named(after.schedule)}, was {_named(before.schedule)}")
    if before.jobs != after.jobs:
        words.append(f"{_divided(after)}, was {_divided(before)}")
    if before.observed_s != after.observed_s:
        words.append(f"{_observed(after)}, was {_observed(before)}")
    figures = figures_changed(change)
    for name, (old, new) in list(figures.items())[:MOST_FIGURES]:
        words.append("`{}` {}, was {}".format(name, *_both(after.role, name, new, old)))
    if (more := len(figures) - MOST_FIGURES) > 0:
        words.append(f"and {more} more figures")
    return "; ".join(words)


def flow_words(change: FlowChange) -> str:
    """How a flow leads where that is not plain, and how it led."""
    if change.before is None or change.after is None:
        return _flow(change.latest, plain="")
    after, before = _flow(change.after), _flow(change.before)
    if after == before and change.after.way and change.before.way:  # ways of one name that are not the same
        after, before = _in_full(change.after.way), _in_full(change.before.way)
    return f"{after}, was {before}"


def schedule_words(change: ScheduleChange) -> str:
    """When it runs and how, and what that was; of a change only what differs."""
    if change.before is None or change.after is None:
        return "; ".join(_timetable(change.latest).values())
    before = _timetable(change.before)
    return "; ".join(
        f"{words}, was {before[name]}" for name, words in _timetable(change.after).items() if words != before[name]
    )


def _on(schedule: str) -> str:
    return f" on the schedule {_named(schedule)}" if schedule else ""


def _named(schedule: str) -> str:
    return f"`{schedule}`" if schedule else "none"


def _divided(shape: StageShape) -> str:
    return f"jobs {', '.join(f'`{job.id}`' for job in shape.jobs)}" if shape.jobs else "one job"


def _observed(shape: StageShape) -> str:
    if not shape.observed_s:
        return "no list of durations"
    return f"{plural(len(shape.observed_s), 'duration')} to draw from, {duration(shape.observed_s[0])} to " + duration(
        shape.observed_s[-1]
    )


def _both(role: Role, name: str, new: float, old: float) -> tuple[str, str]:
    """Two values of a figure in words; as precise numbers where the words would be the same."""
    words = _value(role, name, new), _value(role, name, old)
    return words if words[0] != words[1] else (f"{new:.6g}", f"{old:.6g}")


def _value(role: Role, name: str, value: float) -> str:
    figure = next(figure for figure in ROLES[role] if figure.name == name)
    if figure.options:
        return dict(figure.options).get(value, f"{value:g}")
    if figure.unit == "s":
        return duration(value)
    return measured(value, "" if figure.unit == "1" else figure.unit)


def _flow(shape: FlowShape, plain: str = "a copy of everything") -> str:
    words = [f"a share of {measured(shape.share, '')}"] if shape.share is not None else []
    words += ["leads back"] if shape.loop else []
    words += [_moves(shape.way)] if shape.way else []
    return ", ".join(words) or plain


def _moves(way: Way) -> str:
    every = f" every {duration(way.interval_s)}" if way.interval_s and not way.streams else ""
    return f"moves by {literal(way.title)}{every}"


def _in_full(way: Way) -> str:
    first = f" from {clock(way.offset_s)}" if way.offset_s and not way.streams else ""
    kept = "is lost" if way.waits is Waits.NOWHERE else f"waits at the {way.waits}"
    return (
        f"{_moves(way)}{first}, begun by a {way.starts}, in a {way.size}; what is due while the receiver is down {kept}"
    )


def _timetable(schedule: Schedule) -> dict[str, str]:
    """All that a schedule is, in words, by what they are about."""
    return {
        "ticks_s": f"{plural(len(schedule.ticks_s), 'run')} a day, {_moments(schedule.ticks_s)}",
        "slots": plural(schedule.slots, "slot"),
        "retries": f"{schedule.retries} tries more, {duration(schedule.retry_s)} apart",
        "overlap": f"when the run before is not over: {schedule.overlap}",
        "catch_up": "missed runs are made up for" if schedule.catch_up else "missed runs are left out",
    }


def _moments(ticks_s: tuple[float, ...]) -> str:
    shown = [clock(tick_s) for tick_s in ticks_s[:MOST_TICKS]]
    return f"at {', '.join(shown)}{' …' if len(ticks_s) > MOST_TICKS else ''}"
