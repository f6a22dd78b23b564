"""The address is the state: one table of fields, read and written by walking it.

Everything a link must carry is a field of `State`. A value that is unknown, old or out of range falls back to the
default and is reported in words; reading never raises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast, get_args
from urllib.parse import parse_qsl

from lifecycle.course import Course
from lifecycle.documents import Problem
from lifecycle.pipeline import Stage
from lifecycle.simulation.faults import KINDS, factor_problem, place_problem
from lifecycle.simulation.figures import ROLES, figure_problem
from lifecycle.simulation.network import Station
from lifecycle.simulation.scenario import DAY_S, MAX_EVENTS, Fault, FaultKind, Scenario, Size, Start

View = Literal["explain", "watch", "quiz"]
Knob = tuple[str, str, float]

HIDEABLE = {
    "scenario": "The list of scenarios",
    "start": "Who starts",
    "size": "How much at a time",
    "transform": "Transformation",
    "moves": "How it moves",
    "predict": "Predict first",
    "more": "More (every knob, events, seed)",
    "knobs": "Knobs and faults in Watch",
    "story": "The scenario's story",
    "quiz": "Quiz",
    "charts": "Figures and charts",
    "pages": "The other pages",
}
"""What a link may leave out of the page, with its words: a teacher hands out exactly the experiment that is meant."""

LONGEST_VALUE = 2_000
MOST_NOTICES = 5
MOST_FAULTS = 20
LINK = re.compile(r"\]\((\?[^)\s]+)\)")


@dataclass(frozen=True)
class State:
    """What a link says.

    `scenario` "" is the course's first; `events` None is the scenario's own; `trace` is a real day to replay in place
    of the scenario's arrivals, "" for none; `moment` (seconds of the day) None lets
    the clock play. `hide` are keys of `HIDEABLE`, in their order there.
    """

    stage: str | None = None
    view: View = "explain"
    scenario: str = ""
    start: Start = "pull"
    size: Size = "batch"
    transform: Size = "batch"
    events: int | None = None
    trace: str = ""
    seed: int = 1
    moment: int | None = None
    knobs: tuple[Knob, ...] = ()
    faults: tuple[Fault, ...] = ()
    hide: tuple[str, ...] = ()


class RefusedError(ValueError):
    """A value that the address cannot use; the message says what is allowed."""


@dataclass(frozen=True)
class Field:
    """How one field is read from its text and written to it."""

    read: Callable[[str, Course], Any]
    write: Callable[[Any], str] = str


def read(params: Mapping[str, str], course: Course) -> tuple[State, tuple[str, ...]]:
    """The state that an address names, and a notice in words for everything in it that could not be used."""
    values, notices = _values(params, course)
    return replace(State(), **values), notices


def turned(state: State, query: str, course: Course) -> tuple[State, tuple[str, ...]]:
    """The state with what a link in a text names, such as `?size=stream`, laid over it; and notices as `read`.

    Knobs and faults come on top of those that there are.
    """
    values, notices = _values(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)), course)
    if "knobs" in values:
        values["knobs"] = merged(state.knobs, values["knobs"])
    if "faults" in values:
        values["faults"] = tuple(dict.fromkeys((*state.faults, *values["faults"])))[:MOST_FAULTS]
    if values.get("scenario", state.scenario) != state.scenario:
        values.setdefault("moment", None)  # another day opens where it is worth seeing
    return replace(state, **values), notices


def link_problems(text: str, file: str, course: Course) -> tuple[Problem, ...]:
    """What is wrong with the settings that links in a content file name; `text` is the whole file."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        for link in LINK.finditer(line):
            _, notices = turned(State(), link[1], course)
            mend = "copy the settings from the address of the page"
            found += [Problem(file, number, notice.removesuffix("."), mend) for notice in notices]
    return tuple(found)


