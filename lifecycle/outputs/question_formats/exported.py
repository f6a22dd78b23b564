"""What an export is, and what all formats ask of a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lifecycle.course.quizzes.blanks import PLACEHOLDER
from lifecycle.course.quizzes.interactions import Fill, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.documents import as_text

GAP = r"\_\_\_\_\_"  # in Markdown, where a bare `_____` alone on its line would be a rule


class ExportedPlace(NamedTuple):
    """A place or flow of the diagram that a click may answer: `buffer`, or `buffer->lake`, and what it is called."""

    id: str
    label: str


@dataclass(frozen=True)
class Loss:
    """What of a question the format does not hold; `whole` where the question could not be written at all."""

    question: Question
    what: str
    whole: bool = False

    def __str__(self) -> str:
        where = f"{self.question.file}:{self.question.line}: {self.question.id}: "
        return f"{where}{'left out: ' if self.whole else ''}{self.what}"


@dataclass(frozen=True)
class Exported:
    """The files of an export by their names ("" for the one file of a format that has one), and what was lost."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


# A format: the questions, and the places and flows that a click may answer (empty where the folder has no diagram).
Export = Callable[[Sequence[Question], Sequence[ExportedPlace]], Exported]


def title(question: Question) -> str:
    """A name for lists: the first words of the stem."""
    words = " ".join(as_text(question.with_gaps(GAP)).split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"


def with_gaps(question: Question) -> str:
    """The stem with a visible gap for each blank, numbered where there are several."""
    if not isinstance(asked_as(question), Fill):
        return question.stem
    parts = question.stem.split(PLACEHOLDER)
    marks = [GAP if len(parts) == 2 else f"({n}) {GAP}" for n in range(1, len(parts))]
    return parts[0] + "".join(mark + part for mark, part in zip(marks, parts[1:], strict=True))


def choices(question: Question, places: Sequence[ExportedPlace]) -> tuple[Option, ...]:
    """The options of a choice; of a click every place (or flow) that it may be answered with, by name.

    A click whose right answers are places is offered places, one about flows flows; what the author lists comes first.
    """
    interaction = asked_as(question)
    if not isinstance(interaction, Point):
        return question.options
    labels = {place.id: place.label for place in places}
    listed = {option.text for option in question.options}
    flows = any("->" in id for id in interaction.right)
    others = [place for place in places if place.id not in listed and ("->" in place.id) == flows]
    named = (
        Option(labels.get(o.text, o.text.replace("->", " → ")), o.right, o.feedback, misconception=o.misconception)
        for o in question.options
    )
    return (*named, *(Option(place.label, False) for place in others))


def common_losses(question: Question) -> list[Loss]:
    """What no foreign format holds: views that disprove an option, drawn numbers, what an option stands for."""
    losses = []
    if question.computed:
        losses.append(Loss(question, "numbers drawn anew for every learner: the example of the file is written"))
    if any(option.see for option in question.options):
        losses.append(Loss(question, "the views that disprove an option (see)"))
    if any(option.misconception for option in question.options):
        losses.append(Loss(question, "the misconceptions that wrong options stand for"))
    return losses
