"""The exact kernels: sorted arrival times in, departure times out, in seconds, NaN where the event was lost.

Each lives where its kind does: `servers` (first come, first served), `gates` (schedules and rate limits), `buffers`
(limited room and patience), `orchestration` (jobs that wait for one another). They never change what they are given,
take lists as well as arrays, and refuse invalid input with a ValueError that names the value.
"""

from __future__ import annotations

from lifecycle.simulation.kernels.buffers import POLICIES, Buffered, buffered, entries, expiring, finite
from lifecycle.simulation.kernels.gates import rate_limited, scheduled
from lifecycle.simulation.kernels.orchestration import orchestrated
from lifecycle.simulation.kernels.servers import fifo

__all__ = [
    "POLICIES",
    "Buffered",
    "buffered",
    "entries",
    "expiring",
    "fifo",
    "finite",
    "orchestrated",
    "rate_limited",
    "scheduled",
]
