"""Incident drills: a fault by seed, the symptoms that it causes, and the causes and remedies to choose from."""

from lifecycle.drills.evidence import against, complaints
from lifecycle.drills.making import LEVELS, Drill, Remedy, drill
from lifecycle.drills.scoring import HINT_COST, Result, level_of, points, streak

__all__ = [
    "HINT_COST",
    "LEVELS",
    "Drill",
    "Remedy",
    "Result",
    "against",
    "complaints",
    "drill",
    "level_of",
    "points",
    "streak",
]
