"""Those who look: queries on a warehouse's slots, dashboards with a cache and impatient viewers, reads of features.

They take nothing from the stream of events, so they are walked after it, on a run that is done. Viewers and analysts
come in the day's rhythm, as a Poisson process that is known to have rate × day visits (see `arrivals`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapreplace

import numpy as np

from lifecycle.simulation.arrivals import daily_rhythm
from lifecycle.simulation.clock import Clock
from lifecycle.simulation.draws import Ids, Mask, exponentials, sorted_uniforms, uniforms
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.mishaps import outages
from lifecycle.simulation.run import Run
from lifecycle.simulation.series import freshness

ANALYSTS = ""  # whose queries belong to no dashboard


@dataclass(frozen=True, eq=False)
class Queries:
    """The queries on one warehouse in the order in which they were asked, seconds, shape (n,) each."""

    asked_s: Seconds
    started_s: Seconds
    done_s: Seconds


@dataclass(frozen=True, eq=False)
class Views:
    """The views of one consumer's dashboards, in order, shape (n,) each.

    `response_s`: seconds until the answer is there, 0 from the cache. `left`: whose viewer had no patience for that.
    `cached`: which made no query of their own. `age_s`: how old what the viewer sees is at that moment; NaN where the
    viewer left, or where there is nothing to see yet.
    """

    at_s: Seconds
    response_s: Seconds
    left: Mask
    cached: Mask
    age_s: Seconds


@dataclass(frozen=True, eq=False)
class Serving:
    """What a warehouse's day was to those who look: its queries, and the views by consumer."""

    queries: Queries
    views: Mapping[str, Views]


@lru_cache(maxsize=2)
def serving(run: Run, warehouse: str) -> Serving:
    """Walk all who look at what `warehouse` holds through its slots, first come first served."""
    here = run.figures[warehouse]
    readers = [name for name in _readers(run, warehouse) if run.figures[name]["views_per_s"] > 0.0]
    at_s = {ANALYSTS: _visits(run, warehouse, here["analysts_per_s"])}
    at_s |= {name: _visits(run, name, run.figures[name]["views_per_s"]) for name in readers}
    names = [ANALYSTS, *readers]
    moments = np.concatenate([at_s[name] for name in names])
    who = np.repeat(np.arange(len(names), dtype=np.int32), [at_s[name].size for name in names])
    work_s = here["query_work_s"] * np.concatenate([_work(run, name or warehouse, at_s[name].size) for name in names])
    page = np.concatenate([_pages(run, name, at_s[name].size) for name in names])
    order = np.argsort(moments, kind="stable")
    moments, who = moments[order], who[order]
    clock = Clock(*outages(run.scenario, warehouse))
    cache_s = [0.0, *(run.figures[name]["cache_s"] for name in readers)]
    walk = _walk(moments, who, page[order], work_s[order], int(here["slots"]), cache_s, clock)
    found = {name: _views(run, name, moments, walk, who == number) for number, name in enumerate(readers, 1)}
    return Serving(Queries(moments[walk.asked], walk.as_of_s[walk.asked], walk.done_s[walk.asked]), found)


@dataclass(frozen=True, eq=False)
class _Walk:
    """For each visit since when its answer is true and when it is there, seconds, and whether it made a query."""

    as_of_s: Seconds
    done_s: Seconds
    asked: Mask


def _readers(run: Run, warehouse: str) -> Iterator[str]:
    for link in run.network.links:
        if link.source == warehouse and not link.loop and run.passages[link.target].role == "consumer":
            yield link.target


def _visits(run: Run, name: str, per_s: float) -> Seconds:
    count = round(per_s * run.horizon_s)
    places = sorted_uniforms(run.scenario.seed, name, "visits", count)
    if run.scenario.arrivals == "steady":
        return places * run.horizon_s
    knots, cumulative = daily_rhythm()
    return np.interp(places, cumulative, knots)


def _work(run: Run, name: str, count: int) -> Seconds:
    return exponentials(run.scenario.seed, name, "query work", count)


def _pages(run: Run, name: str, count: int) -> Ids:
    """Which of its dashboards each viewer opens, all equally liked."""
    if name == ANALYSTS:
        return np.zeros(count, dtype=np.int32)
    draws = uniforms(run.scenario.seed, name, "dashboard", count)
    return (draws * run.figures[name]["dashboards"]).astype(np.int32)


def _walk(at_s: Seconds, who: Ids, page: Ids, work_s: Seconds, slots: int, cache_s: list[float], clock: Clock) -> _Walk:
    """Answer one visit after the other.

    An answer is as true as the moment at which its query began. Who finds the same query under way waits for that one.
    """
    free = [0.0] * slots
    kept: dict[tuple[int, int], tuple[float, float]] = {}
    as_of_s, done_s = np.empty(at_s.size), np.empty(at_s.size)
    asked = np.zeros(at_s.size, dtype=np.bool_)
    visits = zip(at_s.tolist(), who.tolist(), page.tolist(), work_s.tolist(), strict=True)
    for visit, (now, reader, dashboard, takes) in enumerate(visits):
        begun, there = kept.get((reader, dashboard), (0.0, -np.inf))
        if not cache_s[reader] or now >= there + cache_s[reader]:
            begun = clock.opens_at(clock.work_at(max(now, free[0])))
            there = clock.reaches_at(clock.work_at(begun) + takes)
            heapreplace(free, there)
            kept[reader, dashboard] = begun, there
            asked[visit] = True
        as_of_s[visit], done_s[visit] = begun, max(there, now)
    return _Walk(as_of_s, done_s, asked)


def _views(run: Run, name: str, visits_s: Seconds, walk: _Walk, mine: Mask) -> Views:
    at_s, as_of_s, done_s = visits_s[mine], walk.as_of_s[mine], walk.done_s[mine]
    response_s = done_s - at_s
    left = response_s > run.figures[name]["patience_s"]
    order = np.argsort(as_of_s, kind="stable")
    data_s = np.empty(at_s.size)
    data_s[order] = freshness(run, name, np.minimum(as_of_s[order], run.horizon_s))
    age_s = np.where(left, np.nan, data_s + done_s - as_of_s)
    return Views(at_s, response_s, left, ~walk.asked[mine], age_s)


@dataclass(frozen=True, eq=False)
class Reads:
    """The reads of features at one consumer: when, and how old the newest event in them was; seconds, shape (n,)."""

    at_s: Seconds
    age_s: Seconds


def reads(run: Run, consumer: str) -> Reads:
    """Return every read of a consumer's features; NaN where there is nothing in them yet."""
    at_s = _visits(run, consumer, run.figures[consumer]["reads_per_s"])
    return Reads(at_s, freshness(run, consumer, at_s))


def warehouse_of(run: Run, consumer: str) -> str | None:
    """The warehouse whose slots a consumer's dashboards ask, None where it has none."""
    feeds = (link.source for link in run.network.links if link.target == consumer and not link.loop)
    return next((name for name in feeds if run.passages[name].role == "warehouse"), None)
