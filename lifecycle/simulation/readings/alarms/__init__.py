"""Checks of the data that ring: which alarm rings first on a day. What each kind sees is in `seen`."""

from lifecycle.simulation.readings.alarms.checks import Check
from lifecycle.simulation.readings.alarms.ringing import Ring, first, rings

__all__ = ["Check", "Ring", "first", "rings"]
