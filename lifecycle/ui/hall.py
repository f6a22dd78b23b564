"""A question on the screen of a lecture hall: asked of the room, answered by a show of hands or by a class's phones.

The right answer goes to the browser when it is revealed, and not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from lifecycle import rehearsal
from lifecycle.course import Course
from lifecycle.documents import as_html
from lifecycle.graph import GraphvizError
from lifecycle.quizzes.numbers import accepted_number
from lifecycle.quizzes.questions import Question
from lifecycle.talks import Ask, Prediction, Talk
from lifecycle.ui import cached

_HERE = Path(__file__).parent
_hall = st.components.v2.component(
    "headwaters_hall",
    js=(_HERE / "hall.js").read_text(encoding="utf-8"),
    css=(_HERE / "hall.css").read_text(encoding="utf-8"),
)
# Where the session keeps which question's answer is shown, in a talk that no class follows.
_SHOWN = "talk-answer"


def turn_answer(talk: Talk, step: int) -> None:
    """Show the answer to a step's question, or hide it again."""
    here = f"{talk.id}-{step}"
    st.session_state[_SHOWN] = "" if st.session_state.get(_SHOWN) == here else here


def show(course: Course, talk: Talk, step: int, ask: Ask) -> None:
    """The question of a step, its options or its scale, and the answer once it is revealed."""
    revealed = st.session_state.get(_SHOWN) == f"{talk.id}-{step}"
    question = course.question(ask.question)
    if ask.predict:
        asked, answer = _predicted(ask.predict), _truth(course, ask.predict) if revealed else None
    elif question:
        asked, answer = _asked(question), _answer(question) if revealed else None
    else:
        return
    data: dict[str, Any] = {
        "question": asked | {"id": f"{talk.id}-{step}", "rounds": ask.rounds},
        "answer": answer,
        "live": False,
    }
    if asked["kind"] == "click":
        try:
            data["picture"] = cached.picture(course.pipeline).lr
        except GraphvizError as error:
            st.warning(f"The diagram cannot be drawn. {error}", icon=":material/draw:")
            return
    with st.container(key="talk-question"):
        _hall(key="hall", data=data)


def _asked(question: Question) -> dict[str, Any]:
    kind = "number" if question.kind == "blank" else question.kind
    number = accepted_number(question.answers[0]) if question.answers else None
    options = question.options if kind in ("single", "multiple") else ()
    return {
        "kind": kind,
        "stem_html": as_html(question.stem.replace("[[]]", "…")),
        "options": [{"id": str(n), "html": as_html(option.text, inline=True)} for n, option in enumerate(options)],
        "label": "",
        "unit": number.unit if number else "",
    }


def _answer(question: Question) -> dict[str, Any]:
    number = accepted_number(question.answers[0]) if question.answers else None
    named = {"click"} >= {question.kind}
    right = [option.text if named else str(n) for n, option in enumerate(question.options) if option.right]
    return {"right": right, "truth": number.value if number else None, "html": as_html(question.explanation)}


def _predicted(prediction: Prediction) -> dict[str, Any]:
    return {
        "kind": "predict",
        "stem_html": as_html(f"What will it be? **{prediction.label}**"),
        "options": [],
        "label": prediction.label,
        "unit": prediction.unit,
        "low": prediction.low,
        "high": prediction.high,
    }


def _truth(course: Course, prediction: Prediction) -> Mapping[str, Any]:
    return {"right": [], "truth": rehearsal.truth(prediction, course), "html": ""}
