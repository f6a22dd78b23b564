"""Moments as tools write them, as seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d(?::\d\d)?)?(\[[\w/+-]+\])?",
    re.ASCII | re.IGNORECASE,
)


def epoch_s(value: object) -> float | None:
    """The moment of an ISO text, in seconds since 1970; without a zone it counts as UTC. None for what is none."""
    match = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        return None
    day, clock, fraction, zone, _ = match.groups()
    zone = "+00:00" if zone in (None, "Z", "z") else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.timestamp() + float(fraction or 0)  # Java writes nanoseconds, which `datetime` does not know
