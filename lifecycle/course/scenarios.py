"""Named scenarios: a day with its switches, arrivals and faults, told in a Markdown file."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lifecycle.course.briefs import Brief, read_brief
from lifecycle.course.day_words import knows
from lifecycle.documents import Document, Fields, Node, Problem, instead, shown
from lifecycle.simulation.faults import KINDS, place_problem
from lifecycle.simulation.model.kinds import Arrivals, FaultKind
from lifecycle.simulation.model.network import Network, Station
from lifecycle.simulation.model.scenario import MAX_EVENTS, SWITCHES, Fault, Scenario
from lifecycle.simulation.roles import ROLES, figure_problem

TITLE = 60
MAX_FAULTS = 50


@dataclass(frozen=True)
class NamedScenario:
    """A scenario of the course; `brief` tells what happens, what to ask, to try, and what one sees.

    `switches` names those of start, size and transform that the author has set; for the others the learner's own
    choice stands.
    """

    id: str
    title: str
    brief: Brief
    scenario: Scenario
    order: float = 0.0
    switches: tuple[str, ...] = ()

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
    stations = {station.id: station for station in network.stations}
    title = fields.text("title", TITLE, required=True)
    order = fields.number("order", -1e6, 1e6, 0.0)
    arrivals = fields.kind_of("arrivals", Arrivals)
    plain = Scenario()
    start, size = fields.kind("start", plain.start), fields.kind("size", plain.size)
    transform = fields.kind("transform", plain.transform)
    at_s, length_s, factor = _spike(fields, arrivals, plain)
    scenario = Scenario(
        start=start,
        size=size,
        transform=transform,
        arrivals=arrivals or plain.arrivals,
        events=fields.whole("events", 0, MAX_EVENTS, plain.events),
        spike_at_s=at_s,
        spike_length_s=length_s,
        spike_factor=factor,
        faults=tuple(_fault(node, fields, stations, unsure) for node in fields.each("faults", MAX_FAULTS)),
        overrides=_overrides(fields, stations, unsure),
        trace=_trace(fields, arrivals, traces),
    )
    fields.done()
    brief, faults = read_brief(document, places)
    problems += faults
    for name in brief.asks:
        if name.partition(".")[0] not in unsure and not knows(network, name):
            mend = "write {events}, {mean}, {rush}, {moves} or a figure of a stage, as {buffer.retention_s}"
            problems.append(Problem(document.file, document.body_line, f"nothing is known of {{{name}}}", mend))
    named = NamedScenario(
        id, title, brief, scenario, order, tuple(name for name in SWITCHES if fields.node(name) is not None)
    )
    return named, tuple(problems)


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
    if kind and judged and (misplaced := place_problem(kind, stations[station].role)):
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
    found = []
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
            found.append((station, figure, float(value)))
    return tuple(found)


def figure_fault(station: Station, name: str, value: float) -> tuple[str, str] | None:
    """What is wrong with one figure of a station of a known role and how to mend it, or None."""
    known = [figure.name for figure in ROLES[station.role]]
    if name not in known:
        article = "an" if station.role[0] in "aeiou" else "a"
        return f"{article} {station.role} has no figure {shown(name)}", instead(name, known, one_of="it has")
    words = figure_problem(station, name, value)
    if words is None:
        return None
    what, _, mend = words.partition("; ")
    return what, mend or "see the figures of its role"


def _trace(fields: Fields, arrivals: Arrivals | None, traces: Collection[str]) -> str:
    """The id of the trace, "" where there is none or none is wanted."""
    if arrivals != Arrivals.REAL_DAY:
        if fields.node("trace") and arrivals is not None:
            mend = "write `arrivals: real-day` or remove it"
            fields.report(fields.at("trace"), f"a `trace` with arrivals {arrivals}", mend)
        return ""
    trace = fields.name("trace")
    if trace and trace not in traces:
        mend = instead(trace, traces) if traces else f"put it into traces/{trace}.csv"
        fields.report(fields.at("trace"), f"unknown trace {shown(trace)}", mend)
    return trace
