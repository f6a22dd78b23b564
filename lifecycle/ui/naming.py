"""Runs named by what tells them apart, and by nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lifecycle.address import State, scenario_of
from lifecycle.course import Course
from lifecycle.pipeline import Stage
from lifecycle.simulation.figures import ROLES, Figure
from lifecycle.simulation.scenario import Scenario
from lifecycle.ui.breaking import in_words
from lifecycle.words import clock, duration, number

LONGEST = 60


def names(states: Sequence[State], course: Course) -> tuple[str, ...]:
    """A name for each run: the settings in which it differs from some other; equal ones are numbered."""
    told = [dict(_told(state, course)) for state in states]
    fields = {field: None for each in told for field in each}
    apart = [field for field in fields if len({each.get(field, "") for each in told}) > 1]
    found = [", ".join(words for field in apart if (words := each.get(field, ""))) or "as it comes" for each in told]
    short = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip(' ,')}…" for name in found]
    counts, seen = Counter(short), Counter[str]()
    unique = []
    for name in short:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return tuple(unique)


def settings(state: State, course: Course) -> tuple[tuple[str, str], ...]:
    """Every setting of the run that a state shows, for who has nothing but paper: what, and its words."""
    scenario, labels = scenario_of(state, course), {stage.id: stage for stage in course.pipeline.stages}
    told = dict(_told(state, course))
    found = [
        ("Scenario", told["scenario"]),
        ("Transfer", f"{state.start}, {told['size']}"),
        ("Transformation", told["transform"].removeprefix("transformed ")),
        ("Events in the day", f"{number(scenario.events)}, {_arriving(scenario, course)}"),
    ]
    turned = (_knob(labels[stage], figure, value) for stage, figure, value in scenario.overrides if stage in labels)
    found += [("Set to", words) for words in turned]
    for fault in scenario.faults:
        what = in_words(fault)
        found.append(("Broken", f"{labels[fault.station].label}: {what[0].lower()}{what[1:]}"))
    return (*found, ("Seed of the chance", str(scenario.seed)))


def _arriving(scenario: Scenario, course: Course) -> str:
    if scenario.trace in course.traces:
        return f"as on the real day “{course.traces[scenario.trace].name or 'an own day'}”"
    rush = (
        f"with {number(scenario.spike_factor)} times the usual from {clock(scenario.spike_at_s)} for "
        f"{duration(scenario.spike_length_s)}"
    )
    return {"steady": "evenly spread", "daily": "more by day than by night", "spike": rush}.get(scenario.arrivals, "")


def _told(state: State, course: Course) -> Iterator[tuple[str, str]]:
    """Each setting under a name of its own, with the words that a run is told by."""
    named = course.named(state.scenario) or course.default
    yield "scenario", named.title
    yield "start", state.start
    yield "size", f"in {'batches' if state.size == 'batch' else 'streams'}"
    yield "transform", f"transformed in {'batches' if state.transform == 'batch' else 'streams'}"
    yield "trace", course.traces[state.trace].name or "an own day" if state.trace in course.traces else ""
    yield "events", "" if state.events is None else f"{number(state.events)} events"
    yield "seed", f"seed {state.seed}"
    labels = {stage.id: stage for stage in course.pipeline.stages}
    for stage, figure, value in state.knobs:
        if stage in labels:
            yield f"{stage}.{figure}", _knob(labels[stage], figure, value)
    for fault in state.faults:
        what = in_words(fault)
        yield f"fault {fault}", f"{labels[fault.station].label}: {what[0].lower()}{what[1:]}"


def _knob(stage: Stage, name: str, value: float) -> str:
    figure = next(each for each in ROLES[stage.role] if each.name == name)
    return f"{stage.label}: {figure.label.lower()} {_value(figure, value)}"


def _value(figure: Figure, value: float) -> str:
    words = dict(figure.options).get(value)
    return words or (duration(value) if figure.unit == "s" else number(value))
