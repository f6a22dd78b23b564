"""How far the figure of one day may lie from its law: the standard deviations of means over a day's events."""

from __future__ import annotations

import math

import numpy as np

from lifecycle.simulation.theory.randomness import HOUR_S, ArrivalLaw


def wait_sd(arrivals: ArrivalLaw, mean_s: float, variation: float, servers: int = 1) -> float:
    """Return the standard deviation of a day's mean wait before one server, or several that are dealt events in turn.

    Of M/M/1 (Daley, "The serial correlation coefficients of waiting times in a stationary single server queue",
    Journal of the Australian Mathematical Society 8, 1968), less where work or arrivals are more even.
    """
    share = (1.0 / servers + variation) / 2.0
    if arrivals.manner == "random":
        return share * _mm1_sd(arrivals.per_s, mean_s, servers, arrivals.count)
    rates = arrivals.hourly_per_s[arrivals.hourly_per_s > 0.0].tolist()
    spread = math.fsum((rate * HOUR_S * _mm1_sd(rate, mean_s, servers, rate * HOUR_S)) ** 2 for rate in rates)
    return share * math.sqrt(spread) / arrivals.count


def _mm1_sd(per_s: float, mean_s: float, servers: int, count: float) -> float:
    load = min(per_s * mean_s / servers, 1.0 - 1e-9)
    asymptotic = load * (2.0 + 5.0 * load - 4.0 * load**2 + load**3) / (1.0 - load) ** 4
    return mean_s * math.sqrt(asymptotic * servers / count)


def loss_sd(load: float, room: int, count: int) -> float:
    """Return the standard deviation of the share of `count` arrivals that M/M/1/`room` loses.

    Losses come in clusters: the variance of a Poisson process whose rate is that of the arrivals while it is full, from
    the birth and death process's own potential.
    """
    inside = np.arange(room)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        if abs(load - 1.0) < 1e-9:
            lost, ratio, below = 1.0 / (room + 1), inside + 1.0, (inside + 1.0) / (room + 1)
        elif load > 1.0:
            lost = (1.0 - 1.0 / load) / (1.0 - load ** -(room + 1.0))
            ratio = (1.0 - load ** -(inside + 1.0)) / (1.0 - 1.0 / load)
            below = load ** (inside - room) * (1.0 - load ** -(inside + 1.0)) / (1.0 - load ** -(room + 1.0))
        else:
            lost = load**room * (1.0 - load) / (1.0 - load ** (room + 1.0))
            ratio = (load ** -(inside + 1.0) - 1.0) / (1.0 / load - 1.0)
            below = (1.0 - load ** (inside + 1.0)) / (1.0 - load ** (room + 1.0))
        clusters = float(np.nan_to_num(lost * ratio * below, posinf=0.0).sum())
    return math.sqrt(lost * (1.0 + 2.0 * clusters) / count)


def settling_s(per_s: float, mean_s: float, room: float) -> float:
    """Return how long M/M/1/`room` takes to forget that it began empty: to fill, if it must, and to mix. Seconds."""
    load = per_s * mean_s
    gap = 1.0 + load - 2.0 * math.sqrt(load) * math.cos(math.pi / (room + 1.0))
    fills = room / (load - 1.0) if load > 1.0 else 0.0
    return mean_s * (1.0 / max(gap, 1e-12) + fills)
