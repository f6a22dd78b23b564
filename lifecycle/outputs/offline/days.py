"""The runs that the page holds, computed beforehand: every scenario under every setting of the switches, and what the
course's own links turn beyond them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, assert_never
from urllib.parse import parse_qsl

import numpy as np

from lifecycle import charts
from lifecycle.charts.headlines import headlines
from lifecycle.charts.spec import Bars, Cells, Drawn, Line, Points
from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.course.day import in_turn
from lifecycle.course.day_words import day_words
from lifecycle.course.illustrating.illustration import without_pictures
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.talks import DayChart
from lifecycle.diagram.living import pack, pack_frames
from lifecycle.documents import links
from lifecycle.outputs.offline.message import HeldChart, HeldDay, HeldRun, HeldWire
from lifecycle.outputs.offline.orders import recorded
from lifecycle.outputs.offline.talks import read_alone
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.simulation.model.scenario import SWITCHES, Scenario
from lifecycle.simulation.readings import measures

# What a link may turn beyond the switches; a run with some of these is held only if a link of the course leads to it.
FURTHER = ("events", "trace", "seed", "knobs", "faults")
PERCENTS = (50.0, 95.0, 99.0)
# The page's charts, each with how many steps a unit of its values is held in: hundredths of a second, thousandths/s.
CHARTS: Mapping[DayChart, int] = {"Freshness": 100, "Load": 1000}


def wanted(course: Course) -> dict[str, dict[str, Scenario]]:
    """What to simulate: by scenario (its id), and there by the settings of the switches and what a link adds."""
    named = course.scenarios or (course.default,)
    days: dict[str, dict[str, Scenario]] = {day.id: {} for day in named}
    for day, combination in product(named, _combinations({})):
        state = State(scenario=day.id, **combination)
        days[day.id][key(combination)] = address.scenario_of(state, course)
    for home, query in _links(course):
        _add(days, course, State(scenario=home), query, dict(parse_qsl(query.removeprefix("?"))))
    # such a view is an address of its own: what it leaves out stands at its default
    fixed = {name: str(getattr(State(), name)) for name in SWITCHES}
    for view in _views(course):
        _add(days, course, State(), view, {**fixed, **dict(parse_qsl(view.removeprefix("?")))})
    return days


def _views(course: Course) -> Iterator[str]:
    """The views that options offer, and those of the steps of lessons and talks."""
    read = read_alone(course)
    questions = (*course.questions, *(question for talk in read for question in talk.questions))
    yield from (option.see for question in questions for option in question.options if option.see)
    yield from (step.view for talk in read for step in talk.steps)


def key(switches: Mapping[str, str], further: str = "") -> str:
    """How the page finds a run of a scenario: `pull,batch,batch`, then what a link adds."""
    return ",".join([switches[name] for name in SWITCHES]) + (f" {further}" if further else "")


def _combinations(fixed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Every setting of the switches that leaves the fixed ones as they are."""
    every = (allowed if name not in fixed else (fixed[name],) for name, allowed in SWITCHES.items())
    yield from (dict(zip(SWITCHES, values, strict=True)) for values in product(*every))


def _links(course: Course) -> Iterator[tuple[str, str]]:
    """Each link in a text that turns settings, and the scenario in which it is met."""
    home = course.default.id
    places = [*course.places.values(), *([course.overview] if course.overview else [])]
    for text in (without_pictures(section.markdown) for place in places for section in place.sections):
        yield from ((home, query) for query in _queries(text))
    for transfer in course.transfers:
        yield from ((home, query) for query in _queries(transfer.markdown))
    for named in course.scenarios:
        yield from ((named.id, query) for query in _queries(named.brief.markdown))


def _queries(markdown: str) -> Iterator[str]:
    return (target for _, target in links(markdown) if target.startswith("?"))


def _add(
    days: dict[str, dict[str, Scenario]], course: Course, home: State, query: str, given: Mapping[str, str]
) -> None:
    further = "&".join(f"{name}={given[name]}" for name in FURTHER if given.get(name))
    state, notices = address.turned(home, query, course)
    if not further or notices:
        return
    for combination in _combinations(given):
        scenario = address.scenario_of(replace(state, **combination), course)
        days[state.scenario or course.default.id].setdefault(key(combination, further), scenario)


