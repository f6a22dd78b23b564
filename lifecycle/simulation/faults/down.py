"""It stops: the station serves nothing, and goes on afterwards."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import ANYWHERE, FaultType, Words
from lifecycle.simulation.kernels.clock import Outages
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault


class Down(FaultType):
    """It stops: the station serves nothing, and goes on afterwards."""

    kind = FaultKind.DOWN
    words = Words(
        "It stops",
        "{stage} stopped",
        "stopped",
        "{stage} stopped working at {start} and came back at {end}",
        "Stops",
    )
    unit = ""
    roles = ANYWHERE
    on_schedule = True

    def closes(self, fault: Fault) -> Outages:
        """All of its time."""
        return ((fault.start_s, fault.end_s),)
