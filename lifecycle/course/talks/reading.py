"""A talk read from its Markdown file, and every fault with its line and fix; lessons share the reader of its steps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lifecycle.course.quizzes.blocks import find_blocks, without_tags
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import ids_given, read_questions
from lifecycle.course.talks.body import Body, read_body
from lifecycle.course.talks.comments import Comment, read_comments, without_comments
from lifecycle.course.talks.talk import (
    CHARTS,
    OF_LESSON,
    STAGE_CHARTS,
    Prediction,
    Rounds,
    Step,
    StepAsk,
    Talk,
    class_can_answer,
)
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
    head = read_head(document, problems)
    questions = own_questions(document, f"talks/{id}", places, problems)
    hidden = {*unread, *ids_given(document.body)}
    steps = tuple(StepReader(document, bank, questions, hidden, problems).steps())
    talk = Talk(id, head.title, head.summary, head.minutes, head.order, steps, questions)
    problems += whole_problems("talk", talk.steps, head, document)
    if id.startswith(OF_LESSON):
        what = f"a talk named {id}, and `{OF_LESSON}` begins the name of a lesson among talks"
        problems.append(Problem(document.file, 1, what, "give the file another name"))
    return talk, tuple(problems)


@dataclass(frozen=True)
class ScriptHead:
    """The front matter of a talk or a lesson; `minutes_line` is the file's line of its minutes."""

    title: str
    summary: str
    minutes: float
    order: float
    minutes_line: int


def read_head(document: Document, problems: list[Problem]) -> ScriptHead:
    """The front matter of a script; `problems` grows."""
    fields = Fields(document.head, document.file, problems, "front matter")
    head = ScriptHead(
        fields.text("title", TITLE, required=True),
        fields.text("summary", SUMMARY, required=True, markup=True),
        fields.number("minutes", 1.0, LONGEST_MIN),
        fields.number("order", -1e6, 1e6, 0.0),
        fields.at("minutes"),
    )
    fields.done()
    return head


def own_questions(
    document: Document, place: str, places: Collection[str] | None, problems: list[Problem]
) -> tuple[Question, ...]:
    """The questions that stand in a script's own file, under its `place`; `problems` grows, by its text's, too."""
    questions, faults = read_questions(document.body, document.file, place, document.body_line)
    problems += faults
    problems += markup_problems(without_tags(document.body), document.file, document.body_line, places)
    problems += _computed_questions(questions)
    return questions


def _computed_questions(questions: tuple[Question, ...]) -> Iterator[Problem]:
    for question in questions:
        if question.computed:
            what = f"the question {question.id} is computed"
            yield Problem(question.file, question.line, what, "put it into quizzes/ and ask it by its id")


def whole_problems(noun: str, steps: Sequence[Step], head: ScriptHead, document: Document) -> Iterator[Problem]:
    """What is wrong with a script as a whole, which is a `noun`: how many steps, and how long."""
    if not steps:
        yield Problem(
            document.file, document.body_line, f"a {noun} without steps", "begin each with `## What it finds`"
        )
        return
    if len(steps) > MOST_STEPS:
        yield Problem(document.file, steps[MOST_STEPS].line, f"{len(steps):,} steps", f"keep them to {MOST_STEPS}")
    planned = sum(step.minutes for step in steps)
    if "minutes" in document.meta and abs(planned - head.minutes) > OUT_BY * head.minutes:
        what = f"`minutes: {head.minutes:g}`, and the steps take {planned:g}"
        fix = "fix the one or the others (a step takes 1 unless it says)"
        yield Problem(document.file, head.minutes_line, what, fix)


class StepReader:
    """Reads the steps of one document; `problems` grows as it goes. A lesson's reader takes further keys of a step."""

    def __init__(
        self,
        document: Document,
        bank: Mapping[str, Question],
        inside: tuple[Question, ...],
        unread: Collection[str],
        problems: list[Problem],
    ) -> None:
        self.file, self.problems = document.file, problems
        self.known = {**bank, **{question.id: question for question in inside}}
        self.inside, self.unread = inside, unread
        self.first_line = document.body_line
        self.rows = _without_quizzes(document.body)

    def report(self, line: int, what: str, fix: str) -> None:
        """Note one problem of this file."""
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
        """One step: its headline, and the rows from `row`, where that stands, up to `end`."""
        line = self.first_line + row
        if not headline:
            self.report(line, "a step without a headline", "say what it finds")
        elif len(headline) > HEADLINE:
            self.report(line, f"a headline of {len(headline):,} characters", f"shorten it to {HEADLINE}")
        text = "\n".join(self.rows[row + 1 : end])
        comments, faults = read_comments(text, self.file, line + 1)
        self.problems += faults
        body = self.body(without_comments(text), line + 1)
        step = Step(headline, text=body.text, points=body.points, notes=body.notes, line=line)
        inline = [question for question in self.inside if line < question.line <= self.first_line + end]
        steering = [comment for comment in comments if comment.word == "step"]
        for comment in steering[1:]:
            self.report(comment.line, "a second `step:` in one step", "join the two, or begin a new step")
        if steering:
            step = self.steered(step, steering[0])
        return replace(step, ask=self.ask([comment for comment in comments if comment.word != "step"], inline))

    def body(self, markdown: str, line: int) -> Body:
        """What stands below a headline; `line` is the file's line on which it begins."""
        body, faults = read_body(markdown, self.file, line)
        self.problems += faults
        return body

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
        self.further(step, fields)
        fields.done()
        if not step.stage and any(name == "panel" or name in STAGE_CHARTS for name in step.show):
            what = "a panel, or a chart of one stage, and no stage in the view"
            self.report(fields.at("show"), what, "name it in the view: ?stage=buffer&view=watch")
        return step

    def further(self, step: Step, fields: Fields) -> None:
        """Read what else a step's comment may say: nothing in a talk."""

    def view(self, fields: Fields, name: str = "view", *, required: bool = False) -> str:
        """The address query that a comment has under this name, "" where it has none."""
        view = fields.text(name, VIEW, required=required)
        if view and not view.startswith("?"):
            self.report(fields.at(name), f"the {name} {shown(view)}", "write it as an address's query: ?size=stream")
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
        """How often a class votes."""
        return 2 if fields.whole("rounds", 1, 2, 1) == 2 else 1

    def answerable(self, question: Question, line: int) -> None:
        """Report a question that cannot be answered where the script is shown: in a talk, on a phone."""
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
