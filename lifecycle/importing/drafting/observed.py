"""What was observed of jobs, in runs: which of them belong together, and how many were at work at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lifecycle.importing.graph import Imported, Observation

ObservedRun = tuple[Observation, ...]

APART_S = 1800.0
"""Seconds without any job after which the next one belongs to another run, where nothing names the runs."""
OVERLAP_S = 1.0
"""Two jobs that overlap by less followed each other: clocks and rounding are not better than that."""


def observed_runs(observed: Iterable[Observation]) -> tuple[ObservedRun, ...]:
    """The observations in runs, by their starts: those of one invocation, and the others by the gaps between them."""
    named: dict[str, list[Observation]] = {}
    for seen in sorted(observed, key=lambda one: one.start_s):
        named.setdefault(seen.invocation, []).append(seen)
    unnamed = named.pop("", [])
    runs = (*map(tuple, named.values()), *_by_gaps(unnamed))
    return tuple(sorted(runs, key=began_s))


def with_earlier_runs(graph: Imported, earlier: Imported) -> Imported:
    """A newer reading with the runs that an earlier one knew, each once; those of nodes that are gone are left out.

    A run is known by its node and its start: what is known of it now, its invocation say, goes before what was.
    """
    nodes = {node.id for node in graph.nodes}
    runs = {(seen.node, seen.start_s): seen for seen in (*earlier.observed, *graph.observed)}
    return replace(graph, observed=tuple(seen for seen in runs.values() if seen.node in nodes))


def began_s(run: Sequence[Observation]) -> float:
    """When a run began: its first job, in epoch seconds."""
    return min(seen.start_s for seen in run)


def threads_of(run: Sequence[Observation]) -> int:
    """How many threads the run's invocation had, 0 where nobody says."""
    return max(seen.threads for seen in run)


def most_at_once(run: Sequence[Observation]) -> int:
    """How many jobs were at work at once, at the most."""
    starts = [(seen.start_s, 1) for seen in run]
    ends = [(seen.start_s + max(seen.seconds - OVERLAP_S, seen.seconds / 2), -1) for seen in run]
    now = most = 0
    for _, step in sorted(starts + ends):
        now += step
        most = max(most, now)
    return most


def _by_gaps(observed: Sequence[Observation]) -> Iterator[ObservedRun]:
    """The observations, in order of time, in runs: one ends where nothing was at work for a while, or a job repeats."""
    run: list[Observation] = []
    done: set[str] = set()
    ends_s = -math.inf
    for seen in observed:
        if run and (seen.start_s > ends_s + APART_S or seen.node in done):
            yield tuple(run)
            run, done = [], set()
        run.append(seen)
        if seen.succeeded:
            done.add(seen.node)
        ends_s = max(ends_s, seen.start_s + seen.seconds)
    if run:
        yield tuple(run)
