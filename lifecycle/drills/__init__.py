"""Incident drills: a fault by seed, the symptoms that it causes, and the causes and remedies to choose from."""

from lifecycle.drills import shipped
from lifecycle.drills.debrief import debrief, happened, helps
from lifecycle.drills.evidence import against, complaints
from lifecycle.drills.making import LEVELS, Drill, Remedy, drill, supposed
from lifecycle.drills.scoring import GOOD, HINT_COST, Result, level_of, points, streak
from lifecycle.drills.shelf import Shelf
from lifecycle.drills.unlike import unlike

__all__ = [
    "GOOD",
    "HINT_COST",
    "LEVELS",
    "Drill",
    "Remedy",
    "Result",
    "Shelf",
    "against",
    "complaints",
    "debrief",
    "drill",
    "happened",
    "helps",
    "level_of",
    "points",
    "shipped",
    "streak",
    "supposed",
    "unlike",
]