def see_problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the views that wrong options offer."""
    for question in course.questions:
        for option in question.options:
            _, notices = turned(State(), option.see, course)
            mend = "copy the settings from the address of the page"
            yield from (Problem(question.file, question.line, each.removesuffix("."), mend) for each in notices)


def _values(params: Mapping[str, str], course: Course) -> tuple[dict[str, Any], tuple[str, ...]]:
    values: dict[str, Any] = {}
    notices: list[str] = []
    for name, text in params.items():
        try:
            if name not in FIELDS:
                raise RefusedError("this version does not know it")
            if len(text) > LONGEST_VALUE:
                raise RefusedError(f"it is longer than {LONGEST_VALUE} characters")
            values[name] = FIELDS[name].read(text, course)
        except RefusedError as why:
            notices.append(f"Left out of the link: {_shown(name)} with {_shown(text)}, because {why}.")
    if len(notices) > MOST_NOTICES:
        notices[MOST_NOTICES:] = [f"{len(notices) - MOST_NOTICES} more settings were left out of the link."]
    return values, tuple(notices)


def write(state: State) -> dict[str, str]:
    """The shortest address of a state: only what differs from the default."""
    default = State()
    return {
        field.name: FIELDS[field.name].write(value)
        for field in fields(State)
        if (value := getattr(state, field.name)) != getattr(default, field.name)
    }


def scenario_of(state: State, course: Course) -> Scenario:
    """What to simulate for a state: the named scenario with the switches, knobs, faults and the seed laid over it."""
    named = course.named(state.scenario) or course.default
    base = named.scenario
    if trace := course.traces.get(state.trace):
        base = replace(base, arrivals="real-day", trace=state.trace, events=min(trace.events, MAX_EVENTS))
    return replace(
        base,
        start=state.start,
        size=state.size,
        transform=state.transform,
        seed=state.seed,
        events=base.events if state.events is None else state.events,
        overrides=merged(base.overrides, state.knobs),
        faults=(*base.faults, *state.faults),
    )


def same_day(now: State, was: State, course: Course) -> bool:
    """Whether two states are the same day under other settings: then one may be the ghost of the other.

    Another scenario, real day or luck is another day, and what differs is not a setting's own doing.
    """
    here, there = (each.scenario or course.default.id for each in (now, was))
    return (here, now.trace, now.seed) == (there, was.trace, was.seed)


def merged(base: tuple[Knob, ...], over: tuple[Knob, ...]) -> tuple[Knob, ...]:
    """Both sets of knobs in a fixed order; where they name the same one, `over` wins."""
    values = {(stage, figure): value for stage, figure, value in (*base, *over)}
    return tuple(sorted((stage, figure, value) for (stage, figure), value in values.items()))


def _shown(text: str) -> str:
    """A stranger's text made fit to print: short, on one line, without marks that Markdown or a terminal would obey."""
    plain = re.sub(r"[^\w .,:;=+/-]", "·", text[:40])
    return f"“{plain}{'…' if len(text) > 40 else ''}”"


def _choice(allowed: tuple[str, ...]) -> Field:
    def read_choice(text: str, _: Course) -> str:
        if text not in allowed:
            raise RefusedError(f"it must be one of {', '.join(allowed)}")
        return text

    return Field(read_choice)


def _read_hide(text: str, _: Course) -> tuple[str, ...]:
    named = {part for part in text.split(",") if part}
    if not named <= set(HIDEABLE):
        raise RefusedError(f"what can be hidden is {', '.join(HIDEABLE)}")
    return tuple(part for part in HIDEABLE if part in named)


def _whole(low: int, high: int) -> Field:
    def read_whole(text: str, _: Course) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
            raise RefusedError(f"it must be a whole number from {low} to {high:,}")
        return int(text)

    return Field(read_whole)


def _read_stage(text: str, course: Course) -> str:
    if text not in course.pipeline.by_id:
        raise RefusedError("this course has no such stage")
    return text


def _read_scenario(text: str, course: Course) -> str:
    if text not in {named.id for named in course.scenarios}:
        raise RefusedError("this course has no such scenario")
    return text


def _read_trace(text: str, course: Course) -> str:
    if text not in course.traces:
        raise RefusedError("this server does not hold that file, or no longer; bring it again under More")
    return text


