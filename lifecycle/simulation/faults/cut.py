"""Its way out is cut: what is done waits for the end."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.faults.kind import ANYWHERE, FaultType, Words
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault


class Cut(FaultType):
    """Its way out is cut: what is done waits for the end."""

    kind = FaultKind.CUT
    words = Words(
        "Its way out is cut",
        "Way out of {stage} cut",
        "way out cut",
        "{stage} could pass nothing on from {start} to {end}",
        "Way out cut",
    )
    unit = ""
    roles = ANYWHERE

    def held_back(self, fault: Fault, departed_s: Seconds) -> Seconds:
        """At the end of the cut, for all that was done in it."""
        return np.where((departed_s >= fault.start_s) & (departed_s < fault.end_s), fault.end_s, departed_s)
