"""What theory says of those who ask, beside a station's day: of queries that wait, caches, and reads of features."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lifecycle.simulation import theory
from lifecycle.simulation.expected import Expectation, not_random, too_much
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.randomness import Arrivals, arrivals_of
from lifecycle.simulation.run import Run
from lifecycle.simulation.scenario import DAY_S
from lifecycle.simulation.series import freshness, passage
from lifecycle.simulation.serving import Queries, queries, reads, views

# Hour by hour a cache follows its rate only if it forgets much sooner than the rate changes.
FORGETS_S = 600.0
CRITICAL = 0.95  # beyond it Crommelin's sum grows long


def expected_of_askers(run: Run, station: str) -> tuple[Expectation, ...]:
    """Return what theory says of those who ask at a station on this day; empty where nobody does.

    ValueError naming the stations there are if `station` is none of them.
    """
    role = passage(run, station).role
    if role == "warehouse":
        return _slots(run, station)
    return (*_cache(run, station), *_features(run, station)) if role == "consumer" else ()


def _slots(run: Run, station: str) -> tuple[Expectation, ...]:
    found, name = queries(run, station), "Mean wait of a query"
    if found.asked_s.size == 0:
        return ()
    arrivals, waited = arrivals_of(found.asked_s, run.horizon_s), float(found.wait_s.mean())
    mean_s, variation = _works(run, station, found)
    slots = int(run.figures[station]["slots"])
    obstacle = _faulty(run, station) or not_random(arrivals) or too_much(arrivals, mean_s, slots, False)
    if not obstacle and slots > 1 and variation == 0.0 and _highest(arrivals) * mean_s / slots > CRITICAL:
        obstacle = "so near to its limit the sum for equal queries loses its digits"
    if obstacle:
        return (Expectation(name, "s", None, waited, obstacle),)
    law, title, exact = _waiting_law(mean_s, variation, slots)
    value, when = _by_the_hour(law, arrivals)
    approximate = not exact or arrivals.manner != "random"
    return (Expectation(name, "s", value, waited, f"{title}; {when}", approximate=approximate),)


def _works(run: Run, station: str, found: Queries) -> tuple[float, float]:
    """Mean (seconds) and squared coefficient of variation of all queries of the day, analysts' and dashboards'."""
    figures = run.figures[station]
    means = np.array([figures["query_work_s"], *(run.figures[name]["query_s"] for name in found.askers[1:])])
    shares = np.bincount(found.by, minlength=means.size) / found.by.size
    mean_s = float(shares @ means)
    second = float(shares @ means**2) * (1.0 + figures["query_spread"] ** 2)
    return mean_s, round(second / mean_s**2 - 1.0, 9)  # exactly 0 or 1 where queries are all equal or exponential


def _waiting_law(mean_s: float, variation: float, slots: int) -> tuple[Callable[[float], float], str, bool]:
    """The law of the mean wait by the rate of queries, its title, and whether it is exact."""
    if slots == 1:
        title = f"M/G/1 (Pollaczek, Khinchine): queries with variation {variation:.2g}"
        return lambda rate: theory.mg1_wait(rate, mean_s, variation), title, True
    if variation == 1.0:
        return lambda rate: theory.mmc_wait(rate, mean_s, slots), f"M/M/{slots} (Erlang C): exponential queries", True
    if variation == 0.0:
        return lambda rate: theory.mdc_wait(rate, mean_s, slots), f"M/D/{slots} (Crommelin): equal queries", True
    title = f"M/M/{slots} times (1 + variation) / 2 (Allen, Cunneen): queries with variation {variation:.2g}"
    return lambda rate: theory.mmc_wait(rate, mean_s, slots) * (1.0 + variation) / 2.0, title, False


def _cache(run: Run, station: str) -> tuple[Expectation, ...]:
    figures, name = run.figures[station], "Share of views that ask the warehouse"
    cache_s, dashboards = figures["cache_s"], figures["dashboards"]
    if cache_s == 0.0 or figures["interval_s"] > 0.0:
        return ()
    found = views(run, station)
    if found.viewed_s.size == 0:
        return ()
    arrivals, asked = arrivals_of(found.viewed_s, run.horizon_s), float(found.asks.mean())
    obstacle = _faulty(run, station, "down") or not_random(arrivals)
    if arrivals.manner == "rhythm" and cache_s > FORGETS_S:
        obstacle = obstacle or f"results are kept for {cache_s:,.0f} s, and the rate changes with the hour"
    if obstacle:
        return (Expectation(name, "share", None, asked, obstacle),)
    value, when = _by_the_hour(lambda rate: 1.0 - theory.cache_hits(rate / dashboards, cache_s), arrivals)
    why = f"1 / (1 + λT), λ of each of {dashboards:,.0f} dashboards, T = {cache_s:,.0f} s; {when}"
    return (Expectation(name, "share", value, asked, why, approximate=arrivals.manner != "random"),)


def _features(run: Run, station: str) -> tuple[Expectation, ...]:
    """PASTA: within an hour of one rate reads at random find the mean age that a clock finds in that hour."""
    found, name = reads(run, station), "Mean age at a read"
    known = ~np.isnan(found.age_s)
    if not known.any():
        return ()
    arrivals, met_s = arrivals_of(found.read_s, run.horizon_s), float(found.age_s[known].mean())
    obstacle = not_random(arrivals)
    if obstacle:
        return (Expectation(name, "s", None, met_s, obstacle),)
    seconds: Seconds = np.arange(0.5, DAY_S)
    age_s = freshness(run, station, seconds)
    weight = np.repeat(arrivals.hourly_per_s, seconds.size // arrivals.hourly_per_s.size)
    there = ~np.isnan(age_s)
    value = float(age_s[there] @ weight[there] / weight[there].sum())
    return (
        Expectation(name, "s", value, met_s, "reads at random meet the mean age of their hour (Wolff 1982, PASTA)"),
    )


def _by_the_hour(law: Callable[[float], float], arrivals: Arrivals) -> tuple[float, str]:
    """What the law says of the mean over all who come: at one rate, or hour by hour."""
    if arrivals.manner == "random":
        return law(arrivals.per_s), "they come at random, at a steady rate"
    rates = arrivals.hourly_per_s[arrivals.hourly_per_s > 0.0]
    value = math.fsum(law(rate) * rate for rate in rates.tolist()) / float(rates.sum())
    return value, "hour by hour, at the rate of each (Green, Kolesar 1991)"


def _highest(arrivals: Arrivals) -> float:
    return float(arrivals.hourly_per_s.max()) if arrivals.manner == "rhythm" else arrivals.per_s


def _faulty(run: Run, station: str, *kinds: str) -> str | None:
    words = {"down": "it is down", "slow": "it is slow"}
    for fault in run.scenario.faults:
        if fault.station == station and fault.kind in (kinds or words) and fault.start_s < fault.end_s:
            return f"{words[fault.kind]} for a part of the day: no steady state"
    return None
