"""What a whole day comes to, in the few figures that headlines, comparisons and sweeps show: read off a run once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.accounts import AGE_LOOKS
from lifecycle.simulation.readings.bill import Bill, Prices, bill
from lifecycle.simulation.readings.endings import Endings, endings


@dataclass(frozen=True)
class DaySummary:
    """One day in figures, as one consumer finds it.

    `fresh_p95_s`: age of the newest event at the consumer that 95 % of the day keeps below, from its first delivery on;
    `latency_p95_s`: of its deliveries; both NaN where nothing came. `since_midnight_p95_s`: as `fresh_p95_s`, but over
    the whole day; before the first delivery the data is as old as the day, at the least. `ends`: what became of the
    events born. `busiest`: the station of `wire`, "" where there is none, and `peak_per_s` its peak. `bill`: the day's.
    """

    fresh_p95_s: float
    since_midnight_p95_s: float
    latency_p95_s: float
    ends: Endings
    busiest: str
    peak_per_s: float
    bill: Bill

    @property
    def lost_share(self) -> float:
        """Events lost of those born."""
        return self.ends.lost / self.ends.born if self.ends.born else 0.0

    @property
    def figures(self) -> Mapping[str, float]:
        """The figures by name, the counts of `ends` and the bill's total (`cost`) among them."""
        return {
            "fresh_p95_s": self.fresh_p95_s,
            "latency_p95_s": self.latency_p95_s,
            **asdict(self.ends),
            "peak_per_s": self.peak_per_s,
            "cost": self.bill.total,
        }


def first_consumer(network: Network) -> str | None:
    """Return the first consumer of the network, None where it has none."""
    return next((station.id for station in network.stations if station.role == Role.CONSUMER), None)


def fresh_p95_s(run: Run, consumer: str) -> float:
    """Return the age (seconds) that the newest event at `consumer` stays below for 95 % of the day; NaN if none came.

    It counts from the first delivery on.
    """
    return measures.percentiles(measures.ages(run, consumer), (95.0,))[0]


def day_age_p95_s(run: Run, consumer: str) -> float:
    """Return as `fresh_p95_s`, but over a whole day in a row of equal ones; NaN if nothing came.

    So the age is what it is whenever in the day a pipeline runs.
    """
    age_s = measures.freshness(run, consumer, measures.edges(run, AGE_LOOKS)[1:])
    first = int(np.argmin(np.isnan(age_s)))
    if first:
        age_s[:first] = _from_the_day_before(age_s, first, run.horizon_s / AGE_LOOKS)
    return measures.percentiles(np.sort(age_s[~np.isnan(age_s)]), (95.0,))[0]


def _from_the_day_before(age_s: Seconds, first: int, apart_s: float) -> Seconds:
    """Return the ages at the looks before the `first` that saw anything, had the day before been the same.

    A day is cut at midnight: what would come just after it comes nowhere. So where data came all through the day, its
    largest gap goes on; where none came for longer than that at its end, one sees the last until the first comes.
    """
    newer = np.flatnonzero(np.diff(age_s[first:], prepend=np.inf) < 0.999 * apart_s) + first
    last, gaps = newer[-1], np.diff(newer)
    since = np.arange(first) + age_s.size - last
    if gaps.size and age_s.size - last <= gaps.max():
        since %= gaps.max()
    from_before_s: Seconds = age_s[last] + since * apart_s
    return from_before_s


def wire(run: Run) -> tuple[str, float]:
    """Return the busiest ingestion, or the busiest station where there is none, and events a second in its peak.

    The peak is that of its busiest five minutes. Of several that are as busy the first; "" and 0 without any station.
    """
    names = [name for name, passage in run.passages.items() if passage.role == Role.INGESTION] or list(run.passages)
    edges_s = measures.edges(run)
    peaks = {name: float(measures.load(run, name, edges_s).max(initial=0.0)) for name in names}
    busiest = max(peaks, key=peaks.__getitem__, default="")
    return busiest, peaks.get(busiest, 0.0)


def day_summary(run: Run, consumer: str | None, prices: Prices | None = None) -> DaySummary:
    """Return what the day comes to for `consumer`, None for a pipeline that has none.

    ValueError naming the stations there are if `consumer` is none of them, and for a price that cannot be one.
    """
    ends = endings(run, consumer)
    busiest, peak_per_s = wire(run)
    return DaySummary(
        fresh_p95_s=float("nan") if consumer is None else fresh_p95_s(run, consumer),
        since_midnight_p95_s=float("nan") if consumer is None else since_midnight_p95_s(run, consumer),
        latency_p95_s=float("nan") if consumer is None else _latency_p95_s(run, consumer),
        ends=ends,
        busiest=busiest,
        peak_per_s=peak_per_s,
        bill=bill(run, prices),
    )


def since_midnight_p95_s(run: Run, consumer: str) -> float:
    """Return as `fresh_p95_s`, but from midnight on: before the first delivery the data is as old as the day."""
    moments_s = measures.edges(run, AGE_LOOKS)[1:]
    age_s = measures.freshness(run, consumer, moments_s)
    return measures.percentiles(np.sort(np.where(np.isnan(age_s), moments_s, age_s)), (95.0,))[0]


def _latency_p95_s(run: Run, consumer: str) -> float:
    return measures.percentiles(measures.latency(run, consumer), (95.0,))[0]
