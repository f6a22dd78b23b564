"""Is it chance? The run and its ghost on many days of other luck: what differs by more than the seeds do."""

from __future__ import annotations

import math

import streamlit as st

from lifecycle.course import Course
from lifecycle.simulation.experiments.compare import FIGURES, QUIET, Comparison, compare
from lifecycle.simulation.experiments.confidence import Estimate
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import prices
from lifecycle.words import capital, counted, duration, money, number

DAYS = 10
NOW, BEFORE = "now", "before"


def button(course: Course, now: Scenario, was: Scenario) -> None:
    """Offer to ask."""
    about = f"Simulate both runs on {DAYS} other days and see what differs by more than luck"
    if st.button("Is it chance?", key="chance", icon=":material/casino:", type="tertiary", help=about):
        _asked(course, now, was)


@st.dialog("Is the difference chance?", width="large")
def _asked(course: Course, now: Scenario, was: Scenario) -> None:
    st.markdown(
        f"Both runs on {DAYS} days, each day with a luck of its own that the two share. A difference is beyond chance "
        "where its interval, which holds the truth 95 times in 100, leaves out zero."
    )
    bar = st.progress(0.0, "Simulating …")
    found = compare(
        course.pipeline.network,
        {BEFORE: was, NOW: now},
        range(1, DAYS + 1),
        traces=course.traces,
        prices=prices.current(course),
        progress=lambda done, of: bar.progress(done / of, f"{done} of {of} days simulated"),
    )
    bar.empty()
    st.dataframe(_rows(found), hide_index=True, width="stretch")


def _rows(found: Comparison) -> list[dict[str, str]]:
    return [
        {
            "Figure": plain(capital(FIGURES[each.figure])),
            "Before": _shown(found.estimates[BEFORE][each.figure], each.figure, found.currency),
            "Now": _shown(found.estimates[NOW][each.figure], each.figure, found.currency),
            "Difference": between(each.estimate, each.figure, found.currency),
            "In words": each.words.partition(": ")[2],
        }
        for each in found.differences
        if each.figure not in QUIET or any(values[each.figure].any() for values in found.values.values())
    ]


def _shown(found: Estimate | None, figure: str, currency: str) -> str:
    return "none on some day" if found is None else worth(found.mean, figure, currency)


def between(found: Estimate | None, figure: str, currency: str) -> str:
    """A difference with its interval, in the figure's own unit."""
    if found is None:
        return "–"
    if found.low == found.high:
        return _signed(found.mean, figure, currency)
    return f"{_signed(found.low, figure, currency)} to {_signed(found.high, figure, currency)}"


def _signed(value: float, figure: str, currency: str) -> str:
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{worth(math.fabs(value), figure, currency)}"


def worth(value: float, figure: str, currency: str) -> str:
    """A figure of a `DaySummary` in words."""
    if figure.endswith("_s") and figure != "peak_per_s":
        return duration(value)
    if figure == "cost":
        return money(value, currency)
    return f"{number(value)}/s" if figure == "peak_per_s" else counted(value)
