"""How those are served who ask for the data: queries at a warehouse, views of dashboards, reads of features.

Read off a finished run; nobody who asks changes what flows. What a view asks of the warehouse stands in line with all
other queries there, first come, first served, before `slots` that serve one query each. Left out: queries share no
machine with the loading of rows; a viewer who leaves does not call his query back, so that its result still comes and
fills the cache; a result is as of the moment at which a slot takes its query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.placing import outages
from lifecycle.simulation.day.readers import first, models, people
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.kernels import fifo
from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.servers import begun
from lifecycle.simulation.model.draws import Mask, exponentials, uniforms
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings.series import freshness, passage

Index = NDArray[np.intp]
_KEPT = 2  # runs, now and before: the charts of a panel ask for the same ones several times


class _Shared:
    """Rows that several readers hold: nobody may write into them."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every class of this kind is a dataclass
            if isinstance(row := getattr(self, field.name), np.ndarray):
                row.flags.writeable = False


@dataclass(frozen=True, eq=False)
class Queries(_Shared):
    """What a warehouse was asked on one day: shape (n,) each, in order of asking, seconds.

    `asked_s`: sorted; `started_s`: when a slot took it; `answered_s`. Those of the last may lie after midnight. `by`:
    the index in `askers` of the station that asked, the warehouse itself for its analysts and jobs.
    """

    askers: tuple[str, ...]
    by: Index
    asked_s: Seconds
    started_s: Seconds
    answered_s: Seconds

    @property
    def wait_s(self) -> Seconds:
        """Seconds that each query waited for a slot."""
        return self.started_s - self.asked_s

    @property
    def response_s(self) -> Seconds:
        """Seconds from asking to the answer."""
        return self.answered_s - self.asked_s


@dataclass(frozen=True, eq=False)
class Views(_Shared):
    """The looks at a station's dashboards on one day: shape (n,) each, in order, seconds.

    `asks`: which views found no result young enough and asked for a new one. Of the result that each view shows:
    `asked_s`, when it was asked for; `answered_s`, when it is there, before the view itself where it was in the cache;
    `data_age_s`, how old its newest event is when the viewer sees it, NaN before the first event came and for a
    result made after midnight.
    """

    viewed_s: Seconds
    dashboard: Index
    asks: Mask
    asked_s: Seconds
    answered_s: Seconds
    data_age_s: Seconds
    patience_s: float

    @property
    def response_s(self) -> Seconds:
        """Seconds from looking to the answer, which comes for who has left, too; 0 for a result that was there."""
        return np.maximum(self.answered_s - self.viewed_s, 0.0)

    @property
    def leaves(self) -> Mask:
        """Which viewers left before they saw anything."""
        return self.response_s > self.patience_s

    @property
    def age_seen_s(self) -> Seconds:
        """Age of the data of those who stayed to see it, shape (m,), in order of the views; NaN left out."""
        seen = self.data_age_s[~self.leaves]
        return seen[~np.isnan(seen)]


@dataclass(frozen=True, eq=False)
class Reads:
    """The feature reads at a station on one day: shape (n,) each, seconds. `age_s`: of the newest event that is there.

    NaN before the first event has come.
    """

    read_s: Seconds
    age_s: Seconds
    limit_s: float

    @property
    def too_old(self) -> float:
        """Share of the reads whose newest event is older than the limit; NaN where none found any event."""
        known = self.age_s[~np.isnan(self.age_s)]
        return float(np.mean(known > self.limit_s)) if known.size else float("nan")


@lru_cache(maxsize=_KEPT)
def queries(run: Run, station: str) -> Queries:
    """Return how a warehouse answered; ValueError if `station` is none. Faults there close or slow its slots."""
    figures, seed = _of_role(run, station, Role.WAREHOUSE), run.scenario.seed
    own_s = people(run.scenario, station, figures["analysts_per_s"])
    askers, asked_at_s, work = [station], [own_s], [_work(figures, seed, station, figures["query_work_s"], own_s.size)]
    for name in _asking(run, station):
        looks = _looks(run, name)
        spent = _work(figures, seed, name, run.figures[name]["query_s"], looks.viewed_s.size)
        askers.append(name)
        asked_at_s.append(looks.opened_s[looks.asks])
        work.append(spent[looks.asks])
    by = np.repeat(np.arange(len(askers)), [moments_s.size for moments_s in asked_at_s])
    at_s, spent_s = np.concatenate(asked_at_s), np.concatenate(work)
    order = np.argsort(at_s, kind="stable")
    by, at_s, spent_s = by[order], at_s[order], spent_s[order]
    closed, slowed = outages(run.scenario, station)
    answered_s = fifo(at_s, spent_s, int(figures["slots"]), closed, slowed)
    started_s = begun(at_s, answered_s, spent_s, Clock(closed, slowed))
    return Queries(tuple(askers), by, at_s, np.maximum.accumulate(started_s), answered_s)


