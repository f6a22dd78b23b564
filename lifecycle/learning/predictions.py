"""Predict first: what a learner expects of a change, held against what the simulation then shows."""

from __future__ import annotations

import math
from typing import Literal, get_args

Direction = Literal["far lower", "lower", "about the same", "higher", "far higher"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

# Within a tenth is "about the same"; beyond a factor of two is "far". Chosen for this exercise.
SAME_WITHIN = 1.1
FAR_BEYOND = 2.0

EXACT_POINTS = 2
RIGHT_WAY_POINTS = 1


def direction(before: float, after: float) -> Direction:
    """How a figure changed, by the ratio after / before. Two equal figures (0 or NaN too) are about the same.

    Raises ValueError for a negative figure: p95 freshness and loads have none.
    """
    for figure in (before, after):
        if figure < 0:
            raise ValueError(f"a figure to compare must not be negative, got {figure}")
    if before == after or (math.isnan(before) and math.isnan(after)):
        return "about the same"
    if math.isnan(after) or before == 0:
        return "far higher"  # no data any more is the worst freshness there is
    if math.isnan(before) or after == 0:
        return "far lower"
    ratio = after / before
    if max(ratio, 1 / ratio) <= SAME_WITHIN:
        return "about the same"
    if ratio > 1:
        return "far higher" if ratio > FAR_BEYOND else "higher"
    return "far lower" if ratio < 1 / FAR_BEYOND else "lower"


def points(predicted: Direction, actual: Direction) -> int:
    """Two points for the exact answer, one for the right way (up, down, or the same), none otherwise."""
    if predicted == actual:
        return EXACT_POINTS
    return RIGHT_WAY_POINTS if _sign(predicted) == _sign(actual) else 0


def points_of_guess(guess: float, truth: float) -> int:
    """Two points for a number within a tenth of the truth, one within a factor of two, none otherwise."""
    if guess == truth:
        return EXACT_POINTS
    if not guess * truth > 0:
        return 0
    ratio = max(guess / truth, truth / guess)
    return EXACT_POINTS if ratio <= SAME_WITHIN else RIGHT_WAY_POINTS if ratio <= FAR_BEYOND else 0


def _sign(way: Direction) -> int:
    middle = DIRECTIONS.index("about the same")
    return (DIRECTIONS.index(way) > middle) - (DIRECTIONS.index(way) < middle)
