"""What the answers of all learners say of the questions: how hard, how telling, which wrong answer draws whom.

Everything is of first attempts: later ones have seen the verdict. Learners are told apart and no more, and nothing that
is given is about fewer than FEWEST of them.
"""

from lifecycle.learning.item_analysis.attempts import FEWEST, Attempts, Row, first_attempts
from lifecycle.learning.item_analysis.beliefs import Belief, Heat, beliefs, heat
from lifecycle.learning.item_analysis.items import ENOUGH, Draw, Item, analyse

__all__ = [
    "ENOUGH",
    "FEWEST",
    "Attempts",
    "Belief",
    "Draw",
    "Heat",
    "Item",
    "Row",
    "analyse",
    "beliefs",
    "first_attempts",
    "heat",
]
