"""An answer held against its question, and the order in which options are shown."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Sequence

from lifecycle.quizzes.numbers import accepted_number
from lifecycle.quizzes.questions import Question, Verdict


def check(question: Question, answer: Collection[int] | Sequence[str]) -> Verdict:
    """Whether the answer is right, and which parts of it are.

    A choice is answered by the indices of the chosen options in the order of the source, whatever order was shown: one
    for a single choice, any number for a multiple one, where all and only the right ones make it right. Its parts are
    the options: chosen where right, left where wrong. Blanks are answered by one text each, in order, and compared as
    `normalised`, or as numbers where the accepted one has a tolerance; its parts are the blanks. An answer of another
    shape raises ValueError.
    """
    if isinstance(answer, str | bytes):
        raise ValueError(f"answer must be a collection, one entry a choice or blank, got {answer!r}")
    if question.kind == "blank":
        parts = _check_blanks(question, list(answer))
    else:
        parts = _check_choices(question, list(answer))
    return Verdict(all(parts), parts)


def normalised(text: str) -> str:
    """A typed answer as it is compared: composed letters, lower case, no space around it, single spaces within."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def shuffled(question: Question, seed: str) -> tuple[int, ...]:
    """The indices of the options in an order that depends on the seed and the question alone.

    Give it the learner and the attempt as seed: the same on every machine and after a reload, another at the next try.
    Every order is equally likely, since each option is ranked by a SHA-256 digest of its own.
    """

    def rank(index: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{question.id}\0{index}".encode("utf-8", "surrogatepass")).digest()

    return tuple(sorted(range(len(question.options)), key=rank))


def _check_blanks(question: Question, texts: list[object]) -> tuple[bool, ...]:
    if len(texts) != len(question.answers):
        raise ValueError(f"answer to {question.id} must have {len(question.answers)} texts, got {len(texts)}")
    for text in texts:
        if not isinstance(text, str):
            raise ValueError(f"answer to {question.id} must be texts, got {text!r}")
    pairs = zip(texts, question.answers, strict=True)
    return tuple(_fits(str(text), accepted) for text, accepted in pairs)


def _fits(text: str, accepted: str) -> bool:
    number = accepted_number(accepted)
    return normalised(text) == normalised(accepted) or (number is not None and number.fits(text))


def _check_choices(question: Question, chosen: list[object]) -> tuple[bool, ...]:
    count = len(question.options)
    for index in chosen:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise ValueError(f"answer to {question.id} must be indices from 0 to {count - 1}, got {index!r}")
    if len(set(chosen)) != len(chosen):
        raise ValueError(f"answer to {question.id} must name each option once, got {chosen!r}")
    if question.kind == "single" and len(chosen) != 1:
        raise ValueError(f"answer to {question.id} must be exactly one option, got {chosen!r}")
    return tuple((index in chosen) == option.right for index, option in enumerate(question.options))
