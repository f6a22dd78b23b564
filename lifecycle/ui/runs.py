"""Which run is on screen, which is its ghost, and which waits for a prediction."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from lifecycle.course import Course
from lifecycle.simulation.scenario import Scenario
from lifecycle.ui import cached


@dataclass(frozen=True)
class OnScreen:
    """`now` is drawn, `was` is its ghost, `asked` waits to be drawn until the learner has said what it will do."""

    now: Scenario
    was: Scenario | None = None
    asked: Scenario | None = None


def on_screen(course: Course, wanted: Scenario) -> OnScreen:
    """What to draw, given what the address wants.

    A change makes the run before it the ghost, unless a run is pinned. With "predict first" on, a change waits. A run
    that the session remembers from before the course was edited, and that the course no longer has, is forgotten.
    """
    for kept in ("run-now", "run-was", "run-pinned"):
        if kept in st.session_state and not cached.runs_on(course, st.session_state[kept]):
            del st.session_state[kept]
    now = st.session_state.get("run-now")
    if now is not None and now != wanted:
        if st.session_state.get("predict-first"):
            return OnScreen(now, _ghost(), asked=wanted)
        st.session_state["run-was"] = now
    st.session_state["run-now"] = wanted
    return OnScreen(wanted, _ghost())


def reveal(asked: Scenario) -> None:
    """Draw the run that waited; the one on screen becomes its ghost."""
    st.session_state["run-was"] = st.session_state.get("run-now")
    st.session_state["run-now"] = asked


def pin() -> None:
    """Keep the run on screen as the ghost until it is let go."""
    st.session_state["run-pinned"] = st.session_state.get("run-now")


def unpin() -> None:
    """Let the pinned run go: the run before the present one is the ghost again."""
    st.session_state.pop("run-pinned", None)


def pinned() -> Scenario | None:
    """The run that is kept as the ghost, if one is."""
    pin: Scenario | None = st.session_state.get("run-pinned")
    return pin


def _ghost() -> Scenario | None:
    ghost = pinned() or st.session_state.get("run-was")
    return None if ghost == st.session_state.get("run-now") else ghost
