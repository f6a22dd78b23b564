"""The blanks of a question: `[[answer]]` in its text, and behind one the other words that it accepts.

These stand in a comment, which mkdocs-quiz shows harmlessly: `[[reads]]<!-- or: reading, is read -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lifecycle.documents import without_code

PLACEHOLDER = "[[]]"
# No `<` or `>` within, so that an unclosed comment costs no second look at what follows it.
_ALSO = re.compile(r"<!--[ \t]*or[ \t]*:([^<>\n]*)-->")


class Blank(NamedTuple):
    """A blank from `start` up to `end` in the text, with the accepted answer trimmed.

    `also` holds the other words that it accepts, in order; None where no comment names any.
    """

    start: int
    end: int
    answer: str
    also: tuple[str, ...] | None = None


def find_blanks(text: str) -> Iterator[Blank]:
    """Every blank in order. What stands in code is none: `[[ -f orders ]]` is a test of the shell."""
    if "[[" in text:
        for start, end, *_ in marked(without_code(text)):
            answer, more = text[start + 2 : end - 2].strip(), _ALSO.match(text, end)
            yield Blank(start, more.end() if more else end, answer, _listed(more[1]) if more else None)


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


def strays(text: str) -> Iterator[int]:
    """Where a comment with other words stands that belongs to no blank."""
    ends = {blank.end for blank in find_blanks(text) if blank.also is not None}
    return (more.start() for more in _ALSO.finditer(without_code(text)) if more.end() not in ends)


def with_placeholders(text: str) -> tuple[str, tuple[Blank, ...]]:
    """The text with each blank as `[[]]`, and the blanks in order."""
    parts, blanks, after = [], tuple(find_blanks(text)), 0
    for blank in blanks:
        parts.append(text[after : blank.start])
        after = blank.end
    return PLACEHOLDER.join([*parts, text[after:]]), blanks


def written_blank(answer: str, also: tuple[str, ...] = ()) -> str:
    """A blank as its author writes it: what `find_blanks` reads."""
    return f"[[{answer}]]" + (f"<!-- or: {', '.join(also)} -->" if also else "")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))
