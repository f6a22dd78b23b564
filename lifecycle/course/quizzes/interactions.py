"""The few ways in which a question is answered outside of our own page: in other programs, in a class, on paper.

A kind says which of them is its own. What writes questions elsewhere tells these apart, all of them, so that a new
kind that is answered in one of these ways needs nothing there, and a new way is a type error until each has a word for
it.
"""

from __future__ import annotations

from dataclasses import dataclass

from lifecycle.course.quizzes.questions import Option


@dataclass(frozen=True)
class Choose:
    """Choose one of the options, or, where `several` may be right, all that are."""

    options: tuple[Option, ...]
    several: bool


@dataclass(frozen=True)
class Point:
    """Point at a place (`buffer`) or flow (`buffer->lake`) of the diagram; the author speaks of these options by id."""

    options: tuple[Option, ...]

    @property
    def right(self) -> tuple[str, ...]:
        """The ids that are right."""
        return tuple(option.text for option in self.options if option.right)


@dataclass(frozen=True)
class Fill:
    """Type a text into each gap of the stem; `accepted` holds all that each takes, its answer first."""

    answers: tuple[str, ...]
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Arrange:
    """Bring the steps, which stand here as they belong, into their order."""

    steps: tuple[Option, ...]


@dataclass(frozen=True)
class Pair:
    """Choose a right-hand side (`pair`) for each left-hand one; `options` holds the false right-hand sides as well."""

    lefts: tuple[Option, ...]
    options: tuple[Option, ...]


Interaction = Choose | Point | Fill | Arrange | Pair
