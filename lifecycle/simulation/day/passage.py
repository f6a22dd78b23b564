"""What passed through a station, and what became of it there: plain arrays, in order of arrival."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lifecycle.simulation.day.lanes import Lanes
from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds, is_sorted
from lifecycle.simulation.model.kinds import Fate, Role
from lifecycle.simulation.roles.stream import Codes
from lifecycle.simulation.roles.workplace import Standstill

# The words that a reader sees, in the order of the codes. Malformed and drifted events go to the dead letters.
REASONS: dict[Fate, str] = {
    Fate.REFUSED: "refused",
    Fate.EXPIRED: "expired",
    Fate.DROPPED: "dropped",
    Fate.MALFORMED: "malformed",
    Fate.DRIFTED: "drifted",
    Fate.REJECTED: "rejected",
    Fate.DUPLICATE: "duplicate removed",
    Fate.LATE: "late",
    Fate.POISONED: "set aside",
    Fate.UNCONFIRMED: "lost in handover",
    Fate.JOINED: "joined",
    Fate.SKIPPED: "skipped",
}
# Left out on purpose: a transformation that does its work. Everything else is a loss.
REMOVED = frozenset({REASONS[Fate.REJECTED], REASONS[Fate.DUPLICATE], REASONS[Fate.JOINED]})


@dataclass(frozen=True, eq=False)
class Passage:
    """One station's day. Arrays of shape (m,), in order of arrival; times in seconds.

    `ids`: the event (an index into `Run.born_s`); one that came twice stands here twice. `arrived_s`: sorted, none
    after the day's end. `started_s`: when work on it began. `finished_s`: when it was done, or the event was lost.
    `departed_s`: when it went on, was stored or seen; NaN where it was lost; after the day's end for one that is still
    inside. `fate`: see `Fate`.

    `lost_s`, `lost_fate`: moments and reasons of the losses by the day's end, sorted by time. `copied_s`: when second
    copies were sent, `copied_ids` of which events, that had left at `copied_from_s`. `out_ids`,
    `out_s`: what left, copies included, sorted by time, to the day's end. `spans_s`: begins and ends of the spans in
    which a server worked, in any order; sorted by themselves they are `work_from_s` and `work_to_s`; `servers`: how
    many.
    `throttled_s`: when a 429 came back, sorted. `empty`, shape (m,): which events have lost a column unnoticed, None on
    a day on which no column is renamed. `stuck`: what a record that could not be read held up. `lanes`: how events came
    where that was in more ways than one.
    """

    id: str
    role: Role
    ids: Ids
    arrived_s: Seconds
    started_s: Seconds
    finished_s: Seconds
    departed_s: Seconds
    fate: Codes
    lost_s: Seconds
    lost_fate: Codes
    copied_ids: Ids
    copied_from_s: Seconds
    copied_s: Seconds
    out_ids: Ids
    out_s: Seconds
    spans_s: tuple[Seconds, Seconds]
    servers: int
    throttled_s: Seconds
    empty: Mask | None = None
    stuck: tuple[Standstill, ...] = ()
    lanes: Lanes | None = None

    @cached_property
    def work_from_s(self) -> Seconds:
        """When a server began to work, sorted once somebody asks."""
        return _sorted(self.spans_s[0])

    @cached_property
    def work_to_s(self) -> Seconds:
        """When a server was through, sorted once somebody asks."""
        return _sorted(self.spans_s[1])


def _sorted(times: Seconds) -> Seconds:
    if is_sorted(times):
        return times
    ordered = np.sort(times, kind="stable")
    ordered.flags.writeable = False
    return ordered
