"""What the simulation walks: stations with a role and figures, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import Schedule, StageJob
from lifecycle.simulation.model.ways import Way


@dataclass(frozen=True)
class Station:
    """One place that events pass. `role`: what it does (see `simulation.roles`); `figures`: its numbers (SI units).

    `schedule`: the id of the one whose runs start its jobs; "" for a station that keeps its own time. `jobs`: those
    into which its work is divided there, each after all that it waits for; none for one job. `observed_s`: how long its
    jobs took when somebody looked, of which a day draws one each time, scaled as `drawn_s` is to their median.
    """

    id: str
    role: Role
    figures: tuple[tuple[str, float], ...] = ()
    schedule: str = ""
    jobs: tuple[StageJob, ...] = ()
    observed_s: tuple[float, ...] = ()


@dataclass(frozen=True)
class Link:
    """A flow from station `source` to station `target`.

    `share` given: the source's output is split among its links in proportion to their shares. `share` None: every
    event goes down this link as a copy. A `loop` link closes a circle: its traffic is counted, and nothing is fed back.
    `way`: how it moves; None for one that the switches turn.
    """

    source: str
    target: str
    share: float | None = None
    loop: bool = False
    way: Way | None = None


@dataclass(frozen=True)
class Network:
    """Stations and links; without the loops it has no cycle. `schedules`: those that start jobs of several stations."""

    stations: tuple[Station, ...]
    links: tuple[Link, ...]
    schedules: tuple[Schedule, ...] = ()

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The role of each station."""
        return {station.id: station.role for station in self.stations}

    @cached_property
    def observed_s(self) -> Mapping[str, tuple[float, ...]]:
        """How long the jobs of each station took when somebody looked."""
        return {station.id: station.observed_s for station in self.stations}

    @cached_property
    def links_from(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that leave each station, loops too."""
        return _grouped((link.source, link) for link in self.links)

    @cached_property
    def links_into(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that feed each station: no loops, since nothing is fed back."""
        return _grouped((link.target, link) for link in self.links if not link.loop)

    @cached_property
    def visits_per_event(self) -> float:
        """How many stations an event visits on average, each copy of it counted; ValueError where flows come round.

        What meets at a job of a schedule is one event again.
        """
        sources = {one.id: dict(one.figures).get("share", 1.0) for one in self.stations if one.role == Role.SOURCE}
        births = sum(sources.values())
        schedule_of = {station.id: station.schedule for station in self.stations}
        arriving = {name: share / births for name, share in sources.items()}
        visits = 0.0
        for name in order(self):
            events = arriving.get(name, 0.0)
            if schedule_of[name]:
                events = min(events, 1.0)
            visits += events
            links = [link for link in self.links_from.get(name, ()) if not link.loop]
            whole = sum(link.share for link in links if link.share is not None)
            for link in links:
                part = 1.0 if link.share is None else link.share / whole
                arriving[link.target] = arriving.get(link.target, 0.0) + events * part
        return visits

    def on_day(self, schedules: Sequence[Schedule], on: Sequence[tuple[str, str]]) -> Network:
        """The network of a day that has `schedules` beside its own, and puts stations on them: (station, schedule)."""
        if not on:
            return self
        known = {schedule.id: schedule for schedule in (*self.schedules, *schedules)}
        placed = dict(on)
        stations = (replace(station, schedule=placed.get(station.id, station.schedule)) for station in self.stations)
        return replace(self, stations=tuple(stations), schedules=tuple(known.values()))

    def on(self, schedule: str) -> tuple[str, ...]:
        """The stations of a schedule, each after all of them that feed it."""
        members = {station.id for station in self.stations if station.schedule == schedule}
        return tuple(name for name in order(self) if name in members)


def _grouped(links: Iterable[tuple[str, Link]]) -> Mapping[str, tuple[Link, ...]]:
    groups: dict[str, list[Link]] = {}
    for station, link in links:
        groups.setdefault(station, []).append(link)
    return {station: tuple(group) for station, group in groups.items()}


_Block = tuple[bool, str]  # whether it is a schedule, and whose: the stations of a schedule stand together


def order(network: Network, towards: str = "") -> tuple[str, ...]:
    """Return the station ids so that each comes after all that feed it; ValueError naming the cycle if there is one.

    The stations of a schedule stand together: their jobs wait for one another's slots, so their day is one. With
    `towards` only that station and those on which its events depend.
    """
    graph: dict[str, list[str]] = {station.id: [] for station in network.stations}
    for link in network.links:
        if not link.loop:
            graph[link.target].append(link.source)
    try:
        ordered = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        path = " → ".join(reversed(error.args[1]))
        raise ValueError(f"the flows run in a circle: {path}; mark one of them as a loop") from None
    block_of = {station.id: (bool(station.schedule), station.schedule or station.id) for station in network.stations}
    blocks: dict[_Block, list[str]] = {}
    for name in ordered:
        blocks.setdefault(block_of[name], []).append(name)
    if network.schedules:
        ordered = _together(blocks, block_of, graph)
    if not towards:
        return ordered
    wanted = {towards}
    for name in reversed(ordered):  # each station before all that feed it
        if name in wanted:
            beside = blocks[block_of[name]]
            wanted.update(beside, *(graph[one] for one in beside))
    return tuple(name for name in ordered if name in wanted)


def _together(
    blocks: Mapping[_Block, list[str]], block_of: Mapping[str, _Block], graph: Mapping[str, list[str]]
) -> tuple[str, ...]:
    """Return the stations in an order in which those of one block follow one another."""
    feeds = {
        block: {block_of[feed] for name in names for feed in graph[name]} - {block} for block, names in blocks.items()
    }
    try:
        of_blocks = tuple(TopologicalSorter(feeds).static_order())
    except CycleError as error:
        path = " → ".join(name for _, name in reversed(error.args[1]))
        raise ValueError(
            f"what is done between two stages of one schedule is not on it: {path}; put it on the same schedule"
        ) from None
    return tuple(name for block in of_blocks for name in blocks[block])


def receiver(network: Network, station: str) -> str | None:
    """The ingestion that a station feeds: the first of its links that leads to one; None where none does."""
    fed = (link.target for link in network.links_from.get(station, ()) if not link.loop)
    return next((target for target in fed if network.roles[target] == Role.INGESTION), None)
