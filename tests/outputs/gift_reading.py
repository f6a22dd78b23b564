"""What Moodle makes of a GIFT file: its importer's rules (question/format/gift/format.php), in their order."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_PLACES = {"\\:": "\0a", "\\#": "\0b", "\\=": "\0c", "\\{": "\0d", "\\}": "\0e", "\\~": "\0f", "\\n": "\0g"}
_MARKS = {"\0a": ":", "\0b": "#", "\0c": "=", "\0d": "{", "\0e": "}", "\0f": "~", "\0g": "\n"}
_WEIGHT = re.compile(r"^%(-*[0-9]{1,2}\.?[0-9]*)%")


class Answer(NamedTuple):
    text: str
    share: float
    feedback: str = ""


class Read(NamedTuple):
    category: str
    kind: str
    name: str
    stem: str
    answers: list[Any]
    feedback: str
    comment: str


def read(text: str) -> list[Read]:
    """The questions of a file; a blank line ends each, a line that begins with // is a comment."""
    found, category, block = [], "", []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append(line)
            continue
        comment = " ".join(each for each in block if each.strip().startswith("//"))
        body = "\n".join(" " if each.strip().startswith("//") else each for each in block).strip()
        block = []
        if body.startswith("$CATEGORY:"):
            category = body[10:].strip()
        elif body:
            found.append(_question(_hidden(body), category, comment))
    return found


def _hidden(text: str) -> str:
    text = text.replace("\\\\", "\0z")
    for mark, place in _PLACES.items():
        text = text.replace(mark, place)
    return text.replace("\0z", "\\")


def _shown(text: str) -> str:
    for place, mark in _MARKS.items():
        text = text.replace(place, mark)
    return text


def _text(text: str, form: str = "moodle") -> str:
    """The text without its format, which every text here must name or inherit as HTML."""
    text = text.strip()
    if text.startswith("[") and (end := text.find("]")) > 0 and text[1:end] in ("html", "plain", "markdown", "moodle"):
        form, text = text[1:end], text[end + 1 :]
    assert form in ("html", "plain"), text
    return _shown(text).strip()


def _question(body: str, category: str, comment: str) -> Read:
    assert body.startswith("::")
    name, body = body[2:].split("::", 1)
    body = body.strip()
    start, end = body.find("{"), body.find("}")
    assert 0 <= start < end, body
    assert body.count("{") == body.count("}") == 1
    inner = body[start + 1 : end].strip()
    stem = body[:start] + ("" if body.endswith("}") else "_____") + body[end + 1 :]
    at = inner.rfind("####")
    said, inner = (inner[at + 4 :], inner[:at].strip()) if at >= 0 else ("", inner)
    kind, answers = _answers(inner)
    return Read(category, kind, _shown(name), _text(stem), answers, _text(said, "html") if said else "", comment)


def _answers(inner: str) -> tuple[str, list[Any]]:
    if inner.startswith("#"):
        value, _, room = inner[1:].partition(":")
        return "numerical", [(float(value), float(room))]
    if "~" in inner:
        kind = "single" if "=" in inner else "multiple"
        pieces = inner.replace("=", "~=").split("~")
        return kind, [_weighed(piece.strip()) for piece in pieces if piece.strip()]
    if "=" in inner and "->" in inner:
        pairs = [piece.strip() for piece in inner.split("=")]
        split = [pair.split("->", 1) for pair in pairs if pair]
        return "match", [(_text(left, "html"), _shown(right).strip()) for left, right in split]
    assert inner.startswith("="), inner
    return "short", [_weighed(f"={piece.strip()}") for piece in inner.split("=") if piece.strip()]


def _weighed(piece: str) -> Answer:
    share = 0.0
    if piece.startswith("="):
        share, piece = 100.0, piece[1:]
    elif found := _WEIGHT.match(piece):
        share, piece = float(found[1]), piece[found.end() :]
    text, _, feedback = piece.partition("#")
    return Answer(_text(text, "html"), share, _text(feedback, "html") if feedback else "")
