"""What a wrong answer leads to: the right one in words, how a number missed it, and a view that shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lifecycle.course.quizzes.interactions import Point
from lifecycle.course.quizzes.kinds import asked_as, kind_of
from lifecycle.course.quizzes.numbers import accepted_number, is_bare, number_in, taken_in
from lifecycle.course.quizzes.questions import Option, Question

SHOWS_IT, DISPROVES_IT = "See it on the diagram", "See why it is not so"
# The place that a question is about, where nothing on it shows the answer.
BELONGS_TO = "Look at {}"


def right_answer(question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The right answer, a line of Markdown each part. `labels`: of whatever a click may point at, by id."""
    return kind_of(question).right_answer(question, labels)


def number_hint(question: Question) -> str:
    """For blanks that ask for numbers: which unit a bare one is taken in; "" for any other question."""
    numbers = [accepted_number(answer) for answer in question.answers]
    units = [(n, taken_in(number.unit)) for n, number in enumerate(numbers, 1) if number]
    return " ".join(f"({n}) {words}" if len(numbers) > 1 else words for n, words in units)


def missed(text: str, accepted: str) -> str:
    """How a typed answer misses the accepted number: `too small`, `too large`, `not a number …`; "" for words.

    Where no unit was typed, the one that it was taken in comes first: `in min, too small`.
    """
    number = accepted_number(accepted)
    if number is None or not text.strip() or number.fits(text):
        return ""
    value = number_in(text, number.unit)
    if value is None:
        return f"not a number of {number.unit}" if number.unit else "not a number"
    how = "too small" if value < number.value else "too large"
    return f"in {number.unit}, {how}" if number.unit and is_bare(text) else how


def is_shown(question: Question) -> bool:
    """Whether the view of `view_of` shows what is right: its author, a simulated run, or the place to click says so.

    Any other question's view is only the place that it belongs to.
    """
    return (
        isinstance(asked_as(question), Point)
        or bool(question.tag("run"))
        or any(option.see for option in question.options)
    )


def view_of(question: Question, chosen: Option | None, places: Collection[str], stages: Collection[str]) -> str:
    """The address query of a view that shows what a wrong answer gets wrong; every question has one.

    That is the one its author names behind the chosen option, or behind another one of the question; else the place
    that a click should have pointed at, or the one that the question belongs to. `places`: ids of all places of the
    diagram; `stages`: of those with charts to watch.
    """
    named = [option.see for option in question.options if option.see]
    if chosen is not None and chosen.see:
        return chosen.see
    interaction = asked_as(question)
    if isinstance(interaction, Point):
        where = interaction.right[0].partition("->")[0]
    elif named and chosen is None:
        return named[0]
    else:
        where = question.place
    if where not in places:
        return "?view=watch"
    return f"?stage={where}&view={'watch' if where in stages else 'explain'}"
