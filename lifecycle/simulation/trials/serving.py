"""How askers are served, read off whole days: the line before a warehouse's slots, a cache, reads of features."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation import theory
from lifecycle.simulation.network import Link, Network, Station
from lifecycle.simulation.run import Run, simulate
from lifecycle.simulation.scenario import DAY_S, Scenario
from lifecycle.simulation.series import freshness
from lifecycle.simulation.serving import queries, reads, views
from lifecycle.simulation.trials.trial import Trial

SLOTS, QUERY_S, QUERIES_PER_S = 3, 12.0, 0.2
DASHBOARDS, VIEWS_PER_S, CACHE_S = 10, 0.5, 60.0
SERVED = Network(
    (
        Station("source", "source"),
        Station("intake", "ingestion"),
        Station("warehouse", "warehouse", (("slots", float(SLOTS)), ("query_work_s", QUERY_S))),
        Station("readers", "consumer", (("dashboards", float(DASHBOARDS)), ("cache_s", CACHE_S))),
    ),
    (Link("source", "intake"), Link("intake", "warehouse"), Link("warehouse", "readers")),
)
WARM_S = DAY_S / 5.0


def _day(seed: int, events: int, *knobs: tuple[str, str, float]) -> Run:
    return simulate(SERVED, Scenario("push", "stream", "stream", "steady", events, overrides=knobs, seed=seed))


def slot_wait(seed: int) -> float:
    """Return the mean wait (seconds) for a slot on a day of some 17,000 queries at random."""
    found = queries(_day(seed, 0, ("warehouse", "analysts_per_s", QUERIES_PER_S)), "warehouse")
    return float(found.wait_s[found.asked_s >= WARM_S].mean())


def hits(seed: int) -> float:
    """Return the share of some 35,000 views that a cache answers."""
    found = views(_day(seed, 0, ("readers", "views_per_s", VIEWS_PER_S)), "readers")
    return float(1.0 - found.asks[found.viewed_s >= WARM_S].mean())


def age_in_cache(seed: int) -> float:
    """Return the mean time (seconds) since the result that a view shows was asked for."""
    found = views(_day(seed, 0, ("readers", "views_per_s", VIEWS_PER_S)), "readers")
    return float((found.viewed_s - found.asked_s)[found.viewed_s >= WARM_S].mean())


def reads_against_the_clock(seed: int) -> float:
    """Return by how much (seconds) reads at random find features older, on the mean, than a clock finds them."""
    run = _day(seed, 2_000, ("readers", "reads_per_s", 0.2), ("readers", "interval_s", 3_600.0))
    by_read = reads(run, "readers").age_s
    by_clock = freshness(run, "readers", np.arange(0.5, DAY_S))  # every second: jumps of an hour's age cost 0.02 s each
    return float(np.nanmean(by_read) - np.nanmean(by_clock))


_CACHE = (
    ("views", f"{VIEWS_PER_S:g} a second"),
    ("dashboards", f"{DASHBOARDS}"),
    ("kept for", f"{CACHE_S:g} s"),
)
_PER_S = VIEWS_PER_S / DASHBOARDS
SERVING = (
    Trial(
        "slots", "A warehouse's slots: mean wait of a query", "Erlang C · E[S] / (c (1 − ρ)), read off whole days",
        "Erlang (1917)", (("queries", "0.2 a second"), ("slots", "3"), ("utilisation", "0.8")), "s",
        theory.mmc_wait(QUERIES_PER_S, QUERY_S, SLOTS), slot_wait,
    ),
    Trial(
        "cache-hits", "A cache: share of views it answers", "λT / (1 + λT): a result is shown for T, then made anew",
        "Jung, Berger, Balakrishnan (2003)", _CACHE, "share", theory.cache_hits(_PER_S, CACHE_S), hits,
    ),
    Trial(
        "cache-age", "A cache: age that it adds", "T/2 for each view that it answers, nought for the others",
        "renewal theory; Cox (1962)", _CACHE, "s", theory.cache_age(_PER_S, CACHE_S), age_in_cache,
    ),
    Trial(
        "pasta", "Reads at random see the day's mean age", "by read as by clock: no difference on the mean",
        "Wolff (1982), PASTA", (("reads", "0.2 a second"), ("refresh", "hourly")), "s", 0.0, reads_against_the_clock,
    ),
)  # fmt: skip
