"""An answer held against its question, and the order in which options are shown."""

from __future__ import annotations

import hashlib
import string
import unicodedata
from collections.abc import Collection, Sequence

from lifecycle.course.quizzes.numbers import accepted_number, doubt_in
from lifecycle.course.quizzes.questions import Option, Question, Verdict

# What the reader of a question with several right options is told.
SEVERAL = "Several may be right."


def check(question: Question, answer: Collection[int] | Sequence[str]) -> Verdict:
    """Whether the answer is right, and which parts of it are.

    A choice is answered by the indices of the chosen options in the order of the source, whatever order was shown: one
    for a single choice, any number for a multiple one, where all and only the right ones make it right. Its parts are
    the options: chosen where right, left where wrong. Blanks are answered by one text each, in order, and compared as
    `normalised`, or as numbers where the accepted one has a tolerance; its parts are the blanks. An order is answered
    by the indices of all steps, and its parts are the steps that stand in their place; a match by the index of the
    option whose `pair` was chosen for each left-hand side in turn; a click by the one place or flow. An answer of
    another shape raises ValueError.
    """
    if isinstance(answer, str | bytes):
        raise ValueError(f"answer must be a collection, one entry a choice or blank, got {answer!r}")
    parts = _CHECKS.get(question.kind, _check_choices)(question, list(answer))
    return Verdict(all(parts), parts)


def doubts(question: Question, answer: Collection[int] | Sequence[str]) -> tuple[str, ...]:
    """What to ask back before an answer is judged: a sentence for each typed number that can mean two."""
    if question.kind != "blank":
        return ()
    found = (
        doubt_in(text, number.unit)
        for text, accepted in zip(map(str, answer), question.answers, strict=False)
        if (number := accepted_number(accepted)) and normalised(text) != normalised(accepted)
    )
    return tuple(filter(None, found))


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

    order = sorted(range(len(question.options)), key=rank)
    if question.kind == "order" and order == sorted(order):  # nothing would be left to do
        order.append(order.pop(0))
    return tuple(order)


def letters(count: int) -> tuple[str, ...]:
    """What so many options are called, wherever a class reads them: A to Z, then AA to ZZ."""
    one = string.ascii_uppercase
    return tuple(one[nth] if nth < len(one) else one[nth // len(one) - 1] + one[nth % len(one)] for nth in range(count))


def lettered(question: Question, seed: str) -> tuple[tuple[str, Option], ...]:
    """The options with their letters, in the order that `seed` gives: hall, phone, desk and paper all read it here."""
    order = shuffled(question, seed)
    return tuple((letter, question.options[index]) for letter, index in zip(letters(len(order)), order, strict=True))


def left_hand(question: Question) -> tuple[Option, ...]:
    """The options of a match that are to be matched, in the order of the source."""
    return tuple(option for option in question.options if option.right)


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
    _indices(question, chosen)
    if len(set(chosen)) != len(chosen):
        raise ValueError(f"answer to {question.id} must name each option once, got {chosen!r}")
    if question.kind == "single" and len(chosen) != 1:
        raise ValueError(f"answer to {question.id} must be exactly one option, got {chosen!r}")
    return tuple((index in chosen) == option.right for index, option in enumerate(question.options))


def _check_order(question: Question, steps: list[object]) -> tuple[bool, ...]:
    if len(set(_indices(question, steps))) != len(question.options) or len(steps) != len(question.options):
        raise ValueError(f"answer to {question.id} must name each of its {len(question.options)} steps once")
    return tuple(step == place for place, step in enumerate(steps))


def _check_pairs(question: Question, chosen: list[object]) -> tuple[bool, ...]:
    lefts = left_hand(question)
    if len(chosen) != len(lefts):
        raise ValueError(f"answer to {question.id} must have {len(lefts)} entries, got {len(chosen)}")
    pairs = zip(lefts, _indices(question, chosen), strict=True)
    return tuple(question.options[index].pair == left.pair for left, index in pairs)


def _check_place(question: Question, chosen: list[object]) -> tuple[bool, ...]:
    if len(chosen) != 1 or not isinstance(chosen[0], str):
        raise ValueError(f"answer to {question.id} must be one place or flow, got {chosen!r}")
    return (any(option.right and option.text == chosen[0] for option in question.options),)


def _indices(question: Question, chosen: list[object]) -> list[int]:
    count = len(question.options)
    found = []
    for index in chosen:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise ValueError(f"answer to {question.id} must be indices from 0 to {count - 1}, got {index!r}")
        found.append(index)
    return found


_CHECKS = {"blank": _check_blanks, "order": _check_order, "match": _check_pairs, "click": _check_place}
