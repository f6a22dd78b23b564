"""Blanks: a text or a number typed into each gap of the stem."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from lifecycle.course.quizzes.interactions import Fill
from lifecycle.course.quizzes.kinds.kind import Judged, Kind
from lifecycle.course.quizzes.numbers import accepted_number, doubt_in
from lifecycle.course.quizzes.questions import Question, QuestionKind


class BlankKind(Kind):
    """One text each blank, in order, compared as `normalised`, or as numbers where the accepted one has a tolerance."""

    name = QuestionKind.BLANK

    def check(self, question: Question, given: list[object]) -> tuple[bool, ...]:
        """The parts are the blanks."""
        if len(given) != len(question.answers):
            raise ValueError(f"answer to {question.id} must have {len(question.answers)} texts, got {len(given)}")
        for text in given:
            if not isinstance(text, str):
                raise ValueError(f"answer to {question.id} must be texts, got {text!r}")
        return tuple(_fits(str(text), accepted) for text, accepted in zip(given, question.accepted, strict=True))

    def doubts(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        """A sentence for each typed number that can mean two."""
        asked_back = (
            doubt_in(text, number.unit)
            for text, accepted in zip(map(str, given), question.answers, strict=False)
            if (number := accepted_number(accepted)) and normalised(text) != normalised(accepted)
        )
        return tuple(filter(None, asked_back))

    def right_answer(self, question: Question, labels: Mapping[str, str]) -> tuple[str, ...]:
        texts = tuple(map(_in_words, question.accepted))
        return texts if len(texts) == 1 else tuple(f"({n}) {text}" for n, text in enumerate(texts, 1))

    def interaction(self, question: Question) -> Fill:
        return Fill(question.answers, question.accepted)

    def shown(self, question: Question, order: Sequence[int]) -> dict[str, Any]:
        return {"blanks": len(question.answers)}

    def key(self, question: Question, order: Sequence[int], judged: Judged) -> dict[str, Any]:
        return {"blanks": [_key(accepted, question.id) for accepted in question.accepted]}

    def named(self, question: Question, given: Sequence[Any]) -> tuple[str, ...]:
        texts = map(normalised, given)
        return tuple(f"({n}) {text}" for n, text in enumerate(texts, 1)) if len(given) > 1 else tuple(texts)

    def fits(self, question: Question, key: str) -> bool:
        number, text = 1, key
        if len(question.answers) > 1:
            mark, _, text = key.partition(" ")
            number = int(mark.strip("()"))
        return _fits(text, question.accepted[number - 1])


def normalised(text: str) -> str:
    """A typed answer as it is compared: composed letters, lower case, no space around it, single spaces within."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def hashed(text: str, salt: str) -> str:
    """A typed answer as the key of the offline page holds it."""
    return hashlib.sha256(f"{salt}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _fits(text: str, accepted: Sequence[str]) -> bool:
    number = accepted_number(accepted[0])
    return normalised(text) in map(normalised, accepted) or (number is not None and number.fits(text))


def _key(accepted: Sequence[str], salt: str) -> dict[str, Any]:
    number = accepted_number(accepted[0])
    within = {"value": number.value, "tolerance": number.tolerance, "unit": number.unit} if number else {}
    first, *more = (hashed(normalised(text), salt) for text in accepted)
    return {"hash": first, **({"also": more} if more else {}), **within}


def _in_words(accepted: Sequence[str]) -> str:
    number = accepted_number(accepted[0])
    if number is None:
        first, *more = accepted
        return f"{first} (or {', '.join(more)})" if more else first
    size = abs(number.value)
    value = f"{number.value:,.0f}" if size >= 100 else f"{number.value:.3g}"
    unit = f" {number.unit}" if number.unit else ""
    share = 100 * number.tolerance / size if size else 0.0
    return f"{value}{unit} ({share:.2g} % more or less counts too)" if share else f"{value}{unit}"
