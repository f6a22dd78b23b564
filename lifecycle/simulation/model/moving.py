"""Which flows move how on a day: those that say, and those that the switches turn; and where a flow may say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Link, Network, receiver
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.ways import Way, by_switches

CALLED = (Role.SOURCE, Role.INTERFACE)
"""The roles at which events wait to be called for, or from which they are thrown."""


def unsaid(scenario: Scenario) -> Way:
    """The way of all flows that do not say."""
    return by_switches(scenario.start, scenario.size)


def way_out(network: Network, scenario: Scenario, station: str) -> Way:
    """How what a source or an interface has gets to the ingestion that it feeds."""
    fed = receiver(network, station)
    ways = (link.way for link in network.links_from.get(station, ()) if link.target == fed)
    return next(ways, None) or unsaid(scenario)


def ways_in(network: Network, scenario: Scenario, station: str) -> Mapping[str, Way]:
    """How events get to an ingestion from each of the stations that feed it."""
    return {link.source: link.way or unsaid(scenario) for link in network.links_into.get(station, ())}


def ways_at(network: Network, scenario: Scenario, station: str) -> tuple[Way, ...]:
    """The ways, each once, in which events get on from a source or an interface, or come to an ingestion."""
    role = network.roles[station]
    if role in CALLED:
        return (way_out(network, scenario, station),)
    return tuple(dict.fromkeys(ways_in(network, scenario, station).values())) if role == Role.INGESTION else ()


def in_force(network: Network, scenario: Scenario) -> tuple[Way, ...]:
    """The ways that a day has, each once; where no flow leads to an ingestion, that of the switches."""
    ingestions = [station.id for station in network.stations if station.role == Role.INGESTION]
    ways = (way for name in ingestions for way in ways_at(network, scenario, name))
    return tuple(dict.fromkeys(ways)) or (unsaid(scenario),)


def turned_by_switches(network: Network) -> bool:
    """Whether the switches of who starts and how much at a time turn any flow: one into an ingestion that is silent."""
    roles = network.roles
    return any(roles[link.target] is Role.INGESTION and not link.way and not link.loop for link in network.links)


def moving_problems(network: Network, link: Link) -> Iterator[str]:
    """Why a flow cannot say how it moves where it is, as `what is wrong; how to put it right`; its ends exist."""
    if link.way is None:
        return
    stations = {station.id: station for station in network.stations}
    source, target = stations[link.source], stations[link.target]
    if link.loop:
        yield "a loop says how it moves, but what it brings back is only counted; leave `moves` out"
    elif target.role != Role.INGESTION:
        yield (
            f"it says how it moves and leads to the {target.role} {target.id}; "
            "only what reaches an ingestion is called for or sent: say it on the flow into one"
        )
    elif source.role not in CALLED:
        yield (
            f"it says how it moves and leaves the {source.role} {source.id}; "
            "only a source or an interface is called on: leave `moves` out"
        )
    elif dict(source.figures).get("own_interval_s", 0.0) > 0.0:
        yield f"it says how it moves, and {source.id} has a schedule of its own; leave out `moves` or `own_interval_s`"
    else:
        others = [one for one in network.links if one.source == source.id and not one.loop and one.way != link.way]
        if others:
            yield (
                f"it moves otherwise than the flow from {source.id} to {others[0].target}, and what leaves a stage "
                "leaves it in one way; give each flow an interface of its own"
            )
