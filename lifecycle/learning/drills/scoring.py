"""Points, streak and level: pure functions of what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

STAGE, CAUSE, REMEDY = 40, 30, 30
HINT_COST = 10
# From so many points on a drill went well; so many in a row lead one level up.
GOOD, IN_A_ROW = 70, 3
TOP = 3


class Result(Protocol):
    """What is needed of a finished drill; the store's rows have it."""

    @property
    def level(self) -> int:
        """Its level."""

    @property
    def points(self) -> int:
        """What it earned."""


def points(stage_right: bool, cause_right: bool, remedy_worth: float, hints: int) -> int:
    """What a drill earns, 0 to 100: the stage, the cause, the remedy by its worth (0 to 1), less what hints cost."""
    earned = STAGE * stage_right + CAUSE * cause_right + round(REMEDY * remedy_worth)
    return max(0, earned - HINT_COST * hints)


def streak(results: Sequence[Result]) -> int:
    """How many of the last drills went well, without one in between that did not."""
    count = 0
    for result in reversed(results):
        if result.points < GOOD:
            break
        count += 1
    return count


def level_of(results: Sequence[Result]) -> int:
    """The level to go on at: one up after three good ones in a row at a level, never down."""
    level, good = 1, 0
    for result in results:
        if result.level < level:
            continue
        if result.level > level:
            level, good = min(result.level, TOP), 0
        good = good + 1 if result.points >= GOOD else 0
        if good == IN_A_ROW and level < TOP:
            level, good = level + 1, 0
    return level
