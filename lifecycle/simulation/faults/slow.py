"""It slows down: the station serves at `factor` of its speed."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import ANYWHERE, FaultType, Words
from lifecycle.simulation.kernels.clock import Slowdowns
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault


class Slow(FaultType):
    """It slows down: the station serves at `factor` of its speed."""

    kind = FaultKind.SLOW
    words = Words(
        "It slows down",
        "{stage} at {share} of its usual speed",
        "slowed down",
        "{stage} worked at {share} of its usual speed from {start} to {end}",
        "Slows to {share}",
        meaning="The speed at which it still works",
        full="It slows down to {share} of its speed, {start} to {end}",
    )
    unit = "share"
    roles = ANYWHERE
    on_schedule = True
    low, high, usual = 0.0001, 1.0, 0.5

    def slows(self, fault: Fault) -> Slowdowns:
        """All of its time, to the factor."""
        return ((fault.start_s, fault.end_s, fault.factor),)
