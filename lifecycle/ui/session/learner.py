"""Who is learning: a random name in a cookie, and what the store knows under it.

If the store cannot be used, the session shows what it last read, holds what is added, and the person is told so. What
it holds goes into the store as soon as the store can be used again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lifecycle.storage import AnswerRow, DrillRow, PredictionScore, Store, StoreError, place
from lifecycle.ui import remembered
from lifecycle.ui.session import identity


def name() -> str:
    """The learner's id: of who is signed in, else of the browser's cookie, else one for this session alone."""
    return _signed_in() or anonymous()


def anonymous() -> str:
    """The id of this browser, not of its user: from the cookie that the server set, or for this session alone."""
    if not remembered.LEARNER.is_set:
        found = identity.learner_of(st.context.headers.get_all("cookie"))
        remembered.LEARNER.put(found or identity.new_id())
        remembered.LEARNER_STAYS.put(bool(found))
    return str(remembered.LEARNER.value)


def is_remembered() -> bool:
    """Whether a reload will find the same learner: the browser took the cookie, or somebody is signed in."""
    anonymous()
    return bool(_signed_in() or remembered.LEARNER_STAYS.value)


def can_sign_in() -> bool:
    """Whether anyone who runs the server has configured who tells learners apart (`[auth]` in Streamlit's secrets)."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def is_signed_in() -> bool:
    """Whether the provider has said who this is."""
    return bool(_signed_in())


def _signed_in() -> str:
    """An id made of who vouches for the learner and under which name; "" for anyone who is not signed in."""
    if not can_sign_in():
        return ""
    user: Mapping[str, Any] = st.user.to_dict()
    if not user.get("is_logged_in") or not user.get("sub"):
        return ""
    return "user-" + hashlib.sha256(f"{user.get('iss', '')}\0{user['sub']}".encode()).hexdigest()


def store() -> Store:
    """The store of this server."""
    return Store(place())


def answers() -> tuple[AnswerRow, ...]:
    """All this learner's answers, oldest first, those that only this session holds last."""
    try:
        rows = store().answers(name())
        if _held() and _saved(_save_held):
            rows = store().answers(name())
        remembered.ANSWERS_READ.put(rows)
    except StoreError as error:
        _warn(error)
        rows = remembered.ANSWERS_READ.get(())
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
    held: dict[str, AnswerRow] = remembered.UNSAVED_ANSWERS.setdefault({})
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
        remembered.SCORE_READ.put(saved)
    except StoreError as error:
        _warn(error)
        saved = remembered.SCORE_READ.get(PredictionScore())
    points, possible = (sum(column) for column in zip((0, 0), *held.values(), strict=True))
    return PredictionScore(saved.points + points, saved.possible + possible, saved.rounds + len(held))


def add_prediction(submission: str, points: int, possible: int) -> None:
    """Keep the points of a prediction: in the store, else in the session."""
    _held_predictions()[submission] = (points, possible)
    _saved(_save_held_predictions)


def _held_predictions() -> dict[str, tuple[int, int]]:
    held: dict[str, tuple[int, int]] = remembered.UNSAVED_PREDICTIONS.setdefault({})
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
    if remembered.STORE_WARNING.get() != str(error):
        remembered.STORE_WARNING.put(str(error))
        st.toast(f"Answers are kept for this visit only: {error}", icon=":material/warning:")


def exported() -> dict[str, Any]:
    """Everything that the store has of this learner; StoreError where it cannot be read."""
    return store().export(name())


def erase() -> None:
    """Delete everything of this learner, in the store and in this session; StoreError where it cannot be done."""
    store().erase(name())
    for held in (_held(), _held_predictions(), _held_drills()):
        held.clear()
    for key in (remembered.ANSWERS_READ, remembered.SCORE_READ, remembered.DRILLS_READ):
        key.forget()


def bring_in(document: object) -> int:
    """Add an export's rows to this learner, and say how many were new; ValueError or StoreError in words."""
    return store().bring_in(name(), document)


def left_behind() -> int:
    """How many rows this browser's anonymous learner has that are not signed in with."""
    return sum(len(part) for part in store().export(anonymous()).values() if isinstance(part, list))


def take_along() -> None:
    """Give what the browser's anonymous learner did to who is signed in; it is then theirs alone."""
    store().bring_in(name(), store().export(anonymous()))
    store().erase(anonymous())


def drills() -> tuple[DrillRow, ...]:
    """All this learner's drills, oldest first, those that only this session holds last."""
    held = _held_drills()
    try:
        if held:
            _saved(_save_held_drills)
        rows = store().drills(name())
        remembered.DRILLS_READ.put(rows)
    except StoreError as error:
        _warn(error)
        rows = remembered.DRILLS_READ.get(())
    return (*rows, *held.values())


def add_drill(
    submission: str,
    drill: str,
    level: int,
    stage_right: bool,
    cause_right: bool,
    remedy_right: bool,
    hints: int,
    points: int,
) -> None:
    """Keep a drill's result, once: in the store, else in the session."""
    seen: set[str] = remembered.DRILLS_ADDED.setdefault(set())
    if submission in seen:
        return
    seen.add(submission)
    _held_drills()[submission] = DrillRow(drill, level, stage_right, cause_right, remedy_right, hints, points, 0.0)
    _saved(_save_held_drills)


def _held_drills() -> dict[str, DrillRow]:
    held: dict[str, DrillRow] = remembered.UNSAVED_DRILLS.setdefault({})
    return held


def _save_held_drills() -> None:
    held = _held_drills()
    for submission, row in list(held.items()):
        rights = row.stage_right, row.cause_right, row.remedy_right
        store().add_drill(submission, name(), row.drill, row.level, *rights, row.hints, row.points)
        held.pop(submission, None)
