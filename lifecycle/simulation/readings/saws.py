"""The age of the data as the saw it is: it grows by a second a second, and falls when something newer arrives.

A look every few minutes misses the points of the teeth, and keeps in step with a timetable of round minutes. Here the
curve is drawn through its corners; where teeth are finer than five minutes, through their highest top and lowest foot.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.readings.series import edges, freshness, passage


class Saw(NamedTuple):
    """A curve of ages, shape (n,) each: `age_s` (seconds, NaN before the first event) at `at_s` (seconds of the day).

    Moments ascend; one that stands twice is a fall, with the age just before it first.
    """

    at_s: Seconds
    age_s: Seconds


def saw(run: Run, station: str) -> Saw:
    """Return the age of the newest event visible at `station` over the day, with at most 5 points in five minutes.

    Each point is an age that is really reached; the oldest and the freshest of the day are among them.
    """
    edges_s = edges(run)  # five minutes: about two pixels of a chart as wide as a page
    fall_s, before_s, after_s = _falls(run, station)
    kept, fine = _kept(fall_s, before_s, after_s, edges_s)
    # an edge between two buckets of fine teeth is one more look at them that says nothing
    looks = ~(np.append(False, fine) & np.append(fine, False))
    at_s = np.concatenate((edges_s[looks], fall_s[kept.tops], fall_s[kept.feet]))
    age_s = np.concatenate((freshness(run, station, edges_s[looks]), before_s[kept.tops], after_s[kept.feet]))
    # of one moment the top comes before the foot; an edge on which one falls says the same as the foot
    order = np.lexsort((np.repeat((2, 0, 1), (looks.sum(), kept.tops.size, kept.feet.size)), at_s))
    return Saw(at_s[order], age_s[order])


class _Kept(NamedTuple):
    """Which falls give a point: those whose tops are drawn, and those whose feet are."""

    tops: NDArray[np.intp]
    feet: NDArray[np.intp]


def _falls(run: Run, station: str) -> tuple[Seconds, Seconds, Seconds]:
    """When the age falls, and what it is just before (NaN at the first) and after, shape (n,) each, seconds."""
    at_station = passage(run, station)
    shown = at_station.out_s <= run.horizon_s
    out_s, newest = at_station.out_s[shown], np.maximum.accumulate(at_station.out_ids[shown])
    last = np.append(out_s[1:] > out_s[:-1], True) if out_s.size else np.empty(0, bool)  # of those seen at one moment
    at_s, newest = out_s[last], newest[last]
    newer = np.append(True, newest[1:] > newest[:-1]) if newest.size else np.empty(0, bool)
    at_s, newest = at_s[newer], newest[newer]
    born_s = run.born_s[newest]
    before_s = at_s - np.append(np.nan, born_s)[:-1] if at_s.size else at_s
    return at_s, before_s, at_s - born_s


def _kept(fall_s: Seconds, before_s: Seconds, after_s: Seconds, edges_s: Seconds) -> tuple[_Kept, NDArray[np.bool_]]:
    """The falls to draw, and of each bucket whether its teeth are too fine to be drawn one by one."""
    bucket = np.clip(np.searchsorted(edges_s, fall_s, "left") - 1, 0, edges_s.size - 2)
    fine = np.bincount(bucket, minlength=edges_s.size - 1) > 2
    one_by_one, first = ~fine[bucket], np.isnan(before_s)
    tops = one_by_one | _lowest_of_each(bucket, np.where(first, np.inf, -before_s))
    feet = one_by_one | _lowest_of_each(bucket, after_s)
    return _Kept(np.flatnonzero(tops & ~first), np.flatnonzero(feet)), fine


def _lowest_of_each(bucket: NDArray[np.intp], values: Seconds) -> NDArray[np.bool_]:
    """The first of the lowest values of each bucket (ascending), as a mask."""
    chosen = np.zeros(values.size, bool)
    if values.size:
        starts = np.flatnonzero(np.append(True, bucket[1:] > bucket[:-1]))
        lowest = np.repeat(np.minimum.reduceat(values, starts), np.diff(np.append(starts, values.size)))
        at = np.flatnonzero(values == lowest)
        chosen[at[np.append(True, bucket[at[1:]] > bucket[at[:-1]])]] = True
    return chosen
