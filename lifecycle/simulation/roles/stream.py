"""Events on their way: plain arrays, in order of time; how streams meet, part and leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.draws import Ids, Mask
from lifecycle.simulation.model.inputs import Seconds, is_sorted
from lifecycle.simulation.model.kinds import Fate

Jobs = NDArray[np.int32]
Codes = NDArray[np.uint8]

_MANY = 16  # events for one more, from which it pays to look for the place of each one more


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
    if any(stream.jobs is not None for stream in full):
        full = _numbered(full)
    if len(full) == 2 and full[1].ids.size < full[0].ids.size // _MANY and full[0].jobs is None:
        return _with_few(*full)
    at = np.concatenate([stream.at_s for stream in full])
    order = np.argsort(at, kind="stable")
    ids = np.concatenate([stream.ids for stream in full])[order]
    numbers = [stream.jobs for stream in full if stream.jobs is not None]
    return Stream(ids, at[order], np.concatenate(numbers)[order] if numbers else None)


def _with_few(stream: Stream, few: Stream) -> Stream:
    """A stream with few more in it: their places are looked for, which takes a fifth of the time of sorting."""
    places = np.searchsorted(stream.at_s, few.at_s, "right")
    return Stream(np.insert(stream.ids, places, few.ids), np.insert(stream.at_s, places, few.at_s))


def _numbered(streams: Sequence[Stream]) -> list[Stream]:
    """The streams with the files and fetches of each numbered on from those of the one before."""
    numbered, before = [], 0
    for stream in streams:
        if stream.jobs is None:
            jobs = np.full(stream.ids.size, -1, dtype=np.int32)
        else:
            jobs = np.where(stream.jobs < 0, -1, stream.jobs + before).astype(np.int32) if before else stream.jobs
            before += int(stream.jobs.max(initial=-1)) + 1
        numbered.append(replace(stream, jobs=jobs))
    return numbered


def leaving(ids: Ids, departed_s: Seconds, jobs: Jobs | None = None) -> Stream:
    """Return what departs (not NaN) as a stream sorted by time, sharing the arrays where nothing changes."""
    if is_sorted(departed_s):
        return Stream(ids, departed_s, jobs)
    goes = ~np.isnan(departed_s)
    if not goes.all():
        ids, departed_s = ids[goes], departed_s[goes]
        jobs = None if jobs is None else jobs[goes]
        if is_sorted(departed_s):
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
