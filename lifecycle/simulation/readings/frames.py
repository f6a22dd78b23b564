"""A run cut into equal buckets of the day: what the diagram plays under its clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.scenario import Fault

Counts = NDArray[np.int64]
LOOKS = 5


@dataclass(frozen=True, eq=False)
class StationFrames:
    """One station over n buckets.

    `arrived`, `departed`, `lost`, `removed`: events in each bucket, shape (n,); removed are those left out on purpose
    (unfit rows, second copies), lost all others that do not go on. `inside`: events that wait or are served at each
    bucket's end, shape (n,). `level`: events held for good (lake, warehouse, archive: stored so far) or waiting
    (buffer and the rest: the same as `inside`) at each bucket's end. `busy`: share of the bucket in which the server
    worked, 0 to 1. `age_s`: age of the newest event visible here at each bucket's end, NaN before the first.
    `faulty`: whether a fault is active in the bucket. Of those who ask: `queries`, at a warehouse, that wait for a slot
    at each bucket's end; `left`, viewers of a consumer's dashboards who gave up waiting in each bucket; None where
    nobody asks. `ages_s`: at a consumer, the age LOOKS times in each bucket (each minute of a day in 288), from the
    day's begin to its end with both, shape (LOOKS n + 1,); None at all others.
    """

    arrived: Counts
    departed: Counts
    lost: Counts
    removed: Counts
    inside: Counts
    level: Counts
    busy: Seconds
    age_s: Seconds
    faulty: NDArray[np.bool_]
    queries: Counts | None = None
    left: Counts | None = None
    ages_s: Seconds | None = None

    def age_at(self, share: float) -> float:
        """A consumer's age at a share of the day, 0 to 1, as of the last look: what a chart says of the moment."""
        assert self.ages_s is not None, "only where data is used is its age looked at"
        return float(self.ages_s[int(share * (len(self.ages_s) - 1) + 1e-6)])


class Occasion(NamedTuple):
    """Something that the day is about and that is no fault, from `begin_s` to `end_s` (seconds of the day).

    A rush of customers at all sources (`station` is ""), a rush of viewers, or the tick of a long timetable.
    """

    begin_s: float
    end_s: float
    kind: Literal["customers", "viewers", "tick"]
    station: str


@dataclass(frozen=True)
class Pace:
    """What a day is like, however its events are moved (see `played`).

    `mean` and `most`: events born in a minute, the day's mean and the busiest minute; `opens_s`: the second of the day
    shortly before what the scenario is about; `occasions`: what of that is no fault.
    """

    mean: float
    most: float
    opens_s: float
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, eq=False)
class Sending:
    """What sets off in each minute of the day and, as the last number, after midnight; shape (minutes + 1,) each.

    `steady`: one after the other, evenly within the minute. `packets`: together, as it ends. No minute has both.
    """

    steady: Counts
    packets: Counts

    def by(self, minute: float) -> float:
        """Events that have set off by a moment in minutes of the day."""
        return so_far(self.steady, minute) + float(self.packets[: max(0, int(minute))].sum())


@dataclass(frozen=True, eq=False)
class StationMoves:
    """What comes to be and what ends at a station in each minute, evenly, and after midnight; shape (minutes + 1,).

    `born`, second `copies` of what is sent, `lost` and `removed` as in StationFrames; `sent` is what leaves it, copies
    included: over every link without a share, or together over those with one. `keeps`: whether what was sent stays
    there, too. `timetable`: seconds between its ticks, and the second of one of them; None where nothing waits there
    for a tick that is worth looking at. `unreadable`: those of the lost that could not be parsed, as on any day.
    """

    born: Counts
    copies: Counts
    lost: Counts
    removed: Counts
    unreadable: Counts
    sent: Sending
    keeps: bool
    timetable: tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class WireMoves:
    """One link: what sets off on it, and what comes back from its closed door in each minute, shape (minutes + 1,).

    `pulled`: whether its target asks for what it carries; a request then sets off there `hop_s` before the answer does.
    What comes back is among the losses of the target. On a `loop` it goes home, where it is counted no more.
    """

    sent: Sending
    refused: Counts
    pulled: bool
    loop: bool


@dataclass(frozen=True, eq=False)
class Moves:
    """A run as it is drawn: every event at one station or on one wire at any moment, and never ahead of the run.

    An event is on a wire for `hop_s` seconds; in the run it is handed over in no time, so whatever follows at once
    waits for it. After midnight all is at once where the run has it. `wires` by (source, target).
    """

    step_s: float
    hop_s: float
    stations: Mapping[str, StationMoves]
    wires: Mapping[tuple[str, str], WireMoves]

    def left(self, wire: tuple[str, str], moment_s: float) -> float:
        """Events that have set off on a wire by a second of the day; between two whole numbers while some set off."""
        return self.wires[wire].sent.by(moment_s / self.step_s)

    def arrived(self, wire: tuple[str, str], moment_s: float) -> float:
        """Events that have come to a wire's end; after midnight all."""
        over = moment_s >= self.step_s * (len(self.wires[wire].sent.steady) - 1)
        return self.left(wire, moment_s if over else moment_s - self.hop_s)

    def went(self, station: str, moment_s: float) -> float:
        """Events that have left a station, second copies left out."""
        moved, minute = self.stations[station], moment_s / self.step_s
        return moved.sent.by(minute) - so_far(moved.copies, minute)

    def lost(self, station: str, moment_s: float) -> float:
        """Events that were lost at a station."""
        return so_far(self.stations[station].lost, moment_s / self.step_s)

    def inside(self, station: str, moment_s: float) -> float:
        """Events that wait or are served at a station."""
        moved, minute = self.stations[station], moment_s / self.step_s
        into = [key for key, wire in self.wires.items() if key[1] == station and not wire.loop]
        came = so_far(moved.born, minute) + sum(self.arrived(key, moment_s) for key in into)
        gone = self.went(station, moment_s) + self.lost(station, moment_s) + so_far(moved.removed, minute)
        return came - gone

    def level(self, station: str, moment_s: float) -> float:
        """Events that a station holds: a store all that it has written, others what waits."""
        return (self.went if self.stations[station].keeps else self.inside)(station, moment_s)


def so_far(counts: Counts, minute: float) -> float:
    """Events by a moment in minutes of the day, those of a minute spread evenly over it; at its end all of the day."""
    whole = max(0, int(minute))
    if whole >= len(counts) - 1:
        return float(counts.sum())
    return float(counts[:whole].sum()) + float(counts[whole]) * max(0.0, minute - whole)


@dataclass(frozen=True, eq=False)
class Frames:
    """A run over n equal buckets of the day; `edges_s` has n + 1 edges.

    `flows` gives the events that each link carried in each bucket, by (source, target). `moves`: the same as it is
    drawn, None where only figures are wanted. `pace` is None where nothing is known of the scenario. `faults` are those
    that may be told of.
    """

    edges_s: Seconds
    stations: Mapping[str, StationFrames]
    flows: Mapping[tuple[str, str], Counts]
    pace: Pace | None = None
    faults: tuple[Fault, ...] = ()
    moves: Moves | None = None
