"""Rows that wait in the session for the store, until it can be used again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from lifecycle.ui.remembered import SessionKey

HeldRow = TypeVar("HeldRow")


@dataclass(frozen=True)
class Outbox(Generic[HeldRow]):
    """Rows of one kind: `waiting` holds them by submission, `save` puts one into the store."""

    waiting: SessionKey[dict[str, HeldRow]]
    save: Callable[[str, HeldRow], None]

    @property
    def rows(self) -> tuple[HeldRow, ...]:
        """The rows that are not known to be in the store, in the order in which they came."""
        return tuple(self.waiting.get({}).values())

    def put(self, submission: str, row: HeldRow) -> None:
        """Add a row."""
        self.waiting.setdefault({})[submission] = row

    def send(self) -> None:
        """Save the rows in their order; StoreError where the store cannot be used, and what is left goes on waiting.

        One whose reply was lost is in the store, and stays one.
        """
        waiting = self.waiting.get({})
        for submission, row in list(waiting.items()):
            self.save(submission, row)
            waiting.pop(submission, None)

    def clear(self) -> None:
        """Let every row go."""
        self.waiting.forget()
