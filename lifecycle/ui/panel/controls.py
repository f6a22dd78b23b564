"""The strip of controls: scenario, the switches, predict first, and the button of the drawer with all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lifecycle.course import Course, address
from lifecycle.course.day_words import jobs_words, moving_words
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.moving import turned_by_switches
from lifecycle.ui import remembered
from lifecycle.ui.components import transfers
from lifecycle.ui.components.prose import plain
from lifecycle.ui.gallery import cards
from lifecycle.ui.panel import drawer
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import addressbar

# Field of the address, label, its values with their words.
SWITCHES: tuple[tuple[str, str, Mapping[Start, str] | Mapping[Size, str]], ...] = (
    ("start", "Who starts", {Start.PULL: "Pull", Start.PUSH: "Push"}),
    ("size", "How much at a time", {Size.BATCH: "Batch", Size.STREAM: "Stream"}),
    ("transform", "Transformation", {Size.BATCH: "Batch", Size.STREAM: "Stream"}),
)
HINTS = {
    "start": "Pull: the receiver fetches. Push: the source sends.",
    "size": "Batch: all of one interval at once. Stream: each event, or a few, as they come.",
    "transform": "The transformation has a switch of its own: data is only as fresh as the slowest step.",
}


def strip(course: Course, state: address.State, *, plain_layer: bool = False) -> DeltaGenerator | None:
    """The controls, in the container keyed `controls`; in the learner's layer the day, the switches and More alone.

    There it returns a place in their row, for the figure that they turn.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        if "scenario" not in state.hide:
            if plain_layer:
                cards.button(course, f"Scenario: {plain((course.named(state.scenario) or course.default).title)}")
            else:
                _scenario(course, state)
                cards.button(course)
        for field, label, words in SWITCHES:
            if field not in state.hide:
                _switch(course, state, field, label, words, helped=not plain_layer)
        if not plain_layer:
            if "moves" not in state.hide:
                transfers.popover(course, state.start, state.size)
            if "predict" not in state.hide:
                st.toggle(
                    "Predict first",
                    key=remembered.PREDICT_FIRST.name,
                    help="Say what a change will do before it is shown, and see how right you were.",
                )
        glance = st.container(key="glance") if plain_layer else None
        if "more" not in state.hide:
            drawer.button()
        network = course.pipeline.network
        if not plain_layer and not {"start", "size", "moves"} <= set(state.hide) and turned_by_switches(network):
            transfers.line(course, state.start, state.size)
        if not {"start", "size"} <= set(state.hide) and (moving := moving_words(network, course.pipeline.labels)):
            st.caption(plain(moving))
        if "transform" not in state.hide and (jobs := jobs_words(network, address.scenario_of(state, course))):
            st.caption(jobs)
    return glance


def _scenario(course: Course, state: address.State) -> None:
    if not course.scenarios:
        return
    titles = {named.id: named.title for named in course.scenarios}
    remembered.SCENARIO.put(state.scenario or course.scenarios[0].id)
    st.selectbox(
        "Scenario",
        list(titles),
        format_func=lambda scenario: titles[scenario],
        key=remembered.SCENARIO.name,
        width=_width(list(titles.values())),
        on_change=_chosen,
        args=(course,),
        help="A day with its arrivals and faults. Its story is at the top of the panel.",
    )


def _width(titles: list[str]) -> int:
    """Pixels in which the longest of the titles is read whole, as far as the strip has room."""
    return min(300, max(200, 62 + 7 * max(map(len, titles))))


def _chosen(course: Course) -> None:
    """A browser sends back what the address has put into the list, too, which is no choice."""
    cards.open_scenario(
        course, course.scenarios[[named.id for named in course.scenarios].index(remembered.SCENARIO.value)]
    )


def _switch(
    course: Course, state: address.State, field: str, label: str, words: Mapping[Any, str], *, helped: bool
) -> None:
    shown = remembered.switch_of(field)
    shown.put(getattr(state, field))
    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        key=shown.name,
        required=True,
        help=HINTS[field] if helped else None,
        on_change=_put,
        args=(course, field, shown),
    )


def _put(course: Course, field: str, shown: SessionKey[Any]) -> None:
    addressbar.go(course, **{field: shown.value})
