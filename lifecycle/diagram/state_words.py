"""A stage's state in the words of the picture, on the page and on paper.

`living/script/state_words.js` says the same in the browser: tests/diagram/state_words.json holds both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.words import duration, number

# Fewer queries in line, or viewers who leave in a minute, are on any day: not worth a line of the picture.
FEW_ASKERS = 5


@dataclass(frozen=True)
class Now:
    """A stage at a moment: events inside and held, events that leave a second, the age of the newest data (NaN: none
    yet), queries in line, viewers who give up in a minute, and what is wrong, in short."""

    inside: int = 0
    level: int = 0
    out_per_s: float = 0.0
    age_s: float = math.nan
    queries: int = 0
    left_per_min: float = 0.0
    fault: str = ""


def state(role: Role, now: Now) -> str:
    """The short line inside a stage: `120 k held`, `3,400 waiting`, `5 min old`, `1.5/s`, `idle`."""
    if role == Role.CONSUMER:
        return "no data yet" if math.isnan(now.age_s) else f"{duration(now.age_s)} old"
    if role == Role.BUFFER:
        return f"{number(now.level)} waiting"
    if ROLE_TYPES[role].keeps:
        return f"{number(now.level)} held"
    if role != Role.SOURCE and now.inside > 0:
        return f"{number(now.inside)} waiting"
    return f"{number(now.out_per_s)}/s" if now.out_per_s > 0 else now.fault or "idle"


def askers(now: Now) -> str:
    """What becomes of those who ask; "" where next to nobody waits."""
    if now.queries >= FEW_ASKERS:
        return f"{number(now.queries)} queries wait"
    return f"{number(round(now.left_per_min))}/min give up" if now.left_per_min >= FEW_ASKERS else ""
