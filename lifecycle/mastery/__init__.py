"""What a learner has mastered and what is due, as pure functions of the rows of answers: nothing of it is stored."""

from lifecycle.mastery.calibration import Bucket, Calibration, calibration
from lifecycle.mastery.certificate import Certificate, certificate
from lifecycle.mastery.ideas import Mastery, masteries
from lifecycle.mastery.memory import Answered, Memory, memories
from lifecycle.mastery.placement import PLACEMENT, Placement, placement
from lifecycle.mastery.review import due, fresh

__all__ = [
    "PLACEMENT",
    "Answered",
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
