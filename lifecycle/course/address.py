"""The address is the state: one table of fields, read and written by walking it.

Everything a link must carry is a field of `State`. A value that is unknown, old or out of range falls back to the
default and is reported in words; reading never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from lifecycle.course.course import Course
from lifecycle.course.turned_parts import Knob, RefusedError, read_fault, read_knob, write_faults, write_knobs
from lifecycle.documents import instead
from lifecycle.simulation.faults import place_problem
from lifecycle.simulation.model.bounds import fitting_events
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, MAX_EVENTS, Fault, Scenario
from lifecycle.simulation.readings.journey import Pick

HIDEABLE = {
    "scenario": "The list of scenarios",
    "start": "Who starts",
    "size": "How much at a time",
    "transform": "Transformation",
    "moves": "How it moves",
    "predict": "Predict first",
    "more": "More (every knob, events, seed)",
    "knobs": "Knobs and faults",
    "story": "The scenario's story",
    "quiz": "Quiz",
    "charts": "Figures and charts",
    "pages": "The other pages",
}
"""What a link may leave out of the page, with its words: a teacher hands out exactly the experiment that is meant."""

LONGEST_VALUE = 2_000
LEFT_OUT = "Left out of the link: "  # how a notice begins
MOST_NOTICES = 5
MOST_FAULTS = 20
# What other programs hang on a link to follow who clicks it, and what Streamlit takes for itself: settings of no one.
FOREIGN = re.compile(
    r"utm_.*|mtm_.*|pk_.*|gad_.*|hsa_.*|_?_hs.*|_g[al]|_gac|[a-z]{1,3}clid|msclkid|gclsrc|[gw]braid|srsltid|yclid|ysclid|_openstat|"
    r"mc_[ce]id|mkt_tok|igsh(id)?|li_fat_id|si|spm|trk|cmpid|ref|ref_src|ref_url|referr?er|embed|embed_options",
    re.IGNORECASE,
)


class PagePart(StrEnum):
    """What of the explorer stands alone, as in the frame of another page; `embed` is Streamlit's own word."""

    DIAGRAM = "diagram"
    CHARTS = "charts"
    LESSON = "lesson"


class View(StrEnum):
    """What the panel of a stage shows."""

    EXPLAIN = "explain"
    WATCH = "watch"
    QUIZ = "quiz"


@dataclass(frozen=True)
class State:
    """What a link says.

    `scenario` "" is the course's first; `events` None is the scenario's own; `trace` is a real day to replay in place
    of the scenario's arrivals, "" for none; `moment` (seconds of the day) None lets
    the clock play. `follow` is the event that is followed, by number or by what it is in its run. `hide` are keys of
    `HIDEABLE`, in their order there. `part` is what stands alone, None for the whole page.
    """

    stage: str | None = None
    view: View = View.EXPLAIN
    scenario: str = ""
    start: Start = Start.PULL
    size: Size = Size.BATCH
    transform: Size = Size.BATCH
    events: int | None = None
    trace: str = ""
    seed: int = 1
    moment: int | None = None
    follow: int | Pick | None = None
    knobs: tuple[Knob, ...] = ()
    faults: tuple[Fault, ...] = ()
    hide: tuple[str, ...] = ()
    part: PagePart | None = None


@dataclass(frozen=True)
class Field:
    """How one field is read from its text and written to it.

    A list has `joined`, which makes the field's value of its parts; `read` then takes one part, so that one which
    cannot be used costs none of the others, and no more than `most` are taken.
    """

    read: Callable[[str, Course], Any]
    write: Callable[[Any], str] = str
    joined: Callable[[tuple[Any, ...]], Any] | None = None
    most: int = LONGEST_VALUE


def read(params: Mapping[str, str], course: Course) -> tuple[State, tuple[str, ...]]:
    """The state that an address names, and a notice in words for everything in it that could not be used.

    What others hang on links (`fbclid`, `utm_source`, Streamlit's `embed`) is passed over without a word.
    """
    values, notices = _values({name: text for name, text in params.items() if not FOREIGN.fullmatch(name)}, course)
    return _fitting(replace(State(), **values), course, notices)


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
    return _fitting(replace(state, **values), course, notices)


def _fitting(state: State, course: Course, notices: tuple[str, ...]) -> tuple[State, tuple[str, ...]]:
    """The state without faults that cannot happen on its day: whether they can hangs on who starts a stage's jobs."""
    if not state.faults:
        return state, notices
    day = (course.named(state.scenario) or course.default).scenario
    stages = {stage.id: stage.on_day(day) for stage in course.pipeline.stages}
    misplaced = {fault: place_problem(fault.kind, stages[fault.station]) for fault in state.faults}
    kept = tuple(fault for fault in state.faults if not misplaced[fault])
    left_out = (f"{LEFT_OUT}{fault.kind} at {fault.station}, because {why[0]} on this day."
            for fault, why in misplaced.items() if why)  # fmt: skip
    return replace(state, faults=kept), (*notices, *left_out)


