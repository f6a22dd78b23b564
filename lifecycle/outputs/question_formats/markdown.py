"""Markdown in our own form: what `course.quizzes.reading` and mkdocs-quiz read back to the very same questions."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from lifecycle.course.quizzes.blanks import PLACEHOLDER, written_blank
from lifecycle.course.quizzes.interactions import Fill
from lifecycle.course.quizzes.kinds import NAMED, asked_as
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.documents.folder import TEXT_LIMIT_BYTES
from lifecycle.outputs.question_formats.exported import Exported, ExportedPlace, Loss

ROOM_BYTES = TEXT_LIMIT_BYTES - 1_000  # of a file, with some to spare for headings


def export(questions: Sequence[Question], places: Sequence[ExportedPlace] = ()) -> Exported:  # noqa: ARG001 - a format's form
    """One file a place, `<place>.md`, or several where one would be too long for our reader.

    What would not read back as it is, is left out and told.
    """
    pages: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    losses = []
    for question in questions:
        text = block(question)
        if not _comes_back(question, text):
            losses.append(Loss(question, "what it holds cannot be written so that it reads back the same", whole=True))
            continue
        # Windows and macOS take names that differ in capitals alone for one: they share a file.
        name = names.setdefault(unicodedata.normalize("NFC", question.place).casefold(), question.place)
        if name != question.place:
            losses.append(Loss(question, f"its own file: it stands in {name}.md, whose name differs in capitals alone"))
        pages.setdefault(name, []).append(text)
    files: dict[str, bytes] = {}
    for name, blocks in pages.items():
        for data in _parts(blocks):
            files[_free(f"{name}.md", files)] = data
    return Exported(files, tuple(losses))


def one_file(exported: Exported) -> Exported:
    """All pages of an export as one, each under a heading; as several where it would be too long for our reader."""
    pages = [f"# {name.removesuffix('.md')}\n\n{data.decode()}" for name, data in exported.files.items()]
    files: dict[str, bytes] = {}
    for data in _parts(pages):
        files[_free("", files)] = data
    return Exported(files, exported.losses)


def _parts(texts: Sequence[str]) -> Iterator[bytes]:
    """The texts one after the other, in as few parts as our reader can take."""
    part: list[bytes] = []
    size = 0
    for text in (text.encode() for text in texts):
        if part and size + len(text) + 1 > ROOM_BYTES:
            yield b"\n".join(part)
            part, size = [], 0
        part.append(text)
        size += len(text) + 1
    if part:
        yield b"\n".join(part)


def _free(name: str, taken: Container[str]) -> str:
    """The name, or with the next number behind it: `bank.md`, `bank-2.md`."""
    stem = name.removesuffix(".md")
    ending = name[len(stem) :]
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}-{number}{ending}"
    return free


def block(question: Question) -> str:
    """The question as its comment and its `<quiz>` block."""
    tags = [("question", question.id)]
    tags += [("kind", question.kind)] if question.kind in NAMED else []
    comment = "; ".join(f"{name}: {value}" for name, value in (*tags, *question.tags))
    body = _blanks(question) if isinstance(asked_as(question), Fill) else _options(question)
    return f"<!-- {comment} -->\n<quiz>\n{body}\n</quiz>\n"


def _comes_back(question: Question, text: str) -> bool:
    questions, problems = read_questions(text, question.file, question.place, question.line - 1)
    return not problems and questions == (replace(question, aliases=()),)


def _blanks(question: Question) -> str:
    first, *rest = question.stem.split(PLACEHOLDER)
    blanks = (written_blank(answer, tuple(also)) for answer, *also in question.accepted)
    stem = first + "".join(blank + part for blank, part in zip(blanks, rest, strict=True))
    return f"{stem}\n\n---\n{question.explanation}" if question.explanation else stem


def _options(question: Question) -> str:
    lines = [question.stem]
    for option in question.options:
        lines.append(f"- [{'x' if option.right else ' '}] {_text(question, option)}{_note(option)}")
        lines += [f"> {line}" for line in option.feedback.split("\n")] if option.feedback else []
    return "\n".join([*lines, "", question.explanation] if question.explanation else lines)


def _text(question: Question, option: Option) -> str:
    kind = NAMED.get(question.kind)
    return kind.written(option) if kind else option.text


def _note(option: Option) -> str:
    """What stands behind an option in a comment."""
    notes = {"misconception": option.misconception, "see": option.see}
    if option.within:
        notes["within"] = "..".join(_number(bound) for bound in option.within)
    note = "; ".join(f"{name}: {value}" for name, value in notes.items() if value)
    return f" <!-- {note} -->" if note else ""


def _number(value: float) -> str:
    return repr(value) if math.isfinite(value) else "-1e999" if value < 0 else "1e999"
