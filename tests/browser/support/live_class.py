"""A class for the browser tests: started in the folder of a server, driven from outside of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lifecycle.classroom import ask_json, ask_of, prediction
from lifecycle.classroom.server import Hub
from lifecycle.course import load
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.diagram import layout
from lifecycle.diagram.living import pointable
from lifecycle.storage import Classes

ROOT = Path(__file__).parents[3]
CHOICE = Question(
    "choice",
    "lake",
    QuestionKind.SINGLE,
    "Where does it **wait**?",
    (Option("In the lake", True, "Yes."), Option("In the sea", False, "It is salty there."), Option("Nowhere", False)),
    explanation="The lake holds it.",
)
SEVERAL = Question(
    "several",
    "lake",
    QuestionKind.MULTIPLE,
    "Which are wet?",
    (Option("Rain", True), Option("Snow", True), Option("Sand", False)),
)
NUMBER = Question(
    "number", "lake", QuestionKind.BLANK, "It takes [[]].", answers=("90 ± 5 min",), explanation="An hour and a half."
)
CLICK = Question(
    "click",
    "lake",
    QuestionKind.CLICK,
    "Tap where raw data rests.",
    (Option("lake", True), Option("buffer", False, "Only for a while.")),
)
HEADLINES = ("Welcome", "A choice", "Several", "A number", "A place", "A prediction")
POINTS = 2  # of the first step


@dataclass(frozen=True)
class Lesson:
    """A class on a server: what a presenter would do, done by its secret."""

    url: str
    code: str
    secret: str

    def act(self, action: str, **values: Any) -> None:
        """Drive it."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.secret}"}
        body = json.dumps({"action": action, **values}).encode()
        request = urllib.request.Request(f"{self.url}/live/{self.code}/act", body, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            answer.read()

    def ask(self, step: int) -> None:
        """Ask what a step asks."""
        self.act("go", step=step)
        self.act("ask")

    @property
    def phone(self) -> str:
        """Where a phone joins."""
        return f"{self.url}/join/{self.code}"

    @property
    def desk(self) -> str:
        """The presenter's own link."""
        return f"{self.url}/desk/{self.code}#{self.secret}"


def start(url: str, data: Path | str) -> Lesson:
    """A class of six steps in the store of the server at `url`: in its folder, or the address of its database."""
    pipeline = load(ROOT / "content").pipeline
    places = pointable(pipeline)
    asks = [
        None,
        ask_of(CHOICE, places, seed="s", rounds=2),
        *(ask_of(question, places, seed="s") for question in (SEVERAL, NUMBER, CLICK)),
        prediction(
            "guess", "p95 freshness will be", unit="min", low=0, high=100, truth=48.0, why="It waits for the batch."
        ),
    ]
    steps = [
        {
            "headline": headline,
            "notes_html": f"<p>Say {headline.lower()}.</p>",
            "text_html": f"<p>The hall reads {headline.lower()}.</p>",
            "points": POINTS if nth == 0 else 0,
            "points_html": [f"<p>Point {point + 1}</p>" for point in range(POINTS if nth == 0 else 0)],
            "minutes": 2,
            "ask": ask and ask_json(ask),
        }
        for nth, (headline, ask) in enumerate(zip(HEADLINES, asks, strict=True))
    ]
    talk = {"id": "t", "title": "A talk", "minutes": 12, "steps": steps, "diagram": layout.picture(pipeline).tb}
    hub = Hub(Classes(data / "headwaters.db" if isinstance(data, Path) else data))
    code, secret = hub.start(talk)
    hub.act(code, secret, "join", on=False)  # the hall has read how to join
    return Lesson(url, code, secret)
