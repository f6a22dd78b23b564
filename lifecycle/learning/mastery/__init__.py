"""What a learner has mastered and what is due, as pure functions of the rows of answers: nothing of it is stored."""

from lifecycle.learning.mastery.calibration import Bucket, Calibration, calibration
from lifecycle.learning.mastery.certificate import Certificate, certificate
from lifecycle.learning.mastery.ideas import Mastery, masteries
from lifecycle.learning.mastery.memory import AnsweredRow, Memory, memories
from lifecycle.learning.mastery.placement import PLACEMENT, Placement, placement
from lifecycle.learning.mastery.review import due, fresh

__all__ = [
    "PLACEMENT",
    "AnsweredRow",
    "Bucket",
    "Calibration",
    "Certificate",
    "Mastery",
    "Memory",
    "Placement",
    "calibration",
    "certificate",
    "due",
    "fresh",
    "masteries",
    "memories",
    "placement",
]
