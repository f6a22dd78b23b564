"""Who is learning: a random name in a cookie, and what the store knows under it.

If the store cannot be used, the session shows what it last read, holds what is added, and the person is told so. What
it holds goes into the store as soon as the store can be used again.
"""

from __future__ import annotations

import hashlib
import itertools
import time
import uuid
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeVar

import streamlit as st
from cachetools import LRUCache

from lifecycle.storage import (
    AnswerRow,
    DrillRow,
    LessonRow,
    PredictionRow,
    PredictionScore,
    Store,
    StoreError,
    Uploads,
    place,
)
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components import sign_in
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import identity
from lifecycle.ui.session.outbox import Outbox

T = TypeVar("T")

# What a session has read stays good until this server writes something of the same learner, and so long at most:
# another server of the same database, or the command line, may have written too.
READ_AGAIN_S = 10.0
# The number of what this server wrote last of a learner, counted over all: 0 of one that is forgotten, who is read once
# more than needed. A cache of this kind is moved about by those who only look, so that they take turns.
_writes: LRUCache[str, int] = LRUCache(maxsize=10_000)
_numbers, _turn = itertools.count(1), Lock()


def name() -> str:
    """The learner's id: of who is signed in, else of the browser's cookie, else one for this session alone."""
    return _signed_in() or anonymous()


def anonymous() -> str:
    """The id of this browser, not of its user: from the cookie that the server set, or for this session alone."""
    if not remembered.LEARNER.is_set:
        cookie = identity.learner_of(st.context.headers.get_all("cookie"))
        remembered.LEARNER.put(cookie or identity.new_id())
        remembered.LEARNER_STAYS.put(bool(cookie))
    return str(remembered.LEARNER.value)


def is_remembered() -> bool:
    """Whether a reload will find the same learner: the browser took the cookie, or somebody is signed in."""
    anonymous()
    return bool(_signed_in() or remembered.LEARNER_STAYS.value)


def can_sign_in() -> bool:
    """Whether anyone who runs the server has configured who tells learners apart (`[auth]` in Streamlit's secrets)."""
    return sign_in.is_configured()


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


_ANSWERS: Outbox[AnswerRow] = Outbox(
    remembered.UNSAVED_ANSWERS, lambda submission, row: store().add_answer(submission, name(), row)
)
_PREDICTIONS: Outbox[PredictionRow] = Outbox(
    remembered.UNSAVED_PREDICTIONS, lambda submission, row: store().add_prediction(submission, name(), row)
)
_DRILLS: Outbox[DrillRow] = Outbox(
    remembered.UNSAVED_DRILLS, lambda submission, row: store().add_drill(submission, name(), row)
)
_LESSONS: Outbox[LessonRow] = Outbox(
    remembered.UNSAVED_LESSONS, lambda submission, row: store().add_lesson(submission, name(), row)
)


def answers() -> tuple[AnswerRow, ...]:
    """All this learner's answers, oldest first, those that only this session holds last."""
    saved = _read(_ANSWERS, lambda: store().answers(name()), remembered.ANSWERS_READ, ())
    return (*saved, *_ANSWERS.rows)


def add_answer(submission: str, row: AnswerRow) -> None:
    """Keep an answer: in the store, else in the session."""
    _ANSWERS.put(submission, row)
    _send(_ANSWERS)


def prediction_score() -> PredictionScore:
    """What this learner has earned by predicting."""
    saved = _read(_PREDICTIONS, lambda: store().prediction_score(name()), remembered.SCORE_READ, PredictionScore())
    waiting = _PREDICTIONS.rows
    return PredictionScore(
        saved.points + sum(row.points for row in waiting),
        saved.possible + sum(row.possible for row in waiting),
        saved.rounds + len(waiting),
    )


def add_prediction(submission: str, row: PredictionRow) -> None:
    """Keep what a prediction earned: in the store, else in the session."""
    _PREDICTIONS.put(submission, row)
    _send(_PREDICTIONS)


