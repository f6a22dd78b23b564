"""The blanks of a question: `[[answer]]` in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

PLACEHOLDER = "[[]]"


class Blank(NamedTuple):
    """A blank from `start` up to `end` in the text, with the accepted answer trimmed."""

    start: int
    end: int
    answer: str


def find_blanks(text: str) -> Iterator[Blank]:
    r"""Every blank in order, as the pattern `\[\[([^\]]+)\]\]` of mkdocs-quiz finds them, in linear time.

    That pattern looks from each `[[` to the next `]`, which takes hours on a page of brackets. But when the next `]`
    does not close one blank, it closes none that begins before it either, so the search may go on behind it.
    """
    start = text.find("[[")
    while start >= 0:
        end = text.find("]", start + 2)
        if end < 0:
            return
        if end > start + 2 and text.startswith("]]", end):
            yield Blank(start, end + 2, text[start + 2 : end].strip())
            end += 1
        start = text.find("[[", end + 1)


def with_placeholders(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each blank as `[[]]`, and the answers in order."""
    parts, answers, after = [], [], 0
    for blank in find_blanks(text):
        parts.append(text[after : blank.start])
        answers.append(blank.answer)
        after = blank.end
    return PLACEHOLDER.join([*parts, text[after:]]), tuple(answers)
