"""A caller that is told "too many requests": it backs off, asks again, and its waits are drawn so that callers spread.

The wait after the k-th 429 in a row is drawn evenly from 0 to min(longest, first × 2^(k-1)): "full jitter" of
"Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.model.inputs import Seconds

_ROUNDING = 1e-9  # of a token
_DOUBLINGS = 60  # of a wait, which by then is longer than any that somebody sets


@dataclass(frozen=True)
class Limit:
    """A token bucket that starts full, gains `rate_per_s` up to `burst`, and answers 429 to who asks for too much."""

    rate_per_s: float
    burst: float


@dataclass(frozen=True)
class Backoff:
    """Seconds: the longest wait after a first 429, and the longest of all."""

    first_s: float
    longest_s: float


def never_refused(ready: Seconds, rows: Seconds, limit: Limit) -> bool:
    """Whether every request finds enough tokens that is made at `ready` (seconds, sorted) for so many `rows`."""
    # Tokens just before each request: B_i = min(burst, B_(i-1) - rows_(i-1) + gained), unrolled to a running minimum.
    gained_less_spent = limit.rate_per_s * ready - (np.cumsum(rows) - rows)
    tokens = gained_less_spent + np.minimum.accumulate(limit.burst - gained_less_spent)
    return bool((tokens >= np.minimum(rows, limit.burst) - _ROUNDING).all())


def asked_until_served(
    ready: Seconds,
    rows: Seconds,
    reading_s: Seconds,
    round_trip_s: float,
    limit: Limit,
    backoff: Backoff,
    clock: Clock,
    draw: Callable[[int], Seconds],
) -> tuple[Seconds, Seconds]:
    """Return when each request was let through (seconds, shape (n,)), and when a 429 came back (sorted).

    One caller, one request at a time: request i is made at `ready[i]` (sorted) or when the one before has been read,
    asks for `rows[i]` tokens (never more than the bucket holds; the bucket then owes the rest) and, let through, takes
    `reading_s[i]` of the caller's `clock`. A refusal costs `round_trip_s` and a wait. `draw(k)` gives the k-th thousand
    of uniform numbers for the waits.
    """
    passed = np.empty(ready.size)
    refused: list[float] = []
    luck: list[float] = []
    rate_per_s, burst, steady = limit.rate_per_s, limit.burst, clock.steady
    longest = [min(backoff.longest_s, backoff.first_s * 2.0**tries) for tries in range(_DOUBLINGS + 1)]
    tokens, counted_at, free, drawn = burst, 0.0, 0.0, 0
    for request, (due, asks, lasts) in enumerate(zip(ready.tolist(), rows.tolist(), reading_s.tolist(), strict=True)):
        now, tries, enough = max(due, free), 0, min(asks, burst) - _ROUNDING
        while True:
            if not steady:
                now = clock.opens_at(clock.work_at(now))
            tokens = min(burst, tokens + (now - counted_at) * rate_per_s)
            counted_at = now
            if tokens >= enough:
                break
            refused.append(now + round_trip_s)
            if drawn == len(luck):
                luck += draw(len(luck) // 1000).tolist()
            now = now + round_trip_s + luck[drawn] * longest[tries]
            tries, drawn = min(tries + 1, _DOUBLINGS), drawn + 1
        tokens -= asks
        passed[request] = now
        free = now + lasts if steady else clock.reaches_at(clock.work_at(now) + lasts)
    return passed, np.array(refused)
