"""Lineage: who gets what passes a stage, and where what a stage has came from. Loops are left out."""

from __future__ import annotations

from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network


def downstream(network: Network, stage: str) -> tuple[str, ...]:
    """Return the stages that what leaves `stage` reaches: the fewest flows away first, consumers at the end.

    Those equally far stand as they do in the network. ValueError naming the stages there are if it is none of them.
    """
    flows_away = _flows_away(network, stage, [(link.source, link.target) for link in network.links if not link.loop])
    consumers = {station.id for station in network.stations if station.role == Role.CONSUMER}
    return tuple(sorted(flows_away, key=lambda name: (name in consumers, flows_away[name])))


def upstream(network: Network, stage: str) -> tuple[str, ...]:
    """Return the stages whose rows can reach `stage`: the fewest flows away first.

    Those equally far stand as they do in the network. ValueError naming the stages there are if it is none of them.
    """
    flows_away = _flows_away(network, stage, [(link.target, link.source) for link in network.links if not link.loop])
    return tuple(sorted(flows_away, key=flows_away.__getitem__))


def _flows_away(network: Network, stage: str, steps: list[tuple[str, str]]) -> dict[str, int]:
    """How many steps each stage that can be reached is away, in the order of the network; without the stage itself."""
    names = [station.id for station in network.stations]
    if stage not in names:
        raise ValueError(f"there is no stage {stage!r}; choose {', '.join(names)}")
    away, ring = {stage: 0}, {stage}
    while ring:
        ring = {target for source, target in steps if source in ring} - away.keys()
        away |= dict.fromkeys(ring, max(away.values()) + 1)
    return {name: away[name] for name in names if name in away and name != stage}
