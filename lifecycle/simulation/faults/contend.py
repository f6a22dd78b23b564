"""Other work takes the share `factor` of its server, such as a heavy query on production."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.kernels.clock import Slowdowns
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault


class Contend(FaultType):
    """Other work takes the share `factor` of its server, such as a heavy query on production."""

    kind = FaultKind.CONTEND
    words = Words(
        "Other work on its server",
        "Other work takes {share} of the server at {stage}",
        "server shared",
        "other work took {share} of the server at {stage} from {start} to {end}",
        "{share} of server taken",
        full="Other work takes {share} of its server, {start} to {end}",
        meaning="Share of the server taken",
    )
    unit = "share"
    roles = (Role.SOURCE, Role.INTERFACE)
    low, high, usual = 0.0, 0.9999, 0.5

    def slows(self, fault: Fault) -> Slowdowns:
        """All of its time, to what the other work leaves."""
        return ((fault.start_s, fault.end_s, 1.0 - fault.factor),)
