"""The index as a page fetches it, and the style of what it makes of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from lifecycle.course import Course
from lifecycle.outputs.lookup.index import lookup

_VERSION_LETTERS = 20


@dataclass(frozen=True)
class Served:
    """A course's index as JSON; the `version` is another one where what is sent is."""

    content: bytes
    version: str

    @classmethod
    def of(cls, course: Course) -> Served:
        """That of a course."""
        content = json.dumps(lookup(course), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return cls(content, hashlib.sha256(content).hexdigest()[:_VERSION_LETTERS])


def style() -> str:
    """The sheet of marks, cards and the search, for the page's own tree."""
    return (Path(__file__).parent / "lookup.css").read_text(encoding="utf-8")
