"""The simulation's figures as controls: one widget a figure, with its unit and the source of its default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds import knobs
from lifecycle.simulation.model.figures import WHOLE, Figure
from lifecycle.simulation.roles import ROLES
from lifecycle.ui import remembered
from lifecycle.ui.components import citing
from lifecycle.ui.components.prose import plain
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import addressbar
from lifecycle.words import duration, number

# Units that the value itself says or that have no name.
LISTED = ("1", "choice", "s")


def of_stage(course: Course, stage: Stage, *, all_of_them: bool) -> None:
    """The knobs of one stage: the few that matter, or all of them."""
    state, _ = addressbar.current(course)
    for figure in ROLES[stage.role] if all_of_them else knobs.that_matter(course, state, stage):
        _knob(course, stage, figure, remembered.knob_of(stage.id, figure.name, among_all=all_of_them))


def these(course: Course, stage: Stage, figures: Iterable[Figure]) -> None:
    """These figures of one stage, one below the other, each with its name: they stand among those of others."""
    for figure in figures:
        named = replace(figure, label=f"{plain(stage.label)}: {figure.label}")
        _knob(course, stage, named, remembered.knob_of(stage.id, figure.name))


def live(course: Course, stage: Stage) -> None:
    """The two that matter most at a stage under the present switches, side by side."""
    state, _ = addressbar.current(course)
    shown = knobs.live(course, state, stage)
    for column, figure in zip(st.columns(len(shown)) if shown else (), shown, strict=True):
        with column:
            _knob(course, stage, figure, remembered.knob_of(stage.id, figure.name))


def _knob(course: Course, stage: Stage, figure: Figure, known: SessionKey[float]) -> None:
    state, _ = addressbar.current(course)
    value = knobs.in_use(course, state, stage, figure)
    known.put(value)
    key = known.name
    label = figure.label if figure.unit in LISTED else f"{figure.label} ({figure.unit})"
    about = f"{figure.about} Default's source: {origin(course, stage, figure)}."

    def turned() -> None:
        _turned(course, stage, figure, float(known.value))

    if figure.unit in WHOLE:
        known.put(int(value))
        st.slider(figure.label, int(figure.low), int(figure.high), key=key, help=about, on_change=turned)
    elif figure.scale == "log":
        steps = knobs.steps_of(figure, value)
        st.select_slider(label, steps, key=key, help=about, format_func=lambda v: _shown(figure, v), on_change=turned)
    elif figure.options:
        choices = dict(figure.options)
        st.selectbox(
            figure.label, list(choices), format_func=choices.__getitem__, key=key, help=about, on_change=turned
        )
    else:
        share = "percent" if figure.unit == "1" and figure.high <= 1 else None
        st.slider(label, float(figure.low), float(figure.high), format=share, key=key, help=about, on_change=turned)
    if why := knobs.why_idle(course, state, stage, figure):
        st.caption(why)


def _turned(course: Course, stage: Stage, figure: Figure, value: float) -> None:
    """Put a turned knob into the address."""
    state, _ = addressbar.current(course)
    addressbar.go(course, knobs=knobs.turned(course, state, stage, figure, value))


def origin(course: Course, stage: Stage, figure: Figure) -> str:
    """Where the figure that a stage has unless it is turned comes from, in Markdown with links."""
    if figure.name in dict(stage.figures):
        return citing.inline(course, dict(stage.origins).get(figure.name, "the course's own figure"))
    return citing.inline(course, figure.source, figure.cite)


def _shown(figure: Figure, value: float) -> str:
    if not value and "0: no limit" in figure.about:
        return "no limit"
    return duration(value) if figure.unit == "s" else number(value)
