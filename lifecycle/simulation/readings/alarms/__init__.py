"""Checks of the data that ring: which alarm rings first on a day. What each kind sees is in `seen`."""

from lifecycle.simulation.readings.alarms.checks import Check, check_problem, usual_checks
from lifecycle.simulation.readings.alarms.ringing import Ring, first, rings
from lifecycle.simulation.readings.alarms.seen import outside, values

__all__ = ["Check", "Ring", "check_problem", "first", "outside", "rings", "usual_checks", "values"]
