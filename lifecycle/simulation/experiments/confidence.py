"""How sure a figure is that was measured on independent seeds: Student's interval, and distance in standard errors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Estimate:
    """A mean over independent samples and how sure it is.

    `error`: the standard error; `low`, `high`: the interval that holds the true mean in `confidence` of all repeats.
    """

    mean: float
    error: float
    low: float
    high: float
    samples: int
    confidence: float = 0.95

    def z(self, expected: float) -> float:
        """Return how many standard errors the mean lies above `expected`; 0 if both are the same without any spread."""
        apart = self.mean - expected
        if self.error == 0.0:
            return 0.0 if apart == 0.0 else math.copysign(math.inf, apart)
        return apart / self.error

    def covers(self, expected: float) -> bool:
        """Whether the interval holds `expected`."""
        return self.low <= expected <= self.high


def estimate(samples: Sequence[float], confidence: float = 0.95) -> Estimate:
    """Return the mean of independent samples with its interval; ValueError for fewer than two, or one not finite."""
    count = len(samples)
    if count < 2:
        raise ValueError(f"an interval needs at least two independent samples; got {count}")
    if not all(math.isfinite(sample) for sample in samples):
        raise ValueError(f"samples must be finite; got {next(float(s) for s in samples if not math.isfinite(s))}")
    mean = math.fsum(samples) / count
    error = math.sqrt(math.fsum((sample - mean) ** 2 for sample in samples) / (count - 1) / count)
    half = student_t(confidence, count - 1) * error
    return Estimate(mean, error, mean - half, mean + half, count, confidence)


@lru_cache
def student_t(confidence: float, freedom: int) -> float:
    """Return the t with the chance `confidence` (0 to 1) between -t and t, at `freedom` degrees of freedom (1 or more).

    The chance between is a finite sum (Abramowitz and Stegun, 26.7.3 and 26.7.4); t is found by halving, to 1e-12.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie between 0 and 1; got {confidence}")
    if freedom < 1:
        raise ValueError(f"freedom must be 1 or more; got {freedom}")
    low, high = 0.0, 1.0
    while _between(high, freedom) < confidence:
        high *= 2.0
    while high - low > 1e-12 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if _between(middle, freedom) < confidence else (low, middle)
    return high


def _between(t: float, freedom: int) -> float:
    angle = math.atan(t / math.sqrt(freedom))
    odd = freedom % 2
    term, total = (math.cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(1 + odd, freedom, 2):
        total += term
        term *= math.cos(angle) ** 2 * k / (k + 1)
    return 2.0 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total
