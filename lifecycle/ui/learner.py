"""Who is learning: a random name in a cookie, and what the store knows under it.

If the store cannot be used, the session shows what it last read, holds what is added, and the person is told so. What
it holds goes into the store as soon as the store can be used again.
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
    """The database of `HEADWATERS_DATABASE_URL`, else a file in `HEADWATERS_DATA` or in `.headwaters`."""
    url = os.environ.get("HEADWATERS_DATABASE_URL", "").strip()
    return Store(url or Path(os.environ.get("HEADWATERS_DATA", ".headwaters")) / "headwaters.db")


def answers() -> tuple[AnswerRow, ...]:
    """All this learner's answers, oldest first, those that only this session holds last."""
    try:
        rows = store().answers(name())
        if _held() and _saved(_save_held):
            rows = store().answers(name())
        st.session_state["answers-read"] = rows
    except StoreError as error:
        _warn(error)
        rows = st.session_state.get("answers-read", ())
    return (*rows, *_held().values())


def add_answer(
    submission: str,
    place: str,
    question: str,
    right: bool,
    answer: str,
    *,
    confidence: int | None = None,
    variant: str = "",
) -> None:
    """Keep an answer: in the store, else in the session."""
    _held()[submission] = AnswerRow(place, question, right, answer, 0.0, confidence, variant)
    _saved(_save_held)


def _held() -> dict[str, AnswerRow]:
    """Answers that are not known to be in the store, by submission; the store will say when they came."""
    held: dict[str, AnswerRow] = st.session_state.setdefault("unsaved-answers", {})
    return held


def _save_held() -> None:
    """Save them in the order in which they were given; one whose reply was lost is in the store, and stays one."""
    held = _held()
    for submission, row in list(held.items()):
        given = (row.place, row.question, row.right, row.answer)
        store().add_answer(submission, name(), *given, confidence=row.confidence, variant=row.variant)
        held.pop(submission, None)


def prediction_score() -> PredictionScore:
    """What this learner has earned by predicting."""
    held = _held_predictions()
    try:
        if held:
            _saved(_save_held_predictions)
        saved = store().prediction_score(name())
        st.session_state["score-read"] = saved
    except StoreError as error:
        _warn(error)
        saved = st.session_state.get("score-read", PredictionScore())
    points, possible = (sum(column) for column in zip((0, 0), *held.values(), strict=True))
    return PredictionScore(saved.points + points, saved.possible + possible, saved.rounds + len(held))


def add_prediction(submission: str, points: int, possible: int) -> None:
    """Keep the points of a prediction: in the store, else in the session."""
    _held_predictions()[submission] = (points, possible)
    _saved(_save_held_predictions)


def _held_predictions() -> dict[str, tuple[int, int]]:
    held: dict[str, tuple[int, int]] = st.session_state.setdefault("unsaved-predictions", {})
    return held


def _save_held_predictions() -> None:
    held = _held_predictions()
    for submission, (points, possible) in list(held.items()):
        store().add_prediction(submission, name(), points, possible)
        held.pop(submission, None)


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
