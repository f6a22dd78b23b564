"""What a kind of question has to say of itself; a class that leaves out a part cannot be made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lifecycle.course.quizzes.interactions import Interaction
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.documents import as_html

# What the offline page says of an option to a learner who chose it, as JSON.
Judged = Callable[[Option], dict[str, Any]]
# What is wrong with the options of a block, and how to change it.
Wrong = tuple[str, str]


class Kind(ABC):
    """One kind of question: how it is checked, shown, answered elsewhere, and read off by the item analysis.

    An answer (`given`) is kept as indices of options in the order of the source, as typed texts, or as a place's id.
    """

    @property
    @abstractmethod
    def name(self) -> QuestionKind:
        """How YAML, addresses, JSON and kept answers spell it."""

    @abstractmethod
    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """Which parts of an answer are right; ValueError for an answer of another shape."""

    @abstractmethod
    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        """The right answer, a line of Markdown each part. `labels`: of whatever a click may point at, by id."""

    @abstractmethod
    def interaction(self, question: Question) -> Interaction:
        """How it is answered outside of our own page: this decides what each export format, a class and paper hold."""

    @abstractmethod
    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        """What the offline page shows beside the stem, as JSON, in the order of these indices, without the answer."""

    @abstractmethod
    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        """What the offline page judges by, as JSON; its lists stand in the order of `shown`."""

    @abstractmethod
    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        """What an answer that `check` takes chose, as keys under which the item analysis counts answers."""

    @abstractmethod
    def fits(self, question: Question, key: str) -> bool:
        """Whether what was given under a key that `offered` does not list is right."""

    def offered(self, question: Question) -> dict[str, Option]:
        """What can be chosen, by its key; empty where answers are made of parts, or typed."""
        return {}

    def believable(self, question: Question) -> dict[str, Option]:
        """The options that may stand for a misconception, by the key of the answer that chose them."""
        return self.offered(question)

    def doubts(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        """What to ask back before an answer is judged, in sentences."""
        return ()

    def shuffled(self, order: list[int]) -> list[int]:
        """The order in which options are shown, made of one that chance gave."""
        return order


class NamedKind(Kind):
    """A kind that mkdocs-quiz has no syntax for: the comment above the block names it (`kind: order`).

    Its parts are written as options of a choice, which mkdocs-quiz shows harmlessly.
    """

    @abstractmethod
    def parts(self, options: tuple[Option, ...]) -> tuple[tuple[Option, ...], Wrong | None]:
        """The options of the block read as this kind's, and what is wrong with them."""

    @abstractmethod
    def written(self, option: Option) -> str:
        """An option's text as its author writes it: what `parts` reads."""


def line(markdown: str) -> str:
    """A line of an author's Markdown as the offline page holds it: HTML with the page's own links."""
    return as_html(markdown, inline=True, own_links="#")


def indices(question: Question, given: list[object]) -> list[int]:
    """An answer of indices; ValueError where one is none of an option."""
    count = len(question.options)
    result = []
    for index in given:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise ValueError(f"answer to {question.id} must be indices from 0 to {count - 1}, got {index!r}")
        result.append(index)
    return result
