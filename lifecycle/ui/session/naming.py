"""Runs named by what tells them apart, and by nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lifecycle.course import Course
from lifecycle.course.address import State, View, scenario_of
from lifecycle.course.fault_words import broken, in_full
from lifecycle.course.pipeline import Stage
from lifecycle.diagram.following.note import PICKS
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.kinds import Arrivals, Size
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import Pick
from lifecycle.simulation.roles import ROLES, figures_of
from lifecycle.words import clock, duration, number

LONGEST = 60
# What the views of the panel are called.
VIEWS = {View.EXPLAIN: "Explain", View.WATCH: "Watch", View.QUIZ: "Quiz"}


def names(states: Sequence[State], course: Course) -> tuple[str, ...]:
    """A name for each run: the settings in which it differs from some other; equal ones are numbered.

    One that has nothing of what sets the others apart, and one that is alone, is named by how its data moves.
    """
    worded = [dict(_worded(state, course)) for state in states]
    fields = {field: None for one in worded for field in one}
    apart = [field for field in fields if len({one.get(field, "") for one in worded}) > 1]
    called = [", ".join(words for field in apart if (words := one.get(field, ""))) or _moved(one) for one in worded]
    short = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip(' ,')}…" for name in called]
    counts, seen = Counter(short), Counter[str]()
    unique = []
    for name in short:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return tuple(unique)


def _moved(worded: Mapping[str, str]) -> str:
    return f"{worded['start']}, {worded['size']}"


def settings(state: State, course: Course) -> tuple[tuple[str, str], ...]:
    """Every setting of the run that a state shows, for who has nothing but paper: what, and its words."""
    scenario, labels = scenario_of(state, course), {stage.id: stage for stage in course.pipeline.stages}
    worded = dict(_worded(state, course))
    settings_read = [
        ("Scenario", worded["scenario"]),
        ("Transfer", f"{state.start}, {worded['size']}"),
        ("Transformation", worded["transform"].removeprefix("transformed ")),
        ("Events in the day", f"{number(scenario.events)}, {_arriving(scenario, course)}"),
    ]
    turned = (_knob(labels[stage], figure, value) for stage, figure, value in scenario.overrides if stage in labels)
    settings_read += [("Set to", words) for words in turned]
    settings_read += [
        ("Broken", words) for words in broken(scenario, {name: stage.label for name, stage in labels.items()})
    ]
    return (*settings_read, ("Random seed", str(scenario.seed)))


def caption(state: State, course: Course) -> str:
    """What is on screen in a line, for a film of it: the course, the day, and how its data moves."""
    worded = dict(_worded(state, course))
    day = worded["scenario"]
    if state.trace in course.traces:
        day = f"{day}, replaying {course.traces[state.trace].name or 'a day of your own'}"
    return f"{course.pipeline.title}: {day} ({_moved(worded)}, {worded['transform']})"


# Fields of the address that a change is told by, and what they are called on the page.
_FIELDS = {
    "scenario": "Scenario",
    "start": "Who starts",
    "size": "How much at a time",
    "transform": "Transformation",
    "trace": "Replayed day",
    "events": "Events in the day",
    "seed": "Random seed",
}


def changes(before: State, after: State, course: Course) -> tuple[tuple[str, str, str], ...]:
    """Every setting in which two states differ: what it is, what it was, and what it is now, in words."""
    old, new = (_settings(state, course) for state in (before, after))
    changed = [(_FIELDS[name], old[name], new[name]) for name in _FIELDS if old[name] != new[name]]
    turned = {(stage, figure) for state in (before, after) for stage, figure, _ in state.knobs}
    for stage in course.pipeline.stages:
        for figure in ROLES[stage.role]:
            if (stage.id, figure.name) in turned:
                old_value, now = (_in_use(stage, figure, state, course) for state in (before, after))
                if old_value != now:
                    changed.append((f"{figure.label} at {stage.label}", old_value, now))
    labels = course.pipeline.labels
    for fault in (*before.faults, *after.faults):
        if (fault in before.faults) != (fault in after.faults):
            words = in_full(fault)
            broken = f"“{words[0].lower()}{words[1:]}”"
            old_value, now = (broken, "none") if fault in before.faults else ("none", broken)
            changed.append((f"Fault at {labels[fault.station]}", old_value, now))
    if before.moment != after.moment:
        changed.append(("Clock", _moment(before.moment), _moment(after.moment)))
    if before.follow != after.follow:
        changed.append(("Followed order", _followed(before.follow), _followed(after.follow)))
    return tuple(changed)


def _followed(who: int | Pick | None) -> str:
    return "none" if who is None else PICKS[who] if isinstance(who, Pick) else f"{who:,}"


def _moment(moment_s: int | None) -> str:
    return "playing" if moment_s is None else f"stopped at {clock(moment_s)}"


def _settings(state: State, course: Course) -> dict[str, str]:
    scenario = scenario_of(state, course)
    return {
        "scenario": (course.named(state.scenario) or course.default).title,
        "start": state.start,
        "size": state.size,
        "transform": state.transform,
        "trace": (course.traces[state.trace].name or "a day of your own") if state.trace in course.traces else "none",
        # another scenario's own number is part of its story
        "events": "the scenario's own" if state.events is None else number(scenario.events),
        "seed": str(state.seed),
    }


def _in_use(stage: Stage, figure: Figure, state: State, course: Course) -> str:
    figures = figures_of(Station(stage.id, stage.role, stage.figures), scenario_of(state, course))
    return _value(figure, float(figures[figure.name]))


def _arriving(scenario: Scenario, course: Course) -> str:
    if scenario.trace in course.traces:
        return f"as on the real day “{course.traces[scenario.trace].name or 'a day of your own'}”"
    rush = (
        f"with {number(scenario.spike_factor)} times the usual from {clock(scenario.spike_at_s)} for "
        f"{duration(scenario.spike_length_s)}"
    )
    return {
        Arrivals.STEADY: "evenly spread",
        Arrivals.DAILY: "more by day than by night",
        Arrivals.SPIKE: rush,
    }.get(scenario.arrivals, "")


def _worded(state: State, course: Course) -> Iterator[tuple[str, str]]:
    """Each setting under a name of its own, with the words that a run is told by."""
    named = course.named(state.scenario) or course.default
    yield "scenario", named.title
    yield "start", state.start
    yield "size", "in batches" if state.size == Size.BATCH else "as a stream"
    yield "transform", f"transformed {'in batches' if state.transform == Size.BATCH else 'as a stream'}"
    yield "trace", course.traces[state.trace].name or "a day of your own" if state.trace in course.traces else ""
    yield "events", "" if state.events is None else f"{number(state.events)} events"
    yield "seed", f"seed {state.seed}"
    labels = {stage.id: stage for stage in course.pipeline.stages}
    for stage, figure, value in state.knobs:
        if stage in labels:
            yield f"{stage}.{figure}", _knob(labels[stage], figure, value)
    for fault in state.faults:
        what = in_full(fault)
        yield f"fault {fault}", f"{labels[fault.station].label}: {what[0].lower()}{what[1:]}"


def _knob(stage: Stage, name: str, value: float) -> str:
    figure = next(knob for knob in ROLES[stage.role] if knob.name == name)
    return f"{stage.label}: {figure.label.lower()} {_value(figure, value)}"


def _value(figure: Figure, value: float) -> str:
    words = dict(figure.options).get(value)
    return words or (duration(value) if figure.unit == "s" else number(value))
