"""Orders: steps to be brought into their order, written as a list of right options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lifecycle.course.quizzes.interactions import Arrange
from lifecycle.course.quizzes.kinds.kind import Judged, NamedKind, Wrong, indices, line
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind


class Order(NamedKind):
    """The indices of all steps; the options are the steps in the right order."""

    name = QuestionKind.ORDER

    def parts(self, options: tuple[Option, ...]) -> tuple[tuple[Option, ...], Wrong | None]:
        if not all(option.right for option in options):
            return options, ("a step marked wrong", "mark every step with [x] and write them in their right order")
        if len({option.text for option in options}) < max(2, len(options)):
            return options, ("an order of fewer than two different steps", "write each step once, at least two")
        return options, None

    def written(self, option: Option) -> str:
        return option.text

    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """The parts are the steps that stand in their place."""
        if len(set(indices(question, given))) != len(question.options) or len(given) != len(question.options):
            raise ValueError(f"answer to {question.id} must name each of its {len(question.options)} steps once")
        return tuple(step == place for place, step in enumerate(given))

    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(option.text for option in question.options)

    def interaction(self, question: Question) -> Arrange:
        return Arrange(question.options)

    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        return {"options": [line(question.options[index].text) for index in order]}

    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        return {"places": list(order)}

    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        return (" → ".join(question.options[index].text for index in given),)

    def fits(self, question: Question, key: str) -> bool:
        return key == " → ".join(option.text for option in question.options)

    def shuffled(self, order: list[int]) -> list[int]:
        """Never the right one, in which nothing would be left to do."""
        return [*order[1:], order[0]] if order == sorted(order) else order
