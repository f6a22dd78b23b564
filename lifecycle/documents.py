"""Markdown with YAML front matter, read safely: every fault is reported with file, line and mend.

This is the only module that knows YAML. Nothing here knows what the documents mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a content folder: where it is, what is wrong and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class ContentError(Exception):
    """Content that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter, its body and where the body starts.

    `file` is the path relative to the content folder, with forward slashes. `body_line` is the 1-based line of the
    file on which `body` starts, so that a line within the body can be reported as a line of the file. `lines` maps a
    front matter key to the line on which it stands.
    """

    file: str
    meta: Mapping[str, Any]
    body: str
    body_line: int = 1
    lines: Mapping[str, int] | None = None
