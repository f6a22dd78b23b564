"""Scenario -> Run: every event of one day, followed from its birth through every station that it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.arrivals import births, births_of_sources
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.forks import drawn, split_of
from lifecycle.simulation.day.lanes import Lanes, worked_in_lanes
from lifecycle.simulation.day.orchestrating import ByOrchestrator, Feed, Orchestration, Scheduled, orchestrate, worked
from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.placing import DaySetting, placed, unchanged
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.faults.columns import Columns
from lifecycle.simulation.faults.columns import arriving as unknown_columns
from lifecycle.simulation.faults.kind import Visit, past_midnight
from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.model.bounds import fitting_events
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, FaultKind, Role
from lifecycle.simulation.model.moving import unsaid, ways_in
from lifecycle.simulation.model.network import Link, Network, order
from lifecycle.simulation.model.scenario import DAY_S, Scenario, happening
from lifecycle.simulation.model.schedules import ONE_JOB
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.roles import ROLE_TYPES, figures_of
from lifecycle.simulation.roles.kind import Again
from lifecycle.simulation.roles.stream import Stream, chosen, leaving, merged, until
from lifecycle.simulation.roles.workplace import DayEvents, Workplace

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Run:
    """One day, event by event.

    `born_s`: seconds, sorted, shape (n,); an event's id is its index here. `source`: index into `sources`, the ids of
    the source stations, shape (n,). `passages`: what happened at each station, in an order in which each comes after
    all that feed it; where only one station's day was asked for, there are only those. `carried`: for each link, when
    its events left, seconds, sorted, to the day's end; a loop's too.
    `figures`: every figure of each station as it was used. `orchestrated`: by the id of each schedule what it did.
    """

    network: Network
    scenario: Scenario
    sources: tuple[str, ...]
    born_s: Seconds
    source: NDArray[np.int16]
    passages: Mapping[str, Passage]
    carried: Mapping[tuple[str, str], Seconds]
    figures: Mapping[str, Mapping[str, float]]
    horizon_s: float = DAY_S
    orchestrated: Mapping[str, Orchestration] = field(default_factory=dict)

    def orchestrated_at(self, station: str) -> Orchestration | None:
        """What the schedule did that starts the jobs of a station; None where none does."""
        return next((done for done in self.orchestrated.values() if station in done.stages), None)


@dataclass(frozen=True, eq=False)
class Walk:
    """A day as it was walked: the run, and what a day that differs from it in a few figures can take over.

    `leaving`: for each link all that leaves on it, also after the day's end. `columns`: of stations, on a day of drift.
    """

    run: Run
    setting: DaySetting
    trace: Trace | None
    leaving: Mapping[tuple[str, str], Stream]
    columns: Mapping[str, Columns]


def simulate(network: Network, scenario: Scenario, trace: Trace | None = None, towards: str = "") -> Run:
    """Follow every event of the day through the network: a pure function of its arguments.

    `trace` is needed where `scenario.arrivals` is "real-day". Links with a share split a station's output by its own
    luck, links without carry a copy each; where links meet, events are merged by time. What is under way at the day's
    end is inside. A long pipeline's day has as many events as fit (see `model.bounds`). What faults do is in
    `simulation.faults`, a module each. With `towards` only the station of this name is simulated, and all that its
    events pass before it: nothing that comes later changes them.
    ValueError with every problem in words (see `checks.validate`) or for a missing trace.
    """
    return walk(network, scenario, trace, towards).run


def walk(
    network: Network, scenario: Scenario, trace: Trace | None = None, towards: str = "", earlier: Walk | None = None
) -> Walk:
    """Simulate, and keep what the next walk can take over: what happens before a figure that was turned is not changed.

    From the walk `earlier` come the stations at which both days are the same, all others are simulated.
    """
    problems = validate(network, scenario)
    if problems:
        raise ValueError("cannot simulate: " + "; ".join(problems))
    scenario = replace(scenario, events=fitting_events(network, scenario))
    network = network.on_day(scenario.schedules, scenario.on_schedule)
    roles = {station.id: station.role for station in network.stations}
    figures = {station.id: figures_of(station, scenario) for station in network.stations}
    sources = tuple(name for name, role in roles.items() if role == Role.SOURCE)
    shares = [(name, figures[name]["share"]) for name in sources]
    born, who = births(scenario, shares, trace)
    born_at = births_of_sources(scenario, shares, trace)
    sizes = np.array([figures[name]["event_bytes"] for name in sources], dtype=np.float64)
    today = DayEvents(born, _stamped(scenario, sources, born, who), who, sizes)
    setting = DaySetting(network, roles, figures, scenario, today)
    streams: dict[tuple[str, str], Stream] = {}
    columns: dict[str, Columns] = {}
    passages: dict[str, Passage] = {}
    schedule_of = {station.id: station.schedule for station in network.stations if station.schedule}
    jobs_of = {station.id: station.jobs or ONE_JOB for station in network.stations}
    orchestrated: dict[str, Orchestration] = {}
    stations = order(network, towards)
    known = unchanged(setting, earlier.setting, stations) if earlier and earlier.trace is trace else frozenset()
    for name in stations:
        if earlier and name in known and name in earlier.run.passages:
            passages[name] = earlier.run.passages[name]
            if name in schedule_of:
                orchestrated[schedule_of[name]] = earlier.run.orchestrated[schedule_of[name]]
            streams |= {link: stream for link, stream in earlier.leaving.items() if link[0] == name}
            columns |= {name: earlier.columns[name]} if name in earlier.columns else {}
            continue
        feeds = [link.source for link in network.links_into.get(name, ())]
        inbound = [streams[feed, name] for feed in feeds]
        if name in born_at:
            inbound.append(born_at[name])
        workplace, role = placed(setting, name), ROLE_TYPES[roles[name]]
        ways = ways_in(network, scenario, name) if roles[name] == Role.INGESTION else {}
        lanes: Lanes | None = None
        if name in schedule_of:
            id = schedule_of[name]
            orchestrated[id] = done = orchestrated.get(id) or _orchestrated(setting, id, streams)
            arriving, work = worked(workplace, inbound, jobs_of[name], done.at_jobs_of(name))
            role = ByOrchestrator()
        elif len(set(ways.values())) > 1:
            arriving, work, lanes = worked_in_lanes(role, workplace, inbound, [ways[feed] for feed in feeds])
        else:
            workplace = replace(workplace, copyless=_copyless(setting, name, passages))
            arriving = merged(inbound)
            work = role.work(workplace, arriving)
        before = [columns[feed] for feed in feeds if feed in columns]
        unknown = unknown_columns(scenario, name, arriving, before, born.size)
        visit = _visited(Visit(role, workplace, arriving, unknown, work))
        if visit.columns is not None:
            columns[name] = visit.columns
        departed, leave, again = _let_go(visit)
        streams |= _forked(workplace, network, leave)
        passages[name] = _passage(visit, lanes, departed, leave, again)
    carried = {link: _cut(stream.at_s, until(DAY_S, stream.at_s)) for link, stream in streams.items()}
    run = Run(network, scenario, sources, born, who, passages, carried, figures, orchestrated=orchestrated)
    return Walk(run, setting, trace, streams, columns)


def _copyless(setting: DaySetting, name: str, passages: Mapping[str, Passage]) -> Mask | None:
    """Of which events nobody before a log that is left out has a copy; None where only the switches say."""
    network, scenario = setting.network, setting.scenario
    if not setting.figures[name].get("direct") or all(link.way is None for link in network.links):
        return None
    copyless = np.full(setting.day.born_s.size, unsaid(scenario).loses)
    for feed in order(network, name):
        if setting.roles[feed] == Role.INGESTION:
            lanes, ids = passages[feed].lanes, passages[feed].ids
            for way in ways_in(network, scenario, feed).values():
                copyless[ids if lanes is None else ids[lanes.of_way(way)]] = way.loses
    return copyless


def _orchestrated(setting: DaySetting, id: str, streams: Mapping[tuple[str, str], Stream]) -> Orchestration:
    """The day of a schedule: everything that feeds its stages from elsewhere has been simulated."""
    network = setting.network
    schedule = next(one for one in network.schedules if one.id == id)
    names = network.on(id)
    every = np.arange(setting.day.born_s.size, dtype=np.int32)

    def feed(link: Link) -> Feed:
        if link.source not in names:
            return Feed(None, streams[link.source, link.target])
        split = split_of(network, link.source)
        if link.share is None or len(split) == 1:
            return Feed(names.index(link.source))
        which = drawn(setting.scenario.seed, link.source, every.size, split, every)
        return Feed(names.index(link.source), only=which == split.index(link))

    def spans(kind: FaultKind, *at: str) -> Outages:
        faults = map(past_midnight, happening(kind, setting.scenario.faults, *at))
        return tuple((fault.start_s, fault.end_s) for fault in faults)

    lines = {name: network.links_into.get(name, ()) for name in names}
    jobs = {station.id: station.jobs or ONE_JOB for station in network.stations}
    stages = [
        Scheduled(
            placed(setting, name),
            tuple(map(feed, lines[name])),
            spans(FaultKind.FAIL, name),
            jobs[name],
            network.observed_s[name],
        )
        for name in names
    ]
    return orchestrate(schedule, stages, spans(FaultKind.SLEEP, *names))


def _visited(visit: Visit) -> Visit:
    """Let the faults act on the work, then on what has been worked on; then the role keeps its promise of delivery."""
    for fault in KINDS.values():
        visit = fault.during(visit)
    for fault in KINDS.values():
        visit = fault.after(visit)
    return replace(visit, work=visit.role.handed_over(visit.workplace, visit.arriving, visit.work))


def _let_go(visit: Visit) -> tuple[Seconds, Stream, Copies]:
    """When each event departs (NaN: lost), all that leaves, and the second copies in it."""
    work, ids = visit.work, visit.arriving.ids
    departed = work.ended_s if work.fate is None else np.where(work.fate > 0, np.nan, work.ended_s)
    faults = [
        fault
        for fault in visit.workplace.scenario.faults
        if fault.station == visit.workplace.id and fault.start_s < fault.end_s
    ]
    for fault in faults:
        departed = KINDS[fault.kind].held_back(past_midnight(fault), departed)
    leave = leaving(ids, departed, work.jobs)
    again = visit.role.repeated(visit.workplace, leave)
    for fault in faults:
        again += KINDS[fault.kind].repeated(visit.workplace, fault, leave)
    copies = _copies(leave, again)
    if copies.ids.size:
        leave = merged([Stream(leave.ids, leave.at_s), Stream(copies.ids, copies.sent_s)])
    return departed, leave, copies


def _stamped(scenario: Scenario, sources: tuple[str, ...], born: Seconds, who: NDArray[np.int16]) -> Seconds:
    """When events say they were born: the moment itself, but where their source's clock is wrong."""
    stamped = born
    for number, name in enumerate(sources):
        for fault in scenario.faults:
            if fault.station == name and fault.start_s < fault.end_s:
                stamped = KINDS[fault.kind].stamped(fault, born, who == number, stamped)
    return stamped


