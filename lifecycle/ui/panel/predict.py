"""Predict first: ask what a change will do, draw it, and say how right the learner was."""

from __future__ import annotations

import uuid

import streamlit as st

from lifecycle.course import Course
from lifecycle.learning.predictions import DIRECTIONS, EXACT_POINTS, Direction, direction, points
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui import remembered
from lifecycle.ui.session import cached, learner, runs

QUESTIONS = {
    "freshness": "p95 freshness (age of the newest data)",
    "load": "Peak load on the wire",
}


def ask(course: Course, now: Scenario, asked: Scenario) -> None:
    """The question, before the change is drawn."""
    key = f"prediction-{hash((now, asked))}"
    submission = remembered.submission_of(key).setdefault(uuid.uuid4().hex)
    with st.container(key="predict", border=True), st.form(key, border=False):
        st.markdown("**Before you see it:** what will this change do?")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            said = {
                name: st.segmented_control(f"{what} will be", DIRECTIONS, key=f"{key}-{name}")
                for name, what in QUESTIONS.items()
            }
            sent = st.form_submit_button("Show me", type="primary", icon=":material/visibility:")
    if not sent:
        return
    answers = {name: way for name, way in said.items() if way is not None}
    if len(answers) < len(QUESTIONS):
        st.warning("Say something about both; a guess is enough.", icon=":material/edit:")
        return
    _judge(course, submission, answers, now, asked)
    runs.reveal(course)
    st.rerun()


def _judge(course: Course, submission: str, said: dict[str, Direction], now: Scenario, asked: Scenario) -> None:
    before, after = (cached.headline(course.day(each), course.prices) for each in (now, asked))
    lines, earned = [], 0
    for name, label in QUESTIONS.items():
        actual = direction(before[name].value, after[name].value)
        got = points(said[name], actual)
        earned += got
        verdict = "right" if got == EXACT_POINTS else "right way" if got else "wrong"
        lines.append(f"{label}: you said *{said[name]}*, it is *{actual}* ({verdict}).")
    possible = EXACT_POINTS * len(QUESTIONS)
    learner.add_prediction(submission, earned, possible)
    remembered.VERDICT.put((asked, f"**{earned} of {possible} points.** " + " ".join(lines)))


def last_verdict() -> None:
    """How right the last prediction was, for as long as its run is on screen."""
    asked, said = remembered.VERDICT.get((None, ""))
    if asked is None or asked != runs.shown():
        return
    st.info(f"{said} So far: {learner.prediction_score()}.", icon=":material/psychology:")
