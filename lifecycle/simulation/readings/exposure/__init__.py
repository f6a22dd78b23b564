"""Who could read a person's data on a day, and along which flows it came there in clear. See `leaks`."""

from lifecycle.simulation.readings.exposure.leaks import TOO_MANY, Exposure, StageExposure, exposure, readers_of

__all__ = ["TOO_MANY", "Exposure", "StageExposure", "exposure", "readers_of"]
