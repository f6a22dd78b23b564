"""What passes through a station, and what became of it there: plain arrays, in order of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate, Role

Jobs = NDArray[np.int32]
Codes = NDArray[np.uint8]


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
}
# Left out on purpose: a transformation that does its work. Everything else is a loss.
REMOVED = frozenset({REASONS[Fate.REJECTED], REASONS[Fate.DUPLICATE]})


@dataclass(frozen=True, eq=False)
class Stream:
    """Events on their way to a station: `ids`, shape (m,), and `at_s`, seconds, sorted.

    `jobs` numbers the file or the fetch that each event belongs to, from 0, or -1 for none; None where none has any.
    """

    ids: Ids
    at_s: Seconds
    jobs: Jobs | None = None


@dataclass(frozen=True, eq=False)
class Passage:
    """One station's day. Arrays of shape (m,), in order of arrival; times in seconds.

    `ids`: the event (an index into `Run.born_s`); one that came twice stands here twice. `arrived_s`: sorted, none
    after the day's end. `started_s`: when work on it began. `departed_s`: when it went on, was stored or seen; NaN
    where it was lost; after the day's end for one that is still inside. `fate`: see `Fate`.

    `lost_s`, `lost_fate`: moments and reasons of the losses by the day's end, sorted by time. `copied_s`: when second
    copies were sent, `copied_ids` of which events, that had left at `copied_from_s`. `out_ids`,
    `out_s`: what left, copies included, sorted by time, to the day's end. `work_from_s`, `work_to_s`: the spans in
    which a server worked, both sorted; `servers`: how many.
    `throttled_s`: when a 429 came back, sorted. `empty`, shape (m,): which events have lost a column unnoticed, None on
    a day on which no column is renamed.
    """

    id: str
    role: Role
    ids: Ids
    arrived_s: Seconds
    started_s: Seconds
    departed_s: Seconds
    fate: Codes
    lost_s: Seconds
    lost_fate: Codes
    copied_ids: Ids
    copied_from_s: Seconds
    copied_s: Seconds
    out_ids: Ids
    out_s: Seconds
    work_from_s: Seconds
    work_to_s: Seconds
    servers: int
    throttled_s: Seconds
    empty: Mask | None = None


def nothing() -> Stream:
    """Return a stream without events."""
    return Stream(np.empty(0, dtype=np.int32), np.empty(0))


def merged(streams: Sequence[Stream]) -> Stream:
    """Return the streams as one, sorted by time; at the same moment those of an earlier stream come first."""
    full = [stream for stream in streams if stream.ids.size]
    if len(full) < 2:
        return full[0] if full else nothing()
    at = np.concatenate([stream.at_s for stream in full])
    order = np.argsort(at, kind="stable")
    ids = np.concatenate([stream.ids for stream in full])[order]
    if all(stream.jobs is None for stream in full):
        return Stream(ids, at[order])
    numbered: list[Jobs] = []
    before = 0
    for stream in full:
        if stream.jobs is None:
            numbered.append(np.full(stream.ids.size, -1, dtype=np.int32))
        else:
            numbered.append(np.where(stream.jobs < 0, -1, stream.jobs + before).astype(np.int32))
            before += int(stream.jobs.max(initial=-1)) + 1
    return Stream(ids, at[order], np.concatenate(numbered)[order])


def leaving(ids: Ids, departed_s: Seconds, jobs: Jobs | None = None) -> Stream:
    """Return what departs (not NaN) as a stream sorted by time, sharing the arrays where nothing changes."""
    stays = np.isnan(departed_s)
    if stays.any():
        goes = ~stays
        ids, departed_s = ids[goes], departed_s[goes]
        jobs = None if jobs is None else jobs[goes]
    if bool((departed_s[1:] >= departed_s[:-1]).all()):
        return Stream(ids, departed_s, jobs)
    order = np.argsort(departed_s, kind="stable")
    return Stream(ids[order], departed_s[order], None if jobs is None else jobs[order])


def chosen(stream: Stream, mask: Mask) -> Stream:
    """Return the part of a stream for which `mask` is True."""
    return Stream(stream.ids[mask], stream.at_s[mask], None if stream.jobs is None else stream.jobs[mask])


def until(limit_s: float, times: Seconds) -> int:
    """Return how many of the sorted `times` are not after `limit_s`."""
    return int(np.searchsorted(times, limit_s, "right"))
