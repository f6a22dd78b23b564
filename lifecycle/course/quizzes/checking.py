"""An answer held against its question, and the order in which options are shown."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Collection, Sequence

from lifecycle.course.quizzes.kinds import kind_of
from lifecycle.course.quizzes.questions import Option, Question, Verdict

# What the reader of a question with several right options is told.
SEVERAL = "Several may be right."


def check(question: Question, answer: Collection[int] | Sequence[str]) -> Verdict:
    """Whether the answer is right, and which parts of it are.

    What an answer is made of, and what its parts are, is the kind's to say (`kinds/`): indices of the options in the
    order of the source, whatever order was shown, or one text each blank, or the id of a place or flow. An answer of
    another shape raises ValueError.
    """
    if isinstance(answer, str | bytes):
        raise ValueError(f"answer must be a collection, one entry a choice or blank, got {answer!r}")
    parts = kind_of(question).check(question, list(answer))
    return Verdict(all(parts), parts)


def doubts(question: Question, answer: Collection[int] | Sequence[str]) -> tuple[str, ...]:
    """What to ask back before an answer is judged: a sentence for each typed number that can mean two."""
    return kind_of(question).doubts(question, list(answer))


def shuffled(question: Question, seed: str) -> tuple[int, ...]:
    """The indices of the options in an order that depends on the seed and the question alone.

    Give it the learner and the attempt as seed: the same on every machine and after a reload, another at the next try.
    Every order is equally likely, since each option is ranked by a SHA-256 digest of its own.
    """

    def rank(index: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{question.id}\0{index}".encode("utf-8", "surrogatepass")).digest()

    return tuple(kind_of(question).shuffled(sorted(range(len(question.options)), key=rank)))


def letters(count: int) -> tuple[str, ...]:
    """What so many options are called, wherever a class reads them: A to Z, then AA to ZZ."""
    one = string.ascii_uppercase
    return tuple(one[nth] if nth < len(one) else one[nth // len(one) - 1] + one[nth % len(one)] for nth in range(count))


def lettered(question: Question, seed: str) -> tuple[tuple[str, Option], ...]:
    """The options with their letters, in the order that `seed` gives: hall, phone, desk and paper all read it here."""
    order = shuffled(question, seed)
    return tuple((letter, question.options[index]) for letter, index in zip(letters(len(order)), order, strict=True))
