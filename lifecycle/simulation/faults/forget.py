"""A log keeps events for `factor` seconds at most."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault


class Forget(FaultType):
    """A log keeps events for `factor` seconds at most."""

    kind = FaultKind.FORGET
    words = Words(
        "It forgets too soon",
        "{stage} keeps events for only {time}",
        "forgets too soon",
        "{stage} kept events for only {ahead} from {start} to {end}",
        "Forgets after {time}",
        full="It forgets events after {time}, {start} to {end}",
        meaning="Minutes that events are kept",
    )
    unit = "s"
    roles = (Role.BUFFER,)
    low, high, usual = 60.0, 21_600.0, 600.0

    def shortens(self, fault: Fault) -> tuple[tuple[float, float, float], ...]:
        """All of its time, to the factor."""
        return ((fault.start_s, fault.end_s, fault.factor),)
