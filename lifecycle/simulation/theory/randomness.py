"""How events arrive at a station: at random, at random in a rhythm, in batches: judged by the arrivals themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lifecycle.simulation.model.inputs import Seconds

FEWEST = 200
HOUR_S = 3_600.0

Manner = Literal["random", "rhythm", "batches", "regular", "bursty", "few"]


@dataclass(frozen=True, eq=False)
class ArrivalLaw:
    """The manner in which events arrive. `per_s`: the day's mean rate; `hourly_per_s`: of each hour.
    `count`: how many came.

    "random": a Poisson process. "rhythm": one whose rate changes from hour to hour. "batches": many at a moment.
    "regular", "bursty": less or more clustered than chance. "few": too few to tell.
    """

    manner: Manner
    per_s: float
    hourly_per_s: Seconds
    count: int


def arrivals_of(times_s: Seconds, horizon_s: float) -> ArrivalLaw:
    """Return how sorted times (seconds) up to `horizon_s` arrive.

    Time is stretched so that every hour has the same rate; then the gaps of a Poisson process are exponential
    (Kolmogorov and Smirnov's distance, at most 0.02 beyond chance) and the counts in windows of 50 events have the
    variance of their mean (index of dispersion, 0.15 beyond chance). Chance: about one in a thousand.
    """
    count = times_s.size
    hours = max(round(horizon_s / HOUR_S), 1)
    knots = np.linspace(0.0, horizon_s, hours + 1)
    below = np.searchsorted(times_s, knots, "right").astype(np.float64)
    below[0] = 0.0
    hourly = np.diff(below)
    per_s, hourly_per_s = count / horizon_s, hourly / np.diff(knots)
    if count < FEWEST:
        return ArrivalLaw("few", per_s, hourly_per_s, count)
    stretched = np.interp(times_s, knots, below)
    gaps = np.sort(np.diff(stretched))
    return ArrivalLaw(_manner(gaps, stretched, hourly), per_s, hourly_per_s, count)


def _manner(gaps: Seconds, stretched: Seconds, hourly: Seconds) -> Manner:
    count = stretched.size
    if float(np.mean(gaps < 0.01)) > 0.1:  # by chance 1 in 100
        return "batches"
    law = -np.expm1(-gaps)
    ranks = np.arange(gaps.size) / gaps.size
    distance = float(max((law - ranks).max(), (ranks + 1.0 / gaps.size - law).max()))
    windows = np.histogram(stretched, bins=max(count // 50, 2))[0]
    dispersion = float(windows.var(ddof=1) / windows.mean())
    beyond = 0.15 + 4.0 * (2.0 / windows.size) ** 0.5
    if distance > 0.02 + 1.95 / count**0.5 or abs(dispersion - 1.0) > beyond:
        return "bursty" if dispersion > 1.0 + beyond or float((gaps**2).mean()) > 2.0 else "regular"
    spread = float(((hourly - hourly.mean()) ** 2).sum() / hourly.mean())  # chi-squared with hours - 1 degrees
    return "random" if spread <= hourly.size + 4.0 * (2.0 * hourly.size) ** 0.5 else "rhythm"


def in_step(times_s: Seconds, arrivals: ArrivalLaw, interval_s: float) -> bool:
    """Whether events come in step with a clock that ticks every `interval_s`, as those do that another clock sent.

    Held against the hours' own rates: Kolmogorov and Smirnov's distance of the phases, at most 0.01 beyond chance.
    """
    count = times_s.size
    phases = np.sort(np.mod(times_s, interval_s))
    at = np.linspace(0.0, interval_s, 1001)
    came = np.searchsorted(phases, at, "right") / count
    if interval_s <= HOUR_S / 10.0:  # the rate hardly changes between two ticks
        expected = at / interval_s
    else:
        horizon_s = arrivals.hourly_per_s.size * HOUR_S
        moments_s = np.arange(0.5, 1000.0 * horizon_s / interval_s) * (interval_s / 1000.0)
        hours = np.minimum(moments_s / HOUR_S, arrivals.hourly_per_s.size - 1).astype(np.intp)
        nth = np.arange(moments_s.size) % 1000
        weights = np.bincount(nth, arrivals.hourly_per_s[hours], 1000)
        expected = np.append(0.0, np.cumsum(weights) / weights.sum())
    return bool(np.abs(came - expected).max() > 0.01 + 1.63 / count**0.5)
