"""A station on its day, and what it says of its work there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.kernels.clock import Clock, Outages, Slowdowns
from lifecycle.simulation.model.draws import Ids, Mask, coins, exponentials
from lifecycle.simulation.model.inputs import Seconds, blocks
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles.stream import Codes, Jobs


@dataclass(frozen=True, eq=False)
class Receiver:
    """The ingestion that a source or interface feeds: its figures, and when it is down."""

    figures: Mapping[str, float]
    closed: Outages


@dataclass(frozen=True, eq=False)
class DayEvents:
    """The events that were born, in order of birth, shape (n,) each: when, when they say it was, and at which source.

    `stamped_s` differs from `born_s` where a source's clock is wrong. `source`: index into `sizes_bytes`, the bytes of
    an event of each source.
    """

    born_s: Seconds
    stamped_s: Seconds
    source: NDArray[np.int16]
    sizes_bytes: NDArray[np.float64]


@dataclass(frozen=True)
class Standstill:
    """A span of seconds in which one lane (a partition, a worker), or every lane (None), gets nothing done."""

    lane: int | None
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Workplace:
    """A station on its day: its figures, how events move there, the day's events, and what goes wrong.

    `closed` and `slowed` are the faults as `kernels.fifo` takes them, `stuck` what a bad record holds up. `keeps` are
    spans in which a log keeps its events only briefly: (start, end, how long), seconds each. `receiver` is the
    ingestion next downstream, for a source or an interface that feeds one. `way`: how events get from there to it, and
    at an ingestion how they come. `copyless`, shape (events,): of which events nobody upstream has a copy, where flows
    say how they move; None where the switches say it of all.
    """

    id: str
    figures: Mapping[str, float]
    scenario: Scenario
    way: Way
    day: DayEvents
    closed: Outages = ()
    slowed: Slowdowns = ()
    receiver: Receiver | None = None
    stuck: tuple[Standstill, ...] = ()
    keeps: tuple[tuple[float, float, float], ...] = ()
    copyless: Mask | None = None

    @property
    def events(self) -> int:
        """How many events the day has."""
        return self.day.born_s.size

    def coins(self, purpose: str, ids: Ids, share: float) -> Mask | None:
        """Which of the events fall into `share`, by this station's own luck."""
        return coins(self.scenario.seed, self.id, purpose, self.events, ids, share)

    def work(self, ids: Ids) -> float | Seconds:
        """Seconds of work that each event takes here: its bytes', and `per_row_s`, as spread as `spread` says."""
        mean, spread = per_row_s(self.figures), self.figures["spread"]
        if mean == 0.0 or spread == 0.0:
            return mean + self.transfer_s(ids)
        draws = exponentials(self.scenario.seed, self.id, "work", self.events)
        rest = mean * (1.0 - spread) + self.day.sizes_bytes * self.per_byte_s
        work = np.empty(ids.size)
        for block in blocks(ids.size):
            rows, out = ids[block].astype(np.intp), work[block]  # NumPy reads places of 64 bits twice as fast
            draws.take(rows, out=out, mode="clip")  # in any other mode on a copy of `out`
            out *= mean * spread
            if rest.any():
                out += rest.take(self.day.source.take(rows))
        return work

    def transfer_s(self, ids: Ids) -> float | Seconds:
        """Seconds that the bytes of each event take here: on the wire, to decode, and to encrypt or decrypt."""
        per_byte_s = self.per_byte_s
        if per_byte_s == 0.0:
            return 0.0
        sources_s = self.day.sizes_bytes * per_byte_s
        if np.all(sources_s == sources_s[:1]):
            return float(sources_s[0]) if sources_s.size else 0.0
        transfer_s = np.empty(ids.size)
        for block in blocks(ids.size):
            transfer_s[block] = sources_s.take(self.day.source.take(ids[block]))
        return transfer_s

    @property
    def per_byte_s(self) -> float:
        """Seconds that one byte takes here."""
        return per_byte_s(self.figures)

    @property
    def clock(self) -> Clock:
        """The clock that this station's faults leave it."""
        return Clock(self.closed, self.slowed)

    def opens(self, times: Seconds) -> Seconds:
        """The first moment at or after each time at which the station is up."""
        clock = self.clock
        return times if clock.steady else np.maximum(clock.opens(clock.work(times)), times)

    def closed_in(self, lane: int | None = None) -> Outages:
        """When a lane gets nothing done; without a lane when the station as a whole does not."""
        stopped = [(pause.start_s, pause.end_s) for pause in self.stuck if lane is None or pause.lane in (None, lane)]
        return (*self.closed, *stopped)


def per_byte_s(figures: Mapping[str, float]) -> float:
    """Seconds that one byte takes at a station with these figures: on the wire, to decode, to encrypt or decrypt."""
    wire = figures.get("bandwidth_bytes_per_s", 0.0)
    per_mb_s = figures.get("decode_s_per_mb", 0.0) + figures.get("encrypt_s_per_mb", 0.0)
    return per_mb_s / 1e6 + (1.0 / wire if wire else 0.0)


def per_row_s(figures: Mapping[str, float]) -> float:
    """Seconds of work that a row takes at a station with these figures on average: its own and, if so, to mask it."""
    return figures["per_event_s"] + figures.get("masks", 0.0) * figures.get("mask_s", 0.0)


@dataclass(frozen=True, eq=False)
class Work:
    """What a stage did: shape (m,) each, in order of arrival.

    `started_s`, `ended_s`: seconds; an end is when the event goes on or is lost. `fate`: None if none is lost. `jobs`:
    the file or fetch each belongs to. `from_s`, `to_s`: the spans in which a server worked; default: each event's.
    `throttled_s`: when a caller met a 429, sorted. `done_s`: when the work on each event ended, where its results are
    out only later.
    """

    started_s: Seconds
    ended_s: Seconds
    fate: Codes | None = None
    jobs: Jobs | None = None
    from_s: Seconds | None = None
    to_s: Seconds | None = None
    servers: int = 1
    throttled_s: Seconds | None = None
    done_s: Seconds | None = None

    def seen(self, at_s: Seconds, fate: Codes | None) -> Work:
        """The same work, whose results are out only later: nobody works while they wait to be seen."""
        begun_s = self.started_s if self.from_s is None else self.from_s
        done_s = self.ended_s if self.to_s is None else self.to_s
        return replace(self, ended_s=at_s, fate=fate, from_s=begun_s, to_s=done_s, done_s=self.ended_s)
