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


def button(course: Course, now: Scenario, before: Scenario) -> None:
    """Offer to ask."""
    about = f"Simulate both runs on {DAYS} other days and see what differs by more than luck"
    if st.button("Is it chance?", key="chance", icon=":material/casino:", type="tertiary", help=about):
        _dialog(course, now, before)


@st.dialog("Is the difference chance?", width="large")
def _dialog(course: Course, now: Scenario, before: Scenario) -> None:
    st.markdown(
        f"Both runs on {DAYS} days, each day with a luck of its own that the two share. A difference is beyond chance "
        "where its interval, which holds the truth 95 times in 100, leaves out zero."
    )
    bar = st.progress(0.0, "Simulating …")
    comparison = compare(
        course.pipeline.network,
        {BEFORE: before, NOW: now},
        range(1, DAYS + 1),
        traces=course.traces,
        prices=prices.current(course),
        progress=lambda done, of: bar.progress(done / of, f"{done} of {of} days simulated"),
    )
    bar.empty()
    st.dataframe(_rows(comparison), hide_index=True, width="stretch")


def _rows(comparison: Comparison) -> list[dict[str, str]]:
    return [
        {
            "Figure": plain(capital(FIGURES[difference.figure])),
            "Before": _shown(comparison.estimates[BEFORE][difference.figure], difference.figure, comparison.currency),
            "Now": _shown(comparison.estimates[NOW][difference.figure], difference.figure, comparison.currency),
            "Difference": between(difference.estimate, difference.figure, comparison.currency),
            "In words": difference.words.partition(": ")[2],
        }
        for difference in comparison.differences
        if difference.figure not in QUIET
        or any(values[difference.figure].any() for values in comparison.values.values())
    ]


def _shown(estimate: Estimate | None, figure: str, currency: str) -> str:
    return "none on some day" if estimate is None else worth(estimate.mean, figure, currency)


def between(estimate: Estimate | None, figure: str, currency: str) -> str:
    """A difference with its interval, in the figure's own unit."""
    if estimate is None:
        return "–"
    if estimate.low == estimate.high:
        return _signed(estimate.mean, figure, currency)
    return f"{_signed(estimate.low, figure, currency)} to {_signed(estimate.high, figure, currency)}"


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