def _read_knobs(text: str, course: Course) -> tuple[Knob, ...]:
    return merged((), tuple(_read_knob(part, course) for part in text.split(",") if part))


def _read_knob(text: str, course: Course) -> Knob:
    match = re.fullmatch(r"([a-z0-9-]+)\.([a-z0-9_]+):([0-9.e+-]{1,24})", text)
    if not match:
        raise RefusedError("a knob is written stage.figure:number")
    stage_id, name, number = match.groups()
    stage = course.pipeline.by_id.get(stage_id)
    figure = None
    if isinstance(stage, Stage):
        figure = next((figure for figure in ROLES.get(stage.role, ()) if figure.name == name), None)
    if not isinstance(stage, Stage) or figure is None:
        raise RefusedError(f"there is no knob {stage_id}.{name}")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not figure.low <= value <= figure.high:
        raise RefusedError(f"{stage_id}.{name} must lie between {figure.low:g} and {figure.high:g}")
    if figure_problem(Station(stage.id, stage.role), name, value):  # half a worker, or a choice that there is not
        allowed = ", ".join(f"{code:g}" for code, _ in figure.options) or "a whole number"
        raise RefusedError(f"{stage_id}.{name} must be {'one of ' * bool(figure.options)}{allowed}")
    return stage_id, name, value


def _write_knobs(knobs: Any) -> str:
    return ",".join(f"{stage}.{figure}:{value:.12g}" for stage, figure, value in cast(tuple[Knob, ...], knobs))


def _read_faults(text: str, course: Course) -> tuple[Fault, ...]:
    parts = [part for part in text.split(",") if part]
    if len(parts) > MOST_FAULTS:
        raise RefusedError(f"it holds more than {MOST_FAULTS} faults")
    return tuple(_read_fault(part, course) for part in parts)


def _read_fault(text: str, course: Course) -> Fault:
    match = re.fullmatch(r"([a-z]+)\.([a-z0-9-]+):([0-9]{1,5})-([0-9]{1,5})(?::([0-9.e-]{1,24}))?", text)
    if not match or match[1] not in KINDS:
        raise RefusedError(f"a fault is written kind.stage:from-to:factor, in seconds; kinds are {', '.join(KINDS)}")
    kind, place, start_s, end_s = cast(FaultKind, match[1]), match[2], float(match[3]), float(match[4])
    stage = course.pipeline.by_id.get(place)
    if not isinstance(stage, Stage):
        raise RefusedError(f"there is no stage {place} to break")
    if misplaced := place_problem(kind, stage.role):
        raise RefusedError("; ".join(misplaced))
    if not start_s < end_s <= DAY_S:
        raise RefusedError(f"a fault begins before it ends, by second {DAY_S:.0f}")
    try:
        factor = KINDS[kind].usual if match[5] is None else float(match[5])
    except ValueError:
        factor = math.nan
    if factor_problem(kind, factor):
        raise RefusedError(f"the factor of {kind} must lie between {KINDS[kind].low:g} and {KINDS[kind].high:g}")
    return Fault(kind, place, start_s, end_s, factor)


def _write_faults(faults: Any) -> str:
    return ",".join(
        f"{fault.kind}.{fault.station}:{fault.start_s:.0f}-{fault.end_s:.0f}"
        + ("" if fault.factor == KINDS[fault.kind].usual else f":{fault.factor:.6g}")
        for fault in cast(tuple[Fault, ...], faults)
    )


FIELDS: Mapping[str, Field] = {
    "stage": Field(_read_stage),
    "view": _choice(get_args(View)),
    "scenario": Field(_read_scenario),
    "start": _choice(get_args(Start)),
    "size": _choice(get_args(Size)),
    "transform": _choice(get_args(Size)),
    "events": _whole(0, MAX_EVENTS),
    "trace": Field(_read_trace),
    "seed": _whole(0, 2**31 - 1),
    "moment": _whole(0, int(DAY_S)),
    "knobs": Field(_read_knobs, _write_knobs),
    "faults": Field(_read_faults, _write_faults),
    "hide": Field(_read_hide, ",".join),
}
