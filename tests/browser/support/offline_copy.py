"""Questions of the offline copy, and what is right of them."""

from __future__ import annotations

from lifecycle.course.quizzes.numbers import accepted_number
from tests.support.narrow import not_none


def question_of(copied, kind: str, number: bool = False):
    """The first question of a kind that has no computed numbers: its place's id, its place in the quiz, itself."""
    for place in copied.places.values():
        for nth, each in enumerate(place.questions):
            if each.kind == kind and number == any(map(accepted_number, each.answers)):
                return place.id, nth, each
    raise AssertionError(kind)


def right(case) -> bool:
    number = not_none(accepted_number(case["accepted"]))
    return case["value"] is not None and abs(case["value"] - number.value) <= number.tolerance
