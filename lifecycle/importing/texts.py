"""Text out of other people's files: one line or a few, without controls, HTML or halves of characters, and bounded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from lifecycle.documents import CONTROL

MOST_NAME = 200
MOST_ID = 2_000
MOST_TEXT = 5_000
MOST_VALUES = 500
_TAG = re.compile(r"<!--(?:.*?-->|.*)|</?[A-Za-z!?][^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/tr|/li)\s*/?\s*>", re.IGNORECASE)
ANGLES = str.maketrans("<>", "‹›")
_SPECIAL = re.compile("[<&]|  ")
_ESCAPED = re.compile(r"&(?:lt|#60|#x3c);(?=[A-Za-z/!?])([^<>&]*)&(?:gt|#62|#x3e);", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_SCRIPT = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)


def plain(value: object, most: int = MOST_TEXT) -> str:
    """A value as text of at most `most` characters, its line ends kept; "" for what is no text, number or truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        return ""
    text = str(value)[: 4 * most]
    if text.isprintable() and not _SPECIAL.search(text):  # as nearly all are
        return text.strip()[:most]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _without_html(text) if "<" in text or "&" in text else text
    text = _HALF.sub("", CONTROL.sub("", text))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()[:most]


def name_of(value: object) -> str:
    """A value as the name of a thing: one line."""
    return " ".join(plain(value, MOST_NAME).split())


def cut(text: str, most: int) -> str:
    """One line of at most so many characters, at least one."""
    line = " ".join(text.split()) or "?"
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def id_of(value: object) -> str:
    """A value as an id: as it was written, but for controls, halves of characters and HTML; "" for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[: 2 * MOST_ID]
    if not text.isprintable():
        text = _HALF.sub("", CONTROL.sub("", text)).replace("\n", " ")
    text = text.strip()[:MOST_ID]
    return text.translate(ANGLES) if "<" in text else text


def names_of(values: object) -> tuple[str, ...]:
    """The names in a list of them, or the one that stands alone, each once."""
    listed = values if isinstance(values, list | tuple) else [values]
    return tuple(dict.fromkeys(filter(None, map(name_of, listed[:MOST_VALUES]))))


def pairs_of(values: object) -> tuple[tuple[str, str], ...]:
    """A mapping as names with texts, in its order; what lies deeper is left out."""
    pairs = values.items() if isinstance(values, dict) else ()
    texts = ((name_of(key), plain(value)) for key, value in list(pairs)[:MOST_VALUES])
    return tuple((key, value) for key, value in texts if key and value)


def with_angles(text: str) -> str:
    """The text, with what is written `&lt;u8&gt;` as ‹u8›: its writer means the words and no tag, which would go."""
    return _ESCAPED.sub(r"‹\1›", text) if "&" in text else text


def is_clean(text: str) -> bool:
    """Whether a text has neither controls nor halves of characters."""
    return text.isprintable() or not (CONTROL.search(text) or _HALF.search(text))


def path_of(parts: Iterable[object]) -> str:
    """Names of groups as one path from the outer to the inner."""
    return "/".join(filter(None, (name_of(part).replace("/", "∕") for part in parts)))


def _without_html(text: str) -> str:
    text = _BREAK.sub("\n", text)
    for _ in range(3):  # what an entity or a tag within a tag hid
        text = _TAG.sub(" ", _SCRIPT.sub(" ", html.unescape(text)))
    return _TAG.sub(" ", text) if not _TAG.search(text) else text.replace("<", " ").replace(">", " ")
