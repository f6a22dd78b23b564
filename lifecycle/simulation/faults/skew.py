"""The clock of a source is `factor` seconds ahead."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault


class Skew(FaultType):
    """The clock of a source is `factor` seconds ahead."""

    kind = FaultKind.SKEW
    words = Words(
        "Its clock is wrong",
        "The clock at {stage} {ahead}",
        "clock wrong",
        "the clock at {stage} was {ahead} ahead from {start} to {end}",
        "Clock {ahead}",
        full="Its clock is {ahead}, {start} to {end}",
        meaning="Minutes ahead",
    )
    unit = "s"
    roles = (Role.SOURCE,)
    low, high, usual = -7200.0, 7200.0, 900.0

    def stamped(self, fault: Fault, born_s: Seconds, mine: Mask, stamped_s: Seconds) -> Seconds:
        """So much later than they were."""
        wrong = mine & (born_s >= fault.start_s) & (born_s < fault.end_s)
        return np.where(wrong, stamped_s + fault.factor, stamped_s)