@lru_cache(maxsize=_KEPT)
def views(run: Run, station: str) -> Views:
    """Return how a consumer's dashboards were seen; ValueError if `station` is no consumer.

    A consumer with a refresh (`interval_s`) holds an extract: it answers at once, with what the last refresh brought.
    Otherwise a result younger than `cache_s` is shown again; who looks while it is being fetched waits for it
    with the one who asked. A miss asks the warehouse that feeds the consumer, or, without one, is answered after its
    `query_s` with what has reached the consumer. While the consumer is down nobody sees or asks for anything.
    """
    figures = _of_role(run, station, Role.CONSUMER)
    looks, warehouse = _looks(run, station), warehouse_of(run, station)
    asked_s = looks.opened_s[looks.answer]
    if figures["interval_s"] > 0.0:
        as_of_s, answered_s, known_at = asked_s, asked_s, station
    elif warehouse is None:
        as_of_s, answered_s, known_at = asked_s, asked_s + figures["query_s"], station
    else:
        answered = queries(run, warehouse)
        mine = answered.by == answered.askers.index(station)
        nth = np.cumsum(looks.asks)[looks.answer] - 1  # which of this consumer's queries answers each view
        as_of_s, answered_s, known_at = answered.started_s[mine][nth], answered.answered_s[mine][nth], warehouse
    seen_s = np.maximum(looks.opened_s, answered_s)
    age_s = _age(run, known_at, as_of_s) + (seen_s - as_of_s)
    return Views(looks.viewed_s, looks.dashboard, looks.asks, asked_s, answered_s, age_s, figures["patience_s"])


def warehouse_of(run: Run, consumer: str) -> str | None:
    """Return the first warehouse that feeds a consumer, None where none does."""
    feeds = (link.source for link in run.network.links if link.target == consumer and not link.loop)
    return next((name for name in feeds if run.passages[name].role == Role.WAREHOUSE), None)


def reads(run: Run, station: str) -> Reads:
    """Return how old the newest event was at each feature read of a consumer; ValueError if `station` is none."""
    figures = _of_role(run, station, Role.CONSUMER)
    read_s = models(run.scenario, station, figures["reads_per_s"])
    return Reads(read_s, freshness(run, station, read_s), figures["age_limit_s"])


def answers(asked_s: Seconds, dashboard: Index, cache_s: float) -> Index:
    """Return for each view (sorted times, seconds, shape (n,)) which view's asking brings the result that it shows.

    The first view of a dashboard asks, and so does each that comes `cache_s` seconds or more after the last that
    asked; those between share its result. Jumps from asking to asking; never a loop over the views between.
    """
    brings = np.arange(asked_s.size)
    if cache_s == 0.0 or asked_s.size == 0:
        return brings
    order = np.argsort(dashboard, kind="stable")
    for mine in np.split(order, np.flatnonzero(np.diff(dashboard[order])) + 1):
        times = asked_s[mine]
        after = np.maximum(np.searchsorted(times, times + cache_s, "left"), np.arange(1, times.size + 1)).tolist()
        asking = [0]
        while (then := after[asking[-1]]) < times.size:
            asking.append(then)
        brings[mine] = np.repeat(mine[asking], np.diff([*asking, times.size]))
    return brings


@dataclass(frozen=True, eq=False)
class _Looks(_Shared):
    """Views before anybody answers: when they were made, and when the station was up to take them."""

    viewed_s: Seconds
    opened_s: Seconds
    dashboard: Index
    answer: Index
    asks: Mask


@lru_cache(maxsize=_KEPT)
def _looks(run: Run, station: str) -> _Looks:
    figures, seed = run.figures[station], run.scenario.seed
    rush = figures["rush_at_s"], figures["rush_length_s"], figures["rush_factor"]
    viewed_s = people(run.scenario, station, figures["views_per_s"], rush)
    clock = Clock(outages(run.scenario, station)[0])
    opened_s = viewed_s if clock.steady else np.maximum(clock.opens(clock.work(viewed_s)), viewed_s)
    drawn = first(uniforms, seed, station, "dashboards", viewed_s.size)
    dashboard = (drawn * figures["dashboards"]).astype(np.intp)
    if figures["interval_s"] > 0.0:
        return _Looks(viewed_s, opened_s, dashboard, np.arange(viewed_s.size), np.zeros(viewed_s.size, dtype=np.bool_))
    answer = answers(opened_s, dashboard, figures["cache_s"])
    return _Looks(viewed_s, opened_s, dashboard, answer, answer == np.arange(viewed_s.size))


def _work(figures: Mapping[str, float], seed: int, asker: str, mean_s: float, count: int) -> Seconds:
    """Seconds that each query holds a slot; every possible query of a dashboard has its own luck, asked or not."""
    spread = figures["query_spread"]
    return mean_s * (1.0 - spread + spread * first(exponentials, seed, asker, "queries", count))


def _age(run: Run, station: str, at_s: Seconds) -> Seconds:
    """Age of the newest event visible at `station` at times in any order; NaN after the day's end, which is unknown."""
    order = np.argsort(at_s, kind="stable")
    age_s = np.empty(at_s.size)
    age_s[order] = freshness(run, station, at_s[order])
    age_s[at_s > run.horizon_s] = np.nan
    return age_s


def _of_role(run: Run, station: str, role: Role) -> Mapping[str, float]:
    at_station = passage(run, station)
    if at_station.role != role:
        raise ValueError(f"{station} is a {at_station.role}; choose a {role}")
    return run.figures[station]


def _asking(run: Run, warehouse: str) -> list[str]:
    """The consumers whose first warehouse this is."""
    fed = [link.target for link in run.network.links if link.source == warehouse and not link.loop]
    return [name for name in fed if run.passages[name].role == Role.CONSUMER and warehouse_of(run, name) == warehouse]
