"""A talk read from its Markdown file, and every fault with its line and fix."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from lifecycle.course.quizzes.blocks import find_blocks, without_tags
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import ids_given, read_questions
from lifecycle.course.talks.body import read_body
from lifecycle.course.talks.comments import Comment, read_comments, without_comments
from lifecycle.course.talks.talk import CHARTS, STAGE_CHARTS, Prediction, Rounds, Step, StepAsk, Talk, class_can_answer
from lifecycle.documents import Document, Fields, Problem, instead, markup_problems, shown

TITLE, SUMMARY, VIEW, LABEL, FIGURE, UNIT = 60, 200, 2_000, 80, 300, 20
HEADLINE = 80
MOST_STEPS = 80
LONGEST_MIN = 480.0
OUT_BY = 0.1  # so much of a talk's minutes may its steps be off
_HEADLINE = re.compile(r"##(?!#)[ \t]*(.*?)[ \t#]*$")


def read_talk(
    document: Document,
    id: str,
    bank: Mapping[str, Question],
    places: Collection[str] | None = None,
    unread: Collection[str] = (),
) -> tuple[Talk, tuple[Problem, ...]]:
    """The talk of one file, and what is wrong with it; `bank` holds the questions that it may ask, by id.

    `unread` are ids of questions that are there but cannot be read: their fault is told where they stand, not here.
    """
    problems: list[Problem] = []
    fields = Fields(document.head, document.file, problems, "front matter")
    talk = Talk(
        id,
        fields.text("title", TITLE, required=True),
        fields.text("summary", SUMMARY, required=True, markup=True),
        fields.number("minutes", 1.0, LONGEST_MIN),
        fields.number("order", -1e6, 1e6, 0.0),
    )
    fields.done()
    questions, faults = read_questions(document.body, document.file, f"talks/{id}", document.body_line)
    problems += faults
    problems += markup_problems(without_tags(document.body), document.file, document.body_line, places)
    problems += _own_questions(questions)
    hidden = {*unread, *ids_given(document.body)}
    reader = _TalkReader(document, bank, questions, hidden, problems)
    steps = tuple(reader.steps())
    talk = replace(talk, steps=steps, questions=questions)
    problems += _whole_problems(talk, document, fields.at("minutes"))
    return talk, tuple(problems)


def _own_questions(questions: tuple[Question, ...]) -> Iterator[Problem]:
    for question in questions:
        if question.computed:
            what = f"the question {question.id} is computed"
            yield Problem(question.file, question.line, what, "put it into quizzes/ and ask it by its id")


def _whole_problems(talk: Talk, document: Document, minutes_line: int) -> Iterator[Problem]:
    """What is wrong with the talk as a whole: how many steps, and how long."""
    if not talk.steps:
        yield Problem(document.file, document.body_line, "a talk without steps", "begin each with `## What it finds`")
        return
    if len(talk.steps) > MOST_STEPS:
        line = talk.steps[MOST_STEPS].line
        yield Problem(document.file, line, f"{len(talk.steps):,} steps", f"keep them to {MOST_STEPS}")
    planned = talk.planned_s(len(talk.steps)) / 60.0
    if "minutes" in document.meta and abs(planned - talk.minutes) > OUT_BY * talk.minutes:
        what = f"`minutes: {talk.minutes:g}`, and the steps take {planned:g}"
        yield Problem(document.file, minutes_line, what, "fix the one or the others (a step takes 1 unless it says)")


class _TalkReader:
    """Reads the steps of one document; `problems` grows as it goes."""

    def __init__(
        self,
        document: Document,
        bank: Mapping[str, Question],
        in_talk: tuple[Question, ...],
        unread: Collection[str],
        problems: list[Problem],
    ) -> None:
        self.file, self.problems = document.file, problems
        self.known = {**bank, **{question.id: question for question in in_talk}}
        self.in_talk, self.unread = in_talk, unread
        self.first_line = document.body_line
        self.rows = _without_quizzes(document.body)

    def report(self, line: int, what: str, fix: str) -> None:
        self.problems.append(Problem(self.file, line, what, fix))

    def steps(self) -> Iterator[Step]:
        """Every `##` with what stands below it."""
        visible = without_comments("\n".join(self.rows)).split("\n")
        heads = [(row, match[1]) for row, line in enumerate(visible) if (match := _HEADLINE.match(line))]
        before = visible[: heads[0][0]] if heads else visible
        stray = next((row for row, line in enumerate(before) if line.strip()), None)
        if stray is not None:
            self.report(self.first_line + stray, "text before the first step", "begin a step with `## What it finds`")
        ends = [*(row for row, _ in heads[1:]), len(self.rows)]
        for (row, headline), end in zip(heads, ends, strict=False):
            yield self.step(headline.strip(), row, end)

    def step(self, headline: str, row: int, end: int) -> Step:
        line = self.first_line + row
        if not headline:
            self.report(line, "a step without a headline", "say what it finds")
        elif len(headline) > HEADLINE:
            self.report(line, f"a headline of {len(headline):,} characters", f"shorten it to {HEADLINE}")
        text = "\n".join(self.rows[row + 1 : end])
        comments, faults = read_comments(text, self.file, line + 1)
        body, more = read_body(without_comments(text), self.file, line + 1)
        self.problems += (*faults, *more)
        step = Step(headline, text=body.text, points=body.points, notes=body.notes, line=line)
        inline = [question for question in self.in_talk if line < question.line <= self.first_line + end]
        steering = [comment for comment in comments if comment.word == "step"]
        for comment in steering[1:]:
            self.report(comment.line, "a second `step:` in one step", "join the two, or begin a new step")
        if steering:
            step = self.steered(step, steering[0])
        return replace(step, ask=self.ask([comment for comment in comments if comment.word != "step"], inline))

    def steered(self, step: Step, comment: Comment) -> Step:
        """The step with what its comment says."""
        fields = Fields(comment.settings, self.file, self.problems, "step")
        step = replace(
            step,
            view=self.view(fields),
            view_line=fields.at("view"),
            plays=fields.flag("plays"),
            show=self.show(fields),
            minutes=fields.number("minutes", 0.1, LONGEST_MIN, 1.0),
        )
        fields.done()
        if not step.stage and any(name == "panel" or name in STAGE_CHARTS for name in step.show):
            what = "a panel, or a chart of one stage, and no stage in the view"
            self.report(fields.at("show"), what, "name it in the view: ?stage=buffer&view=watch")
        return step

    def view(self, fields: Fields, *, required: bool = False) -> str:
        view = fields.text("view", VIEW, required=required)
        if view and not view.startswith("?"):
            self.report(fields.at("view"), f"the view {shown(view)}", "write it as an address's query: ?size=stream")
            return ""
        return view

    def show(self, fields: Fields) -> tuple[str, ...]:
        """Names of what to show; `text` alone for nothing but words."""
        if "show" not in fields:
            fields.node("show")
            return Step("").show
        names = [name.strip() for name in fields.text("show", VIEW, required=True).split(",") if name.strip()]
        if names == ["text"]:
            return ()
        known = {"diagram": "diagram", "panel": "panel"}
        known |= {f"chart {name.lower()}": name for name in (*CHARTS, *STAGE_CHARTS)}
        for name in names:
            if name.lower() not in known:
                fix = instead(name.lower(), ["text", *known])
                self.report(fields.at("show"), f"{shown(name)} cannot be shown", fix)
        return tuple(dict.fromkeys(known[name.lower()] for name in names if name.lower() in known))

    def ask(self, comments: list[Comment], inline: list[Question]) -> StepAsk | None:
        """The one thing that a step asks, or None."""
        asks = [self.named(comment) if comment.word == "ask" else self.predicted(comment) for comment in comments]
        lines = [comment.line for comment in comments]
        for question in inline:
            rounds = question.tag("rounds")
            if rounds not in ("", "1", "2"):
                self.report(question.line, f"{shown(rounds)} rounds", "write 1 or 2")
            self.answerable(question, question.line)
            asks.append(StepAsk(question.id, 2 if rounds == "2" else 1))
            lines.append(question.line)
        if len(asks) > 1:
            self.report(sorted(lines)[1], "a second question in one step", "begin a new step for it")
        return asks[0] if asks else None

    def named(self, comment: Comment) -> StepAsk:
        """A question by its id."""
        fields = Fields(comment.settings, self.file, self.problems, "ask")
        id = fields.text("ask", LABEL, required=True)
        rounds = self.rounds(fields)
        fields.done()
        if id in self.known:
            self.answerable(self.known[id], fields.at("ask"))
        elif id and id not in self.unread:
            self.report(fields.at("ask"), f"no question is called {shown(id)}", instead(id, self.known))
        return StepAsk(id, rounds)

    def rounds(self, fields: Fields) -> Rounds:
        return 2 if fields.whole("rounds", 1, 2, 1) == 2 else 1

    def answerable(self, question: Question, line: int) -> None:
        if not class_can_answer(question):
            what = f"{question.id} cannot be answered on a phone ({question.kind})"
            self.report(line, what, "ask a choice, one number with a tolerance, or a click")

    def predicted(self, comment: Comment) -> StepAsk:
        """A number to guess."""
        fields = Fields(comment.settings, self.file, self.problems, "predict")
        guess = Prediction(
            label=fields.text("predict", LABEL, required=True),
            figure=fields.text("figure", FIGURE, required=True),
            view=self.view(fields, required=True),
            unit=fields.text("unit", UNIT),
            low=fields.number("low", -1e12, 1e12),
            high=fields.number("high", -1e12, 1e12),
        )
        rounds = self.rounds(fields)
        fields.done()
        if "low" in fields and "high" in fields and guess.high <= guess.low:
            self.report(fields.at("high"), "a scale that ends before it begins", "write a `high` above `low`")
        return StepAsk("", rounds, guess)


def _without_quizzes(body: str) -> list[str]:
    """The rows of a body with its quiz blocks emptied, so that every other row keeps its line."""
    rows = body.split("\n")
    for block in find_blocks(body, 0)[0]:
        for row in range(block.line, block.line + block.body.count("\n") + 1):
            rows[row] = ""
    return rows
