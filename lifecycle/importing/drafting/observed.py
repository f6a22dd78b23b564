"""What was observed of jobs, in runs: which of them belong together, and how many were at work at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from lifecycle.importing.graph import Observation

APART_S = 1800.0
"""Seconds without any job after which the next one belongs to another run."""
OVERLAP_S = 1.0
"""Two jobs that overlap by less followed each other: clocks and rounding are not better than that."""


def observed_runs(observed: Iterable[Observation]) -> tuple[tuple[Observation, ...], ...]:
    """The observations in runs: one begins where nothing was at work for a while, or what is done begins again."""
    runs: list[list[Observation]] = []
    done: set[str] = set()
    ends_s = -math.inf
    for seen in sorted(observed, key=lambda one: one.start_s):
        if seen.start_s > ends_s + APART_S or seen.node in done:
            runs.append([])
            done.clear()
        runs[-1].append(seen)
        if seen.succeeded:
            done.add(seen.node)
        ends_s = max(ends_s, seen.start_s + seen.seconds)
    return tuple(map(tuple, runs))


def most_at_once(run: Sequence[Observation]) -> int:
    """How many jobs were at work at once, at the most."""
    starts = [(seen.start_s, 1) for seen in run]
    ends = [(seen.start_s + max(seen.seconds - OVERLAP_S, seen.seconds / 2), -1) for seen in run]
    now = most = 0
    for _, step in sorted(starts + ends):
        now += step
        most = max(most, now)
    return most
