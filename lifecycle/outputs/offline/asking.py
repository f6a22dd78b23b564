"""Questions as the page holds them: what is asked in the open, the key to it disguised.

The page judges answers itself, so the key is in the file. It is kept out of plain sight: words to be typed as salted
hashes, the rest under a stream of hashes that anyone who reads the page's script can make as well.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any, cast

from lifecycle.course import Course, computed
from lifecycle.course.day import in_turn
from lifecycle.course.quizzes.checking import shuffled
from lifecycle.course.quizzes.interactions import Pair
from lifecycle.course.quizzes.kinds import asked_as, kind_of
from lifecycle.course.quizzes.kinds.kind import line
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.course.quizzes.resolving import BELONGS_TO, SHOWS_IT, is_shown, number_hint, right_answer, view_of
from lifecycle.diagram import living
from lifecycle.documents import as_html
from lifecycle.outputs.offline.message import SentQuestion, Variant

# A computed question is asked with its written example first, then with so many others.
VARIANTS = 3
# What stands for a blank in the HTML of a stem: a private character, which no content may hold.
GAP = "\ue000"


def by_place(course: Course) -> dict[str, list[SentQuestion]]:
    """Every question by its place, in the author's order."""
    places = [*course.places.values(), *([course.overview] if course.overview else [])]
    return {place.id: [one(course, question) for question in place.questions] for place in places}


def one(course: Course, question: Question) -> SentQuestion:
    """One question, of a place or of a talk."""
    return _sent(course, question, {belief.id: line(belief.label) for belief in course.misconceptions})


def _resolved(course: Course, question: Question) -> dict[str, Any]:
    """What a wrong answer leads to: the right one, its reason, and a view that shows it."""
    stages = {stage.id for stage in course.pipeline.stages}
    title = course.places[question.place].title if question.place in course.places else course.pipeline.title
    reasons = (option.feedback for option in question.options if option.right and option.feedback)
    return {
        "answer": [line(part) for part in right_answer(question, living.pointable(course.pipeline))],
        "reasons": [_block(reason) for reason in reasons] if not isinstance(asked_as(question), Pair) else [],
        "view": view_of(question, None, course.places, stages).removeprefix("?"),
        "look": SHOWS_IT if is_shown(question) else BELONGS_TO.format(title),
    }


def _sent(course: Course, question: Question, beliefs: dict[str, str]) -> SentQuestion:
    return {
        "id": question.id,
        "kind": str(question.kind),
        "level": question.level,
        "number": number_hint(question),
        "variants": [_variant(course, variant, beliefs) for variant in variants(course, question)],
    }


def variants(course: Course, question: Question) -> list[Question]:
    """The question as it is written, and, where it is computed, with some other numbers."""
    result = [question]
    with in_turn():
        for seed in range(1, VARIANTS if question.computed else 1):
            try:
                result.append(computed.instance(question, course, str(seed)))
            except ValueError:  # `check` tells its author; the example stands
                break
    return result


def _variant(course: Course, question: Question, beliefs: dict[str, str]) -> Variant:
    """What is shown, as `Kinds` has it, and, sealed, the key. Options are shuffled: their order tells nothing."""
    order, kind = shuffled(question, "static"), kind_of(question)
    key = kind.key(question, order, lambda option: _judged(option, beliefs)) | {
        "explanation": _block(question.explanation),
        **_resolved(course, question),
    }
    variant = {
        "stem": _block(replace(question, stem=question.stem.replace(GAP, "")).with_gaps(GAP)),
        **kind.shown(question, order),
        "sealed": seal(json.dumps(key, ensure_ascii=False, separators=(",", ":")), question.id),
    }
    return cast(Variant, variant)


def _judged(option: Option, beliefs: dict[str, str]) -> dict[str, Any]:
    """Whether an option is right, and what to say to anyone who chose it."""
    reply = {
        "feedback": _block(option.feedback),
        "belief": beliefs.get(option.misconception, ""),
        "see": option.see.removeprefix("?"),
    }
    return {"right": option.right, **{name: text for name, text in reply.items() if text}}


def _block(markdown: str) -> str:
    return as_html(markdown, own_links="#")


def seal(text: str, salt: str) -> str:
    """The text disguised, in base64."""
    return base64.b64encode(veiled(text.encode("utf-8", "replace"), salt)).decode()


def veiled(data: bytes, salt: str) -> bytes:
    """The bytes under a stream of SHA-256 digests of the salt and a counter; once more, and they are as before."""
    blocks = range(-(-len(data) // 32))
    stream = b"".join(hashlib.sha256(f"{salt}\0{block}".encode("utf-8", "surrogatepass")).digest() for block in blocks)
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))
