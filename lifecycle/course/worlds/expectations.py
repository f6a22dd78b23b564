"""What scenarios say in numbers, proven: each day is simulated and held against what its file expects of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lifecycle.course import address
from lifecycle.course.computed import figures_of
from lifecycle.course.course import Course
from lifecycle.course.day import Day, run
from lifecycle.course.expecting.expectation import KEY, DayExpectation
from lifecycle.course.scenarios import NamedScenario
from lifecycle.documents import Problem, listed, shown
from lifecycle.simulation.readings.alarms import rings
from lifecycle.simulation.theory.facts import alarm_facts

ALARMS = "alarms"


class _UnprovenError(Exception):
    """An expectation that does not hold, or that nothing can be said of: what is wrong, and how to fix it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def problems(course: Course) -> Iterator[Problem]:
    """The expectations that do not hold; of one file those of one day follow each other, so that it is walked once."""
    for named in course.scenarios:
        for expected in sorted(named.expected, key=lambda one: one.given):
            try:
                _prove(expected, named, course)
            except _UnprovenError as why:
                yield Problem(f"scenarios/{named.id}.md", expected.line, f"`{KEY}: {expected}`: {why.what}", why.fix)


def _prove(expected: DayExpectation, named: NamedScenario, course: Course) -> None:
    for what, fix in address.slips(expected.given, course):
        raise _UnprovenError(what, fix)
    value = figure(expected, named, course)
    if not expected.holds_of(value):
        raise _UnprovenError(f"it is {value:,.10g}", "correct the text and this line, or the day")


def figure(expected: DayExpectation, named: NamedScenario, course: Course) -> float:
    """What comes out where a number is expected."""
    return _value(expected.path, _day(expected, named, course), course)


def _day(expected: DayExpectation, named: NamedScenario, course: Course) -> Day:
    """The scenario's day with its own switches, and over them the settings that are given."""
    switches = {name: getattr(named.scenario, name) for name in named.switches}
    state = replace(address.State(scenario=named.id), **switches)
    return course.day(address.scenario_of(address.turned(state, expected.given, course)[0], course))


def _value(path: str, day: Day, course: Course) -> float:
    """The number to which a path leads."""
    figures = figures_of(day, course.prices)
    names = path.split(".")
    if names[0] == ALARMS:
        value: Any = {ALARMS: alarm_facts(rings(run(day), run(day.calm)))}
    else:
        value = figures
    for at, name in enumerate(names):
        before = ".".join(names[:at]) or "the day"
        known = [*value, ALARMS] if value is figures else _names(value)
        if not known:
            raise _UnprovenError(
                f"{before} has no parts on this day", "end the path before it, or expect another figure"
            )
        if name not in known:
            raise _UnprovenError(f"{before} has no {shown(name)}", f"it has {listed(known)}")
        value = value[int(name)] if isinstance(value, list) else value[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        parts = _names(value)
        what = "has parts, and is no number" if parts else f"is {shown(value)} on this day, and no number"
        raise _UnprovenError(f"it {what}", f"go on with one of {listed(parts)}" if parts else "expect another figure")
    return float(value)


def _names(value: Mapping[str, Any] | Sequence[Any] | Any) -> list[str]:
    """The names of the parts of a figure; those of a list are their numbers, from 0 on."""
    if isinstance(value, Mapping):
        return list(value)
    return [str(number) for number in range(len(value))] if isinstance(value, list) else []
