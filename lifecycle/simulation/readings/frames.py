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

    `lump`: events that may have to move together on one flow; `quarter`: events born in a quarter of an hour, the day's
    mean; `opens_s`: the second of the day shortly before what the scenario is about; `occasions`: what of that is no
    fault.
    """

    lump: float
    quarter: float
    opens_s: float
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, eq=False)
class Frames:
    """A run over n equal buckets of the day; `edges_s` has n + 1 edges.

    `flows` gives the events that each link carried in each bucket, by (source, target). `pace` is None where nothing is
    known of the scenario. `faults` are those that may be told of.
    """

    edges_s: Seconds
    stations: Mapping[str, StationFrames]
    flows: Mapping[tuple[str, str], Counts]
    pace: Pace | None = None
    faults: tuple[Fault, ...] = ()
