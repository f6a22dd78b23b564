"""What the simulation walks: stations with a role and figures, and the links between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    """One place that events pass. `role` chooses the kernel (see `figures.ROLES`), `figures` its numbers (SI units)."""

    id: str
    role: str
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
