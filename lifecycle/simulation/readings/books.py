"""The books of a day: every event accounted for at every station and on every link, each side from its own records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings.measures import REMOVED, depth, ledger


@dataclass(frozen=True)
class BookLine:
    """One station's page of the books, in events.

    In: `born` here, `carried` here over its links; together `arrived`. Out: `departed`, `removed` on purpose, `lost`,
    or `inside` at midnight. `copies`: second copies sent beside what departed. `out`: by how many events this page does
    not add up, over all its sums.
    """

    station: str
    born: int
    carried: int
    arrived: int
    departed: int
    removed: int
    lost: int
    inside: int
    copies: int
    out: int


def books(run: Run) -> tuple[BookLine, ...]:
    """Return every station's page, in the order of the run.

    Four sums must hold: arrived = born + carried; arrived = departed + removed + lost + inside; inside = what is there
    at midnight by the count of arrivals and departures; and what left went down every link without a share, and down
    exactly one of those with one. What was carried is counted on the links, what was born at the births, all else off
    the events' own timestamps.
    """
    born = dict(zip(run.sources, np.bincount(run.source, minlength=len(run.sources)).tolist(), strict=True))
    pages = []
    for entry in ledger(run):
        name = entry.station
        carried = sum(
            run.carried[link.source, link.target].size
            for link in run.network.links
            if link.target == name and not link.loop
        )
        removed = sum(events for reason, events in entry.lost.items() if reason in REMOVED)
        lost = sum(entry.lost.values()) - removed
        out = abs(entry.arrived - born.get(name, 0) - carried)
        out += abs(entry.arrived - entry.departed - removed - lost - entry.inside)
        out += abs(entry.inside - int(depth(run, name, np.array([run.horizon_s]))[0]))
        out += _astray(run, name, entry.departed + entry.copies)
        pages.append(
            BookLine(
                name, born.get(name, 0), carried, entry.arrived, entry.departed, removed, lost, entry.inside,
                entry.copies, out,
            )
        )  # fmt: skip
    return tuple(pages)


def _astray(run: Run, station: str, sent: int) -> int:
    """How many of the events that left a station are not on its links as they should be."""
    leaving = [link for link in run.network.links if link.source == station]
    split = [run.carried[station, link.target].size for link in leaving if link.share is not None]
    astray = sum(abs(sent - run.carried[station, link.target].size) for link in leaving if link.share is None)
    return astray + (abs(sent - sum(split)) if split else 0)
