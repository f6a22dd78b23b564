"""What is left of an event that was erased, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lifecycle.simulation.readings.exposure import KeptCopy
from lifecycle.words import DAY_S, clock_s, duration


def copy_rows(kept: Iterable[KeptCopy], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """A row a copy: where it lies, from when till when, and whether it names the person."""
    return [
        {
            "Place": labels[copy.stage],
            "From": clock_s(copy.from_s),
            "Until": until(copy),
            "Names the person": "in clear" if copy.in_clear else "masked",
        }
        for copy in kept
    ]


def nothing_yet(kept: Iterable[KeptCopy], erased_at: str, asked_s: float, labels: Mapping[str, str]) -> str:
    """That a row comes to the warehouse after its erasure only, as a sentence; "" where it was there, or never is."""
    begins = [copy.from_s for copy in kept if copy.stage == erased_at]
    if not begins or min(begins) < asked_s:
        return ""
    came_at, asked_at = clock_s(min(begins)), clock_s(asked_s)
    return f"It comes to {labels[erased_at]} at {came_at}. At {asked_at} there was nothing to erase yet."


def until(copy: KeptCopy) -> str:
    """How long a copy stays: `to 12:05:00`, `for 7 days`, `with no end`."""
    if copy.to_s is None:
        return "with no end"
    return f"for {duration(copy.to_s - copy.from_s)}" if copy.to_s > DAY_S else f"to {clock_s(copy.to_s)}"
