"""Who could read a person's data on a day, and along which flows it came there in clear; what an erasure leaves.

See `leaks` and `erasure`.
"""

from lifecycle.simulation.readings.exposure.erasure import KeptCopy, copies, erasing_warehouse, held_at
from lifecycle.simulation.readings.exposure.leaks import Exposure, StageExposure, exposure

__all__ = [
    "Exposure",
    "KeptCopy",
    "StageExposure",
    "copies",
    "erasing_warehouse",
    "exposure",
    "held_at",
]
