"""What theory can say of a station: a law with its figure and the day's beside it, or the sentence why none holds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from lifecycle.simulation.theory.randomness import ArrivalLaw

TOO_LOOSE = 0.9  # of a law's figure: what one day may differ by and still say something


@dataclass(frozen=True)
class Law:
    """One law that holds at one station. `name`: of what; `law`: which; `value`: what it says; `simulated`: the day's.

    `unit`: "s", "events", "share" or "events/s". `why`: why it holds here. `within`: how far the day's figure may lie
    from the law's, in the same unit: chance (four standard deviations of one day), and what an approximation leaves
    out. `exact`: no mean over many days, it holds on this very one. `approximate`: close, even over many days.
    """

    name: str
    unit: str
    law: str
    value: float
    simulated: float
    within: float
    why: str
    exact: bool = False
    approximate: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the day's figure lies as near to the law's as it should."""
        return abs(self.simulated - self.value) <= self.within


@dataclass(frozen=True)
class NoLaw:
    """Why no law says what a figure should be. `simulated`: the day's, None where there is nothing to measure."""

    name: str
    unit: str
    simulated: float | None
    why: str
    value: None = None


Expectation = Law | NoLaw
Laws = tuple[Expectation, *tuple[Expectation, ...]]
"""At least one: a station of which nothing is said is an error that the type checker finds."""


def unless_hidden(law: Law) -> Expectation:
    """The law, or, where chance alone would hide it on one day, that it says too little."""
    if law.exact or law.within <= TOO_LOOSE * abs(law.value) or law.unit == "share":
        return law
    return NoLaw(law.name, law.unit, law.simulated, f"{law.law} holds, but one day has too few events to show it")


def rare(
    name: str, law: str, value: float, simulated: float, sd: float, count: int, why: str, rough: float
) -> Expectation:
    """A share that is lost, of `count` events: its law, but where only a handful would be lost in a day.

    `sd`: of the share over many days; `rough`: the part of it by which the law is off.
    """
    within = 4.0 * sd + rough * value + 1.0 / count
    if value * count > 0.01 and within > TOO_LOOSE * value:
        return NoLaw(name, "share", simulated, f"{law} holds, but so few are lost that one day is decided by chance")
    return Law(name, "share", law, value, simulated, within, why, approximate=rough > 0.0)


def by_the_hour(law: Callable[[float], float], arrivals: ArrivalLaw) -> float:
    """What a law of the rate says of the mean over all who come: at one rate, or hour by hour."""
    if arrivals.manner == "random":
        return law(arrivals.per_s)
    rates = arrivals.hourly_per_s[arrivals.hourly_per_s > 0.0]
    return math.fsum(law(rate) * rate for rate in rates.tolist()) / float(rates.sum())


def highest(arrivals: ArrivalLaw) -> float:
    """The rate to judge by, events a second: the busiest hour's where the rate has a rhythm."""
    return float(arrivals.hourly_per_s.max()) if arrivals.manner == "rhythm" else arrivals.per_s
