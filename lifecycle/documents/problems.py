"""What is wrong with a content folder, in words for the person who mends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_CHARACTERS = 60
WHOLE = "."  # the folder itself, where a problem is of no file in it
LISTED_NAMES = 12

# C0 and C1 controls, the Unicode line breaks that editors do not count as lines, the marks that reorder text on screen,
# and the two non-characters YAML refuses.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a content folder: where it is, what is wrong and how to mend it.

    `file` is relative to the content folder, with forward slashes, WHOLE for the folder itself; `line` counts from 1.
    """

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        where = "" if self.file == WHOLE else f"{self.file}:{self.line}: "
        return f"{where}{self.what}, {self.mend}"


class ContentError(Exception):
    """Content that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by file and line, each once."""
    return tuple(sorted(set(problems)))


def shown(value: object, limit: int = SHOWN_CHARACTERS) -> str:
    """`value` in quotes, on one line, harmless to a terminal and never longer than a message can bear."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return repr(text)


def listed(names: Iterable[str]) -> str:
    """The names in a sentence, cut short when there are many."""
    known = list(names)
    more = len(known) - LISTED_NAMES
    return ", ".join(known[:LISTED_NAMES]) + (f" and {more} more" if more > 0 else "")


def instead(name: str, known: Collection[str], *, one_of: str = "use one of") -> str:
    """The mend for an unknown name: the nearest known one, or what is allowed."""
    close = get_close_matches(name[:SHOWN_CHARACTERS], list(known), n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"{one_of}: {listed(known)}" if known else "remove it"
