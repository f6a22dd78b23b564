"""Sums by event time: when a window closes, and who comes too late for it.

A window is a stretch of event time. Nobody can know that all its events have come, so it is closed by a watermark: the
latest event time seen so far, less an allowance for lateness (Akidau et al., The Dataflow Model, 2015).
"""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.model.draws import Mask
from lifecycle.simulation.model.inputs import Seconds, above_zero, not_negative


def by_window(stamped: Seconds, done: Seconds, window: float, lateness: float) -> tuple[Seconds, Mask]:
    """Return when the sum that each event belongs to is out (seconds, shape (n,)), and which events were too late.

    `stamped`: event times in seconds, any order; `done`: when each was worked on, any order, equal ones in the order
    given; `window` (above 0) and `lateness` in seconds. A window [k w, (k + 1) w) closes when the watermark, the
    greatest event time so far less `lateness`, has reached its end; its events are out at that moment, infinity for a
    window that never closes. An event whose window had closed before it was worked on is late: True, and its own
    moment. ValueError, with the value, for a window or a lateness that cannot be.
    """
    length, allowed = above_zero("window", window), not_negative("lateness", lateness)
    order = np.argsort(done, kind="stable")
    event, at = stamped[order], done[order]
    seen = np.maximum.accumulate(event)
    closes_at = (np.floor(event / length) + 1.0) * length + allowed
    late = np.zeros(event.size, dtype=np.bool_)
    late[1:] = seen[:-1] >= closes_at[1:]
    closer = np.searchsorted(seen, closes_at, "left")
    out = np.append(at, np.inf)[closer]
    out[late] = at[late]
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    return out[back], late[back]
