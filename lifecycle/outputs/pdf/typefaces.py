"""The letters on paper: FiraGO for text, Cascadia Mono for code, and others for what these do not hold.

The fonts that every PDF reader knows hold Latin letters only, and a course writes →, ≤, µ and ρ. So the letters travel
in the file, cut down to those used. A sign that no font here holds is told by its name, an emoji among them, and a
letter by its number; neither is shown as a box.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

BODY, BOLD, ITALIC, BOLD_ITALIC, CODE = "FiraGO", "FiraGO-Bold", "FiraGO-Italic", "FiraGO-BoldItalic", "CascadiaMono"
# What stands in, in this order, for a letter that the font asked for does not hold.
STAND_INS = (BODY, "NotoSans", CODE)
_FILES = {
    BODY: "FiraGO_Regular",
    BOLD: "FiraGO_Bold",
    ITALIC: "FiraGO_Italic",
    BOLD_ITALIC: "FiraGO_BoldItalic",
    CODE: "CascadiaMono_Regular",
    "NotoSans": "NotoSans_Regular",
}
# Letters that no font here holds, and what says the same.
_ALIKE = {"✗": "×", "✘": "×", "✔": "✓", "⚠": "!", "⇒": "→", "⇐": "←", "＿": "_", "\u2011": "-", "\u00ad": ""}

_TINTS, _FLAGS = "emoji modifier", "regional indicator symbol letter"


_coverage: dict[str, frozenset[int]] = {}
_lock = threading.Lock()


def coverage() -> dict[str, frozenset[int]]:
    """Which letters each font holds; the first who asks registers them."""
    with _lock:  # a font that is registered anew while a paper is made would be in it twice
        if not _coverage:
            _coverage.update(_registered())
    return _coverage


def _registered() -> dict[str, frozenset[int]]:
    held = {}
    for name, module in _FILES.items():
        font = TTFont(name, io.BytesIO(import_module(f"pymupdf_fonts.{module}").fontbuffer))
        registerFont(font)
        held[name] = frozenset(font.face.charToGlyph)
    registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    return held


def spans(text: str, font: str) -> Iterator[tuple[str, str]]:
    """The text in stretches, each with the font that holds all of its letters: `font` wherever it does."""
    for name, letters in groupby(_printable(text), key=lambda letter: _holder(letter, font)):
        yield name, "".join(letters)


def width(text: str, font: str, size: float) -> float:
    """How wide the text is in points."""
    return float(sum(stringWidth(part, name, size) for name, part in spans(text, font)))


def escaped(text: str, font: str = BODY) -> str:
    """The text for reportlab's small markup: shown exactly as it is written, each letter in a font that holds it."""
    return "".join(
        _marked(part) if name == font else f'<font name="{name}">{_marked(part)}</font>'
        for name, part in spans(text, font)
    )


def _marked(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _holder(letter: str, font: str) -> str:
    held = coverage()
    return next((name for name in (font, *STAND_INS) if ord(letter) in held[name]), font)


def _printable(text: str) -> str:
    """Each letter as some font holds it: itself, its like, its parts, its name, or its number."""
    return "".join(_shown(letter) for letter in text)


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    if letter in "\n\t\u2028\u2029":
        return " "
    if _held(letter):
        return letter
    if letter in _ALIKE:
        return _ALIKE[letter]
    kind, named = unicodedata.category(letter), unicodedata.name(letter, "").lower()
    if kind in {"Cc", "Cf", "Cs", "Mn"} or named.startswith(_TINTS):  # what has no face of its own
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    if all(map(_held, parts)):
        return parts
    if named.startswith(_FLAGS):  # two of them make a flag, which its country's letters tell
        return named[-1].upper()
    return f"[{named}]" if kind == "So" and named else f"[U+{ord(letter):04X}]"


def _held(letter: str) -> bool:
    held = coverage()
    return unicodedata.category(letter)[0] != "C" and any(ord(letter) in held[name] for name in STAND_INS)
