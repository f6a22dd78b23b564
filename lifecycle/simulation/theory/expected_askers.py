"""What theory says of those who ask, beside a station's day: of queries that wait, caches, and reads of features."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.readings.series import freshness, passage
from lifecycle.simulation.readings.serving import Queries, queries, reads, views
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.theory.expected_queues import CRITICAL, ROUGH
from lifecycle.simulation.theory.laws import Expectation, Law, NoLaw, by_the_hour, highest, unless_hidden
from lifecycle.simulation.theory.obstacles import not_random, too_much, work_fault
from lifecycle.simulation.theory.randomness import ArrivalLaw, arrivals_of
from lifecycle.simulation.theory.scatter import wait_sd

# Hour by hour a cache follows its rate only if it forgets much sooner than the rate changes.
FORGETS_S = 600.0
MIXTURE = 0.25  # how far Allen and Cunneen's formula may be off


def expected_of_askers(run: Run, station: str) -> tuple[Expectation, ...]:
    """Return what theory says of those who ask at a station on this day; empty where nobody does.

    ValueError naming the stations there are if `station` is none of them.
    """
    role = passage(run, station).role
    if role == Role.WAREHOUSE:
        return _slots(run, station)
    return (*_cache(run, station), *_features(run, station)) if role == Role.CONSUMER else ()


def _slots(run: Run, station: str) -> tuple[Expectation, ...]:
    answered, name = queries(run, station), "Mean wait of a query"
    if answered.asked_s.size == 0:
        return ()
    arrivals, waited = arrivals_of(answered.asked_s, run.horizon_s), float(answered.wait_s.mean())
    mean_s, variation = _works(run, station, answered)
    slots = int(run.figures[station]["slots"])
    obstacle = work_fault(run, passage(run, station)) or not_random(arrivals) or too_much(arrivals, mean_s / slots, 1)
    if not obstacle and slots > 1 and variation == 0.0 and highest(arrivals) * mean_s / slots > CRITICAL:
        obstacle = "so near to its limit the sum for equal queries loses its digits"
    if obstacle:
        return (NoLaw(name, "s", waited, obstacle),)
    law, short, title, exact = _waiting_law(mean_s, variation, slots)
    value, steady = by_the_hour(law, arrivals), arrivals.manner == "random"
    # As one server as fast as all slots together, but that fewer wait: the variance goes with how many do.
    load = highest(arrivals) * mean_s / slots
    within = 5.0 * wait_sd(arrivals, mean_s / slots, variation) * math.sqrt(theory.erlang_c(load * slots, slots) / load)
    within += value * ((0.0 if steady else ROUGH) + (0.0 if exact else MIXTURE))
    why, approximate = f"{title}; {_when(arrivals)}", not exact or not steady
    return (unless_hidden(Law(name, "s", short, value, waited, within, why, approximate=approximate)),)


def _works(run: Run, station: str, answered: Queries) -> tuple[float, float]:
    """Mean (seconds) and squared coefficient of variation of all queries of the day, analysts' and dashboards'."""
    figures = run.figures[station]
    means = np.array([figures["query_work_s"], *(run.figures[name]["query_s"] for name in answered.askers[1:])])
    shares = np.bincount(answered.by, minlength=means.size) / answered.by.size
    mean_s = float(shares @ means)
    second = float(shares @ means**2) * (1.0 + figures["query_spread"] ** 2)
    return mean_s, round(second / mean_s**2 - 1.0, 9)  # exactly 0 or 1 where queries are all equal or exponential


def _waiting_law(mean_s: float, variation: float, slots: int) -> tuple[Callable[[float], float], str, str, bool]:
    """The law of the mean wait by the rate of queries, its name and title, and whether it is exact."""
    if slots == 1:
        title = f"M/G/1 (Pollaczek, Khinchine): queries with variation {variation:.2g}"
        return lambda rate: theory.mg1_wait(rate, mean_s, variation), "M/G/1", title, True
    if variation == 1.0:
        title = f"M/M/{slots} (Erlang C): exponential queries"
        return lambda rate: theory.mmc_wait(rate, mean_s, slots), f"M/M/{slots}", title, True
    if variation == 0.0:
        title = f"M/D/{slots} (Crommelin): equal queries"
        return lambda rate: theory.mdc_wait(rate, mean_s, slots), f"M/D/{slots}", title, True
    title = f"M/M/{slots} times (1 + variation) / 2 (Allen, Cunneen): queries with variation {variation:.2g}"
    return lambda rate: theory.mmc_wait(rate, mean_s, slots) * (1.0 + variation) / 2.0, f"M/G/{slots}", title, False


def _cache(run: Run, station: str) -> tuple[Expectation, ...]:
    figures, name = run.figures[station], "Share of views that ask the warehouse"
    cache_s, dashboards = figures["cache_s"], figures["dashboards"]
    if cache_s == 0.0 or figures["interval_s"] > 0.0:
        return ()
    viewed = views(run, station)
    if viewed.viewed_s.size == 0:
        return ()
    arrivals, share = arrivals_of(viewed.viewed_s, run.horizon_s), float(viewed.asks.mean())
    obstacle = work_fault(run, passage(run, station)) or not_random(arrivals)
    if arrivals.manner == "rhythm" and cache_s > FORGETS_S:
        obstacle = obstacle or f"results are kept for {cache_s:,.0f} s, and the rate changes with the hour"
    if obstacle:
        return (NoLaw(name, "share", share, obstacle),)
    value = by_the_hour(lambda rate: 1.0 - theory.cache_hits(rate / dashboards, cache_s), arrivals)
    why = f"1 / (1 + λT), λ of each of {dashboards:,.0f} dashboards, T = {cache_s:,.0f} s; {_when(arrivals)}"
    steady = arrivals.manner == "random"
    # A day begins with empty caches: up to one more question for each dashboard.
    within = 4.0 * math.sqrt(value / arrivals.count) + dashboards / arrivals.count + (0.0 if steady else ROUGH * value)
    return (Law(name, "share", "1 / (1 + λT)", value, share, within, why, approximate=not steady),)


def _features(run: Run, station: str) -> tuple[Expectation, ...]:
    """PASTA: within an hour of one rate reads at random find the mean age that a clock finds in that hour."""
    newest, name = reads(run, station), "Mean age at a read"
    known = ~np.isnan(newest.age_s)
    if not known.any():
        return ()
    arrivals, met_s = arrivals_of(newest.read_s, run.horizon_s), float(newest.age_s[known].mean())
    obstacle = not_random(arrivals)
    if obstacle:
        return (NoLaw(name, "s", met_s, obstacle),)
    seconds: Seconds = np.arange(0.5, DAY_S)
    age_s = freshness(run, station, seconds)
    weight = np.repeat(arrivals.hourly_per_s, seconds.size // arrivals.hourly_per_s.size)
    there = ~np.isnan(age_s)
    value = float(age_s[there] @ weight[there] / weight[there].sum())
    within = 4.0 * float(age_s[there].std()) / math.sqrt(arrivals.count) + 0.01 * value
    why = "reads at random meet the mean age of their hour (Wolff 1982, PASTA)"
    return (unless_hidden(Law(name, "s", "PASTA", value, met_s, within, why)),)


def _when(arrivals: ArrivalLaw) -> str:
    """What the law says of the mean over all who come: at one rate, or hour by hour."""
    if arrivals.manner == "random":
        return "they come at random, at a steady rate"
    return "hour by hour, at the rate of each (Green, Kolesar 1991)"
