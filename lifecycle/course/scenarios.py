"""Named scenarios: a day with its switches, arrivals and faults, told in a Markdown file."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lifecycle.course.briefs import Brief, read_brief
from lifecycle.course.day_words import knows
from lifecycle.course.expecting.expectation import DayExpectation, read_expectations
from lifecycle.course.schedules import read_places, read_schedules
from lifecycle.course.talks import CHARTS, STAGE_CHARTS, DayChart, StageChart
from lifecycle.documents import Document, Fields, Node, Problem, instead, shown
from lifecycle.simulation.faults import KINDS, place_problem
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.network import Network, Station
from lifecycle.simulation.model.scenario import MAX_EVENTS, SWITCHES, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.simulation.roles import ROLES, figure_problem

TITLE, GROUP = 60, 40
LEVELS = 3
MAX_FAULTS = 50


@dataclass(frozen=True)
class Showing:
    """How a scenario stands among the others, and what leads in it.

    `group` is the heading under which the gallery has it, `level` how hard its question is, from 1 to 3. `chart` is the
    chart that shows best what happens, one of `stage` where only stages have it; "" where no stage leads.
    """

    group: str = ""
    level: int = 1
    stage: str = ""
    chart: DayChart | StageChart = "Freshness"


@dataclass(frozen=True)
class NamedScenario:
    """A scenario of the course; `brief` tells what happens, what to ask, to try, and what one sees.

    `switches` names those of start, size and transform that the author has set; for the others the learner's own
    choice stands. `expected` is what its text says in numbers, for `check` to prove.
    """

    id: str
    title: str
    brief: Brief
    scenario: Scenario
    order: float = 0.0
    switches: tuple[str, ...] = ()
    showing: Showing = Showing()
    expected: tuple[DayExpectation, ...] = ()

    @property
    def own_switches(self) -> dict[str, Start | Size]:
        """The switches that the author has set, by their names."""
        return {name: getattr(self.scenario, name) for name in self.switches}

    @property
    def trace(self) -> str:
        """The id of the real day it replays, "" for made-up arrivals."""
        return self.scenario.trace


def read_scenario(
    document: Document,
    id: str,
    network: Network,
    traces: Collection[str],
    places: Collection[str] | None = None,
    unsure: Collection[str] = (),
) -> tuple[NamedScenario, tuple[Problem, ...]]:
    """The scenario of one file, checked against the stations, traces and places there are, and what is wrong.

    `unsure` are stations whose role is not known: whether a fault or a figure fits these is not judged.
    """
    problems: list[Problem] = []
    fields = Fields(document.head, document.file, problems, "front matter")
    schedules, on_schedule = _schedules(fields, network, unsure)
    stations = {station.id: station for station in network.on_day(schedules, on_schedule).stations}
    title = fields.text("title", TITLE, required=True)
    order = fields.number("order", -1e6, 1e6, 0.0)
    arrivals = fields.kind_of("arrivals", Arrivals)
    plain = Scenario()
    start, size = fields.kind("start", plain.start), fields.kind("size", plain.size)
    transform = fields.kind("transform", plain.transform)
    at_s, length_s, factor = _spike(fields, arrivals, plain)
    showing = _showing(fields, stations)
    scenario = Scenario(
        start=start,
        size=size,
        transform=transform,
        arrivals=arrivals or plain.arrivals,
        events=fields.whole("events", 0, MAX_EVENTS, plain.events),
        spike_at_s=at_s,
        spike_length_s=length_s,
        spike_factor=factor,
        faults=tuple(_fault(node, fields, stations, unsure) for node in fields.items("faults", MAX_FAULTS)),
        overrides=_overrides(fields, stations, unsure),
        trace=_trace(fields, arrivals, traces),
        schedules=schedules,
        on_schedule=on_schedule,
    )
    expected = read_expectations(fields)
    fields.done()
    brief, faults = read_brief(document, places)
    problems += faults
    for name in brief.asks:
        if name.partition(".")[0] not in unsure and not knows(network, name):
            fix = "write {events}, {mean}, {rush}, {moves} or a figure of a stage, as {buffer.retention_s}"
            problems.append(Problem(document.file, document.body_line, f"nothing is known of {{{name}}}", fix))
    switches = tuple(name for name in SWITCHES if fields.node(name) is not None)
    named = NamedScenario(id, title, brief, scenario, order, switches, showing, expected)
    return named, tuple(problems)


def _schedules(
    fields: Fields, network: Network, unsure: Collection[str]
) -> tuple[tuple[Schedule, ...], tuple[tuple[str, str], ...]]:
    """The schedules that there are on this day alone, and which stages are on them or on those of the pipeline."""
    schedules = read_schedules(fields)
    known = [schedule.id for schedule in (*network.schedules, *schedules)]
    roles = {station.id: None if station.id in unsure else station.role for station in network.stations}
    on = read_places(fields, roles, known)
    for id in sorted({schedule.id for schedule in schedules} - {id for _, id in on}):
        fix = f"put a stage on it: `on_schedule: {{transform: {id}}}`"
        fields.report(fields.at("schedules"), f"nothing is on the schedule {id}", fix)
    return schedules, on


def _showing(fields: Fields, stations: Collection[str]) -> Showing:
    stage = fields.choice("stage", stations)
    charts: dict[str, DayChart | StageChart] = {
        name.lower(): name
        for name in (*CHARTS, *STAGE_CHARTS)
        if name != "Load by stage"  # a table of colours
    }
    chart = charts[fields.choice("chart", charts, Showing.chart.lower())]
    if chart in STAGE_CHARTS and not stage:
        fields.report(fields.at("chart"), f"the chart {chart.lower()} is of one stage", "name it: `stage: buffer`")
        chart = Showing.chart
    return Showing(fields.text("group", GROUP), fields.whole("level", 1, LEVELS, Showing.level), stage, chart)


def _spike(fields: Fields, arrivals: Arrivals | None, plain: Scenario) -> tuple[float, float, float]:
    """When the spike begins (s), how long it lasts (s) and how many times the usual rate it brings."""
    usual = plain.spike_at_s, plain.spike_length_s, plain.spike_factor
    node = fields.node("spike")
    if node is None:
        return usual
    if arrivals not in (Arrivals.SPIKE, None):
        fields.report(fields.at("spike"), f"a `spike` with arrivals {arrivals}", "write `arrivals: spike` or remove it")
    spike = Fields(node, fields.file, fields.problems, "spike")
    at_s, length_s, factor = (
        spike.clock_s("at", usual[0]),
        spike.clock_s("length", usual[1]),
        spike.number("factor", 0.0, 1000.0, usual[2]),
    )
    if "length" in spike and length_s == 0:
        spike.report(spike.at("length"), "a spike of no length", 'write its length, as length: "01:00"')
    spike.done()
    return at_s, length_s, factor


def _fault(node: Node, parent: Fields, stations: Mapping[str, Station], unsure: Collection[str]) -> Fault:
    fields = Fields(node, parent.file, parent.problems, "fault")
    kind = fields.kind_of("kind", FaultKind)
    station = fields.choice("stage", stations, required=True)
    judged = station in stations and station not in unsure
    if kind and judged and (misplaced := place_problem(kind, stations[station])):
        fields.report(fields.at("stage"), *misplaced)
    start_s, end_s = fields.clock_s("from"), fields.clock_s("to", 86_400.0)
    if "from" in fields and "to" in fields and end_s <= start_s:
        fields.report(fields.at("to"), "a fault that ends before it begins", 'write a later `to`, at most "24:00"')
    known = KINDS[kind or FaultKind.DOWN]
    low, high = (known.low, known.high) if kind else (-math.inf, math.inf)
    factor = fields.number("factor", low, high, known.usual)
    fields.done()
    return Fault(kind or FaultKind.DOWN, station, start_s, end_s, factor)


def _overrides(
    fields: Fields, stations: Mapping[str, Station], unsure: Collection[str]
) -> tuple[tuple[str, str, float], ...]:
    """The (station, figure, value) of `figures: {"stage.figure": number}`."""
    overrides = []
    for key, node in fields.entries("figures"):
        station, dot, figure = key.partition(".")
        value = fields.number_of(node, key)
        if not dot or not figure:
            fields.report(node.line, f"the figure {shown(key)} names no stage", "write it as stage.figure")
        elif station not in stations:
            fields.report(node.line, f"unknown stage {shown(station)} in `figures`", instead(station, stations))
        elif station in unsure:
            continue
        elif value is not None and (fault := figure_fault(stations[station], figure, value)):
            fields.report(node.line, *fault)
        elif value is not None:
            overrides.append((station, figure, float(value)))
    return tuple(overrides)


def figure_fault(station: Station, name: str, value: float) -> tuple[str, str] | None:
    """What is wrong with one figure of a station of a known role and how to fix it, or None."""
    known = [figure.name for figure in ROLES[station.role]]
    if name not in known:
        article = "an" if station.role[0] in "aeiou" else "a"
        return f"{article} {station.role} has no figure {shown(name)}", instead(name, known, one_of="it has")
    words = figure_problem(station, name, value)
    if words is None:
        return None
    what, _, fix = words.partition("; ")
    return what, fix or "see the figures of its role"


def _trace(fields: Fields, arrivals: Arrivals | None, traces: Collection[str]) -> str:
    """The id of the trace, "" where there is none or none is wanted."""
    if arrivals != Arrivals.REAL_DAY:
        if fields.node("trace") and arrivals is not None:
            fix = "write `arrivals: real-day` or remove it"
            fields.report(fields.at("trace"), f"a `trace` with arrivals {arrivals}", fix)
        return ""
    trace = fields.name("trace")
    if trace and trace not in traces:
        fix = instead(trace, traces) if traces else f"put it into traces/{trace}.csv"
        fields.report(fields.at("trace"), f"unknown trace {shown(trace)}", fix)
    return trace