def slips(query: str, course: Course) -> Iterator[tuple[str, str]]:
    """What is wrong with a query such as `?size=stream` that an author wrote, each with its fix."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    _, notices = turned(State(), urlencode([pair for pair in pairs if pair[0] in FIELDS]), course)
    unknown = (name for name, _ in pairs if name not in FIELDS)
    yield from ((f"the setting {_shown(name)} of a link", instead(name, FIELDS)) for name in unknown)
    yield from ((notice.removesuffix("."), "copy the settings from the address of the page") for notice in notices)


def _values(params: Mapping[str, str], course: Course) -> tuple[dict[str, Any], tuple[str, ...]]:
    values: dict[str, Any] = {}
    notices: list[str] = []

    def refuse(name: str, text: str, why: object) -> None:
        notices.append(f"{LEFT_OUT}{_shown(name)} with {_shown(text)}, because {why}.")

    for name, text in params.items():
        field = FIELDS.get(name)
        if field is None:
            refuse(name, text, "this version does not know it")
        elif len(text) > LONGEST_VALUE:
            refuse(name, text, f"it is longer than {LONGEST_VALUE} characters")
        elif field.joined is None:
            try:
                values[name] = field.read(text, course)
            except RefusedError as why:
                refuse(name, text, why)
        else:
            taken: list[Any] = []
            for part in filter(None, text.split(",")):
                try:
                    if len(taken) == field.most:
                        raise RefusedError(f"a link holds at most {field.most} of them")
                    taken.append(field.read(part, course))
                except RefusedError as why:
                    refuse(name, part, why)
            if taken or not text.strip(","):
                values[name] = field.joined(tuple(taken))
    if len(notices) > MOST_NOTICES:
        more = len(notices) - MOST_NOTICES
        notices[MOST_NOTICES:] = [f"{more} more setting{' was' if more == 1 else 's were'} left out of the link."]
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
    """What to simulate for a state: what it asks for, with as many events as fit (see `simulation.model.bounds`)."""
    scenario = asked_scenario(state, course)
    return replace(scenario, events=fitting_events(course.pipeline.network, scenario))


def asked_scenario(state: State, course: Course) -> Scenario:
    """What a state asks for: the named scenario with the switches, knobs, faults and the seed laid over it."""
    named = course.named(state.scenario) or course.default
    base = named.scenario
    if trace := course.traces.get(state.trace):
        base = replace(base, arrivals=Arrivals.REAL_DAY, trace=state.trace, events=min(trace.events, MAX_EVENTS))
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


def part_of(text: str) -> PagePart | None:
    """The part of that name; None for any other text."""
    return PagePart(text) if text in tuple(PagePart) else None


def same_day(now: State, before: State, course: Course) -> bool:
    """Whether two states are the same day under other settings: then one may be the ghost of the other.

    Another scenario, real day or luck is another day, and what differs is not a setting's own doing.
    """
    day, other_day = (state.scenario or course.default.id for state in (now, before))
    return (day, now.trace, now.seed) == (other_day, before.trace, before.seed)


def merged(base: tuple[Knob, ...], over: tuple[Knob, ...]) -> tuple[Knob, ...]:
    """Both sets of knobs in a fixed order; where they name the same one, `over` wins."""
    values = {(stage, figure): value for stage, figure, value in (*base, *over)}
    return tuple(sorted((stage, figure, value) for (stage, figure), value in values.items()))


def _shown(text: str) -> str:
    """A stranger's text made fit to print: short, on one line, without marks that Markdown or a terminal would obey."""
    plain = re.sub(r"[^\w .,:;=+/-]", "·", text[:40])
    return f"“{plain}{'…' if len(text) > 40 else ''}”"


def _choice(allowed: type[StrEnum]) -> Field:
    def read_choice(text: str, _: Course) -> StrEnum:
        if text not in tuple(allowed):
            raise RefusedError(f"it must be one of {', '.join(allowed)}")
        return allowed(text)

    return Field(read_choice)


def _read_hidden(text: str, _: Course) -> str:
    if text not in HIDEABLE:
        raise RefusedError(f"what can be hidden is {', '.join(HIDEABLE)}")
    return text


def _whole(low: int, high: int) -> Field:
    def read_whole(text: str, _: Course) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
            raise RefusedError(f"it must be a whole number from {low} to {high:,}")
        return int(text)

    return Field(read_whole)


def _read_follow(text: str, _: Course) -> int | Pick:
    if not re.fullmatch(rf"[0-9]{{1,9}}|{'|'.join(Pick)}", text):
        raise RefusedError(f"it must be the number of an event, from 0, or one of {', '.join(Pick)}")
    return int(text) if text.isdigit() else Pick(text)


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


FIELDS: Mapping[str, Field] = {
    "stage": Field(_read_stage),
    "view": _choice(View),
    "scenario": Field(_read_scenario),
    "start": _choice(Start),
    "size": _choice(Size),
    "transform": _choice(Size),
    "events": _whole(0, MAX_EVENTS),
    "trace": Field(_read_trace),
    "seed": _whole(0, 2**31 - 1),
    "moment": _whole(0, int(DAY_S)),
    "follow": Field(_read_follow),
    "knobs": Field(read_knob, write_knobs, lambda knobs: merged((), knobs)),
    "faults": Field(read_fault, write_faults, tuple, MOST_FAULTS),
    "hide": Field(_read_hidden, ",".join, lambda named: tuple(part for part in HIDEABLE if part in named)),
    "part": _choice(PagePart),
}
