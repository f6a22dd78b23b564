"""When people and models ask: the second population of a day, which changes nothing in what flows.

They come at random (a Poisson process): people in the rhythm of an office, models in that of the shop whose customers
they serve; on a steady day all come evenly. Times are a fixed stream of unit gaps, stretched by the rate (the inverse
of the cumulative rate, exact): a rush leaves anyone who came before it where they were, and other figures move nobody.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lifecycle.simulation.day.arrivals import Rhythm, daily_rhythm
from lifecycle.simulation.model.draws import exponentials
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Arrivals
from lifecycle.simulation.model.scenario import DAY_S, Scenario

Draws = Callable[[int, str, str, int], Seconds]

# Questions in each hour from midnight, relative to one another: an office's day, with a peak at nine and a lunch.
# Chosen for this picture; the busiest hour has 2.7 times the mean.
OFFICE = (2, 1, 1, 1, 1, 3, 10, 40, 90, 120, 110, 100, 70, 80, 100, 100, 90, 70, 30, 15, 10, 8, 5, 3)


def people(scenario: Scenario, station: str, per_s: float, rush: tuple[float, float, float] | None = None) -> Seconds:
    """Return when people ask, seconds, sorted; `per_s`: the day's mean rate without the rush.

    `rush`: (begin, length, factor), seconds; for so long they come `factor` times as often, and nobody comes less
    often for it at other times.
    """
    knots, shares = _rhythm(scenario, np.concatenate(([0.0], np.cumsum(OFFICE) / sum(OFFICE))))
    expected = shares * per_s * DAY_S
    if rush is not None and rush[2] != 1.0:
        knots, expected = _with_rush(knots, expected, *rush)
    return _moments(scenario.seed, station, "people", knots, expected)


def models(scenario: Scenario, station: str, per_s: float) -> Seconds:
    """Return when models ask, seconds, sorted; `per_s`: the day's mean rate."""
    knots, shares = _rhythm(scenario, daily_rhythm()[1])
    return _moments(scenario.seed, station, "models", knots, shares * per_s * DAY_S)


def first(draws: Draws, seed: int, station: str, purpose: str, count: int) -> Seconds:
    """Return the first `count` draws of a stream, read-only; another count has the same ones as far as it goes.

    Drawn in powers of two: a rate turned a little draws nothing.
    """
    return draws(seed, station, purpose, 1 << max(count - 1, 0).bit_length())[:count]


def _rhythm(scenario: Scenario, shares: Seconds) -> Rhythm:
    """Knots (seconds) and the share of the day's questions that has come by then."""
    if scenario.arrivals == Arrivals.STEADY:
        return np.array([0.0, DAY_S]), np.array([0.0, 1.0])
    return np.linspace(0.0, DAY_S, shares.size), shares


def _with_rush(knots: Seconds, expected: Seconds, at_s: float, length_s: float, factor: float) -> Rhythm:
    """The same curve, `factor` times as steep in the rush."""
    window = np.clip([at_s, at_s + length_s], 0.0, DAY_S)
    cut = np.unique(np.concatenate((knots, window)))
    more = np.diff(np.interp(cut, knots, expected))
    more[(cut[:-1] >= window[0]) & (cut[:-1] < window[1])] *= factor
    return cut, np.concatenate(([0.0], np.cumsum(more)))


def _moments(seed: int, station: str, purpose: str, knots: Seconds, expected: Seconds) -> Seconds:
    total = float(expected[-1])
    count = math.ceil(total + 8.0 * math.sqrt(total)) + 8  # too few once in 10^15 days
    if total == 0.0:
        return np.empty(0)
    sums = np.cumsum(first(exponentials, seed, station, purpose, count))
    return np.interp(sums[: np.searchsorted(sums, total, "right")], expected, knots)
