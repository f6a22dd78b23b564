"""What can be read off a run: pure functions of a `Run`, one place to import them from.

Each lives where its kind does: `series` (over the day), `crests` (the most at once), `played` (the frames that the
diagram plays), `accounts` (where the time goes, the ledger, the summary).
"""

from __future__ import annotations

from lifecycle.simulation.day.passage import REMOVED
from lifecycle.simulation.readings.accounts import Delivery, Entry, Strain, Summary, ages, ledger, summary, time_split
from lifecycle.simulation.readings.crests import crest, max_depth
from lifecycle.simulation.readings.played import frames
from lifecycle.simulation.readings.series import (
    busy,
    depth,
    edges,
    freshness,
    latency,
    load,
    loss_series,
    losses,
    per_bucket,
    percentiles,
    user_response_s,
)

__all__ = [
    "REMOVED",
    "Delivery",
    "Entry",
    "Strain",
    "Summary",
    "ages",
    "busy",
    "crest",
    "depth",
    "edges",
    "frames",
    "freshness",
    "latency",
    "ledger",
    "load",
    "loss_series",
    "losses",
    "max_depth",
    "per_bucket",
    "percentiles",
    "summary",
    "time_split",
    "user_response_s",
]
