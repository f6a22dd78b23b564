"""Cold storage for what has grown old."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.model.figures import DAY, Figure, expiry, readers
from lifecycle.simulation.model.kinds import Cause, Readers, Role
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.workplace import Work, Workplace


class Archive(RoleType):
    """Cold storage for what has grown old."""

    role = Role.ARCHIVE
    keeps = True
    queues = False  # it waits for age on purpose
    figures = (
        Figure("after_s", 21_600, "s", 0, 2 * DAY, "Archived after", "Age at which data goes to cold storage",
               "chosen: months in life, six hours here, so that one day shows it", knob=True),
        expiry("Time after which a rule deletes what was archived; 0: never"),
        readers(Readers.OPERATORS, "Who may restore from it"),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Data that has grown old enough goes to cold storage."""
        moved = workplace.opens(stream.at_s + workplace.figures["after_s"])
        none = np.empty(0)
        return Work(moved, moved, from_s=none, to_s=none)

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """Until it is old enough."""
        return (Hold(Cause.TICK, at_s + workplace.figures["after_s"]),)
