"""Who is learning: a random name in a cookie, and what the store knows under it.

If the store cannot be used, answers are kept for the session and the person is told so.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lifecycle.storage import AnswerRow, PredictionScore, Store, StoreError

COOKIE = "headwaters_learner"
YEAR_S = 365 * 24 * 3600

_set_cookie = st.components.v2.component(
    "headwaters_cookie",
    js=f"""export default function({{data}}) {{
        if (data?.learner) {{
            document.cookie = `{COOKIE}=${{data.learner}}; path=/; max-age={YEAR_S}; SameSite=Lax`;
        }}
    }}""",
)


def name() -> str:
    """The learner's id: from the cookie, or new for this session."""
    if "learner" not in st.session_state:
        cookie = str(st.context.cookies.get(COOKIE, ""))
        st.session_state["learner"] = cookie if re.fullmatch(r"[0-9a-f]{32}", cookie) else uuid.uuid4().hex
    return str(st.session_state["learner"])


def remember() -> None:
    """Put the learner's id into the browser, so that a reload finds the same learner."""
    _set_cookie(data={"learner": name()}, key="learner-cookie", height=1)


def store() -> Store:
    """The store in `HEADWATERS_DATA`, or in `.headwaters` where the server was started."""
    return Store(Path(os.environ.get("HEADWATERS_DATA", ".headwaters")) / "headwaters.db")


def answers() -> tuple[AnswerRow, ...]:
    """All this learner's answers, oldest first, those that only this session holds last."""
    unsaved = tuple(st.session_state.get("unsaved-answers", ()))
    try:
        return (*store().answers(name()), *unsaved)
    except StoreError as error:
        _warn(error)
        return unsaved


def add_answer(submission: str, place: str, question: str, right: bool, answer: str) -> None:
    """Keep an answer: in the store, else in the session."""
    if not _saved(lambda: store().add_answer(submission, name(), place, question, right, answer)):
        rows = st.session_state.setdefault("unsaved-answers", [])
        rows.append(AnswerRow(place, question, right, answer, 0.0))


def prediction_score() -> PredictionScore:
    """What this learner has earned by predicting."""
    held = st.session_state.get("unsaved-predictions", PredictionScore())
    try:
        saved = store().prediction_score(name())
    except StoreError as error:
        _warn(error)
        saved = PredictionScore()
    return PredictionScore(saved.points + held.points, saved.possible + held.possible, saved.rounds + held.rounds)


def add_prediction(submission: str, points: int, possible: int) -> None:
    """Keep the points of a prediction: in the store, else in the session."""
    if not _saved(lambda: store().add_prediction(submission, name(), points, possible)):
        held = st.session_state.get("unsaved-predictions", PredictionScore())
        st.session_state["unsaved-predictions"] = PredictionScore(
            held.points + points, held.possible + possible, held.rounds + 1
        )


def _saved(write: Callable[[], None]) -> bool:
    try:
        write()
    except StoreError as error:
        _warn(error)
        return False
    return True


def _warn(error: StoreError) -> None:
    """Say once a session why answers are not being saved."""
    if st.session_state.get("store-warning") != str(error):
        st.session_state["store-warning"] = str(error)
        st.toast(f"Answers are kept for this visit only: {error}", icon=":material/warning:")
