"""The accounts of a run: where the time goes, the ledger of every station, and the whole day in a few figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Ids
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.crests import max_depth
from lifecycle.simulation.readings.series import busy, edges, freshness, latency, load, losses, passage, percentiles

Rows = NDArray[np.intp]

# The age is looked at about every 10 s. The number of looks is prime: 8,640 of them kept in step with whatever happens
# every few seconds, and met each age at the same place of its saw.
AGE_LOOKS = 8_641
LOAD_BUCKETS = 288


def time_split(run: Run, consumer: str) -> tuple[tuple[str, float, float], ...]:
    """Return (station, waiting, working) in mean seconds for each station on the way of the events delivered.

    `waiting`: from arrival until work on the event begins, and any pause before it reaches the next station (a second
    copy is sent later). `working`: from there until it goes on, transfer and commit included. Mean over all deliveries
    at `consumer`, one that did not pass a station counts 0 there; the sum is the mean of `latency`. Empty without any.
    """
    at_station = passage(run, consumer)
    rows: Rows = np.flatnonzero(at_station.departed_s <= run.horizon_s)
    deliveries = rows.size
    if deliveries == 0:
        return ()
    waiting = dict.fromkeys(run.passages, 0.0)
    working = dict.fromkeys(run.passages, 0.0)
    rows_at: dict[str, list[Rows]] = {consumer: [rows]}
    for name in reversed(tuple(run.passages)):  # each station before all that feed it
        for rows in rows_at.get(name, []):
            at_station = run.passages[name]
            started_s = at_station.started_s.take(rows)
            waiting[name] += float((started_s - at_station.arrived_s.take(rows)).sum())
            working[name] += float((at_station.departed_s.take(rows) - started_s).sum())
            for before in (link.source for link in run.network.links if link.target == name and not link.loop):
                came, theirs, rows = _sent(run, before, name, rows)
                rows_at.setdefault(before, []).append(theirs)
                if run.passages[before].copied_s.size:  # all else arrives at the moment at which it departed
                    pauses = at_station.arrived_s.take(came) - run.passages[before].departed_s.take(theirs)
                    waiting[before] += float(pauses.sum())
    return tuple(
        (name, waiting[name] / deliveries, working[name] / deliveries) for name in run.passages if name in rows_at
    )


def _sent(run: Run, before: str, name: str, rows: Rows) -> tuple[Rows, Rows, Rows]:
    """Match arrivals at `name` with departures from `before`: (rows matched, their rows there, rows not matched).

    Times are handed on unchanged, so an arrival is its event's departure to the last bit, or a second copy of it.
    """
    at_station, there = run.passages[name], run.passages[before]
    ids, came_s = at_station.ids.take(rows), at_station.arrived_s.take(rows)
    theirs = _same(ids, came_s, there.ids, there.departed_s)
    first = theirs >= 0
    if first.all():
        return rows, theirs, rows[:0]
    others = np.flatnonzero(~first)
    if there.copied_s.size == 0:
        return rows[first], theirs[first], rows[others]
    copy = _same(ids[others], came_s[others], there.copied_ids, there.copied_s)
    copied, of = others[copy >= 0], copy[copy >= 0]
    of_copy = _same(there.copied_ids[of], there.copied_from_s[of], there.ids, there.departed_s)
    matched, their_rows = (rows[first], rows[copied]), (theirs[first], of_copy)
    return np.concatenate(matched), np.concatenate(their_rows), rows[others[copy < 0]]


def _same(ids: Ids, at_s: Seconds, their_ids: Ids, their_at_s: Seconds) -> Rows:
    """For each (event, moment) the index of the same among theirs, -1 where there is none."""
    size = 1 + max(int(ids.max(initial=-1)), int(their_ids.max(initial=-1)))
    candidates = np.arange(their_ids.size)
    first = _first(size, their_ids, candidates)
    matches = first.take(ids)
    others = np.flatnonzero(at_s != their_at_s.take(matches)) if their_ids.size else np.arange(ids.size)
    open_ = others[matches[others] >= 0]
    matches[others] = -1
    while open_.size:  # of an event that left several times the next one may be it
        candidates = candidates[first[their_ids[candidates]] != candidates]
        first = _first(size, their_ids, candidates)
        theirs = first[ids[open_]]
        open_, theirs = open_[theirs >= 0], theirs[theirs >= 0]
        same = at_s[open_] == their_at_s[theirs]
        matches[open_[same]] = theirs[same]
        open_ = open_[~same]
    return matches


def _first(size: int, ids: Ids, candidates: Rows) -> Rows:
    """For each event the first of the candidates that is its own, -1 where none is."""
    first = np.full(size, -1, dtype=np.intp)
    theirs = ids if candidates.size == ids.size else ids[candidates]
    first[theirs[::-1]] = candidates[::-1]
    return first


@dataclass(frozen=True)
class Entry:
    """One station's ledger for the day: arrived = departed + sum of lost + inside, to the event.

    `copies`: second copies sent beside the events that departed; they arrive at the next station, so they are counted
    apart here.
    """

    station: str
    arrived: int
    departed: int
    lost: Mapping[str, int]
    inside: int
    copies: int


def ledger(run: Run) -> tuple[Entry, ...]:
    """Return every station's ledger, read off the timestamps: what has no departure and no loss by then is inside."""
    entries = []
    for name, at_station in run.passages.items():
        lost = losses(run, name)
        ended = np.count_nonzero(at_station.departed_s > run.horizon_s)
        will_be_lost = np.isnan(at_station.departed_s) & (at_station.fate == 0)  # but not today
        pending = np.count_nonzero(will_be_lost)
        departed = at_station.out_s.size - at_station.copied_s.size
        entries.append(
            Entry(name, at_station.arrived_s.size, departed, lost, int(ended + pending), at_station.copied_s.size)
        )
    return tuple(entries)


