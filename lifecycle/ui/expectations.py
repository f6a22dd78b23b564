"""Theory beside a stage's day, when switched on: the closed form that holds, or why none does."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.pipeline import Stage
from lifecycle.simulation.expected import Expectation
from lifecycle.simulation.scenario import Scenario
from lifecycle.ui import cached
from lifecycle.ui.prose import plain
from lifecycle.words import duration, number


def show(course: Course, stage: Stage, now: Scenario) -> None:
    """The switch and, when it is on, a line for each law."""
    on = st.toggle("Theory", key="theory", help="What queueing theory says of this stage, beside what the run came to.")
    if not on:
        return
    laws = cached.expected(course, now, stage.id)
    if not laws:
        st.caption("Nothing arrives here on this day, so there is nothing to expect.")
    for law in laws:
        st.markdown(_in_words(law))
    st.caption("A mean of one day scatters round its law; “Why believe it” shows how much it may.")


def _in_words(law: Expectation) -> str:
    simulated = _figure(law.simulated, law.unit)
    if law.value is None:
        return f"**{plain(law.name)}**: simulated {simulated}. No closed form: {plain(law.why)}."
    kind = "exactly" if law.exact else "about" if law.approximate else "on average"
    return (
        f"**{plain(law.name)}**: theory says {kind} {_figure(law.value, law.unit)}, simulated {simulated}. "
        f"{plain(law.why[:1].upper() + law.why[1:])}."
    )


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "nothing"
    if unit == "s":
        return f"{value:.3g} s" if value < 0.001 else duration(value)
    if unit == "share":
        return f"{100 * value:.3g} %"
    return f"{number(value)} {unit}"
