"""Short texts from strangers, for a hall to read: letters, digits, signs and spaces on one line, and nothing else."""

from __future__ import annotations

import unicodedata

LONGEST_TEXT = 140
# Marks that may stand on one letter: more than any language puts there covers the lines above it.
MOST_MARKS = 3
# What joins emoji and letters; everything else without a shape of its own could hide or turn round what follows.
_JOINERS = frozenset("\u200c\u200d\ufe0f")
_READ_AT_MOST = 2_000


def tidied(text: str) -> str:
    """The text on one line, without control characters, changes of direction and towers of marks; "" if none is left.

    It is not cut to `LONGEST_TEXT`: who wrote more should know.
    """
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text[:_READ_AT_MOST]):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") and letter not in _JOINERS else 0
        if kind[0] == "Z" or letter in "\t\r\n":
            kept.append(" ")
        elif letter in _JOINERS or (kind[0] != "C" and marks <= MOST_MARKS):
            kept.append(letter)
    line = " ".join("".join(kept).split())
    return line if any(unicodedata.category(letter)[0] in "LNSP" for letter in line) else ""
