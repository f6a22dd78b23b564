"""When events are born: steady, in a daily rhythm, with a spike, or on a real day.

The number of events in the day is fixed by the scenario, not drawn: the process is a Poisson process that is known to
have that many. So "events" on a slider is what the run has, the cap holds exactly, and shapes compare like with like
(with a spike, the same events crowd into its window; the rest of the day is thinner).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.draws import sorted_uniforms, uniforms
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Arrivals
from lifecycle.simulation.model.scenario import DAY_S, MAX_EVENTS, Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.roles.stream import Stream

# Events in each hour from midnight, relative to one another: a shop's day, asleep at four, busiest in the evening.
# Chosen for this picture; the busiest hour has 1.7 times the mean.
HOURLY = (9, 6, 4, 3, 3, 4, 7, 12, 18, 22, 24, 25, 26, 25, 24, 24, 25, 27, 30, 33, 35, 33, 25, 16)

_BIRTH_FIELDS = ("arrivals", "events", "spike_at_s", "spike_length_s", "spike_factor", "seed")
MOST_BORN = 2 * MAX_EVENTS  # spikes of sources included

Rhythm = tuple[Seconds, Seconds]


def births(
    scenario: Scenario, sources: Sequence[tuple[str, float]], trace: Trace | None = None
) -> tuple[Seconds, NDArray[np.int16]]:
    """Return when each event of the day is born and at which source, in order of birth.

    `sources`: (station id, share) with shares of 0 or more; the events are divided in their proportion, to the event
    (largest remainder). Times: seconds, sorted, shape (n,); index into `sources`: shape (n,). n is `scenario.events`,
    or 0 where no source has a share; a "spike" fault at a source comes on top, up to `MOST_BORN` in all. ValueError
    for a real day without a trace.
    """
    return _births(_birth_settings(scenario), tuple(sources), trace)[:2]


def births_of_sources(
    scenario: Scenario, sources: Sequence[tuple[str, float]], trace: Trace | None = None
) -> dict[str, Stream]:
    """Return the births of each source as a stream: with those of `births`, they are kept for the next run."""
    streams = _births(_birth_settings(scenario), tuple(sources), trace)[2]
    return dict(zip((name for name, _ in sources), streams, strict=True))


def _birth_settings(scenario: Scenario) -> Scenario:
    """Only what matters to births, so that they are kept while other settings change."""
    spikes = tuple(fault for fault in scenario.faults if KINDS[fault.kind].bears)
    return replace(Scenario(), faults=spikes, **{name: getattr(scenario, name) for name in _BIRTH_FIELDS})


@lru_cache(maxsize=2)
def _births(
    scenario: Scenario, sources: tuple[tuple[str, float], ...], trace: Trace | None
) -> tuple[Seconds, NDArray[np.int16], tuple[Stream, ...]]:
    counts = apportion(scenario.events, [share for _, share in sources])
    shape = SHAPES[scenario.arrivals]
    times = [shape(scenario, name, count, trace) for (name, _), count in zip(sources, counts, strict=True)]
    times = _with_spikes(scenario, [name for name, _ in sources], times)
    if not times:
        return np.empty(0), np.empty(0, dtype=np.int16), ()
    at: Seconds = np.concatenate(times)
    who = np.repeat(np.arange(len(sources), dtype=np.int16), [born_s.size for born_s in times])
    order = np.argsort(at, kind="stable")
    at, who = at[order], who[order]
    at.flags.writeable = who.flags.writeable = False
    ids_of_sources = [np.flatnonzero(who == source).astype(np.int32) for source in range(len(sources))]
    return at, who, tuple(Stream(ids, at[ids]) for ids in ids_of_sources)


def _with_spikes(scenario: Scenario, sources: Sequence[str], times: Sequence[Seconds]) -> list[Seconds]:
    """Add what each fault brings that bears events."""
    out, room = list(times), MOST_BORN - sum(born_s.size for born_s in times)
    for number, fault in enumerate(scenario.faults):
        if fault.station not in sources or fault.start_s >= fault.end_s:
            continue
        source = sources.index(fault.station)
        usual = times[source][(times[source] >= fault.start_s) & (times[source] < fault.end_s)]
        born = KINDS[fault.kind].born(fault, number, scenario.seed, usual, room)
        if born is not None:
            out[source], room = np.sort(np.concatenate((out[source], born))), room - born.size
    return out


def apportion(total: int, shares: Sequence[float]) -> list[int]:
    """Divide `total` events in proportion to `shares`, whole numbers that add up (largest remainder, first come)."""
    whole = sum(shares)
    if whole <= 0.0:
        return [0 for _ in shares]
    exact = [total * share / whole for share in shares]
    counts = [int(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def daily_rhythm() -> Rhythm:
    """Return the daily rhythm as knots (seconds) and the cumulative share of the day's events there (0 to 1)."""
    return np.linspace(0.0, DAY_S, 25), np.concatenate(([0.0], np.cumsum(HOURLY) / sum(HOURLY)))


def spike_rhythm(at_s: float, length_s: float, factor: float) -> Rhythm:
    """Return the daily rhythm with its rate multiplied by `factor` for `length_s` seconds from `at_s`."""
    knots, cumulative = daily_rhythm()
    window = np.clip([at_s, at_s + length_s], 0.0, DAY_S)
    cut = np.unique(np.concatenate((knots, window)))
    rate = np.diff(np.interp(cut, knots, cumulative))
    rate[(cut[:-1] >= window[0]) & (cut[:-1] < window[1])] *= factor
    cumulative = np.concatenate(([0.0], np.cumsum(rate)))
    cumulative /= cumulative[-1]
    return cut, cumulative


def _steady(scenario: Scenario, source: str, count: int, _trace: Trace | None) -> Seconds:
    return sorted_uniforms(scenario.seed, source, "births", count) * DAY_S


def _daily(scenario: Scenario, source: str, count: int, _trace: Trace | None) -> Seconds:
    return _invert(daily_rhythm(), scenario, source, count)


def _spike(scenario: Scenario, source: str, count: int, _trace: Trace | None) -> Seconds:
    rhythm = spike_rhythm(scenario.spike_at_s, scenario.spike_length_s, scenario.spike_factor)
    return _invert(rhythm, scenario, source, count)


def _invert(rhythm: Rhythm, scenario: Scenario, source: str, count: int) -> Seconds:
    knots, cumulative = rhythm
    return np.interp(sorted_uniforms(scenario.seed, source, "births", count), cumulative, knots)


def _real_day(scenario: Scenario, source: str, count: int, trace: Trace | None) -> Seconds:
    if trace is None:
        raise ValueError("arrivals are 'real-day', but no trace was given; pass one, for example from read_trace(text)")
    moments, weights = np.array(trace.times_s, dtype=np.float64), np.array(trace.weights, dtype=np.float64)
    reached = np.floor(np.cumsum(weights) * (count / weights.sum()) + 0.5).astype(np.int64)
    reached[-1] = count  # rounding of the sum must not lose the last event
    at = np.repeat(moments, np.diff(reached, prepend=0))
    at -= uniforms(scenario.seed, source, "births", count) * np.minimum(at, trace.spread_s)
    at.sort()
    return at


SHAPES: dict[Arrivals, Callable[[Scenario, str, int, Trace | None], Seconds]] = {
    Arrivals.STEADY: _steady,
    Arrivals.DAILY: _daily,
    Arrivals.SPIKE: _spike,
    Arrivals.REAL_DAY: _real_day,
}
