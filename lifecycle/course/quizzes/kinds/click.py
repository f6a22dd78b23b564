"""Clicks: a place of the diagram (`buffer`) or a flow (`buffer -> lake`) to be pointed at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lifecycle.course.quizzes.interactions import Point
from lifecycle.course.quizzes.kinds.kind import Judged, NamedKind, Wrong
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

_PLACE = re.compile(r"([a-z0-9-]+)(?:\s*(?:→|->)\s*([a-z0-9-]+))?")


class Click(NamedKind):
    """The id of one place or flow; those that the options do not list are wrong."""

    name = QuestionKind.CLICK

    def parts(self, options: tuple[Option, ...]) -> tuple[tuple[Option, ...], Wrong | None]:
        places = []
        for option in options:
            place = _PLACE.fullmatch(option.text)
            if not place:
                what = f"{option.text!r} is no place of the diagram"
                return options, (what, "write an id, or `one -> other` for a flow")
            places.append(replace(option, text="->".join(filter(None, place.groups()))))
        return tuple(places), None

    def written(self, option: Option) -> str:
        return option.text.replace("->", " -> ")

    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """The one part is the place or flow."""
        if len(given) != 1 or not isinstance(given[0], str):
            raise ValueError(f"answer to {question.id} must be one place or flow, got {given!r}")
        return (any(option.right and option.text == given[0] for option in question.options),)

    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(labels.get(id, id) for id in self.interaction(question).right)

    def interaction(self, question: Question) -> Point:
        return Point(question.options)

    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        return {}

    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        return {"places": {option.text: judged(option) for option in question.options}}

    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        return tuple(str(place) for place in given)

    def fits(self, question: Question, key: str) -> bool:
        return False

    def offered(self, question: Question) -> dict[str, Option]:
        return {option.text: option for option in question.options}
