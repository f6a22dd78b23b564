"""Every law that the simulation is held to, as an experiment that anyone may repeat with seeds of their own."""

from __future__ import annotations

from lifecycle.simulation.trials.curves import CURVES, POINT_SEEDS, Curve, CurvePoint, line, points
from lifecycle.simulation.trials.days import DAYS
from lifecycle.simulation.trials.limits import LIMITS
from lifecycle.simulation.trials.trial import LIMIT_Z, SEEDS, Judgement, Trial, judge, seeds_from
from lifecycle.simulation.trials.visits import VISITS
from lifecycle.simulation.trials.waits import WAITS

TRIALS: tuple[Trial, ...] = (*WAITS, *LIMITS, *VISITS, *DAYS)

__all__ = [
    "CURVES",
    "LIMIT_Z",
    "POINT_SEEDS",
    "SEEDS",
    "TRIALS",
    "Curve",
    "CurvePoint",
    "Judgement",
    "Trial",
    "judge",
    "line",
    "points",
    "seeds_from",
]
