"""What a question is, whatever file it came from and whatever screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multiple", "blank"]


@dataclass(frozen=True)
class Option:
    """A line `- [x]` or `- [ ]`: its Markdown text, whether it is right, and its feedback (Markdown, may be empty)."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """One `<quiz>` block.

    `id` is stable: wording may change, answers stay. `place` is the stage (or `lifecycle`). `stem` is Markdown; in a
    `blank` question every `[[answer]]` of the source became the placeholder `[[]]`, and `answers` holds the accepted
    texts in order. `tags` are the remaining `name: value` pairs of the comment above the block (level, idea, …).
    """

    id: str
    place: str
    kind: Kind
    stem: str
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 1


@dataclass(frozen=True)
class Verdict:
    """What `check` says of an answer: right as a whole, and which parts (option indices or blanks) were right."""

    right: bool
    parts: tuple[bool, ...]
