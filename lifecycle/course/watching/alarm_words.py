"""A check that rang, in words: what it saw beside its limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings.alarms import Ring, first
from lifecycle.words import clock, duration, percent, plural

KINDS: dict[CheckKind, str] = {
    CheckKind.JOB: "Failed jobs",
    CheckKind.SCHEMA: "Schema",
    CheckKind.LOSS: "Losses",
    CheckKind.LAG: "Lag",
    CheckKind.DISTRIBUTION: "Empty columns",
    CheckKind.VOLUME: "Volume",
    CheckKind.FRESHNESS: "Freshness",
}
"""What a check is called on the page."""


def alarm_rows(rung: Sequence[Ring], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """The rings of a day as a table, in order of time."""
    return [
        {
            "Rang": clock(ring.rang_s),
            "Check": KINDS[ring.check.kind],
            "Place": labels[ring.check.place],
            "What it saw": saw(ring),
            "Quiet again": clock(ring.until_s) if ring.until_s is not None else "not that day",
        }
        for ring in rung
    ]


def first_alarm(rung: Sequence[Ring], labels: Mapping[str, str], begins: str = "The first alarm") -> str:
    """Which alarm rang first and what it saw, as a sentence that `begins` so; "" where none rang."""
    ring = first(rung)
    if ring is None:
        return ""
    what = KINDS[ring.check.kind].lower()
    return f"{begins} rings at {clock(ring.rang_s)}: {what} at {labels[ring.check.place]}, {saw(ring)}."


def saw(ring: Ring) -> str:
    """What a check saw when it rang, with its limit."""
    value, limit, window = ring.value, ring.check.limit, duration(ring.check.window_s)
    match ring.check.kind:
        case CheckKind.JOB:
            return f"{plural(value, 'job')} failed for good in the last {window}"
        case CheckKind.SCHEMA:
            if ring.stopped:
                return "it stands still over an unknown column"
            return f"{plural(value, 'row')} with unknown columns in {window}"
        case CheckKind.LOSS:
            return f"{plural(value, 'row')} lost in {window}"
        case CheckKind.LAG:
            return f"the oldest unread row has waited {duration(value)}, limit {duration(limit)}"
        case CheckKind.DISTRIBUTION:
            return f"{percent(value, 1)} of the rows have an empty column, limit {percent(limit)}"
        case CheckKind.VOLUME:
            return (
                f"{percent(value)} of the usual rows in {window}, limits {percent(1 - limit)} and {percent(1 + limit)}"
            )
        case CheckKind.FRESHNESS:
            return f"the newest row is {duration(value)} old, limit {duration(limit)}"
        case _:
            assert_never(ring.check.kind)
