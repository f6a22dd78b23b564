"""What would have saved it: the day's faults again, each time with one thing done otherwise, side by side."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.simulation.experiments.remedies import Saved, harmful
from lifecycle.simulation.readings.consequence import Consequence
from lifecycle.ui.session import cached
from lifecycle.words import duration, number


def button(course: Course, day: Day, key: str) -> None:
    """Offer to try, where there is anything to save."""
    about = "Simulate the day again with one thing done otherwise at a time"
    if harmful(cached.consequence(day)) and st.button(
        "What would have saved it?", key=f"saved-{key}", icon=":material/healing:", help=about
    ):
        _dialog(course, day)


@st.dialog("What would have saved it?", width="large")
def _dialog(course: Course, day: Day) -> None:
    st.markdown(
        "Each row is the same day with the same luck and the same faults, and one thing done otherwise. All is "
        "measured against the day without the faults. What saves from one fault may cost something, or bring another "
        "harm: look along the row."
    )
    with st.spinner("Trying one thing after the other …"):
        tried = cached.saved(day)
    labels = {stage.id: stage.label for stage in course.pipeline.stages}
    rows = [
        {
            "Done otherwise": "nothing: the day as it is",
            "Where": "",
            "It saves": "",
            **_row(cached.consequence(day)),
        }
    ]
    rows += [_tried(remedy, labels) for remedy in tried]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    if not tried:
        st.caption("Nothing that can be set here bears on these faults.")


def _tried(saved: Saved, labels: dict[str, str]) -> dict[str, str]:
    where = labels.get(saved.remedy.station, "the whole pipeline")
    return {"Done otherwise": saved.remedy.what, "Where": where, "It saves": saved.verdict, **_row(saved.done)}


def _row(done: Consequence) -> dict[str, str]:
    worst = max((late.oldest_s for late in done.stale), default=None)
    return {
        "Oldest data": "as without" if worst is None else duration(worst),
        "Backlog gone": "not by midnight" if done.drained_s is None else f"{duration(done.drained_s)} after",
        "Lost": _more(done.lost),
        "Set aside": _more(done.set_aside),
        "Twice": _more(done.twice),
        "Empty": _more(done.empty),
    }


def _more(events: int) -> str:
    return f"{'+' if events > 0 else '−' if events < 0 else ''}{number(abs(events))}"
