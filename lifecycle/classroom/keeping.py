"""When a class is deleted, in the words that page, phone, desk, paper and docs use."""

from __future__ import annotations

# The store deletes a class at its time, whether it has ended before or not: to end a class deletes nothing.
DELETED = "is deleted with all its votes"


def deletion(hours: float) -> str:
    """The whole sentence, for a class that is kept for so many hours."""
    return f"The class {DELETED} {hours:g} hour{'s' * (hours != 1.0)} after it was started."
