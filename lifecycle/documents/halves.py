r"""Characters that a file spells in two escapes, `\ud83d\uded2`, as `json.dumps` writes them: joined, or told apart.

A half without its other half is no character: it cannot be shown, stored or sent, so it is refused where it is read.
"""

from __future__ import annotations

import json
import re

FIX = r"write the character itself, or both its halves: \ud83d\uded2"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")


def joined(text: str) -> str:
    """The text with both halves of a character as the one that they stand for; a lone half stays one."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def has_half(value: object) -> bool:
    """Whether a text, or anything that JSON can hold, has half a character in it (one never joined)."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _HALF.search(text) is not None


def lone_half(source: str) -> tuple[int, str] | None:
    """The first escape of a lone half in a source of JSON or of YAML in double quotes: (lines above it, the escape)."""
    waiting: re.Match[str] | None = None  # the first half of what may become a pair
    for escape in _ESCAPE.finditer(source):
        code = int(escape[1] or escape[2] or "0", 16)
        if waiting and 0xDC00 <= code <= 0xDFFF and escape.start() == waiting.end():
            waiting = None
            continue
        if waiting:
            break
        if 0xDC00 <= code <= 0xDFFF:
            return source.count("\n", 0, escape.start()), escape[0]
        waiting = escape if 0xD800 <= code <= 0xDBFF else None
    return (source.count("\n", 0, waiting.start()), waiting[0]) if waiting else None
