"""Where a stage runs, and what it says of its work there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.simulation.clock import Clock, Outages, Slowdowns
from lifecycle.simulation.draws import Ids, Mask, coins, exponentials
from lifecycle.simulation.inputs import Seconds
from lifecycle.simulation.passage import Codes, Jobs
from lifecycle.simulation.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Receiver:
    """The ingestion that a source or interface feeds: its figures, and when it is down."""

    figures: Mapping[str, float]
    closed: Outages


@dataclass(frozen=True, eq=False)
class Place:
    """Where a stage runs: the station, its figures, the switches, the number of births, and what goes wrong.

    `closed` and `slowed` are the faults as `queues.fifo` takes them. `receiver` is the ingestion next downstream, for a
    source or an interface that feeds one. `unreadable` says of every event of the day whether its schema has drifted.
    """

    id: str
    figures: Mapping[str, float]
    scenario: Scenario
    events: int
    closed: Outages = ()
    slowed: Slowdowns = ()
    receiver: Receiver | None = None
    unreadable: Mask | None = None

    def coins(self, purpose: str, ids: Ids, share: float) -> Mask | None:
        """Which of the events fall into `share`, by this station's own luck."""
        return coins(self.scenario.seed, self.id, purpose, self.events, ids, share)

    def work(self, ids: Ids) -> float | Seconds:
        """Seconds of work that each event takes here: `per_event_s` on average, as spread as `spread` says."""
        mean, spread = self.figures["per_event_s"], self.figures["spread"]
        if mean == 0.0 or spread == 0.0:
            return mean
        draws: Seconds = exponentials(self.scenario.seed, self.id, "work", self.events)[ids]
        draws *= mean * spread
        draws += mean * (1.0 - spread)
        return draws

    @property
    def clock(self) -> Clock:
        """The clock that this station's faults leave it."""
        return Clock(self.closed, self.slowed)


@dataclass(frozen=True, eq=False)
class Work:
    """What a stage did: shape (m,) each, in order of arrival.

    `started_s`, `ended_s`: seconds; an end is when the event goes on or is lost. `fate`: None if none is lost. `jobs`:
    the file or fetch each belongs to. `from_s`, `to_s`: the spans in which a server worked; default: each event's.
    """

    started_s: Seconds
    ended_s: Seconds
    fate: Codes | None = None
    jobs: Jobs | None = None
    from_s: Seconds | None = None
    to_s: Seconds | None = None
    servers: int = 1
