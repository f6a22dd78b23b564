"""Every format by the name that the command line knows it by."""

from __future__ import annotations

from lifecycle.exports import anki, gift, markdown, qti
from lifecycle.exports.exported import Export

FORMATS: dict[str, Export] = {
    "gift": gift.export,
    "qti": qti.export,
    "anki": anki.export,
    "markdown": markdown.export,
}
