"""A Markdown file with YAML front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lifecycle.documents.problems import Problem
from lifecycle.documents.yaml_tree import Node, read_yaml

MAX_HEAD_CHARACTERS = 40_000


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter, its body and where the body starts.

    `file` is the path relative to the content folder, with forward slashes. `body_line` is the 1-based line of the
    file on which `body` starts, so that a line within the body can be reported as a line of the file. `head` is the
    front matter with a line for every value.
    """

    file: str
    head: Node
    body: str
    body_line: int = 1

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter as ordinary Python values."""
        return {key: node.plain for key, node in self.head.pairs}

    @property
    def lines(self) -> Mapping[str, int]:
        """The line on which each key of the front matter stands."""
        return {key: line for (key, _), line in zip(self.head.pairs, self.head.key_lines, strict=True)}


def read_document(text: str, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """A file whose front matter is required; None where it is missing, unclosed or not readable."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, (Problem(file, 1, "no front matter", "begin the file with `---`, `title: …` and `---`"),)
    end = _end_of_head(lines)
    if end is None:
        return None, (Problem(file, 1, "front matter that is not closed", "write a line `---` after its last key"),)
    head, problems = _head(lines, end, file)
    if head is None:
        return None, problems
    return Document(file, head, "\n".join(lines[end + 1 :]), end + 2), problems


def read_loose(text: str, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """A file whose front matter may be missing, as in any folder of Markdown; the body is there in every case."""
    lines = text.split("\n")
    empty = Node("a mapping", 1)
    end = _end_of_head(lines) if lines[0].rstrip() == "---" else None
    if end is None:
        return Document(file, empty, text), ()
    head, problems = _head(lines, end, file)
    if head is None or head.kind != "a mapping":
        head = empty
    return Document(file, head, "\n".join(lines[end + 1 :]), end + 2), problems


def _end_of_head(lines: list[str]) -> int | None:
    return next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)


def _head(lines: list[str], end: int, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    text = "\n".join(lines[1:end])
    if len(text) > MAX_HEAD_CHARACTERS:
        what = f"front matter of {len(text):,} characters"
        return None, (Problem(file, 1, what, f"keep it under {MAX_HEAD_CHARACTERS:,}; long text belongs below it"),)
    return read_yaml(text, file, first_line=2)