def day(course: Course, id: str, runs: Mapping[str, Scenario]) -> HeldDay:
    """The runs of one scenario as the page reads them. A text that several of them hold stands in it once."""
    pool: dict[str, int] = {}
    names = _recorded_in(course, id)
    pair: list[tuple[str, Run]] = []  # whose orders are recorded
    held = {}
    with in_turn():
        for name, scenario in runs.items():
            run = course.day(scenario).simulated()
            held[name] = _held(course, run, pool)
            if name in names:
                pair.append((name, run))
    if len(pair) == 2:
        for name, orders in recorded(course, id, *pair).items():
            held[name]["orders"] = orders
    return {"texts": list(pool), "runs": held}


def _recorded_in(course: Course, id: str) -> tuple[str, str]:
    """The names of the run that the list of scenarios leads to, and of that under the other size."""
    named = course.named(id) or course.default
    switches = {name: str(getattr(named.scenario if name in named.switches else State(), name)) for name in SWITCHES}
    return key(switches), key({**switches, "size": str(Size(switches["size"]).other)})


def _held(course: Course, run: Run, pool: dict[str, int]) -> HeldRun:
    def nth(text: str) -> int:
        return pool.setdefault(text, len(pool))

    frames = measures.frames(run)
    packed = pack_frames(frames)
    edges_s = measures.edges(run, packed["n"])
    stations = {id: {name: nth(text) for name, text in series.items()} for id, series in packed["stations"].items()}
    for id, exact in frames.stations.items():  # what its figures are read from, as the charts are
        counts = (exact.inside, measures.crest(run, id, edges_s))
        stations[id] |= zip(("inside", "most"), map(nth, pack(counts)), strict=True)
    flows: list[HeldWire] = [
        {**flow, "sent": None if flow["sent"] is None else nth(flow["sent"]), "refused": nth(flow["refused"])}
        for flow in packed["flows"]
    ]
    figures = headlines(course.pipeline, run, course.prices)
    return {
        "frames": {**packed, "stations": stations, "flows": flows},
        "figures": [
            (figure.label, _finite(figure.value), figure.shown, nth(figure.about), figure.quiet)
            for figure in figures.values()
        ],
        "charts": {name: _chart(course.pipeline, name, run, nth) for name in CHARTS},
        "latency": _latency(course.pipeline, run),
        "orders": {},
        "told": {name: nth(text) for name, text in day_words(run.network, run.scenario, _asks(course)).items()},
    }


def _asks(course: Course) -> tuple[str, ...]:
    """What the texts of the scenarios want to be told of a day."""
    return tuple(dict.fromkeys(name for named in course.scenarios for name in named.brief.asks))


def _chart(pipeline: Pipeline, name: DayChart, run: Run, nth: Callable[[str], int]) -> HeldChart:
    """A chart's finding, and its lines: name, how many points, their values and their moments; -1 where nothing is yet.

    Steps, which stand at every bucket of the day, carry no moments; others tenths of a second.
    """
    spec = charts.CHARTS[name](pipeline, run, None)
    return {"finding": spec.finding, "lines": [line_of(line, CHARTS[name], nth) for line in spec.series]}


def line_of(series: Drawn, steps: int, nth: Any) -> tuple[str, int, int] | tuple[str, int, int, int]:
    """A line as the page holds it; TypeError for any other series. `nth`: where a text stands among those held."""
    match series:
        case Line():
            points = [np.nan_to_num(series.y * float(steps), nan=-1.0)]
            if not series.stepped:
                points.append(series.x * 1000.0 / 100.0)  # a moment between two tenths falls where it always has
            values, *moments = map(nth, pack([np.round(numbers) for numbers in points]))
            line = (series.name, len(series.y), values)
            return (*line, moments[0]) if moments else line
        case Bars() | Points() | Cells():
            raise TypeError(f"the offline page draws lines, and “{type(series).__name__}” is none")
        case _:
            assert_never(series)


def _latency(pipeline: Pipeline, run: Run) -> list[tuple[str, float | None, float | None, float | None]]:
    """A row for each consumer: its label, and percentiles of the time from an event's birth to its being visible."""
    rows = []
    for stage in pipeline.stages:
        if stage.role == Role.CONSUMER:
            sample = measures.latency(run, stage.id)
            half, most, nearly_all = measures.percentiles(sample, PERCENTS) if len(sample) else [math.nan] * 3
            rows.append((stage.label, _finite(half), _finite(most), _finite(nearly_all)))
    return rows


def _finite(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None
