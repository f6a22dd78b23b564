"""Work that is run twice: at the end, everything that left in its time is sent once more."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.roles.kind import Again
from lifecycle.simulation.roles.stream import Stream, all_of
from lifecycle.simulation.roles.workplace import Workplace

# Work that is run again goes out at one moment; what goes out is drawn on its way for so long.
SHOWS_S = 900.0


class Rerun(FaultType):
    """Work that is run twice: at the end, everything that left in its time is sent once more."""

    kind = FaultKind.RERUN
    words = Words(
        "Its work is run twice",
        "Work of {stage} from {start} to {end} run again",
        "work run again",
        "at {end} everything that {stage} had sent since {start} was sent once more",
        "Runs twice",
        when=" at {end}",  # its two moments are those of the work, not of the fault
        full="Its work is run twice: what it did from {start} to {end}, again at {end}",
    )
    unit = ""
    roles = (Role.INGESTION, Role.LAKE, Role.TRANSFORM)
    repaired = False

    def shows_s(self, fault: Fault) -> tuple[float, float]:
        """When it goes out once more: until then nothing is wrong with it."""
        return fault.end_s, fault.end_s + SHOWS_S

    def repeated(self, workplace: Workplace, fault: Fault, left: Stream) -> tuple[Again, ...]:
        """All of its time, at the end of the second run; not of a transformation that is idempotent."""
        if workplace.figures.get("idempotent"):
            return ()
        return (all_of(left.at_s, fault.start_s, fault.end_s, fault.end_s),)
