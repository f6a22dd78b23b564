"""Series over the day, read off a run: freshness, load, depth, losses, busy shares, and the frames of them all.

A bucket is (edge, next edge], the first one with its left edge; whatever happens on an edge belongs to the bucket that
it ends, and is done by that edge.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.passage import REASONS, REMOVED, Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, FaultKind, Role
from lifecycle.simulation.readings.frames import LOOKS, Counts, Frames, StationFrames
from lifecycle.simulation.roles import ROLE_TYPES

ON_PURPOSE = [fate for fate, word in REASONS.items() if word in REMOVED]


def edges(run: Run, n: int = 288) -> Seconds:
    """Return the n + 1 edges (seconds) of n equal buckets of the day; 288 buckets last 5 minutes each."""
    if n < 1:
        raise ValueError(f"a day needs at least one bucket; got {n}")
    return np.linspace(0.0, run.horizon_s, n + 1)


def passage(run: Run, station: str) -> Passage:
    """Return a station's passage; ValueError naming the stations there are if it is none of them."""
    if station not in run.passages:
        raise ValueError(f"there is no station {station!r}; choose {', '.join(run.passages)}")
    return run.passages[station]


def per_bucket(times_s: Seconds, edges_s: Seconds) -> Counts:
    """Count sorted times in each bucket, shape (n,)."""
    below = np.searchsorted(times_s, edges_s, "right")
    below[0] = np.searchsorted(times_s, edges_s[0], "left")
    return np.diff(below)


def freshness(run: Run, station: str, edges_s: Seconds) -> Seconds:
    """Return the age (seconds) of the newest event visible at `station` at each edge, NaN before the first.

    A late event that comes after a newer one does not make the data older.
    """
    at_station = passage(run, station)
    seen = np.searchsorted(at_station.out_s, edges_s, "right")
    newest = np.maximum.accumulate(
        by_segment(np.maximum, at_station.out_ids, seen, nothing=-1)
    )  # ids: in order of birth
    age = np.full(edges_s.size, np.nan)
    some = newest >= 0
    age[some] = edges_s[some] - run.born_s[newest[some]]
    return age


def latency(run: Run, station: str) -> Seconds:
    """Return seconds from birth to visible at `station`, sorted, of every event delivered there in the day.

    An event delivered twice counts twice; one still under way at the day's end is not in it.
    """
    at_station = passage(run, station)
    came = at_station.departed_s <= run.horizon_s
    return np.sort(at_station.departed_s[came] - run.born_s[at_station.ids[came]])


def percentiles(ascending: Seconds, of: tuple[float, ...] = (50.0, 95.0, 99.0)) -> tuple[float, ...]:
    """Return percentiles of sorted values (linear between neighbours, as NumPy's default), NaN where there are none."""
    if ascending.size == 0:
        return tuple(float("nan") for _ in of)
    at = np.asarray(of) / 100.0 * (ascending.size - 1)
    return tuple(float(x) for x in np.interp(at, np.arange(ascending.size), ascending))


def load(run: Run, station: str, edges_s: Seconds) -> Seconds:
    """Return events per second that reach `station` in each bucket, shape (n,).

    What reaches it has been carried over the wire: at an ingestion that pulls in batches nothing for most of the hour,
    then the flood for as long as the reading lasts.
    """
    return per_bucket(passage(run, station).arrived_s, edges_s) / np.diff(edges_s)


def depth(run: Run, station: str, edges_s: Seconds) -> Counts:
    """Return how many events wait or are served at `station` at each edge, shape (n + 1,)."""
    at_station = passage(run, station)
    return _count(at_station.arrived_s, edges_s) - _left(at_station, edges_s)


def losses(run: Run, station: str) -> dict[str, int]:
    """Return how many events were lost at `station` in the day, by reason in words, none with zero."""
    counts = np.bincount(passage(run, station).lost_fate, minlength=len(Fate))
    return {word: int(counts[fate]) for fate, word in REASONS.items() if counts[fate]}


def loss_series(run: Run, station: str, edges_s: Seconds) -> dict[str, Counts]:
    """Return the losses at `station` in each bucket, shape (n,), by reason; reasons that did not occur left out."""
    at_station = passage(run, station)
    return {
        word: per_bucket(at_station.lost_s[at_station.lost_fate == fate], edges_s)
        for fate, word in REASONS.items()
        if (at_station.lost_fate == fate).any()
    }


def busy(run: Run, station: str, edges_s: Seconds) -> Seconds:
    """Return the share of each bucket in which the station's servers worked, shape (n,), 0 to 1, the mean over servers.

    An outage in the middle of a piece of work counts as busy: the server is not free. A station that only keeps things
    (an archive) is never busy.
    """
    at_station = passage(run, station)
    worked = _integral(at_station.work_from_s, edges_s) - _integral(at_station.work_to_s, edges_s)
    return np.clip(np.diff(worked) / (np.diff(edges_s) * at_station.servers), 0.0, 1.0)


