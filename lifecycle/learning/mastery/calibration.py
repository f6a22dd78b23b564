"""How well a learner knows what they know: confidence beside the share that was right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from lifecycle.learning.mastery.memory import AnsweredRow

# What one may say to be: sure by so many per cent.
LEVELS = (25, 50, 75, 95)
# With fewer answers nothing is said: chance would speak.
ENOUGH = 10
_Z = 1.96


@dataclass(frozen=True)
class Bucket:
    """The answers with one confidence: how many, the share that was right, and its 95 % interval (Wilson 1927)."""

    confidence: int
    answers: int
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """All answers with a confidence.

    `brier`: mean squared distance of confidence and outcome, 0 (perfect) to 1; 0.25 is what always saying 50 % earns
    (Brier 1950). `bias`: mean confidence less the share right, as shares: above 0 is overconfident.
    """

    buckets: tuple[Bucket, ...]
    answers: int
    brier: float
    bias: float

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to say anything."""
        return self.answers >= ENOUGH

    @property
    def words(self) -> str:
        """What it comes to, in a sentence."""
        if not self.enough:
            missing = ENOUGH - self.answers
            return f"{missing} more answer{'s' * (missing != 1)} with a confidence before this says anything."
        unsure = _Z * math.sqrt(0.25 / self.answers)  # the widest that chance alone would make the bias
        points = f"{100 * abs(self.bias):.0f} points"
        if abs(self.bias) <= unsure:
            return f"You are about as sure as you are right ({points} apart, and {100 * unsure:.0f} could be chance)."
        return f"You are {points} {'surer than right' if self.bias > 0 else 'less sure than you could be'}."


def calibration(rows: Iterable[AnsweredRow]) -> Calibration:
    """The calibration of the rows that have a confidence."""
    by_level: dict[int, list[bool]] = {}
    for row in rows:
        if row.confidence is not None:
            by_level.setdefault(row.confidence, []).append(row.right)
    pairs = [(level / 100, right) for level, given in by_level.items() for right in given]
    count = len(pairs)
    if not count:
        return Calibration((), 0, math.nan, math.nan)
    brier = sum((sure - right) ** 2 for sure, right in pairs) / count
    bias = sum(sure - right for sure, right in pairs) / count
    return Calibration(tuple(_bucket(level, by_level[level]) for level in sorted(by_level)), count, brier, bias)


def _bucket(level: int, given: list[bool]) -> Bucket:
    n, share = len(given), sum(given) / len(given)
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Bucket(level, n, share, max(0.0, middle - half), min(1.0, middle + half))
