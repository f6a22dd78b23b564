"""A law as a curve over utilisation, and the simulation's points on it with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from lifecycle.simulation.experiments.confidence import Estimate, estimate
from lifecycle.simulation.model.inputs import Seconds, whole
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials.limits import full, impatient
from lifecycle.simulation.trials.trial import seeds_from
from lifecycle.simulation.trials.waits import TWO_SIZES_VARIATION, md1, mg1, mm1, mmc

POINT_SEEDS = 12
WARM_UP_SHARE = 0.2


@dataclass(frozen=True)
class Curve:
    """A law over utilisation. Arrivals come at random, one a second on average.

    `theory`: utilisation to value; `measure`: (utilisation, seed, events, warm-up events) to one run's mean. A wait is
    given in mean services, so that curves of any speed of server lie on one another; a loss as a share.
    """

    name: str
    claim: str
    unit: str
    loads: tuple[float, ...]
    theory: Callable[[float], float]
    measure: Callable[[float, int, int, int], float]


@dataclass(frozen=True)
class CurvePoint:
    """What the simulation says at one utilisation, and what theory says there."""

    load: float
    theory: float
    estimate: Estimate


def points(curve: Curve, events: int, first: int) -> tuple[CurvePoint, ...]:
    """Run the curve's kernel at each of its utilisations: 12 seeds of `events` events each, a fifth of them warm-up.

    The `first`-th set of seeds (0, 1, …) is used, the same at every utilisation. ValueError for fewer than 10 events.
    """
    if whole("events", events) < 10:
        raise ValueError(f"events must be 10 or more, or nothing is left after the warm-up; got {events}")
    warm_up = int(events * WARM_UP_SHARE)
    return tuple(
        CurvePoint(
            load,
            curve.theory(load),
            estimate([curve.measure(load, seed, events, warm_up) for seed in seeds_from(first, POINT_SEEDS)]),
        )
        for load in curve.loads
    )


def line(curve: Curve, steps: int = 200) -> tuple[Seconds, Seconds]:
    """Return the law itself: utilisations from just above 0 to the last point's, and the values there."""
    loads = np.linspace(0.01, curve.loads[-1], steps)
    return loads, np.array([curve.theory(float(load)) for load in loads])


def _per_work(wait: Callable[..., float], load: float, seed: int, events: int, warm_up: int) -> float:
    return wait(load, seed, events, warm_up) / load


def _per_work_of_three(load: float, seed: int, events: int, warm_up: int) -> float:
    return mmc(load, seed, events, warm_up) / (3.0 * load)


_WAITS: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_LOSSES: tuple[float, ...] = (0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.2, 1.4, 1.7, 2.0)
_WORKS = "mean wait ÷ mean service"
CURVES: Sequence[Curve] = (
    Curve("One server (M/M/1)", "mean wait = ρ / (1 − ρ) services", _WORKS, _WAITS,
          lambda load: theory.mm1_wait(1.0, load) / load, partial(_per_work, mm1)),
    Curve("Equal services (M/D/1)", "mean wait = ρ / (2 (1 − ρ)) services", _WORKS, _WAITS,
          lambda load: theory.md1_wait(1.0, load) / load, partial(_per_work, md1)),
    Curve("Two sizes of service (M/G/1)", "mean wait = ρ (1 + 1.33) / (2 (1 − ρ)) services", _WORKS, _WAITS,
          lambda load: theory.mg1_wait(1.0, load, TWO_SIZES_VARIATION) / load, partial(_per_work, mg1)),
    Curve("Three servers (M/M/3)", "mean wait = Erlang C / (3 (1 − ρ)) services", _WORKS, _WAITS,
          lambda load: theory.mmc_wait(1.0, 3.0 * load, 3) / (3.0 * load), _per_work_of_three),
    Curve("Room for five (M/M/1/5)", "share refused = (1 − ρ) ρ⁵ / (1 − ρ⁶)", "share lost", _LOSSES,
          lambda load: theory.mm1k_loss(1.0, load, 5), full),
    Curve("Patience of four services", "share expired, by Barrer's formula", "share lost", _LOSSES,
          lambda load: theory.barrer_loss(1.0, load, 4.0 * load), impatient),
)  # fmt: skip
