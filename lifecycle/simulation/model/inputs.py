"""What the kernels accept: every check in one place, every refusal with the value that was wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Seconds = NDArray[np.float64]

BLOCK = 16_384  # of a row: a few blocks fit into a processor's second cache


def blocks(size: int) -> Iterator[slice]:
    """Cut a row of so many into blocks: what is done to one after the other stays in the processor's cache."""
    return (slice(begin, begin + BLOCK) for begin in range(0, size, BLOCK))


def is_sorted(times: Seconds) -> bool:
    """Whether the times are sorted and none is NaN; looks no further than the block in which the order breaks."""
    for block in blocks(times.size):
        some = times[block.start : block.stop + 1]
        if not (some[1:] >= some[:-1]).all():
            return False
    return times.size != 1 or not math.isnan(times[0])


def sorted_times(arrivals: ArrayLike) -> Seconds:
    """Return `arrivals` as float64 of shape (n,): finite and sorted (ties allowed), else ValueError with the value."""
    times = np.asarray(arrivals, dtype=np.float64)
    if times.ndim != 1:
        raise ValueError(f"arrivals must be one row of times, not an array of shape {times.shape}")
    if is_sorted(times) and (times.size == 0 or (math.isfinite(times[0]) and math.isfinite(times[-1]))):
        return times
    broken = np.flatnonzero(~np.isfinite(times))
    if broken.size:
        raise ValueError(f"arrivals must be finite times in seconds; arrivals[{broken[0]}] is {times[broken[0]]}")
    late = int(np.flatnonzero(times[1:] < times[:-1])[0])
    raise ValueError(
        f"arrivals must be sorted; arrivals[{late + 1}] is {times[late + 1]}, but the one before it {times[late]}"
    )


def service_times(service: ArrayLike, events: int) -> float | Seconds:
    """Return one service time for all as a float, or one for each event as float64 of shape (events,).

    ValueError, with the value, for a negative, NaN or infinite time, a wrong length, or more than one dimension.
    """
    times = np.asarray(service, dtype=np.float64)
    if times.ndim > 1:
        raise ValueError(f"service must be one number or one row of numbers, not an array of shape {times.shape}")
    if times.ndim == 1 and times.size != events:
        raise ValueError(f"service has {times.size} times for {events} arrivals; give one for each, or a single number")
    if times.size and not (times.min() >= 0.0 and math.isfinite(times.max())):
        wrong = times[~((times >= 0.0) & np.isfinite(times))].ravel()[0]
        raise ValueError(f"service must be finite and not negative (seconds); got {wrong}")
    return float(times) if times.ndim == 0 else times


def each_time(name: str, times: ArrayLike, jobs: int, least: float = -math.inf) -> Seconds:
    """Return one time for each of `jobs` as float64 of shape (jobs,), from one for all or one a job.

    ValueError, with the value, for a time below `least`, NaN or infinite, a wrong length, or a second dimension.
    """
    given = np.asarray(times, dtype=np.float64)
    if given.ndim > 1 or (given.ndim == 1 and given.size != jobs):
        raise ValueError(f"{name} must be one number, or one for each of {jobs} jobs; got the shape {given.shape}")
    wrong = ~np.isfinite(given) | (given < least)
    if wrong.any():
        bound = f", {least:g} or more" if math.isfinite(least) else ""
        raise ValueError(f"{name} must be finite{bound} (seconds); got {given[wrong][0]}")
    return np.broadcast_to(given, (jobs,))


def above_zero(name: str, value: float) -> float:
    """Return `value` as a float; ValueError unless it is above 0 (infinity passes)."""
    number = float(value)
    if not number > 0.0:
        raise ValueError(f"{name} must be above 0; got {value}")
    return number


def not_negative(name: str, value: float) -> float:
    """Return `value` as a float; ValueError if it is negative, NaN or infinite."""
    number = float(value)
    if not (number >= 0.0 and math.isfinite(number)):
        raise ValueError(f"{name} must be finite and not negative; got {value}")
    return number


def whole(name: str, value: float) -> int:
    """Return `value` as an int; ValueError unless it is a whole number, 1 or more (3.0 passes)."""
    number = float(value)
    if not (number >= 1.0 and number.is_integer()):
        raise ValueError(f"{name} must be a whole number, 1 or more; got {value}")
    return int(value)


def places(capacity: float) -> float:
    """Return `capacity` as a whole number of events, 1 or more, or infinity; else ValueError."""
    return math.inf if capacity == math.inf else whole("capacity", capacity)


def spans(name: str, closed: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return (start, end) spans in seconds, sorted, overlapping and touching ones merged, empty ones left out.

    An infinite end is allowed. ValueError for an end before its start, or a start that is not finite.
    """
    merged: list[tuple[float, float]] = []
    for start, end in sorted((float(start), float(end)) for start, end in _checked_pairs(name, closed)):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _checked_pairs(name: str, pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    for pair in pairs:
        if len(pair) != 2:
            raise ValueError(f"{name} takes (start, end) pairs in seconds; got {pair!r}")
        start, end = pair
        if not math.isfinite(start) or math.isnan(end):
            raise ValueError(f"{name} needs a finite start and an end; got ({start}, {end})")
        if end < start:
            raise ValueError(f"{name} needs an end that is not before its start; got ({start}, {end})")
    return list(pairs)
