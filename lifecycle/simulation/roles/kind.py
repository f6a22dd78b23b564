"""What every role has: its figures, its work, and what is particular about the way it reads and hands on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, Guarantee, OnDrift, Role
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.workplace import Work, Workplace

Again = tuple[NDArray[np.intp], Seconds]
"""Second copies: the rows of what left, and when (seconds) each is sent once more."""


class Hold(NamedTuple):
    """Until when (seconds) something other than the work before it keeps an event from being begun, and what does."""

    cause: Cause
    until_s: float


class RoleType(ABC):
    """One role. What is abstract every role must say for itself; the rest is what most of them do."""

    @property
    @abstractmethod
    def role(self) -> Role:
        """Which it is."""

    @property
    @abstractmethod
    def keeps(self) -> bool:
        """Whether what it has done stays there, to be read."""

    @property
    @abstractmethod
    def queues(self) -> bool:
        """Whether what waits there is a backlog, which somebody wants to see shrink."""

    @property
    @abstractmethod
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in the order in which a learner meets them."""

    @abstractmethod
    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Take the events that arrive, in order: when each was begun and ended, and whether it was lost."""

    def reads(self, figures: Mapping[str, float]) -> OnDrift | None:  # noqa: ARG002 - for those who look
        """What it does with a row whose columns it does not know; None where it does not look."""
        return None

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - for those who wait
        """What holds an event that comes at `at_s` though nobody is before it, one after the other."""
        return ()

    def trailing_s(self, workplace: Workplace) -> float:  # noqa: ARG002 - for those whose work is seen later
        """Seconds from the end of a server's work until it is out: they pass while the station is down, too."""
        return 0.0

    def handed_over(self, workplace: Workplace, stream: Stream, work: Work) -> Work:  # noqa: ARG002 - for those who promise
        """The work after its promise of delivery."""
        return work

    def repeated(self, workplace: Workplace, left: Stream) -> list[Again]:
        """Second copies of what left (`left`, sorted by time): who waits for a lost answer sends it again."""
        figures = workplace.figures
        if "duplicate_share" not in figures:
            return []
        if figures.get("delivery", Guarantee.AT_LEAST_ONCE) != Guarantee.AT_LEAST_ONCE:
            return []
        again = workplace.coins("sent again", left.ids, figures["duplicate_share"])
        if again is None:
            return []
        rows = np.flatnonzero(again)
        return [(rows, left.at_s[rows] + figures["redelivery_s"])]
