"""What a whole day comes to, in the few figures that sweeps and comparisons set side by side."""

from __future__ import annotations

from dataclasses import dataclass

from lifecycle.simulation import measures
from lifecycle.simulation.costs import Prices, bill
from lifecycle.simulation.network import Network
from lifecycle.simulation.run import Run


@dataclass(frozen=True)
class Outcome:
    """One day in figures, read as the page's headlines read them.

    `fresh_p95_s`: age of the newest event at the consumer that 95 % of the day keeps below, from its first delivery on;
    `latency_p95_s`: of its deliveries; both NaN where nothing came. `delivered`: events that it can see. `lost`: at all
    stations, but for those removed on purpose; an event lost on two branches counts twice. `lost_share`: of births.
    `peak_per_s`: events a second in the busiest five minutes of the busiest ingestion, or of any station where there is
    none. `cost`: the day's bill.
    """

    fresh_p95_s: float
    latency_p95_s: float
    delivered: int
    lost: int
    lost_share: float
    peak_per_s: float
    cost: float


def first_consumer(network: Network) -> str:
    """Return the first consumer of the network; ValueError where it has none."""
    for station in network.stations:
        if station.role == "consumer":
            return station.id
    raise ValueError("the network has no consumer: nobody is there to find the data fresh or stale")


def outcome(run: Run, consumer: str, prices: Prices | None = None) -> Outcome:
    """Return what the day comes to for `consumer`."""
    (fresh,) = measures.percentiles(measures.ages(run, consumer), (95.0,))
    latency = measures.latency(run, consumer)
    (slow,) = measures.percentiles(latency, (95.0,))
    lost = sum(
        events
        for name in run.passages
        for reason, events in measures.losses(run, name).items()
        if reason not in measures.REMOVED
    )
    wires = [name for name, here in run.passages.items() if here.role == "ingestion"] or list(run.passages)
    edges_s = measures.edges(run)
    peak = max(float(measures.load(run, name, edges_s).max()) for name in wires)
    share = lost / run.born_s.size if run.born_s.size else 0.0
    return Outcome(fresh, slow, latency.size, lost, share, peak, bill(run, prices).total)