def drills() -> tuple[DrillRow, ...]:
    """All this learner's drills, oldest first, those that only this session holds last."""
    saved = _read(_DRILLS, lambda: store().drills(name()), remembered.DRILLS_READ, ())
    return (*saved, *_DRILLS.rows)


def add_drill(submission: str, row: DrillRow) -> None:
    """Keep a drill's result, once: in the store, else in the session."""
    seen = remembered.DRILLS_ADDED.setdefault(set())
    if submission in seen:
        return
    seen.add(submission)
    _DRILLS.put(submission, row)
    _send(_DRILLS)


def lessons() -> tuple[LessonRow, ...]:
    """Every step of a lesson that this learner came to, oldest first, those that only this session holds last."""
    saved = _read(_LESSONS, lambda: store().lessons(name()), remembered.LESSONS_READ, ())
    return (*saved, *_LESSONS.rows)


def add_lesson(row: LessonRow) -> None:
    """Keep where this learner is in a lesson: in the store, else in the session."""
    _LESSONS.put(uuid.uuid4().hex, row)
    _send(_LESSONS)


def _read(outbox: Outbox[Any], read: Callable[[], T], known: SessionKey[T], nothing: T) -> T:
    """What the store has, after it got what waited for it; where it cannot be used, what was read last."""
    if outbox.rows:
        _send(outbox)
    reads = remembered.READS.setdefault({})
    of, last_write = name(), _last_write(name())  # what is written while we read is read the next time
    if known.is_set and known.name in reads:
        *read_of, at_s = reads[known.name]
        if read_of == [of, last_write] and time.monotonic() - at_s < READ_AGAIN_S:
            return known.value
    now_s = time.monotonic()
    try:
        saved = read()
    except StoreError as error:
        _warn(error)
        return known.get(nothing)
    known.put(saved)
    reads[known.name] = of, last_write, now_s
    return saved


def _send(outbox: Outbox[Any]) -> None:
    try:
        outbox.send()
    except StoreError as error:
        _warn(error)
    _written(name())


def _written(learner: str) -> None:
    with _turn:
        _writes[learner] = next(_numbers)


def _last_write(learner: str) -> int:
    with _turn:
        return _writes.get(learner, 0)


def _warn(error: StoreError) -> None:
    """Say once a session why answers are not being saved."""
    if remembered.STORE_WARNING.get() != str(error):
        remembered.STORE_WARNING.put(str(error))
        toasts.say(f"Answers are kept for this visit only: {error}", icon=":material/warning:")


def exported() -> dict[str, Any]:
    """All that this learner did, from the store; StoreError where it cannot be read."""
    return store().export(name())


def days_brought() -> int:
    """How many days of this learner's own the store has; StoreError where it cannot be read."""
    return Uploads(place()).count(name())


def erase() -> None:
    """Delete everything of this learner, in the store and in this session; StoreError where it cannot be done."""
    store().erase(name())
    for outbox in (_ANSWERS, _PREDICTIONS, _DRILLS, _LESSONS):
        outbox.clear()
    for key in (remembered.ANSWERS_READ, remembered.SCORE_READ, remembered.DRILLS_READ, remembered.LESSONS_READ):
        key.forget()
    remembered.DRAFTS_OPEN.forget()
    _written(name())


def bring_in(document: object) -> int:
    """Add an export's rows to this learner, and say how many were new; ValueError or StoreError in words."""
    new = store().bring_in(name(), document)
    _written(name())
    return new


def left_behind() -> int:
    """How many rows and days the store has of this browser's anonymous learner, whom nobody signs in as."""
    rows = sum(len(part) for part in store().export(anonymous()).values() if isinstance(part, list))
    return rows + Uploads(place()).count(anonymous())


def take_along() -> None:
    """Give what the browser's anonymous learner did to who is signed in; it is then theirs alone."""
    store().bring_in(name(), store().export(anonymous()))
    Uploads(place()).hand_over(anonymous(), name())
    store().erase(anonymous())
    _written(name())
    _written(anonymous())
