"""Gates that hold events back: a schedule that lets them through in jobs, and a limit on their rate."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from lifecycle.simulation.kernels.servers import one_server
from lifecycle.simulation.model.inputs import Seconds, above_zero, not_negative, sorted_times

_ROUNDING = 4 * float(np.finfo(np.float64).eps)


def scheduled(arrivals: ArrayLike, interval: float, overhead: float = 0.0, per_event: float = 0.0) -> Seconds:
    """Return the times (seconds, shape (n,)) at which a job that runs on a schedule hands its events on.

    The ticks are at `interval`, 2 × `interval`, …; an event waits for the next one, and an event on the tick (or within
    4 units in the last place after it, since 3 × 0.7 s is not 2.1 s in floating point) goes with it. Job k takes the
    events due at tick k, starts at max(tick k, end of the job before) and lasts `overhead` + events × `per_event`
    seconds; all its events depart at its end. A job that overruns pushes the next, which still takes only what was
    there by its own tick. A tick with no events starts no job and costs nothing. An infinite interval never ticks: all
    depart at infinity. ValueError, with the value, on invalid input.
    """
    times = sorted_times(arrivals)
    step = above_zero("interval", interval)
    fixed = not_negative("overhead", overhead)
    event_s = not_negative("per_event", per_event)
    if times.size == 0 or step == math.inf:
        return np.full(times.size, math.inf)
    if not math.isfinite(float(times[-1]) / step):
        raise ValueError(f"interval is too short to count its ticks up to {times[-1]} s; got {interval}")
    tick = times / step
    tick *= 1.0 - _ROUNDING
    np.maximum(np.ceil(tick, out=tick), 1.0, out=tick)
    first = np.concatenate(([0], np.flatnonzero(tick[1:] != tick[:-1]) + 1))
    rows = np.diff(first, append=times.size)
    ends = one_server(tick[first] * step, fixed + rows * event_s)
    return np.maximum(np.repeat(ends, rows), times)


def rate_limited(arrivals: ArrayLike, rate: float, burst: float = 1) -> Seconds:
    """Return the times (seconds, shape (n,)) at which a token bucket lets events through; events wait, none is lost.

    The bucket starts full with `burst` tokens (1 or more), gains `rate` tokens a second up to `burst`, and each event
    takes one, in order. ValueError, with the value, on invalid input.

    Computed as the generic cell rate algorithm (ITU-T I.371): the theoretical arrival time follows the recursion of a
    single server with service 1 / rate, and an event may pass burst / rate before its own.
    """
    times = sorted_times(arrivals)
    per_s = above_zero("rate", rate)
    tokens = float(burst)
    if not tokens >= 1.0:
        raise ValueError(f"burst must be 1 or more; got {burst}")
    if per_s == math.inf or tokens == math.inf:
        return times.copy()
    theoretical = one_server(times, 1.0 / per_s)
    theoretical -= tokens / per_s
    return np.maximum(theoretical, times, out=theoretical)