def _forked(workplace: Workplace, network: Network, stream: Stream) -> dict[tuple[str, str], Stream]:
    """Hand a station's output to its links: split in proportion to their shares, a copy down each without a share."""
    name = workplace.id
    links = network.links_from.get(name, ())
    split = split_of(network, name)
    parts: dict[tuple[str, str], Stream] = {(link.source, link.target): stream for link in links if link.share is None}
    if len(split) == 1:
        parts[name, split[0].target] = stream
    elif split:
        which = drawn(workplace.scenario.seed, name, workplace.events, split, stream.ids)
        parts |= {(name, link.target): chosen(stream, which == i) for i, link in enumerate(split)}
    return parts


@dataclass(frozen=True, eq=False)
class Copies:
    """Second copies, in order of sending: the event, when the first left, when the copy was sent. Seconds."""

    ids: Ids
    first_s: Seconds
    sent_s: Seconds


def _copies(left: Stream, again: list[Again]) -> Copies:
    if not again:
        none = np.empty(0)
        return Copies(np.empty(0, dtype=np.int32), none, none)
    rows, sent_s = np.concatenate([rows for rows, _ in again]), np.concatenate([sent_s for _, sent_s in again])
    by_time = np.argsort(sent_s, kind="stable")
    return Copies(left.ids[rows[by_time]], left.at_s[rows[by_time]], sent_s[by_time])


