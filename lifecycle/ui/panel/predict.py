"""Predict first: ask what a change will do, draw it, and say how right the learner was."""

from __future__ import annotations

import uuid

import streamlit as st

from lifecycle.course import Course
from lifecycle.learning.predictions import DIRECTIONS, EXACT_POINTS, Direction, direction, points
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.storage import PredictionRow
from lifecycle.ui import remembered
from lifecycle.ui.session import cached, learner, runs

QUESTIONS = {
    "freshness": "p95 freshness (age of the newest data)",
    "load": "Peak load on the wire",
}


def ask(course: Course, now: Scenario, wanted: Scenario) -> None:
    """The question, before the change is drawn."""
    key = f"prediction-{hash((now, wanted))}"
    submission = remembered.submission_of(key).setdefault(uuid.uuid4().hex)
    with st.container(key="predict", border=True), st.form(key, border=False):
        st.markdown("**Before you see it:** what will this change do?")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            guesses = {
                name: st.segmented_control(f"{what} will be", DIRECTIONS, key=f"{key}-{name}")
                for name, what in QUESTIONS.items()
            }
            sent = st.form_submit_button("Show me", type="primary", icon=":material/visibility:")
    if not sent:
        return
    answers = {name: way for name, way in guesses.items() if way is not None}
    if len(answers) < len(QUESTIONS):
        st.warning("Answer both; a guess is enough.", icon=":material/edit:")
        return
    _judge(course, submission, answers, now, wanted)
    runs.reveal(course)
    st.rerun()


def _judge(course: Course, submission: str, guesses: dict[str, Direction], now: Scenario, wanted: Scenario) -> None:
    before, after = (cached.headline(course.day(day), course.prices) for day in (now, wanted))
    lines, earned = [], 0
    for name, label in QUESTIONS.items():
        actual = direction(before[name].value, after[name].value)
        got = points(guesses[name], actual)
        earned += got
        verdict = "right" if got == EXACT_POINTS else "right way" if got else "wrong"
        lines.append(f"{label}: you said *{guesses[name]}*, it is *{actual}* ({verdict}).")
    possible = EXACT_POINTS * len(QUESTIONS)
    learner.add_prediction(submission, PredictionRow(earned, possible))
    remembered.VERDICT.put((wanted, f"**{earned} of {possible} points.** " + " ".join(lines)))


def last_verdict() -> None:
    """How right the last prediction was, for as long as its run is on screen."""
    wanted, words = remembered.VERDICT.get((None, ""))
    if wanted is None or wanted != runs.shown():
        return
    st.info(f"{words} So far: {learner.prediction_score()}.", icon=":material/psychology:")
