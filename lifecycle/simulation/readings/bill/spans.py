"""Spans of work turned into what is paid for: sessions with a last idle stretch, workers by the minute."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.model.inputs import Seconds

MINUTE_S = 60.0


def awake_s(begun_s: Seconds, ended_s: Seconds, idle_s: float, least_s: float, horizon_s: float) -> Seconds:
    """Seconds billed for each session of something that sleeps when it has had nothing to do for `idle_s`.

    `begun_s`, `ended_s`: begins and ends of the work, shape (n,), in any order, overlapping as they like. Work that
    comes while it is awake prolongs the session. No session is billed for less than `least_s`; what lies after
    `horizon_s` is the next day's. Shape (sessions,), in order.
    """
    today = begun_s < horizon_s
    if not today.any():
        return np.empty(0)
    order = np.argsort(begun_s[today], kind="stable")
    begun = begun_s[today][order]
    ended = np.maximum.accumulate(ended_s[today][order])
    wakes = np.flatnonzero(np.concatenate(([True], begun[1:] > ended[:-1] + idle_s)))
    last = np.concatenate((wakes[1:] - 1, [begun.size - 1]))
    asleep = np.minimum(ended[last] + idle_s, horizon_s)
    return np.maximum(asleep - begun[wakes], least_s)


def scaled_worker_s(begun_s: Seconds, ended_s: Seconds, most: int, horizon_s: float) -> float:
    """Worker-seconds of a stream that keeps, minute by minute, as many workers as its load needs: one to `most`.

    A load that keeps 1.2 workers busy for a minute needs two in it.
    """
    edges_s = np.append(np.arange(0.0, horizon_s, MINUTE_S), horizon_s)
    busy_s = np.diff(_until(begun_s, edges_s) - _until(ended_s, edges_s))
    length_s = np.diff(edges_s)
    needed = np.ceil(np.round(busy_s / length_s, 9))  # rounded: sums of floats must not call for one more
    return float((np.clip(needed, 1.0, most) * length_s).sum())


def _until(moments_s: Seconds, at_s: Seconds) -> Seconds:
    """For each time the sum of how long ago the moments before it were."""
    ordered = np.sort(moments_s)
    count = np.searchsorted(ordered, at_s)
    return count * at_s - np.concatenate(([0.0], np.cumsum(ordered)))[count]