def _passage(visit: Visit, lanes: Lanes | None, departed: Seconds, leave: Stream, again: Copies) -> Passage:
    """Cut what happened to the day: what comes after its end has not come, what ends after it is inside."""
    arriving, work, columns = visit.arriving, visit.work, visit.columns
    came, left = until(DAY_S, arriving.at_s), until(DAY_S, leave.at_s)
    if work.fate is None:
        fate = np.zeros(came, dtype=np.uint8)
        lost_s, lost_fate = np.empty(0), np.empty(0, dtype=np.uint8)
    else:
        fate = work.fate[:came].copy()
        lost = np.flatnonzero(fate)
        fate[lost[work.ended_s[lost] > DAY_S]] = Fate.OK
        lost = lost[fate[lost] > 0]
        by_time = lost[np.argsort(work.ended_s[lost], kind="stable")]
        lost_s, lost_fate = work.ended_s[by_time], fate[by_time]
    sent = until(DAY_S, again.sent_s)
    throttled_s = np.empty(0) if work.throttled_s is None else work.throttled_s
    begin = work.started_s if work.from_s is None else work.from_s
    end = work.ended_s if work.to_s is None else work.to_s
    done = work.ended_s
    if work.done_s is not None:
        done = work.done_s if work.fate is None else np.where(work.fate > 0, work.ended_s, work.done_s)
    departed_s = _cut(departed, came)
    return Passage(
        id=visit.workplace.id,
        role=visit.role.role,
        ids=_cut(arriving.ids, came),
        arrived_s=_cut(arriving.at_s, came),
        started_s=_cut(work.started_s, came),
        finished_s=departed_s if done is departed else _cut(done, came),
        departed_s=departed_s,
        fate=fate,
        lost_s=lost_s,
        lost_fate=lost_fate,
        copied_ids=_cut(again.ids, sent),
        copied_from_s=_cut(again.first_s, sent),
        copied_s=_cut(again.sent_s, sent),
        out_ids=_cut(leave.ids, left),
        out_s=_cut(leave.at_s, left),
        spans_s=(_cut(begin, begin.size), _cut(end, end.size)),
        servers=work.servers,
        throttled_s=_cut(throttled_s, until(DAY_S, throttled_s)),
        empty=None if columns is None else columns.empty[arriving.ids[:came]],
        stuck=visit.workplace.stuck,
        lanes=lanes and replace(lanes, of_rows=_cut(lanes.of_rows, came)),
    )


def _cut(row: NDArray[Scalar], size: int) -> NDArray[Scalar]:
    """Return the first `size` of a row, read-only; a short piece as a copy, since a slice keeps the whole row alive."""
    if size < row.size:
        row = row[:size] if 2 * size > row.size else row[:size].copy()
    row.flags.writeable = False  # runs are kept and shared between learners
    return row
