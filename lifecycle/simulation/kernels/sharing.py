"""A server that serves all at once, each at an equal part of its speed: users' queries on a database."""

from __future__ import annotations

import math
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike

from lifecycle.simulation.model.inputs import Seconds, above_zero, service_times, sorted_times


def processor_sharing(arrivals: ArrayLike, service: ArrayLike, speed: float = 1.0) -> Seconds:
    """Return departure times (seconds, shape (n,), in order of arrival) from a server that all present share evenly.

    `arrivals`, `service` as for `fifo`. `speed`: what is left of the server (above 0; 0.7 while an extract takes 0.3).
    A later event may depart first. ValueError, with the value, on invalid input.

    Each present gets the same service in the same time, so one clock of service received per head is enough: an event
    is done when that clock has moved on by its own work. The clock's pace is speed / number present.
    """
    times = sorted_times(arrivals)
    work = np.broadcast_to(np.asarray(service_times(service, times.size)), times.shape).tolist()
    pace = above_zero("speed", speed)
    departures = np.empty(times.size)
    present: list[tuple[float, int]] = []  # (reading of the clock at which it is done, event)
    now = received = 0.0
    for event, arrival in enumerate([*times.tolist(), math.inf]):
        while present:
            done, first = present[0]
            ends = now + (done - received) * len(present) / pace
            if ends > arrival:
                received += (arrival - now) * pace / len(present)
                break
            heappop(present)
            departures[first] = now = ends
            received = done
        now = arrival
        if event < times.size:
            heappush(present, (received + work[event], event))
    return departures
