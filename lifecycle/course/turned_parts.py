"""Knobs and faults as an address spells them, one by one."""

from __future__ import annotations

import math
import re
from typing import Any, cast

from lifecycle.course.course import Course
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.faults import KINDS, can_happen, factor_problem, place_problem
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import DAY_S, Fault
from lifecycle.simulation.roles import ROLES, figure_problem
from lifecycle.words import decimal

Knob = tuple[str, str, float]


class RefusedError(ValueError):
    """A value that the address cannot use; the message says what is allowed."""


def read_knob(text: str, course: Course) -> Knob:
    """A knob such as `transform.workers:4`; RefusedError in words."""
    match = re.fullmatch(r"([a-z0-9-]+)\.([a-z0-9_]+):([0-9.e+-]{1,24})", text)
    if not match:
        raise RefusedError("a knob is written stage.figure:number")
    stage_id, name, number = match.groups()
    stage = course.pipeline.by_id.get(stage_id)
    figure = None
    if isinstance(stage, Stage):
        figure = next((figure for figure in ROLES[stage.role] if figure.name == name), None)
    if not isinstance(stage, Stage) or figure is None:
        raise RefusedError(f"there is no knob {stage_id}.{name}")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not figure.holds(value):
        raise RefusedError(f"{stage_id}.{name} must be {figure.span}")
    if figure_problem(Station(stage.id, stage.role), name, value):  # half a worker, or a choice that there is not
        allowed = ", ".join(f"{code:g}" for code, _ in figure.options) or "a whole number"
        raise RefusedError(f"{stage_id}.{name} must be {'one of ' * bool(figure.options)}{allowed}")
    return stage_id, name, value


def write_knobs(knobs: Any) -> str:
    """All knobs, as they are read."""
    return ",".join(f"{stage}.{figure}:{value:.12g}" for stage, figure, value in cast(tuple[Knob, ...], knobs))


def read_fault(text: str, course: Course) -> Fault:
    """A fault such as `down.lake:36000-39600`; RefusedError in words."""
    match = re.fullmatch(r"([a-z]+)\.([a-z0-9-]+):([0-9]{1,5})-([0-9]{1,5})(?::([0-9.e-]{1,24}))?", text)
    if not match or match[1] not in KINDS:
        raise RefusedError(f"a fault is written kind.stage:from-to:factor, in seconds; kinds are {', '.join(KINDS)}")
    kind, place, start_s, end_s = FaultKind(match[1]), match[2], float(match[3]), float(match[4])
    stage = course.pipeline.by_id.get(place)
    if not isinstance(stage, Stage):
        raise RefusedError(f"there is no stage {place} to break")
    on_days = [stage, *(stage.on_day(named.scenario) for named in course.scenarios)]
    if not any(can_happen(kind, at) for at in on_days) and (misplaced := place_problem(kind, stage)):
        raise RefusedError("; ".join(misplaced))
    if not start_s < end_s <= DAY_S:
        raise RefusedError(f"a fault begins before it ends, by second {DAY_S:.0f}")
    try:
        factor = KINDS[kind].usual if match[5] is None else float(match[5])
    except ValueError:
        factor = math.nan
    if factor_problem(kind, factor):
        low, high = (decimal(end, 12) for end in (KINDS[kind].low, KINDS[kind].high))
        raise RefusedError(f"the factor of {kind} must lie between {low} and {high}")
    return Fault(kind, place, start_s, end_s, factor)


def write_faults(faults: Any) -> str:
    """All faults, as they are read."""
    return ",".join(
        f"{fault.kind}.{fault.station}:{fault.start_s:.0f}-{fault.end_s:.0f}"
        + ("" if fault.factor == KINDS[fault.kind].usual else f":{fault.factor:.6g}")
        for fault in cast(tuple[Fault, ...], faults)
    )