def user_response_s(run: Run, station: str, edges_s: Seconds) -> Seconds:
    """Return the mean response time (seconds) of users' queries on source `station` in each bucket, shape (n,).

    Processor sharing, E[T] = E[S] / (1 - φ - ρ) (Kleinrock 1967): users' own load ρ is `user_load`, an idle query takes
    E[S] = `user_query_s`, and φ is what else takes of the server: `extract_share` while an interface on the
    same server reads, and the factor of a "contend" fault. Infinite where nothing is left for the users.
    """
    at_station = passage(run, station)
    if at_station.role != Role.SOURCE:
        raise ValueError(f"{station} is a {at_station.role}; users query a source")
    figures = run.figures[station]
    links = [link for link in run.network.links if link.source == station and not link.loop]
    readers = [link.target for link in links if run.figures[link.target].get("same_server")]
    reading = np.zeros(edges_s.size - 1)
    for reader in readers:
        reading = np.maximum(reading, busy(run, reader, edges_s))
    other = np.zeros(edges_s.size - 1)
    for fault in run.scenario.faults:
        if fault.kind == FaultKind.CONTEND and fault.station in (station, *readers):
            other += fault.factor * _overlap(fault.start_s, fault.end_s, edges_s) / np.diff(edges_s)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = 1.0 - figures["user_load"] - np.minimum(other, 1.0)
        calm, hard = np.maximum(left, 0.0), np.maximum(left - figures["extract_share"], 0.0)
        undisturbed = np.where(reading < 1.0, (1.0 - reading) / calm, 0.0)
        disturbed = np.where(reading > 0.0, reading / hard, 0.0)
    response: Seconds = figures["user_query_s"] * (undisturbed + disturbed)
    return response


def frames(run: Run, n: int = 288) -> Frames:
    """Cut what flows in a run into n equal buckets of the day; `played.frames` adds those who ask."""
    at = edges(run, n)
    return Frames(
        edges_s=at,
        stations={name: _station_frames(run, name, at) for name in run.passages},
        flows={link: per_bucket(times, at) for link, times in run.carried.items()},
        faults=run.scenario.faults,
    )


def _station_frames(run: Run, name: str, at: Seconds) -> StationFrames:
    at_station = run.passages[name]
    departed = per_bucket(at_station.out_s, at) - per_bucket(at_station.copied_s, at)
    inside = depth(run, name, at)[1:]
    faulty = np.zeros(at.size - 1, dtype=np.bool_)
    for fault in run.scenario.faults:
        if fault.station == name:
            faulty |= _overlap(*shows_s(fault), at) > 0.0
    on_purpose = np.isin(at_station.lost_fate, ON_PURPOSE)
    return StationFrames(
        arrived=per_bucket(at_station.arrived_s, at),
        departed=departed,
        lost=per_bucket(at_station.lost_s[~on_purpose], at),
        removed=per_bucket(at_station.lost_s[on_purpose], at),
        inside=inside,
        level=np.cumsum(departed) if ROLE_TYPES[at_station.role].keeps else inside,
        busy=busy(run, name, at),
        age_s=freshness(run, name, at)[1:],
        faulty=faulty,
        ages_s=freshness(run, name, edges(run, LOOKS * (at.size - 1))) if at_station.role == Role.CONSUMER else None,
    )


def _count(times_s: Seconds, at_s: Seconds) -> Counts:
    return np.searchsorted(times_s, at_s, "right")


def _left(at_station: Passage, at_s: Seconds) -> Counts:
    """How many of a station's arrivals had gone on or been lost at each moment; second copies are not arrivals."""
    left = _count(at_station.out_s, at_s)
    if at_station.copied_s.size:
        left -= _count(at_station.copied_s, at_s)
    if at_station.lost_s.size:
        left += _count(at_station.lost_s, at_s)
    return left


def _integral(times_s: Seconds, at_s: Seconds) -> Seconds:
    """Seconds that have passed since each of the times, summed over the times not after each moment."""
    known = np.searchsorted(times_s, at_s, "right")
    passed: Seconds = at_s * known - np.cumsum(by_segment(np.add, times_s, known, nothing=0))
    return passed


def by_segment(operation: np.ufunc, values: NDArray[Any], ends: Counts, nothing: int) -> NDArray[Any]:
    """Reduce each of the segments of `values` that `ends` (ascending) mark, the first one from zero.

    `nothing` stands for an empty segment. Far cheaper than accumulating every value where only a few are asked for.
    """
    starts = np.concatenate(([0], ends[:-1]))
    full = ends > starts
    out = np.full(ends.size, nothing, values.dtype)
    if full.any():
        out[full] = operation.reduceat(values[: ends[-1]], starts[full])
    return out


def _overlap(start_s: float, end_s: float, edges_s: Seconds) -> Seconds:
    """Seconds of each bucket that lie within [start, end)."""
    inside: Seconds = np.maximum(np.minimum(edges_s[1:], end_s) - np.maximum(edges_s[:-1], start_s), 0.0)
    return inside
