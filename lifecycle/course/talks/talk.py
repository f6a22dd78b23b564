"""What a talk is, whatever screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never, get_args
from urllib.parse import parse_qsl

from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import Question

Rounds = Literal[1, 2]
# Where there are only steps a lesson stands among the talks under its own id after this.
OF_LESSON = "lesson-"

# The charts that there are, by their names on the page: those of a day, and those of the stage in view.
DayChart = Literal["Freshness", "Load", "Latency", "Where the time goes", "Queues", "Losses", "Load by stage"]
StageChart = Literal["Flow", "Waiting", "Users", "Queries", "Views", "Given up", "Age seen", "Reads", "Run", "Slots"]
CHARTS: tuple[DayChart, ...] = get_args(DayChart)
STAGE_CHARTS: tuple[StageChart, ...] = get_args(StageChart)


@dataclass(frozen=True)
class Prediction:
    """A number that the class guesses before a run tells it.

    `figure` is an expression over the figures of the run at `view`, an address query, as in a computed question:
    `consumers.bi.freshness_s.p95 / 60`. Its value is in `unit` and lies between `low` and `high`, the ends of the
    scale that is offered.
    """

    label: str
    figure: str
    view: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class StepAsk:
    """What a step asks of the class: a question by id, of the bank or of the talk's own, or a prediction.

    `rounds` 2 is peer instruction: vote, talk to your neighbour, vote again.
    """

    question: str = ""
    rounds: Rounds = 1
    predict: Prediction | None = None


@dataclass(frozen=True)
class Step:
    """One step: what the hall sees (`headline`, `text`, `points`, `view`, `show`), and `notes` for the presenter alone.

    `view` is an address query such as `?scenario=flash-sale&moment=46800`, "" for the diagram at rest; with `plays` the
    clock runs on from its moment. `show` holds "diagram", "panel" and names of charts; nothing of it is text alone.
    `line` is the file's line of its headline, `view_line` that of its view.
    """

    headline: str
    view: str = ""
    plays: bool = False
    show: tuple[str, ...] = ("diagram",)
    text: str = ""
    points: tuple[str, ...] = ()
    notes: str = ""
    minutes: float = 1.0
    ask: StepAsk | None = None
    line: int = 1
    view_line: int = 1

    @property
    def drawn(self) -> tuple[str, ...]:
        """The pictures of `show`. A question takes the diagram's room; charts stay: they may be what it asks about."""
        return tuple(name for name in self.show if name != "panel" and not (self.ask and name == "diagram"))

    @property
    def stage(self) -> str:
        """The stage that its view opens, "" for none."""
        return dict(parse_qsl(self.view.removeprefix("?"))).get("stage", "")


@dataclass(frozen=True)
class Talk:
    """A talk; `minutes` is what it is announced with, `questions` those that stand in its own file."""

    id: str
    title: str
    summary: str
    minutes: float
    order: float = 0.0
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()

    def seed(self, step: int) -> str:
        """The name under which the step of this index asks: it decides on the order of the options, everywhere."""
        return f"{self.id}-{step + 1}"

    def planned_s(self, step: int) -> float:
        """Seconds from the talk's start until the step of this index begins, as planned."""
        return 60.0 * sum(before.minutes for before in self.steps[:step])


def class_can_answer(question: Question) -> bool:
    """Whether a hall can answer it on its phones: a choice, one number, or a click on the diagram."""
    match asked_as(question):
        case Choose() | Point():
            return True
        case Fill(answers):
            return len(answers) == 1 and accepted_number(answers[0]) is not None
        case Arrange() | Pair():
            return False
        case never:
            assert_never(never)
