"""Matches: options `left → right`, and wrong ones that are right-hand sides which belong to nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lifecycle.course.quizzes.interactions import Pair
from lifecycle.course.quizzes.kinds.kind import Judged, NamedKind, Wrong, indices, line
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

_ARROW = re.compile(r"\s+(?:→|->|=>)\s+")


class Match(NamedKind):
    """The index of the option whose `pair` was chosen for each left-hand side in turn."""

    name = QuestionKind.MATCH

    def parts(self, options: tuple[Option, ...]) -> tuple[tuple[Option, ...], Wrong | None]:
        pairs = []
        for option in options:
            left, *right = _ARROW.split(option.text, maxsplit=1)
            if option.right and not (left and right):
                return options, (f"the pair {option.text!r} without an arrow", "write it as `left → right`")
            text, pair = (left, right[0]) if option.right else ("", option.text)
            pairs.append(replace(option, text=text, pair=pair))
        lefts = [option.text for option in pairs if option.right]
        if len(lefts) < 2 or len(set(lefts)) < len(lefts):
            return options, ("a match of fewer than two different left-hand sides", "write each once, at least two")
        fitting = {option.pair for option in pairs if option.right}
        if any(option.pair in fitting for option in pairs if not option.right):
            return options, ("a wrong right-hand side that belongs to a pair", "reword or remove it")
        return tuple(pairs), None

    def written(self, option: Option) -> str:
        return f"{option.text} → {option.pair}" if option.right else option.pair

    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """The parts are the left-hand sides."""
        lefts = left_hand(question)
        if len(given) != len(lefts):
            raise ValueError(f"answer to {question.id} must have {len(lefts)} entries, got {len(given)}")
        pairs = zip(lefts, indices(question, given), strict=True)
        return tuple(question.options[index].pair == left.pair for left, index in pairs)

    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(f"{left.text} → {left.pair}" for left in left_hand(question))

    def interaction(self, question: Question) -> Pair:
        return Pair(left_hand(question), question.options)

    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        lefts = [line(left.text) for left in left_hand(question)]
        return {"lefts": lefts, "pairs": list(_right_hand(question, order))}

    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        rights = _right_hand(question, order)
        places = list(rights)
        return {
            "pairs": [places.index(left.pair) for left in left_hand(question)],
            "options": [judged(option) for option in rights.values()],
        }

    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        pairs = zip(left_hand(question), given, strict=True)
        return tuple(f"{left.text} → {question.options[index].pair}" for left, index in pairs)

    def fits(self, question: Question, key: str) -> bool:
        return key in self.right_answer(question, {})

    def believable(self, question: Question) -> dict[str, Option]:
        lefts, wrong = left_hand(question), [option for option in question.options if not option.right]
        return {f"{left.text} → {option.pair}": option for left in lefts for option in wrong}


def left_hand(question: Question) -> tuple[Option, ...]:
    """The options of a match that are to be matched, in the order of the source."""
    return tuple(option for option in question.options if option.right)


def _right_hand(question: Question, order: Sequence[int]) -> dict[str, Option]:
    """Each right-hand side once, with the first option that has it, in the order of these indices."""
    rights: dict[str, Option] = {}
    for index in order:
        rights.setdefault(question.options[index].pair, question.options[index])
    return rights
