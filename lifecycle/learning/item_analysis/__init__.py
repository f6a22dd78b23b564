"""What the answers of all learners say of the questions: how hard, how telling, which wrong answer draws whom.

Everything is of first attempts: later ones have seen the verdict. Learners are told apart and no more, and nothing that
is given is about fewer than FEWEST of them.
"""

from lifecycle.learning.item_analysis.attempts import FEWEST, AttemptRow, Attempts, first_attempts
from lifecycle.learning.item_analysis.beliefs import Belief, Heat, beliefs, heat
from lifecycle.learning.item_analysis.items import ENOUGH, Item, OptionDraw, analyse

__all__ = [
    "ENOUGH",
    "FEWEST",
    "AttemptRow",
    "Attempts",
    "Belief",
    "Heat",
    "Item",
    "OptionDraw",
    "analyse",
    "beliefs",
    "first_attempts",
    "heat",
]
