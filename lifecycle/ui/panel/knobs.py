"""The simulation's figures as controls: one widget a figure, with its unit and the source of its default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.model.figures import WHOLE, Figure
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.roles import ROLES, figures_of
from lifecycle.ui import remembered
from lifecycle.ui.components import citing
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import addressbar
from lifecycle.words import duration, number

# Units that the value itself says or that have no name.
LISTED = ("1", "choice", "s")


def of_stage(course: Course, stage: Stage, *, all_of_them: bool) -> None:
    """The knobs of one stage: the few that matter, or all of them."""
    state, _ = addressbar.current(course)
    for figure in ROLES[stage.role] if all_of_them else that_matter(course, state, stage):
        _knob(course, stage, figure, remembered.knob_of(stage.id, figure.name, among_all=all_of_them))


def that_matter(course: Course, state: address.State, stage: Stage) -> list[Figure]:
    """The few figures of a stage that the panel lets a learner turn: those that do something in the address's run."""
    values = all_in_use(course, state, stage)
    return [figure for figure in ROLES[stage.role] if figure.knob and (not figure.needs or values[figure.needs] > 0.0)]


def slid_to(figure: Figure, in_use: float, thumb: float) -> float | None:
    """The value that a figure's slider stands for while its thumb is at a place; None where that is no place of it.

    On a logarithmic scale the places are numbered, among them the value that was in use when the slider was drawn.
    """
    if figure.unit in WHOLE:
        return thumb if thumb in range(int(figure.low), int(figure.high) + 1) else None
    if figure.scale == "log":
        steps = _steps(figure, in_use)
        return steps[int(thumb)] if thumb in range(len(steps)) else None
    if figure.options:  # a list, and no slider
        return None
    return thumb if figure.holds(thumb) else None


def _knob(course: Course, stage: Stage, figure: Figure, known: SessionKey[float]) -> None:
    state, _ = addressbar.current(course)
    value = in_use(course, state, stage, figure)
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
        steps = _steps(figure, value)
        st.select_slider(label, steps, key=key, help=about, format_func=lambda v: _shown(figure, v), on_change=turned)
    elif figure.options:
        choices = dict(figure.options)
        st.selectbox(
            figure.label, list(choices), format_func=choices.__getitem__, key=key, help=about, on_change=turned
        )
    else:
        share = "percent" if figure.unit == "1" and figure.high <= 1 else None
        st.slider(label, float(figure.low), float(figure.high), format=share, key=key, help=about, on_change=turned)


def _turned(course: Course, stage: Stage, figure: Figure, value: float) -> None:
    """Put a turned knob into the address."""
    state, _ = addressbar.current(course)
    addressbar.go(course, knobs=turned(course, state, stage, figure, value))


def turned(
    course: Course, state: address.State, stage: Stage, figure: Figure, value: float
) -> tuple[address.Knob, ...]:
    """The knobs of a state once one is turned; one that is back at its base value is none of them."""
    knobs = tuple(knob for knob in state.knobs if knob[:2] != (stage.id, figure.name))
    if value == in_use(course, address.State(scenario=state.scenario), stage, figure):
        return knobs
    return address.merged(knobs, ((stage.id, figure.name, value),))


def in_use(course: Course, state: address.State, stage: Stage, figure: Figure) -> float:
    """The value of a figure in the run that the address names."""
    return float(all_in_use(course, state, stage)[figure.name])


def all_in_use(course: Course, state: address.State, stage: Stage) -> Mapping[str, float]:
    """The value of each figure of a stage in the run that the address names."""
    station = Station(stage.id, stage.role, stage.figures)
    return figures_of(station, address.scenario_of(state, course))


def origin(course: Course, stage: Stage, figure: Figure) -> str:
    """Where the figure that a stage has unless it is turned comes from, in Markdown with links."""
    if figure.name in dict(stage.figures):
        return citing.inline(course, dict(stage.origins).get(figure.name, "the course's own figure"))
    return citing.inline(course, figure.source, figure.cite)


def _steps(figure: Figure, value: float) -> Sequence[float]:
    """Round values from low to high in the series 1, 2, 5 of each decade, with the value in use among them."""
    decades = [10.0**power for power in range(-6, 10)]
    series = {float(f"{digit * decade:.1g}") for decade in decades for digit in (1, 2, 5)}
    inside = set(filter(figure.holds, series))
    return sorted({*inside, figure.low, figure.high, figure.default, value})


def _shown(figure: Figure, value: float) -> str:
    if not value and "0: no limit" in figure.about:
        return "no limit"
    return duration(value) if figure.unit == "s" else number(value)
