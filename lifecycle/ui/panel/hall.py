"""A question on the screen of a lecture hall: asked of the room, answered by a show of hands or by a class's phones.

The right answer goes to the browser when it is revealed, and not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, TypedDict

import streamlit as st

from lifecycle import classroom
from lifecycle.classroom import Ask, rehearsal
from lifecycle.classroom.message import KeyShown, PollKind, PollShown
from lifecycle.classroom.polls import poll_json, shown_key
from lifecycle.course import Course
from lifecycle.course.sources import without
from lifecycle.course.talks import Talk
from lifecycle.course.talks.talk import Rounds
from lifecycle.diagram.layout import GraphvizError
from lifecycle.diagram.living import pointable
from lifecycle.ui import remembered
from lifecycle.ui.session import cached

_FOLDER = Path(__file__).parent
_hall = st.components.v2.component(
    "headwaters_hall",
    js=(_FOLDER / "dist/hall.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "hall.css").read_text(encoding="utf-8"),
)


class HallQuestion(TypedDict):
    """What the hall's script is given: `panel/message.js` has the same fields and types, which a test holds.

    A `click` is made on the `picture` (SVG). With the `code` of a class the key comes by its feed.
    """

    poll: PollShown
    rounds: Rounds
    key: KeyShown | None
    code: str
    compact: bool
    picture: NotRequired[str]


def ask_of(course: Course, talk: Talk, step: int, *, alone: bool = False) -> Ask | None:
    """What a step asks of the class, with its key; None where it asks nothing.

    For a screen that shows the question `alone`, a prediction begins with the step's words: they say what changes.
    """
    ask = talk.steps[step].ask
    if ask is None:
        return None
    seed = talk.seed(step)
    if guess := ask.predict:
        label = f"What will it be? **{guess.label}**"
        words = without(talk.steps[step].text) if alone else ""
        return classroom.prediction(
            seed,
            f"{words}\n\n{label}".strip(),
            unit=guess.unit,
            low=guess.low,
            high=guess.high,
            truth=rehearsal.truth(guess, course),
            rounds=ask.rounds,
        )
    question = course.question(ask.question)
    return classroom.ask_of(question, pointable(course.pipeline), seed=seed, rounds=ask.rounds) if question else None


def turn_answer(talk: Talk, step: int) -> None:
    """Show the answer to a step's question, or hide it again."""
    shown_at = f"{talk.id}-{step}"
    remembered.TALK_ANSWER.put("" if remembered.TALK_ANSWER.get() == shown_at else shown_at)


def show(course: Course, talk: Talk, step: int, code: str, *, compact: bool) -> None:
    """The question of a step; with the `code` of a class, its votes as they come; `compact` beside charts."""
    ask = ask_of(course, talk, step)
    if ask is None:
        return
    revealed = not code and remembered.TALK_ANSWER.get() == f"{talk.id}-{step}"
    data: HallQuestion = {
        "poll": poll_json(ask.poll),
        "rounds": ask.rounds,
        "key": shown_key(ask) if revealed else None,
        "code": code,
        "compact": compact,
    }
    if ask.poll.kind is PollKind.CLICK:
        try:
            data["picture"] = cached.picture(course.pipeline).lr
        except GraphvizError as error:
            st.warning(f"The diagram cannot be drawn. {error}", icon=":material/draw:")
            return
    # the map takes what room the rest leaves (talk.css); other questions are as high as their words
    with st.container(key="talk-question-map" if ask.poll.kind is PollKind.CLICK else "talk-question"):
        _hall(key="hall", data=data)
