"""Moodle's GIFT, as its importer reads it (question/format/gift/format.php of Moodle 4).

Every text is HTML and marked so. A name, an id and the tags stand above each question; the categories are the places.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as Collection
from typing import assert_never

from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.documents import as_html, as_text
from lifecycle.outputs.question_formats.exported import (
    Exported,
    ExportedPlace,
    Loss,
    choices,
    common_losses,
    title,
    with_gaps,
)

# What an importer takes as the share of a right answer, in per cent, by how many there are (`match grades: error`).
SHARES = {
    2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111", 10: "10",
}  # fmt: skip
_CONTROL = str.maketrans({mark: f"\\{mark}" for mark in "\\:#={}~"} | {"\n": "\\n"})


def export(questions: Sequence[Question], places: Sequence[ExportedPlace] = ()) -> Exported:
    """One file, a category for each place."""
    blocks: list[str] = []
    losses: list[Loss] = []
    place = None
    ids = {question.id for question in questions}
    for question in questions:
        written, lost = _question(question, places, ids)
        losses += lost
        if not written:
            continue
        if question.place != place:
            place = question.place
            blocks.append(f"$CATEGORY: $course$/top/{' '.join(place.split())}\n")
        blocks += written
    return Exported({"": "\n".join(blocks).encode()}, tuple(losses))


def escaped(text: str) -> str:
    """Text in which nothing means anything to GIFT."""
    return text.replace("\r", "").translate(_CONTROL)


def _question(
    question: Question, places: Sequence[ExportedPlace], ids: Collection[str]
) -> tuple[list[str], list[Loss]]:
    """The blocks that ask the question, most often one, and what they leave out. `ids` are those of all questions."""
    losses = common_losses(question)
    match asked_as(question):
        case Fill():
            return _kept(_blanks(question, losses, ids), losses)
        case Choose() | Point() as interaction:
            parts = _choice(question, isinstance(interaction, Choose) and interaction.several, places, losses)
        case Arrange(steps):
            parts = _steps(question, steps, losses)
        case Pair():
            parts = _pairs(question, losses)
        case never:
            assert_never(never)
    return _kept([_block(question, as_html(question.stem), parts)] if parts else [], losses)


def _kept(written: list[str], losses: list[Loss]) -> tuple[list[str], list[Loss]]:
    """Of a question that is left out only that is told."""
    if not written:
        return [], [loss for loss in losses if loss.whole]
    return written, losses


def _block(question: Question, stem: str, parts: list[str], suffix: str = "") -> str:
    """One question of the file: comment, name, stem, answers, general feedback."""
    named = {"level": question.level, "idea": question.idea}
    tags = "".join(f" [tag:{name} {value}]" for name, value in named.items() if value and not set("[]") & set(value))
    above = f"// [id:{question.id}{suffix}]{tags}"
    explained = [f"\t####{_html(as_html(question.explanation))}"] if question.explanation else []
    lines = [f"::{escaped(title(question))}::{_html(stem)} {{", *(f"\t{part}" for part in parts), *explained, "}"]
    return "\n".join([above, *lines]) + "\n"


def _html(text: str) -> str:
    return f"[html]{escaped(text)}"


def _option(option: Option, weight: str) -> str:
    feedback = f" #{_html(as_html(option.feedback))}" if option.feedback else ""
    return f"{weight}{_html(as_html(option.text, inline=True))}{feedback}"


def _choice(question: Question, several: bool, places: Sequence[ExportedPlace], losses: list[Loss]) -> list[str]:
    options = choices(question, places)
    right = sum(option.right for option in options)
    if len(options) == right and not several:
        losses.append(Loss(question, "a choice without a wrong option is none in GIFT", whole=True))
        return []
    if not several:
        return [_option(option, "=" if option.right else "~") for option in options]
    if right not in SHARES:
        losses.append(
            Loss(question, f"GIFT has no share for each of {right} right options; it has up to 10", whole=True)
        )
        return []
    losses.append(
        Loss(question, "all or nothing: some of the right options give a part of the points (a wrong one takes all)")
    )
    return [_option(option, f"~%{SHARES[right]}%" if option.right else "~%-100%") for option in options]


def _blanks(question: Question, losses: list[Loss], ids: Collection[str]) -> list[str]:
    """One question for each blank: GIFT has room for one."""
    count = len(question.answers)
    # A mark that no id has, where the ids with a hyphen are those of other questions.
    mark = "." if ids & {f"{question.id}-{number}" for number in range(1, count + 1)} else "-"
    if count > 1:
        losses.append(Loss(question, f"{count} blanks in one question: they are {count} questions of one blank each"))
    stem = as_html(with_gaps(question))
    written = []
    for number, (answer, *more) in enumerate(question.accepted, start=1):
        text = f"{stem}\n<p>({number})</p>" if count > 1 else stem
        accepted = accepted_number(answer)
        arrow = next((text for text in (answer, *more) if "->" in text), None)
        if accepted is None and arrow:
            losses.append(Loss(question, f"an arrow in the answer {arrow!r}, which GIFT takes for a pair", whole=True))
            return []
        if accepted is not None and accepted.unit:
            text += f"\n<p>{as_html(f'In {accepted.unit}.', inline=True)}</p>"
            losses.append(
                Loss(question, f"units: the number is asked for in {accepted.unit}, and others are not converted")
            )
        if accepted is not None:
            parts = [f"#{accepted.value!r}:{accepted.tolerance!r}"]
        else:
            # a star alone would stand for anything
            parts = [f"=[plain]{escaped(text.replace('*', chr(92) + '*'))}" for text in (answer, *more)]
        written.append(_block(question, text, parts, f"{mark}{number}" if count > 1 else ""))
    return written


def _steps(question: Question, steps: Sequence[Option], losses: list[Loss]) -> list[str]:
    losses.append(
        Loss(
            question, "moving steps: each is matched to its number, and a part of them right gives a part of the points"
        )
    )
    losses += _silent(question)
    numbered = enumerate(steps, start=1)
    return [f"={_html(as_html(step.text, inline=True))} -> {number}" for number, step in numbered]


def _pairs(question: Question, losses: list[Loss]) -> list[str]:
    losses.append(Loss(question, "all or nothing: each right pair gives a part of the points"))
    losses += _silent(question)
    rights = {option: escaped(" ".join(as_text(option.pair).split())) for option in question.options}
    return [
        f"={_html(as_html(option.text, inline=True)) if option.right else ''} -> {rights[option]}"
        for option in question.options
    ]


def _silent(question: Question) -> list[Loss]:
    spoken = any(option.feedback for option in question.options)
    return [Loss(question, "feedback: a matching has none for its pairs")] if spoken else []
