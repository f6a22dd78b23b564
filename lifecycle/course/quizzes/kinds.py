"""The kinds that mkdocs-quiz has no syntax for, written as choices that it shows harmlessly: order, match, click.

The comment above the block names the kind (`kind: order`). There, an order is a list of right options in their order;
a match has options `left → right`, and wrong ones are right-hand sides that belong to nothing; a click names places of
the diagram (`buffer`) or flows (`buffer -> lake`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lifecycle.course.quizzes.blocks import Fault
from lifecycle.course.quizzes.questions import Kind, Option

ARRANGED: tuple[Kind, ...] = ("order", "match", "click")
_ARROW = re.compile(r"\s+(?:→|->|=>)\s+")
_PLACE = re.compile(r"([a-z0-9-]+)(?:\s*(?:→|->)\s*([a-z0-9-]+))?")


def as_kind(
    kind: str, options: Sequence[Option], block_line: int, comment_line: int
) -> tuple[Kind, tuple[Option, ...], list[Fault]]:
    """The kind that a question's comment names, its options read as that kind's, and what is wrong with them."""
    if kind not in ARRANGED:
        several = sum(option.right for option in options) > 1
        plain: Kind = "multiple" if several else "single"
        mend = f"write one of {', '.join(ARRANGED)}; all others are told by their options or blanks"
        return plain, tuple(options), [Fault(comment_line, f"the kind {kind!r}", mend)] if kind else []
    read = {"order": _steps, "match": _pairs, "click": _places}[kind]
    found, wrong = read(tuple(options))
    return kind, found, [Fault(block_line, *wrong)] if wrong else []


_Read = tuple[tuple[Option, ...], tuple[str, str] | None]


def _steps(options: tuple[Option, ...]) -> _Read:
    if not all(option.right for option in options):
        return options, ("a step marked wrong", "mark every step with [x] and write them in their right order")
    if len({option.text for option in options}) < max(2, len(options)):
        return options, ("an order of fewer than two different steps", "write each step once, at least two")
    return options, None


def _pairs(options: tuple[Option, ...]) -> _Read:
    found = []
    for option in options:
        left, *right = _ARROW.split(option.text, maxsplit=1)
        if option.right and not (left and right):
            return options, (f"the pair {option.text!r} without an arrow", "write it as `left → right`")
        text, pair = (left, right[0]) if option.right else ("", option.text)
        found.append(replace(option, text=text, pair=pair))
    lefts = [option.text for option in found if option.right]
    if len(lefts) < 2 or len(set(lefts)) < len(lefts):
        return options, ("a match of fewer than two different left-hand sides", "write each once, at least two")
    fitting = {option.pair for option in found if option.right}
    if any(option.pair in fitting for option in found if not option.right):
        return options, ("a wrong right-hand side that belongs to a pair", "reword or remove it")
    return tuple(found), None


def _places(options: tuple[Option, ...]) -> _Read:
    found = []
    for option in options:
        place = _PLACE.fullmatch(option.text)
        if not place:
            return options, (f"{option.text!r} is no place of the diagram", "write an id, or `one -> other` for a flow")
        found.append(replace(option, text="->".join(filter(None, place.groups()))))
    return tuple(found), None
