"""Theory beside a stage's day, when switched on: the closed form that holds, or why none does."""

from __future__ import annotations

from typing import assert_never

import streamlit as st

from lifecycle.course.day import Day
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.theory.laws import Expectation, Law, NoLaw
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import cached
from lifecycle.words import duration, number


def show(stage: Stage, day: Day) -> None:
    """The switch and, when it is on, a line for each law."""
    on = st.toggle(
        "Theory", key="theory", help="What queueing theory says about this stage, next to what this run gave."
    )
    if not on:
        return
    laws = cached.expected(day, stage.id)
    for law in laws:
        st.markdown(_in_words(law))
    scattering = [law for law in laws if isinstance(law, Law) and not law.exact]
    if scattering:
        st.caption(
            "One day rarely matches its law exactly: the figure after ± says how far apart they may be, by chance or "
            "because the law is an approximation. “Why believe it” repeats each law over many days."
        )


def _in_words(law: Expectation) -> str:
    match law:
        case NoLaw():
            return (
                f"**{plain(law.name)}**: simulated {_figure(law.simulated, law.unit)}. "
                f"No law to compare it with: {plain(law.why)}."
            )
        case Law():
            kind = "exactly" if law.exact else "about" if law.approximate else "on average"
            scatter = "" if law.exact else f" ± {_figure(law.within, law.unit)}"
            return (
                f"**{plain(law.name)}**: theory says {kind} {_figure(law.value, law.unit)}{scatter}, simulated "
                f"{_figure(law.simulated, law.unit)}. {plain(law.why[:1].upper() + law.why[1:])}."
            )
        case _:
            assert_never(law)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "nothing"
    if unit == "s":
        return f"{value:.3g} s" if value < 0.001 else duration(value)
    if unit == "share":
        return f"{100 * value:.3g} %"
    return f"{number(value)} {unit}"
