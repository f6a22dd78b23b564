"""What every fault has: its words, where it can happen, how bad it may be, and its hooks into a station's day."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from lifecycle.simulation.faults.columns import Columns
from lifecycle.simulation.kernels.clock import Outages, Slowdowns
from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import DAY_S, Fault
from lifecycle.simulation.roles.kind import Again, RoleType
from lifecycle.simulation.roles.stream import Stream
from lifecycle.simulation.roles.workplace import Work, Workplace

ANYWHERE: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Words:
    """What a person reads of a fault.

    `title`: what it is called where one sets it; `meaning`: what its factor means there, "" where it has none;
    `offer`: on a button that does it at once, as badly as is usual.
    `headline` and `when`: above the clock; `short`: what a stage says of itself meanwhile; `full`: in a
    list, `title` and `when` where it is ""; `happened`: afterwards, as a sentence. In braces: `stage`, `start`,
    `end`, and the factor as `share`, `times`, `time` (its length) or `ahead`.
    """

    title: str
    headline: str
    short: str
    happened: str
    offer: str
    meaning: str = ""
    when: str = ", {start} to {end}"
    full: str = ""


@dataclass(frozen=True, eq=False)
class Visit:
    """What arrived at a station, with the columns that nobody there knows, and what its role did with it."""

    role: RoleType
    workplace: Workplace
    arriving: Stream
    columns: Columns | None
    work: Work

    def again(self, workplace: Workplace) -> Work:
        """The work of the same station with one more thing that holds it up."""
        return self.role.work(workplace, self.arriving)


class FaultType(ABC):
    """One kind of fault. What is abstract every kind must say for itself; a hook that it leaves out does nothing.

    `unit` of its factor: "share" (0 to 1), "times", "s", or "" where it has none; then `low`, `high` and `usual` bound
    and give a number that nobody reads. `bears`: whether it brings events of its own. `repaired`: whether somebody
    could have put an end to it sooner. `on_schedule`: whether it can happen where a schedule starts the jobs,
    `elsewhere`: where a station keeps its own time.
    """

    low: float = 0.0
    high: float = 1.0
    usual: float = 1.0
    bears: bool = False
    repaired: bool = True
    on_schedule: bool = False
    elsewhere: bool = True

    @property
    @abstractmethod
    def kind(self) -> FaultKind:
        """Which it is."""

    @property
    @abstractmethod
    def words(self) -> Words:
        """What a person reads of it."""

    @property
    @abstractmethod
    def unit(self) -> str:
        """The unit of its factor."""

    @property
    @abstractmethod
    def roles(self) -> tuple[Role, ...]:
        """The roles that it can happen to, `ANYWHERE` for all."""

    def shows_s(self, fault: Fault) -> tuple[float, float]:
        """From when to when (seconds of the day) it is to be seen."""
        return fault.start_s, fault.end_s

    # Births: at a source.

    def born(self, fault: Fault, number: int, seed: int, usual_s: Seconds, room: int) -> Seconds | None:  # noqa: ARG002
        """When the events that it brings are born; `usual_s`: those of its hours, of which there may be `room` more."""
        return None

    def stamped(self, fault: Fault, born_s: Seconds, mine: Mask, stamped_s: Seconds) -> Seconds:  # noqa: ARG002
        """When events say that they were born; `mine`: those of the source that it befalls."""
        return stamped_s

    # Before the work: what the station, or who shares its server, is left with.

    def closes(self, fault: Fault) -> Outages:  # noqa: ARG002
        """Spans (seconds) in which nothing is served."""
        return ()

    def slows(self, fault: Fault) -> Slowdowns:  # noqa: ARG002
        """Spans (seconds) with the share of the speed that is left."""
        return ()

    def shortens(self, fault: Fault) -> tuple[tuple[float, float, float], ...]:  # noqa: ARG002
        """Spans in which a log keeps events only briefly: start, end, how long; seconds."""
        return ()

    # During the work, after it, and on the way out.

    def during(self, visit: Visit) -> Visit:
        """The visit with what it does in the middle of the work."""
        return visit

    def after(self, visit: Visit) -> Visit:
        """The visit with what it does to what has been worked on."""
        return visit

    def held_back(self, fault: Fault, departed_s: Seconds) -> Seconds:  # noqa: ARG002
        """When events that were done at `departed_s` (NaN: lost) get out."""
        return departed_s

    def repeated(self, workplace: Workplace, fault: Fault, left: Stream) -> tuple[Again, ...]:  # noqa: ARG002
        """Second copies of what left (`left`, sorted by time)."""
        return ()


def past_midnight(fault: Fault) -> Fault:
    """Return the fault; what lasts until midnight lasts beyond it: nobody is back for the last instant of the day."""
    return replace(fault, end_s=2 * DAY_S) if fault.end_s >= DAY_S else fault