@dataclass(frozen=True)
class Delivery:
    """What one consumer got of the day. Seconds; NaN where nothing came.

    `delivered`: events, second copies included; `twice`: those of them that it already had; `empty`: those that have
    lost a column on the way. `mean_s`, `p50_s`,
    `p95_s`, `p99_s`: latency from birth to seen. `fresh_mean_s`, `fresh_p95_s`, `fresh_max_s`: age of the newest event
    seen, over the moments of the day from the first delivery on, sampled about every 10 s.
    """

    delivered: int
    twice: int
    empty: int
    mean_s: float
    p50_s: float
    p95_s: float
    p99_s: float
    fresh_mean_s: float
    fresh_p95_s: float
    fresh_max_s: float


@dataclass(frozen=True)
class Strain:
    """How hard one station's day was.

    `peak_per_s`, `mean_per_s`: events a second that reach it, in buckets of 5 minutes; `max_depth`: most events inside
    at once; `utilisation`: share of the day in which its servers worked; `peak_utilisation`: of the hardest 5 minutes.
    """

    peak_per_s: float
    mean_per_s: float
    max_depth: int
    utilisation: float
    peak_utilisation: float


@dataclass(frozen=True)
class Summary:
    """A whole day in a few figures.

    `deliveries` by consumer, `strains` by station, `lost` by station and reason (only what occurred). `inside`: events
    under way at the day's end, summed over stations.
    """

    scenario: Scenario
    born: int
    inside: int
    lost: Mapping[str, Mapping[str, int]]
    deliveries: Mapping[str, Delivery]
    strains: Mapping[str, Strain]


def summary(run: Run) -> Summary:
    """Return the day in a few figures."""
    entries = ledger(run)
    return Summary(
        scenario=run.scenario,
        born=run.born_s.size,
        inside=sum(entry.inside for entry in entries),
        lost={entry.station: entry.lost for entry in entries if entry.lost},
        deliveries={
            name: _delivery(run, name) for name, at_station in run.passages.items() if at_station.role == Role.CONSUMER
        },
        strains={name: _strain(run, name) for name in run.passages},
    )


def ages(run: Run, consumer: str, since_s: float = 0.0) -> Seconds:
    """Return the age (seconds) of the newest event seen at `consumer` about every 10 s from its first on, sorted.

    Of the day after `since_s` alone.
    """
    at_s = edges(run, AGE_LOOKS)[1:]
    age = freshness(run, consumer, at_s)
    return np.sort(age[(at_s > since_s) & ~np.isnan(age)])


def _delivery(run: Run, consumer: str) -> Delivery:
    took = latency(run, consumer)
    at_station = run.passages[consumer]
    ids = at_station.ids[at_station.departed_s <= run.horizon_s]
    counts = np.bincount(ids, minlength=1)
    age = ages(run, consumer)
    p50, p95, p99 = percentiles(took)
    fresh_p95, oldest = percentiles(age, (95.0, 100.0))
    twice = int((counts - np.minimum(counts, 1)).sum())
    empty = (
        0
        if at_station.empty is None
        else int(np.count_nonzero(at_station.empty & (at_station.departed_s <= run.horizon_s)))
    )
    return Delivery(took.size, twice, empty, _mean(took), p50, p95, p99, _mean(age), fresh_p95, oldest)


def _strain(run: Run, station: str) -> Strain:
    at = edges(run, LOAD_BUCKETS)
    reached, worked = load(run, station, at), busy(run, station, at)
    return Strain(
        float(reached.max()), float(reached.mean()), max_depth(run, station), float(worked.mean()), float(worked.max())
    )


def _mean(values: Seconds) -> float:
    return float(values.mean()) if values.size else math.nan
