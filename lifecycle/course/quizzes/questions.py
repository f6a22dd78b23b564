"""What a question is, whatever file it came from and whatever screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

QuestionLevel = Literal["recall", "explain", "decide"]
LEVELS: tuple[QuestionLevel, ...] = get_args(QuestionLevel)


class QuestionKind(StrEnum):
    """What is true of each stands in `quizzes/kinds/`, a module each; the values are the words of courses and JSON."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    BLANK = "blank"
    ORDER = "order"
    MATCH = "match"
    CLICK = "click"


@dataclass(frozen=True)
class Option:
    """A line `- [x]` or `- [ ]`: its Markdown text, whether it is right, and its feedback (Markdown, may be empty).

    `misconception` is the id of the one that a wrong option stands for; `see` the view that disproves it, as an address
    query such as `?scenario=flash-sale&view=watch`; both may be empty. In a `match` question `text` is the left-hand
    side and `pair` the right-hand one; a wrong option there has a `pair` that belongs to nothing, and no text. `within`
    is the span (low, high) of a computed question's answer in which this option is the right one.
    """

    text: str
    right: bool
    feedback: str = ""
    pair: str = ""
    misconception: str = ""
    see: str = ""
    within: tuple[float, float] | None = None


@dataclass(frozen=True)
class Question:
    """One `<quiz>` block.

    `id` is stable: wording may change, answers stay; `aliases` are ids that answers may be kept under from before.
    `place` is the stage (or `lifecycle`), in another folder the path of the file without its ending. `stem` is
    Markdown; in a `blank` question every `[[answer]]` of the source became the placeholder `[[]]`, and `answers` holds
    the accepted texts in order; `also` holds for each blank the other texts that it accepts, or nothing at all where no
    blank has any. The options of an `order` question are its steps in the right order; those of a `click`
    question are places (`buffer`) or flows (`buffer->lake`) of the diagram, by id. `tags` are the remaining
    `name: value` pairs of the comment above the block (level, idea, …).
    """

    id: str
    place: str
    kind: QuestionKind
    stem: str
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 1
    aliases: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def accepted(self) -> tuple[tuple[str, ...], ...]:
        """All that each blank accepts, first what it is shown as."""
        others = self.also or ((),) * len(self.answers)
        return tuple((answer, *more) for answer, more in zip(self.answers, others, strict=True))

    def with_gaps(self, gap: str) -> str:
        """The stem with `gap` in place of each blank. In the other kinds a `[[]]` is a word of the author's."""
        return self.stem.replace("[[]]", gap) if self.kind == QuestionKind.BLANK else self.stem

    def tag(self, name: str) -> str:
        """The value of a tag, "" where the question has none of this name."""
        return dict(self.tags).get(name, "")

    @property
    def level(self) -> str:
        """One of LEVELS in our own course; "" where the author says none."""
        return self.tag("level")

    @property
    def idea(self) -> str:
        """The id of the idea that it asks for; "" where the author says none."""
        return self.tag("idea")

    @property
    def track(self) -> str:
        """The optional track that it stands in; "" for what everybody is asked."""
        return self.tag("track")

    @property
    def computed(self) -> bool:
        """Whether its numbers are drawn by seed, and its answer computed from them."""
        return bool(self.tag("answer"))


@dataclass(frozen=True)
class Verdict:
    """What `check` says of an answer: right as a whole, and which parts (options, blanks, steps) were right."""

    right: bool
    parts: tuple[bool, ...]
