"""Incident drills: a fault by seed, the symptoms that it causes, and the causes and remedies to choose from."""

from lifecycle.learning.drills import shipped
from lifecycle.learning.drills.debrief import debrief, happened, helps
from lifecycle.learning.drills.evidence import against, complaints
from lifecycle.learning.drills.making import LEVELS, Drill, DrillRemedy, drill, possible_drill, supposed
from lifecycle.learning.drills.scoring import GOOD, HINT_COST, Result, level_of, points, streak
from lifecycle.learning.drills.shelf import Shelf
from lifecycle.learning.drills.unlike import unlike

__all__ = [
    "GOOD",
    "HINT_COST",
    "LEVELS",
    "Drill",
    "DrillRemedy",
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
    "possible_drill",
    "shipped",
    "streak",
    "supposed",
    "unlike",
]
