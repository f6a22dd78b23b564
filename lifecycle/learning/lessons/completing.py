"""Whether a step of a lesson is done: a function of the address, the answers and the clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import assert_never
from urllib.parse import parse_qsl

from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.course.lessons import LessonStep, UntilKind
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.faults import KINDS, can_happen
from lifecycle.simulation.model.scenario import DAY_S, Fault

BROKEN_S = 3_600.0  # how long a fault lasts that stands for any


def view_state(step: LessonStep, course: Course) -> State:
    """The settings that a step opens with."""
    return address.turned(State(), step.view, course)[0]


def compared_with(step: LessonStep, course: Course) -> State:
    """The settings of the run that a step's figures stand beside, where it names one."""
    return address.turned(State(), step.beside, course)[0]


def complete(
    step: LessonStep,
    course: Course,
    state: State,
    answered: Collection[str] = (),
    moment_s: float | None = None,
    *,
    predicted: bool = False,
) -> bool:
    """Whether a step is done at a state of the address; one that is only to be read never is by itself.

    `answered` are the ids of the questions that the learner has answered, here or anywhere before, rightly or not;
    `moment_s` is the second of the day that the clock has come to since the step was opened; `predicted`: a number was
    said.
    """
    until = step.until
    match until.kind:
        case UntilKind.READ:
            return False
        case UntilKind.ANSWERED:
            return step.ask is not None and step.ask.question in answered
        case UntilKind.PREDICTED:
            return predicted
        case UntilKind.SET:
            return not_set(until.what, state, course) == []
        case UntilKind.MOMENT:
            return moment_s is not None and moment_s >= float(until.what)
        case UntilKind.STAGE:
            return state.stage == until.what
        case UntilKind.BROKEN:
            return any(fault.station == until.what for fault in state.faults)
        case never:
            assert_never(never)


def not_set(query: str, state: State, course: Course) -> list[str]:
    """The settings of a query that a state does not have."""
    wanted = address.read(dict(parse_qsl(query, keep_blank_values=True)), course)[0]
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True) if name in address.FIELDS]
    missing = []
    for name in names:
        there, asked_for = getattr(state, name), getattr(wanted, name)
        holds = set(asked_for) <= set(there) if isinstance(there, tuple) else there == asked_for
        if not holds:
            missing.append(name)
    return missing


def done_state(step: LessonStep, course: Course) -> tuple[State, float | None]:
    """A state of the address, and a second of the day, at which a learner has done what the step asks.

    What it names must be there, as `problems` proves.
    """
    state, until = view_state(step, course), step.until
    match until.kind:
        case UntilKind.SET:
            return address.turned(state, until.what, course)[0], None
        case UntilKind.MOMENT:
            return state, float(until.what)
        case UntilKind.STAGE:
            return replace(state, stage=until.what), None
        case UntilKind.BROKEN:
            return replace(state, faults=(*state.faults, *_any_fault(until.what, state, course))), None
        case UntilKind.READ | UntilKind.ANSWERED | UntilKind.PREDICTED:
            return state, None
        case never:
            assert_never(never)


def _any_fault(id: str, state: State, course: Course) -> tuple[Fault, ...]:
    """A fault that the form of a stage's panel offers; none for a place where nothing can break."""
    place = course.pipeline.by_id.get(id)
    if not isinstance(place, Stage):
        return ()
    place = place.on_day(address.scenario_of(state, course))
    begins_s = min(float(state.moment or 0), DAY_S - BROKEN_S)
    kinds = (kind for kind in KINDS if can_happen(kind, place))
    return tuple(Fault(kind, id, begins_s, begins_s + BROKEN_S, KINDS[kind].usual) for kind in kinds)[:1]
