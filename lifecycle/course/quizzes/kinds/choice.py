"""Choices: one right option, or several of which all and only the right ones make an answer right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lifecycle.course.quizzes.interactions import Choose
from lifecycle.course.quizzes.kinds.kind import Judged, Kind, indices, line
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind


class _Choice(Kind):
    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """The parts are the options: chosen where right, left where wrong."""
        indices(question, given)
        if len(set(given)) != len(given):
            raise ValueError(f"answer to {question.id} must name each option once, got {given!r}")
        return tuple((index in given) == option.right for index, option in enumerate(question.options))

    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(option.text for option in question.options if option.right)

    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        return {"options": [line(question.options[index].text) for index in order]}

    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        return {"options": [judged(question.options[index]) for index in order]}

    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        return tuple(str(index) for index in given)

    def fits(self, question: Question, key: str) -> bool:
        return False

    def offered(self, question: Question) -> dict[str, Option]:
        return {str(number): option for number, option in enumerate(question.options)}


class Single(_Choice):
    """One option is chosen, and one is right."""

    name = QuestionKind.SINGLE

    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """As for any choice, of exactly one option."""
        parts = super().check(question, given)
        if len(given) != 1:
            raise ValueError(f"answer to {question.id} must be exactly one option, got {given!r}")
        return parts

    def interaction(self, question: Question) -> Choose:
        return Choose(question.options, several=False)


class Multiple(_Choice):
    """Any number of options is chosen."""

    name = QuestionKind.MULTIPLE

    def interaction(self, question: Question) -> Choose:
        return Choose(question.options, several=True)
