"""Markdown in our own form: what `lifecycle.quizzes.reading` and mkdocs-quiz read back to the very same questions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from lifecycle.exports.exported import Exported, Loss, Place
from lifecycle.quizzes.blanks import PLACEHOLDER
from lifecycle.quizzes.kinds import ARRANGED
from lifecycle.quizzes.questions import Option, Question
from lifecycle.quizzes.reading import read_questions


def export(questions: Sequence[Question], places: Sequence[Place] = ()) -> Exported:  # noqa: ARG001 - a format's form
    """One file a place, `<place>.md`; what would not read back as it is, is left out and told."""
    pages: dict[str, list[str]] = {}
    losses = []
    for question in questions:
        text = block(question)
        if not _comes_back(question, text):
            losses.append(Loss(question, "what it holds cannot be written so that it reads back the same", whole=True))
            continue
        pages.setdefault(question.place, []).append(text)
    return Exported({f"{place}.md": "\n".join(blocks).encode() for place, blocks in pages.items()}, tuple(losses))


def one_file(exported: Exported) -> Exported:
    """All pages of an export as one, each under a heading."""
    text = "\n".join(f"# {name.removesuffix('.md')}\n\n{data.decode()}" for name, data in exported.files.items())
    return Exported({"": text.encode()}, exported.losses)


def block(question: Question) -> str:
    """The question as its comment and its `<quiz>` block."""
    tags = [("question", question.id)]
    tags += [("kind", question.kind)] if question.kind in ARRANGED else []
    comment = "; ".join(f"{name}: {value}" for name, value in (*tags, *question.tags))
    body = _blanks(question) if question.kind == "blank" else _options(question)
    return f"<!-- {comment} -->\n<quiz>\n{body}\n</quiz>\n"


def _comes_back(question: Question, text: str) -> bool:
    found, problems = read_questions(text, question.file, question.place, question.line - 1)
    return not problems and found == (replace(question, aliases=()),)


def _blanks(question: Question) -> str:
    first, *rest = question.stem.split(PLACEHOLDER)
    stem = first + "".join(f"[[{answer}]]{part}" for answer, part in zip(question.answers, rest, strict=True))
    return f"{stem}\n\n---\n{question.explanation}" if question.explanation else stem


def _options(question: Question) -> str:
    lines = [question.stem]
    for option in question.options:
        lines.append(f"- [{'x' if option.right else ' '}] {_text(question, option)}{_note(option)}")
        lines += [f"> {line}" for line in option.feedback.split("\n")] if option.feedback else []
    return "\n".join([*lines, "", question.explanation] if question.explanation else lines)


def _text(question: Question, option: Option) -> str:
    if question.kind == "match":
        return f"{option.text} → {option.pair}" if option.right else option.pair
    return option.text.replace("->", " -> ") if question.kind == "click" else option.text


def _note(option: Option) -> str:
    """What stands behind an option in a comment."""
    notes = {"misconception": option.misconception, "see": option.see}
    if option.within:
        notes["within"] = "..".join(_number(bound) for bound in option.within)
    said = "; ".join(f"{name}: {value}" for name, value in notes.items() if value)
    return f" <!-- {said} -->" if said else ""


def _number(value: float) -> str:
    return repr(value) if math.isfinite(value) else "-1e999" if value < 0 else "1e999"
