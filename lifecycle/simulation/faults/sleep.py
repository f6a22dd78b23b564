"""The scheduler sleeps: it starts no job of any stage on it; what runs goes on to its end."""

from __future__ import annotations

from lifecycle.simulation.faults.kind import FaultType, Words
from lifecycle.simulation.model.kinds import FaultKind, Role


class Sleep(FaultType):
    """The scheduler sleeps: it starts no job of any stage on it; what runs goes on to its end.

    Runs that were due meanwhile are made up for, or left out, as the schedule says.
    """

    kind = FaultKind.SLEEP
    words = Words(
        "The scheduler sleeps",
        "The scheduler of {stage} sleeps",
        "scheduler asleep",
        "the scheduler of {stage} started nothing from {start} to {end}",
        "Scheduler sleeps",
    )
    unit = ""
    roles = (Role.TRANSFORM,)
    on_schedule, elsewhere = True, False
