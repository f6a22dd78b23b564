"""Events on their way: plain arrays, in order of time; how streams meet, part and leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Fate

Jobs = NDArray[np.int32]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Stream:
    """Events on their way to a station: `ids`, shape (m,), and `at_s`, seconds, sorted.

    `jobs` numbers the file or the fetch that each event belongs to, from 0, or -1 for none; None where none has any.
    """

    ids: Ids
    at_s: Seconds
    jobs: Jobs | None = None


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


def fates(size: int, *losses: tuple[Mask | None, Fate]) -> Codes | None:
    """One code for each event: the first loss that applies; None where nobody is lost."""
    met = [(mask, fate) for mask, fate in losses if mask is not None and mask.any()]
    if not met:
        return None
    fates = np.zeros(size, dtype=np.uint8)
    for mask, fate in reversed(met):
        fates[mask] = fate
    return fates


def all_of(left_s: Seconds, from_s: float, to_s: float, sent_s: float) -> tuple[NDArray[np.intp], Seconds]:
    """The rows that left in (from, to], all sent again at one moment."""
    first, last = np.searchsorted(left_s, (from_s, to_s), "right")
    return np.arange(first, last), np.full(last - first, sent_s)
