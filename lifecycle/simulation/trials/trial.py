"""What a trial is: one law of queueing theory, and the kernels run on independent seeds to see whether they keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.experiments.confidence import Estimate, estimate
from lifecycle.simulation.model.draws import rng
from lifecycle.simulation.model.inputs import Seconds

SEEDS = 24
EVENTS, WARM_UP = 20_000, 4_000
# A true law is further than this from the mean of 24 seeds once in some 1,800 trials.
LIMIT_Z = 4.0


@dataclass(frozen=True)
class Trial:
    """One law and its experiment.

    `claim`: the law in words; `source`: who found it; `parameters`: (name, value) in words; `unit` of `theory` and of
    what `measure` returns for a seed. `exact`: None where chance has a part and the law holds for the mean; else the
    most by which any single seed may differ from `theory` (rounding only; 0 for counts).
    """

    id: str
    name: str
    claim: str
    source: str
    parameters: tuple[tuple[str, str], ...]
    unit: str
    theory: float
    measure: Callable[[int], float]
    exact: float | None = None


@dataclass(frozen=True)
class Judgement:
    """What a trial came to. `z`: standard errors between simulation and theory; `worst`: of an exact law, else 0."""

    trial: Trial
    estimate: Estimate
    z: float
    worst: float

    @property
    def holds(self) -> bool:
        """Whether the simulation keeps the law: |z| up to 4, or every seed within rounding where the law is exact."""
        if self.trial.exact is not None:
            return self.worst <= self.trial.exact
        return abs(self.z) <= LIMIT_Z


def seeds_from(first: int, count: int = SEEDS) -> range:
    """Return `count` seeds that no other `first` (a whole number, 0 or more) shares."""
    return range(first * count, (first + 1) * count)


def judge(trial: Trial, seeds: Sequence[int]) -> Judgement:
    """Run the trial on each seed and hold the mean against theory; ValueError for fewer than two seeds."""
    samples = [trial.measure(seed) for seed in seeds]
    mean = estimate(samples)
    worst = max(abs(sample - trial.theory) for sample in samples) if trial.exact is not None else 0.0
    return Judgement(trial, mean, mean.z(trial.theory), worst)


def exponential(seed: int, name: str, purpose: str, mean_s: float, size: int) -> Seconds:
    """Return exponential draws (seconds, shape (size,)) of the stream (seed, name, purpose), by inversion."""
    draws: Seconds = rng(seed, name, purpose).random(size)
    np.log1p(np.negative(draws, out=draws), out=draws)
    draws *= -mean_s
    return draws


def poisson(seed: int, name: str, per_s: float, size: int) -> Seconds:
    """Return the first `size` moments (seconds) of a Poisson process."""
    gaps = exponential(seed, name, "arrivals", 1.0 / per_s, size)
    return np.cumsum(gaps, out=gaps)
