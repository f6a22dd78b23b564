"""A server's own clock: it stands still while the server is closed and runs at the server's speed otherwise.

Run a queue on this clock and map the result back to wall time, and work that was interrupted resumes exactly
(preempt-resume), with no loop: an outage only makes the clock stand still.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from lifecycle.simulation.model.inputs import Seconds, spans

Side = Literal["left", "right"]
Outages = Sequence[tuple[float, float]]
Slowdowns = Sequence[tuple[float, float, float]]


class Clock:
    """Work time as a function of wall time: continuous, piecewise linear, its slope the server's speed.

    `closed` holds (start, end) outages, in which the speed is 0; `slowed` holds (start, end, speed), where overlapping
    speeds multiply. Both are half-open, [start, end): a service that ends at the very start of an outage is done; one
    that would start there waits for the end. ValueError as for `inputs.spans`, or for a speed that is negative or not
    finite. `steady` is True for a clock that is wall time itself.
    """

    def __init__(self, closed: Outages = (), slowed: Slowdowns = ()) -> None:
        pieces = [(start, end, 0.0) for start, end in spans("closed", closed)]
        for start, end, speed in slowed:
            if not (math.isfinite(speed) and speed >= 0.0):
                raise ValueError(f"slowed needs a finite speed of 0 or more; got {speed}")
            pieces += [(begin, stop, float(speed)) for begin, stop in spans("slowed", [(start, end)])]
        self.steady = not pieces
        # Segment 0 is all time before the first knot: there work time is wall time, whatever anchor it is given.
        self._wall = [0.0, *sorted({t for start, end, _ in pieces for t in (start, end) if t < math.inf})]
        speeds = np.ones(len(self._wall))
        for start, end, speed in pieces:
            speeds[bisect_left(self._wall, start, 1) : bisect_left(self._wall, end, 1)] *= speed
        self._speed: list[float] = speeds.tolist()
        self._pace = [1.0 / speed if speed else math.inf for speed in self._speed]
        self._work = [0.0, *self._wall[1:2]]
        for k in range(2, len(self._wall)):
            self._work.append(self._work[-1] + self._speed[k - 1] * (self._wall[k] - self._wall[k - 1]))

    def work(self, wall: Seconds) -> Seconds:
        """Map wall times (seconds, any order) to work times."""
        return _map(wall, "right", self._wall, self._speed, self._work)

    def opens(self, work: Seconds) -> Seconds:
        """Return the first wall time at which work time passes `work`: a start. Infinite if it never does."""
        return _map(work, "right", self._work, self._pace, self._wall)

    def reaches(self, work: Seconds) -> Seconds:
        """Return the first wall time at which work time is `work`: an end. Infinite if it never is."""
        return _map(work, "left", self._work, self._pace, self._wall)

    def work_at(self, wall: float) -> float:
        """Do what `work` does, for one time."""
        segment = bisect_right(self._wall, wall, 1) - 1
        return self._work[segment] + self._speed[segment] * (wall - self._wall[segment])

    def opens_at(self, work: float) -> float:
        """Do what `opens` does, for one time."""
        return self._back_one(work, bisect_right(self._work, work, 1) - 1)

    def reaches_at(self, work: float) -> float:
        """Do what `reaches` does, for one time."""
        return self._back_one(work, bisect_left(self._work, work, 1) - 1)

    def _back_one(self, work: float, segment: int) -> float:
        speed = self._speed[segment]
        return self._wall[segment] + (work - self._work[segment]) / speed if speed else math.inf


def _map(x: Seconds, side: Side, x0: list[float], slope: list[float], y0: list[float]) -> Seconds:
    """Map x along straight pieces; `side` says which piece an x on a knot belongs to: the one after is "right"."""
    if not bool((x[1:] >= x[:-1]).all()):
        order = np.argsort(x, kind="stable")
        y = np.empty_like(x)
        y[order] = _map(x[order], side, x0, slope, y0)
        return y
    y = np.empty_like(x)
    cuts = np.searchsorted(x, x0[1:], "left" if side == "right" else "right").tolist()
    for k, (begin, end) in enumerate(pairwise([0, *cuts, x.size])):
        if begin < end:
            y[begin:end] = y0[k] + slope[k] * (x[begin:end] - x0[k]) if slope[k] < math.inf else math.inf
    return y
