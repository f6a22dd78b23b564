"""What a certificate says, and whether it is earned: every idea known, now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lifecycle.learning.mastery.ideas import Mastery
from lifecycle.learning.mastery.memory import AnsweredRow


@dataclass(frozen=True)
class Certificate:
    """`missing`: what is not known yet (empty: earned). `answers`: how many were given; `right`: of these."""

    ideas: tuple[Mastery, ...]
    missing: tuple[Mastery, ...]
    answers: int
    right: int

    @property
    def earned(self) -> bool:
        """Whether every idea of a course that has any is known."""
        return bool(self.ideas) and not self.missing


def certificate(masteries: Sequence[Mastery], rows: Iterable[AnsweredRow]) -> Certificate:
    """The certificate of a learner with these masteries and rows."""
    given = tuple(rows)
    missing = tuple(mastery for mastery in masteries if not mastery.known)
    return Certificate(tuple(masteries), missing, len(given), sum(row.right for row in given))
