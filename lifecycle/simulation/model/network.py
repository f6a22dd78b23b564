"""What the simulation walks: stations with a role and figures, and the links between them."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from lifecycle.simulation.model.kinds import Role


@dataclass(frozen=True)
class Station:
    """One place that events pass. `role`: what it does (see `simulation.roles`); `figures`: its numbers (SI units)."""

    id: str
    role: Role
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Link:
    """A flow from station `source` to station `target`.

    `share` given: the source's output is split among its links in proportion to their shares. `share` None: every
    event goes down this link as a copy. A `loop` link closes a circle: its traffic is counted, and nothing is fed back.
    """

    source: str
    target: str
    share: float | None = None
    loop: bool = False


@dataclass(frozen=True)
class Network:
    """Stations and links; without the loops it has no cycle."""

    stations: tuple[Station, ...]
    links: tuple[Link, ...]


def order(network: Network, towards: str = "") -> tuple[str, ...]:
    """Return the station ids so that each comes after all that feed it; ValueError naming the cycle if there is one.

    With `towards` only that station and those from which its events come.
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
    if not towards:
        return ordered
    wanted = {towards}
    for name in reversed(ordered):  # each station before all that feed it
        if name in wanted:
            wanted.update(graph[name])
    return tuple(name for name in ordered if name in wanted)


def receiver(network: Network, station: str) -> str | None:
    """The ingestion that a station feeds: the first of its links that leads to one; None where none does."""
    roles = {station.id: station.role for station in network.stations}
    fed = (link.target for link in network.links if link.source == station and not link.loop)
    return next((target for target in fed if roles[target] == Role.INGESTION), None)
