"""What a check sees at each moment at which it looks: read off the timestamps of a day, to the moment included."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from lifecycle.simulation.day.passage import Passage
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import CheckKind, Fate
from lifecycle.simulation.readings.alarms.checks import Check
from lifecycle.simulation.readings.frames import Counts
from lifecycle.simulation.readings.series import freshness, passage

# A share of fewer rows says little: one of three is 33 %.
LEAST_ROWS = 30
# Not by accident, or counted elsewhere: see `checks`.
NO_LOSS = (Fate.OK, Fate.REJECTED, Fate.DUPLICATE, Fate.JOINED, Fate.MALFORMED, Fate.DRIFTED)
LOSS = [fate for fate in Fate if fate not in NO_LOSS]


def values(check: Check, run: Run, calm: Run, moments_s: Seconds) -> Seconds:
    """Return what a check sees at each of the ascending moments, NaN where it has too little to judge.

    In the unit of its limit; of a volume the share of the rows that came on the `calm` day, the one without faults.
    """
    at = passage(run, check.place)
    match check.kind:
        case CheckKind.JOB:
            return _recent(check, _failures_s(run, check.place), moments_s).astype(np.float64)
        case CheckKind.SCHEMA:
            unread = _recent(check, at.lost_s[at.lost_fate == Fate.DRIFTED], moments_s)
            return (unread + stopped(at, moments_s)).astype(np.float64)
        case CheckKind.LOSS:
            return _recent(check, at.lost_s[np.isin(at.lost_fate, LOSS)], moments_s).astype(np.float64)
        case CheckKind.LAG:
            return _oldest_unread_s(at, moments_s)
        case CheckKind.DISTRIBUTION:
            return _share(_recent(check, _empty_s(run, at), moments_s), _recent(check, at.out_s, moments_s))
        case CheckKind.VOLUME:
            usual = _recent(check, passage(calm, check.place).out_s, moments_s)
            return _share(_recent(check, at.out_s, moments_s), usual)
        case CheckKind.FRESHNESS:
            age_s = freshness(run, check.place, moments_s)
            # Before the first row the newest is yesterday's: it is at least as old as the day.
            return np.where(np.isnan(age_s), moments_s, age_s)
        case _:
            assert_never(check.kind)


def outside(check: Check, seen: Seconds) -> Mask:
    """Return at which of the values that a check saw it rings; a volume does so above and below the usual."""
    away = np.abs(seen - 1.0) if check.kind is CheckKind.VOLUME else seen
    rings: Mask = away > check.limit
    return rings


def _recent(check: Check, times_s: Seconds, moments_s: Seconds) -> Counts:
    """How many of the sorted times lie in the window that ends at each moment: after its begin, to its end."""
    until = np.searchsorted(times_s, moments_s, "right")
    before = np.searchsorted(times_s, moments_s - check.window_s, "right")
    counts: Counts = until - np.where(moments_s > check.window_s, before, 0)
    return counts


def _share(part: Counts, whole: Counts) -> Seconds:
    """The part in shares of the whole, NaN where both are few."""
    share: Seconds = part / np.maximum(whole, 1)
    return np.where(np.maximum(part, whole) >= LEAST_ROWS, share, np.nan)


def _failures_s(run: Run, station: str) -> Seconds:
    """When jobs of a station failed for good: the last try at each in its run; sorted, empty without a schedule."""
    done = run.orchestrated_at(station)
    if done is None:
        return np.empty(0)
    last = {(one.run, one.job): one for one in done.attempts[station]}
    return np.array(sorted(one.end_s for one in last.values() if one.failed), dtype=np.float64)


def stopped(at: Passage, moments_s: Seconds) -> Counts:
    """Return 1 while a station stands still over a column that it does not know, which stops all lanes; else 0."""
    still = np.zeros(moments_s.size, dtype=np.intp)
    for pause in at.stuck:
        if pause.lane is None:
            still[(moments_s >= pause.start_s) & (moments_s < pause.end_s)] = 1
    return still


def _oldest_unread_s(at: Passage, moments_s: Seconds) -> Seconds:
    """How long the oldest row that is inside has been there, 0 where none is."""
    ended_s = np.where(at.fate == Fate.OK, at.departed_s, at.finished_s)
    ended_s = np.where(np.isnan(ended_s), np.inf, ended_s)  # it will be lost, but not today
    # All rows before a place are through by the latest of their ends, so the first that is not is looked up.
    through_s = np.maximum.accumulate(ended_s)
    oldest = np.searchsorted(through_s, moments_s, "right")
    came_s = np.append(at.arrived_s, np.inf)[oldest]
    return np.where(came_s <= moments_s, moments_s - np.minimum(came_s, moments_s), 0.0)


def _empty_s(run: Run, at: Passage) -> Seconds:
    """When the rows left that have lost a column unnoticed, second copies included; sorted."""
    if at.empty is None:
        return np.empty(0)
    empty = np.zeros(run.born_s.size, dtype=np.bool_)
    empty[at.ids[at.empty]] = True
    return at.out_s[empty[at.out_ids]]
