"""A server's own clock: it stands still while the server is closed and runs at the server's speed otherwise.

Run a queue on this clock and map the result back to wall time, and work that was interrupted resumes exactly
(preempt-resume), with no loop: an outage only makes the clock stand still.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.inputs import Seconds, spans

Segments = NDArray[np.intp]
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
        self._work = [0.0, *self._wall[1:2]]
        for k in range(2, len(self._wall)):
            self._work.append(self._work[-1] + self._speed[k - 1] * (self._wall[k] - self._wall[k - 1]))

    def work(self, wall: Seconds) -> Seconds:
        """Map wall times (seconds, any order) to work times."""
        return self._line(wall, np.searchsorted(self._wall[1:], wall, "right"), self._wall, self._speed, self._work)

    def opens(self, work: Seconds) -> Seconds:
        """Return the first wall time at which work time passes `work`: a start. Infinite if it never does."""
        return self._back(work, np.searchsorted(self._work[1:], work, "right"))

    def reaches(self, work: Seconds) -> Seconds:
        """Return the first wall time at which work time is `work`: an end. Infinite if it never is."""
        return self._back(work, np.searchsorted(self._work[1:], work, "left"))

    def opens_at(self, work: float) -> float:
        """Do what `opens` does, for one time."""
        return self._back_one(work, bisect_right(self._work, work, 1) - 1)

    def reaches_at(self, work: float) -> float:
        """Do what `reaches` does, for one time."""
        return self._back_one(work, bisect_left(self._work, work, 1) - 1)

    def _back(self, work: Seconds, segment: Segments) -> Seconds:
        pace = [1.0 / speed if speed else math.inf for speed in self._speed]
        with np.errstate(invalid="ignore"):  # standing still for ever: 0 × ∞ and x × ∞ are both "never"
            wall = self._line(work, segment, self._work, pace, self._wall)
        return np.where(np.isnan(wall), math.inf, wall) if pace[-1] == math.inf else wall

    def _back_one(self, work: float, segment: int) -> float:
        speed = self._speed[segment]
        return self._wall[segment] + (work - self._work[segment]) / speed if speed else math.inf

    @staticmethod
    def _line(x: Seconds, segment: Segments, x0: list[float], slope: list[float], y0: list[float]) -> Seconds:
        line: Seconds = np.asarray(y0)[segment] + np.asarray(slope)[segment] * (x - np.asarray(x0)[segment])
        return line
