"""Its job fails: whatever a schedule starts there works to its end, and nothing of it is kept."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.kinds import FaultKind, Role


class Fail(FaultType):
    """Its job fails: whatever a schedule starts there works to its end, and nothing of it is kept.

    The schedule tries it again as often as it is told to; then all that depends on it is left out in that run.
    """

    kind = FaultKind.FAIL
    words = Words(
        "Its job fails",
        "The job of {stage} fails",
        "job fails",
        "every job of {stage} that began between {start} and {end} failed",
        "Job fails",
    )
    unit = ""
    roles = (Role.TRANSFORM,)
    on_schedule, elsewhere = True, False
