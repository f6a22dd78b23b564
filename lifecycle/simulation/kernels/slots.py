"""The log that a database keeps for a reader that is away: until its disk is full, or the reader's slot is cut off.

A replication slot is the bookmark that a primary keeps for a reader of its changes. While the reader is away, the
primary throws away nothing that it has not read.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lifecycle.simulation.model.inputs import Seconds, sorted_times
from lifecycle.simulation.model.kinds import Fate


def while_away(
    arrivals: ArrayLike,
    unread: int,
    end_s: float,
    *,
    room: float = math.inf,
    keeps: float = math.inf,
    cut_off_s: float = math.inf,
) -> tuple[NDArray[np.int8], Seconds]:
    """Return what becomes of changes while their reader is away until `end_s`: fates and moments, shape (n,) each.

    `arrivals`: of the changes that are unread when it leaves, which are the first `unread`, and of all that are made
    before `end_s`; sorted seconds. The disk has `room` for so many changes: who finds it full is refused, and the next
    are too, since nothing is freed before the reader is back. A slot `keeps` so many: with the next one, or at
    `cut_off_s` if that is sooner, it is cut off. What it had kept then expires; what is made from there on takes no
    room, and is skipped when the reader is back, as it begins anew at that moment. A moment is NaN for what can be
    read. ValueError, with the value, on invalid input.
    """
    times = sorted_times(arrivals)
    fate, lost_s = np.zeros(times.size, dtype=np.int8), np.full(times.size, np.nan)
    kept = _unread(unread, times.size)
    cut, moment_s = times.size, math.inf
    if keeps <= room and max(keeps, kept) < times.size:
        cut = max(int(keeps), kept)
        moment_s = float(times[cut])
    if cut_off_s < min(end_s, moment_s):
        cut, moment_s = int(np.searchsorted(times, cut_off_s, "left")), cut_off_s
    full = int(min(max(room, kept), cut))
    fate[full:cut], lost_s[full:cut] = Fate.REFUSED, times[full:cut]
    if moment_s < math.inf:
        fate[:full], lost_s[:full] = Fate.EXPIRED, moment_s
        fate[cut:], lost_s[cut:] = Fate.SKIPPED, end_s
    return fate, lost_s


def _unread(unread: int, changes: int) -> int:
    if not 0 <= unread <= changes:
        raise ValueError(f"unread must be a number of the {changes} changes; got {unread}")
    return unread
