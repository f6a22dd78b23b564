"""What would have saved it: the day's faults again, each time with one thing done otherwise, side by side."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.simulation.experiments.remedies import SAME_EVENTS, SAME_S, Saved, harmful
from lifecycle.simulation.readings.consequence import Consequence
from lifecycle.ui.session import cached
from lifecycle.words import duration, number


def button(course: Course, day: Day, key: str) -> None:
    """Offer to try, where there is anything to save."""
    about = "Simulate the day again with one thing done otherwise at a time"
    if harmful(cached.consequence(day)) and st.button(
        "What would have saved it?", key=f"saved-{key}", icon=":material/healing:", help=about
    ):
        _asked(course, day)


@st.dialog("What would have saved it?", width="large")
def _asked(course: Course, day: Day) -> None:
    st.markdown(
        "Each row is the same day with the same luck and the same faults, and one thing done otherwise. Its figures "
        "are measured against that day without the faults, as its own page shows them. What saves from one fault may "
        "cost something on every day, or bring another harm: look along the row."
    )
    with st.spinner("Trying one thing after the other …"):
        results = cached.saved(day)
    labels = {stage.id: stage.label for stage in course.pipeline.stages}
    rows = [
        {
            "Done otherwise": "nothing: the day as it is",
            "Where": "",
            "It saves": "",
            **_row(cached.consequence(day)),
            "It costs on any day": "",
        }
    ]
    rows += [_tried(one, labels) for one in results]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    if not results:
        st.caption("Nothing that can be set here bears on these faults.")


def _tried(one: Saved, labels: dict[str, str]) -> dict[str, str]:
    return {
        "Done otherwise": one.remedy.what,
        "Where": labels.get(one.remedy.station, "the whole pipeline"),
        "It saves": one.verdict,
        **_row(one.done),
        "It costs on any day": costs(one.costs),
    }


def costs(done: Consequence) -> str:
    """What a remedy does to a day without faults, beyond the day's own unrest; "" where nothing."""
    older_s = max((stale.oldest_s - stale.calm_s for stale in done.stale), default=0.0)
    words = [f"data {duration(older_s)} older"] if older_s > SAME_S else []
    counts = ((done.lost, "lost"), (done.set_aside, "set aside"), (done.twice, "twice"), (done.empty, "empty"))
    words += [f"{_more(events)} {what}" for events, what in counts if events > SAME_EVENTS]
    return "; ".join(words)


def _row(done: Consequence) -> dict[str, str]:
    worst = max((each.oldest_s for each in done.stale), default=None)
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
