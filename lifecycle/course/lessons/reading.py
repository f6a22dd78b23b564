"""A lesson read from its Markdown file: a talk's steps with what each reveals and waits for, and every fault."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lifecycle.course.lessons.lesson import OF_TALK, OPENING, Control, Lesson, LessonStep, Until, UntilKind, usual
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import ids_given
from lifecycle.course.talks.body import Body
from lifecycle.course.talks.reading import VIEW, StepReader, own_questions, read_head, whole_problems
from lifecycle.course.talks.talk import Step
from lifecycle.documents import Document, Fields, Problem, instead, shown
from lifecycle.simulation.model.scenario import DAY_S

CAPTION = 600  # characters: what is read while something moves
CLOSING = 3  # so many steps at a lesson's end ask a question each
# What stands behind each word of `until`, as an example; "" for nothing.
_EXAMPLES: Mapping[UntilKind, str] = {
    UntilKind.READ: "",
    UntilKind.SET: "size=stream",
    UntilKind.ANSWERED: "",
    UntilKind.PREDICTED: "",
    UntilKind.MOMENT: "75600",
    UntilKind.STAGE: "buffer",
    UntilKind.BROKEN: "buffer",
}
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def read_lesson(
    document: Document,
    id: str,
    bank: Mapping[str, Question],
    places: Collection[str] | None = None,
    unread: Collection[str] = (),
) -> tuple[Lesson, tuple[Problem, ...]]:
    """The lesson of one file, and what is wrong with it; `bank` and `unread` as `read_talk` has them."""
    problems: list[Problem] = []
    head = read_head(document, problems)
    questions = own_questions(document, f"lessons/{id}", places, problems)
    reader = _LessonReader(document, bank, questions, {*unread, *ids_given(document.body)}, problems)
    steps = tuple(reader.lesson_steps())
    problems += whole_problems("lesson", steps, head, document)
    if id.startswith(OF_TALK):
        what = f"a lesson named {id}, and `{OF_TALK}` begins the name of a talk that is taken as a lesson"
        problems.append(Problem(document.file, 1, what, "give the file another name"))
    problems += _closing_problems(id, steps, document.file)
    return Lesson(id, head.title, head.summary, head.minutes, head.order, steps, questions), tuple(problems)


def _closing_problems(id: str, steps: tuple[LessonStep, ...], file: str) -> Iterator[Problem]:
    """A lesson ends with three questions, so that it counts; the opening is only a way in."""
    asking = [step for step in steps[-CLOSING:] if step.ask and not step.ask.predict]
    if steps and id != OPENING and len(asking) < CLOSING:
        what = f"{len(asking)} of the last {CLOSING} steps ask a question"
        yield Problem(file, steps[-1].line, what, "end with three steps that do: `<!-- ask: id -->`")


@dataclass(frozen=True)
class _Lead:
    """What a step's comment says for a lesson alone."""

    reveals: tuple[Control, ...]
    until: Until | None
    beside: str
    reveals_line: int
    until_line: int
    beside_line: int


class _LessonReader(StepReader):
    """Reads the steps of one document with what each reveals and what completes it."""

    def __init__(
        self,
        document: Document,
        bank: Mapping[str, Question],
        inside: tuple[Question, ...],
        unread: Collection[str],
        problems: list[Problem],
    ) -> None:
        super().__init__(document, bank, inside, unread, problems)
        self.leads: dict[int, _Lead] = {}  # by the line of the step's headline
        self.revealed: dict[Control, int] = {}  # each with the line of its step

    def lesson_steps(self) -> Iterator[LessonStep]:
        for step in self.steps():
            lead = self.leads.get(step.line, _Lead((), None, "", step.line, step.line, step.line))
            yield LessonStep(
                **vars(step),
                reveals=lead.reveals,
                until=lead.until or usual(step),
                beside=lead.beside,
                reveals_line=lead.reveals_line,
                until_line=lead.until_line,
                beside_line=lead.beside_line,
            )
            self.asked_for(step, lead)

    def asked_for(self, step: Step, lead: _Lead) -> None:
        """Whether a step asks what its `until` waits for, and nothing that only a hall has."""
        kind = lead.until.kind if lead.until else None
        if kind == UntilKind.ANSWERED and (step.ask is None or step.ask.predict):
            self.report(lead.until_line, "`until: answered` and no question", "ask one: `<!-- ask: id -->`")
        if kind == UntilKind.PREDICTED and (step.ask is None or not step.ask.predict):
            self.report(lead.until_line, "`until: predicted` and no prediction", "write a `<!-- predict: … -->`")
        if step.ask and step.ask.rounds == 2:
            self.report(step.line, "two rounds, which only a class has", "remove `rounds`")

    def body(self, markdown: str, line: int) -> Body:
        """The whole Markdown as the caption: nobody speaks beside it, so there are no notes."""
        text = markdown.strip()
        if len(text) > CAPTION:
            self.report(line - 1, f"a caption of {len(text):,} characters", f"shorten it to {CAPTION}")
        code = False
        for number, row in enumerate(markdown.split("\n"), line):
            code ^= bool(_FENCE.match(row))
            if _HEADING.match(row) and not code:
                self.report(number, "a heading within a step", "begin a new step with `##`")
        return Body(text)

    def answerable(self, question: Question, line: int) -> None:
        """Who learns alone can answer every kind of question."""

    def further(self, step: Step, fields: Fields) -> None:
        self.leads[step.line] = _Lead(
            self.reveals(fields),
            self.until(fields),
            self.view(fields, "beside"),
            fields.at("reveals"),
            fields.at("until"),
            fields.at("beside"),
        )

    def reveals(self, fields: Fields) -> tuple[Control, ...]:
        """The controls that a step shows for the first time."""
        line = fields.at("reveals")
        controls: list[Control] = []
        for name in filter(None, (part.strip() for part in fields.text("reveals", VIEW).split(","))):
            if name not in tuple(Control):
                self.report(line, f"{shown(name)} cannot be revealed", instead(name, tuple(Control)))
            elif (control := Control(name)) in self.revealed:
                first = self.revealed[control]
                self.report(line, f"`{name}` is revealed already in line {first}", "reveal it once, where it is needed")
            else:
                self.revealed[control] = line
                controls.append(control)
        return tuple(controls)

    def until(self, fields: Fields) -> Until | None:
        """What completes the step, None where it does not say, or says it wrongly."""
        text, line = fields.text("until", VIEW), fields.at("until")
        word, _, what = text.partition(" ")
        what = what.strip()
        if not text:
            return None
        if word not in tuple(UntilKind):
            self.report(line, f"`until: {shown(text)[1:-1]}`", instead(word, tuple(UntilKind)))
            return None
        kind = UntilKind(word)
        if bool(what) != bool(_EXAMPLES[kind]):
            example = f"until: {Until(kind, _EXAMPLES[kind])}"
            self.report(
                line,
                f"`until: {shown(text)[1:-1]}` {'says too much' if what else 'is cut short'}",
                f"write `{example}`",
            )
            return None
        if kind == UntilKind.MOMENT and not (what.isascii() and what.isdecimal() and 0 < int(what) <= DAY_S):
            self.report(line, f"the moment {shown(what)}", f"write a second of the day, from 1 to {DAY_S:.0f}")
            return None
        return Until(kind, what.removeprefix("?"))
