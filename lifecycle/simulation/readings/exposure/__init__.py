"""Who could read a person's data on a day, and along which flows it came there in clear; what an erasure leaves.

See `leaks` and `erasure`.
"""

from lifecycle.simulation.readings.exposure.erasure import KeptCopy, copies, held_at, warehouse_of
from lifecycle.simulation.readings.exposure.leaks import TOO_MANY, Exposure, StageExposure, exposure, readers_of

__all__ = [
    "TOO_MANY",
    "Exposure",
    "KeptCopy",
    "StageExposure",
    "copies",
    "exposure",
    "held_at",
    "readers_of",
    "warehouse_of",
]
