"""Every kind of question, a module each, by its name; `kind_of(question)` is all that others need to know of them."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.course.quizzes.interactions import Interaction
from lifecycle.course.quizzes.kinds.blank import BlankKind
from lifecycle.course.quizzes.kinds.choice import Multiple, Single
from lifecycle.course.quizzes.kinds.click import Click
from lifecycle.course.quizzes.kinds.kind import Kind, NamedKind
from lifecycle.course.quizzes.kinds.match import Match
from lifecycle.course.quizzes.kinds.order import Order
from lifecycle.course.quizzes.questions import Question, QuestionKind

__all__ = ["KINDS", "NAMED", "Kind", "NamedKind", "asked_as", "kind_of"]

_ALL: tuple[Kind, ...] = (Single(), Multiple(), BlankKind(), Order(), Match(), Click())
KINDS: Mapping[QuestionKind, Kind] = {kind.name: kind for kind in _ALL}
# Those that a question's comment names, by the word that it writes.
NAMED: Mapping[str, NamedKind] = {kind.name: kind for kind in _ALL if isinstance(kind, NamedKind)}


def kind_of(question: Question) -> Kind:
    """All that is true of the question's kind."""
    return KINDS[question.kind]


def asked_as(question: Question) -> Interaction:
    """How the question is answered outside of our own page."""
    return kind_of(question).interaction(question)
