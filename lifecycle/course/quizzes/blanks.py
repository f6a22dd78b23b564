"""The blanks of a question: `[[answer]]` in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lifecycle.documents import without_code

PLACEHOLDER = "[[]]"


class Blank(NamedTuple):
    """A blank from `start` up to `end` in the text, with the accepted answer trimmed."""

    start: int
    end: int
    answer: str


def find_blanks(text: str) -> Iterator[Blank]:
    """Every blank in order. What stands in code is none: `[[ -f orders ]]` is a test of the shell."""
    if "[[" in text:
        for start, end, _ in marked(without_code(text)):
            yield Blank(start, end, text[start + 2 : end - 2].strip())


def marked(text: str) -> Iterator[Blank]:
    r"""Every blank in order, in code or not, as the pattern `\[\[([^\]]+)\]\]` of mkdocs-quiz finds it, in linear time.

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
