"""What a whole day comes to, in the few figures that sweeps and comparisons set side by side."""

from __future__ import annotations

from dataclasses import dataclass

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.costs import Prices, bill
from lifecycle.simulation.readings.endings import endings


@dataclass(frozen=True)
class Outcome:
    """One day in figures, read as the page's headlines read them.

    `fresh_p95_s`: age of the newest event at the consumer that 95 % of the day keeps below, from its first delivery on;
    `latency_p95_s`: of its deliveries; both NaN where nothing came. `delivered`, `on_the_way`, `removed`, `lost`,
    `twice`, `elsewhere`: what became of the events born, as in `Endings`. `lost_share`: of births. `peak_per_s`: as in
    `wire`. `cost`: the day's bill.
    """

    fresh_p95_s: float
    latency_p95_s: float
    delivered: int
    on_the_way: int
    removed: int
    lost: int
    twice: int
    elsewhere: int
    lost_share: float
    peak_per_s: float
    cost: float


def first_consumer(network: Network) -> str:
    """Return the first consumer of the network; ValueError where it has none."""
    for station in network.stations:
        if station.role == Role.CONSUMER:
            return station.id
    raise ValueError("the network has no consumer: nobody is there to find the data fresh or stale")


def wire(run: Run) -> tuple[str, float]:
    """Return the busiest ingestion, or the busiest station where there is none, and events a second in its peak.

    The peak is that of its busiest five minutes. Of several that are as busy the first.
    """
    names = [name for name, here in run.passages.items() if here.role == Role.INGESTION] or list(run.passages)
    edges_s = measures.edges(run)
    peaks = {name: float(measures.load(run, name, edges_s).max(initial=0.0)) for name in names}
    busiest = max(peaks, key=peaks.__getitem__)
    return busiest, peaks[busiest]


def outcome(run: Run, consumer: str, prices: Prices | None = None) -> Outcome:
    """Return what the day comes to for `consumer`."""
    (fresh,) = measures.percentiles(measures.ages(run, consumer), (95.0,))
    (slow,) = measures.percentiles(measures.latency(run, consumer), (95.0,))
    ends = endings(run, consumer)
    return Outcome(
        fresh_p95_s=fresh,
        latency_p95_s=slow,
        delivered=ends.delivered,
        on_the_way=ends.on_the_way,
        removed=ends.removed,
        lost=ends.lost,
        twice=ends.twice,
        elsewhere=ends.elsewhere,
        lost_share=ends.lost / ends.born if ends.born else 0.0,
        peak_per_s=wire(run)[1],
        cost=bill(run, prices).total,
    )
