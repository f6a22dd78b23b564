"""What a lesson is, whatever page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lifecycle.course.quizzes.questions import Question
from lifecycle.course.talks import OF_LESSON, Step, Talk

# The lesson that a first visit begins with, and the only one that may end without questions.
OPENING = "opening"
# A talk is taken as a lesson under its own id after this.
OF_TALK = "talk-"


class Control(StrEnum):
    """What a lesson may keep hidden until a step needs it."""

    CLOCK = "clock"  # the diagram's clock: play, pause, the slider
    START = "start"  # the switch between pull and push
    SIZE = "size"  # the switch between batch and stream
    TRANSFORM = "transform"  # the transformation's own switch
    MOVES = "moves"  # how a transfer goes, as a sequence
    STAGE = "stage"  # a click on a stage opens its panel
    FOLLOW = "follow"  # follow one event through the diagram
    KNOBS = "knobs"  # the knobs in the panel of a stage
    BREAK = "break"  # the tools below the diagram, and the form in its panel, that break a stage
    CHARTS = "charts"  # the figures and charts of the day
    BILL = "bill"  # what the day costs


# The settings of an address that a learner can change within a lesson, each with the control that does it.
SETS: Mapping[str, Control] = {
    "start": Control.START,
    "size": Control.SIZE,
    "transform": Control.TRANSFORM,
    "knobs": Control.KNOBS,
}

# What the explorer has and no lesson: a lesson has a day, a story and questions of its own.
_ELSEWHERE = ("scenario", "predict", "more", "story", "quiz")
# How a page's list of what it leaves out calls a control, where that is not the control's own name: there `knobs` is
# the knobs of a stage and the form that breaks it, both at once.
_LEFT_OUT = {Control.KNOBS: "turning"}


class UntilKind(StrEnum):
    """How a step can be completed, by the word with which an author writes it."""

    READ = "read"
    SET = "set"
    ANSWERED = "answered"
    PREDICTED = "predicted"
    MOMENT = "moment"
    STAGE = "stage"
    BROKEN = "broken"


@dataclass(frozen=True)
class Until:
    """What completes a step.

    `what` is the settings to reach as an address writes them (`size=stream`), the id of the stage to open or to break,
    or the second of the day that the clock must pass; "" where the kind says it all.
    """

    kind: UntilKind = UntilKind.READ
    what: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.what}".strip()


@dataclass(frozen=True)
class LessonStep(Step):
    """A step of a talk, taken alone: `reveals` are the controls that it shows for the first time.

    `beside` is the address query of the run that its figures are compared with, "" for the one before. `until_line`,
    `reveals_line` and `beside_line` are the file's lines of the three.
    """

    reveals: tuple[Control, ...] = ()
    until: Until = Until()
    beside: str = ""
    reveals_line: int = 1
    until_line: int = 1
    beside_line: int = 1


@dataclass(frozen=True)
class Lesson:
    """A lesson; `minutes` is how long it takes, `questions` those that stand in its own file."""

    id: str
    title: str
    summary: str
    minutes: float
    order: float = 0.0
    steps: tuple[LessonStep, ...] = ()
    questions: tuple[Question, ...] = ()

    def revealed(self, step: int) -> frozenset[Control]:
        """The controls that the step of this index has: what it and those before reveal; all where none reveals any."""
        if not any(one.reveals for one in self.steps):
            return frozenset(Control)
        return frozenset(control for one in self.steps[: step + 1] for control in one.reveals)

    def hidden(self, step: int) -> tuple[str, ...]:
        """What a page leaves out at the step of this index, by the keys of `address.State.hide`, and further ones."""
        missing = (control for control in Control if control not in self.revealed(step))
        return (*_ELSEWHERE, *(_LEFT_OUT.get(control, str(control)) for control in missing))


def lesson_of(talk: Talk) -> Lesson:
    """A talk for who missed it: every control is there, and a step that asks is done when it was answered."""
    steps = tuple(LessonStep(**vars(step), until=usual(step)) for step in talk.steps)
    return Lesson(OF_TALK + talk.id, talk.title, talk.summary, talk.minutes, talk.order, steps, talk.questions)


def talk_of(lesson: Lesson) -> Talk:
    """A lesson for a page that only shows steps one after the other: it reveals and waits for nothing."""
    return Talk(
        OF_LESSON + lesson.id,
        lesson.title,
        lesson.summary,
        lesson.minutes,
        lesson.order,
        lesson.steps,
        lesson.questions,
    )


def usual(step: Step) -> Until:
    """What completes a step that does not say: its question, its prediction, or that it was read."""
    if step.ask is None:
        return Until()
    return Until(UntilKind.PREDICTED if step.ask.predict else UntilKind.ANSWERED)
