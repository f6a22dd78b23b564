"""The strip of controls: scenario, the switches, predict first, and everything else behind one button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import MAX_EVENTS
from lifecycle.ui import remembered
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import handing, knobs, story, transfers
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import addressbar, prices, runs, uploads

# Field of the address, label, its values with their words.
SWITCHES: tuple[tuple[str, str, Mapping[Start, str] | Mapping[Size, str]], ...] = (
    ("start", "Who starts", {Start.PULL: "Pull", Start.PUSH: "Push"}),
    ("size", "How much at a time", {Size.BATCH: "Batch", Size.STREAM: "Stream"}),
    ("transform", "Transformation", {Size.BATCH: "Batch", Size.STREAM: "Stream"}),
)
HINTS = {
    "start": "Pull: the receiver fetches. Push: the source sends.",
    "size": "Batch: an interval's worth at once. Stream: each event, or a few, as they come.",
    "transform": "The transformation has a switch of its own: data is only as fresh as the slowest step.",
}


def strip(course: Course, state: address.State) -> None:
    """The controls, in the container keyed `controls`."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        if "scenario" not in state.hide:
            _scenario(course, state)
        for field, label, words in SWITCHES:
            if field not in state.hide:
                _switch(course, state, field, label, words)
        if "moves" not in state.hide:
            _how_it_moves(course, state)
        if "predict" not in state.hide:
            st.toggle(
                "Predict first",
                key=remembered.PREDICT_FIRST.name,
                help="Say what a change will do before it is shown, and see how right you were.",
            )
        if "more" not in state.hide and st.button(
            "More", icon=":material/tune:", help="Every knob, the number of events, the seed, a link for learners"
        ):
            _everything(course)
        if not {"start", "size", "moves"} <= set(state.hide):
            transfers.line(course, state.start, state.size)


def _how_it_moves(course: Course, state: address.State) -> None:
    with st.popover("How it moves", icon=":material/swap_horiz:", help="The sequence of this transfer"):
        references = References(course, "transfer")
        transfers.show(course, state.start, state.size, references)
        references.show()


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
        help="A day with its arrivals and faults. Its story stands at the top of the panel.",
    )


def _width(titles: list[str]) -> int:
    """Pixels in which the longest of the titles is read whole, as far as the strip has room."""
    return min(300, max(200, 62 + 7 * max(map(len, titles))))


def _chosen(course: Course) -> None:
    """Another scenario: its own number of events and moment, and the switches its author set; turned knobs stay.

    A browser sends back what the address has put into the list, which is no choice.
    """
    chosen = course.scenarios[[named.id for named in course.scenarios].index(remembered.SCENARIO.value)]
    if chosen == (course.named(addressbar.current(course)[0].scenario) or course.default):
        return
    switches = {switch: getattr(chosen.scenario, switch) for switch in chosen.switches}
    story.open_it()
    day = "" if chosen == course.default else chosen.id
    addressbar.go(course, scenario=day, events=None, moment=None, **switches)


def _switch(course: Course, state: address.State, field: str, label: str, words: Mapping[Any, str]) -> None:
    shown = remembered.switch_of(field)
    shown.put(getattr(state, field))
    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        key=shown.name,
        required=True,
        help=HINTS[field],
        on_change=_put,
        args=(course, field, shown),
    )


def _put(course: Course, field: str, shown: SessionKey[Any]) -> None:
    addressbar.go(course, **{field: shown.value})


@st.dialog("All settings", width="large")
def _everything(course: Course) -> None:
    """All knobs; the page behind follows when the dialog is closed, or at once with Show."""
    state, _ = addressbar.current(course)
    left, right = st.columns(2)
    _number(course, left, "events", "Events in the day", address.scenario_of(state, course).events, MAX_EVENTS)
    _number(course, right, "seed", "Random seed", state.seed, 2**31 - 1)
    with st.container(horizontal=True):
        if st.button("Show", type="primary", icon=":material/play_arrow:"):
            st.rerun()
        if st.button("Back to the defaults", icon=":material/restart_alt:"):
            bare = replace(
                address.State(), stage=state.stage, view=state.view, moment=state.moment, follow=state.follow
            )
            addressbar.go(course, **vars(bare))
            st.rerun()
        if runs.is_pinned():
            st.button("Unpin the run", icon=":material/keep_off:", on_click=runs.unpin)
        else:
            st.button("Pin this run as the ghost", icon=":material/keep:", on_click=runs.pin)
    uploads.offer(course)
    handing.offer(course)
    with st.expander("Prices", icon=":material/payments:"):
        prices.editor(course)
    for stage in course.pipeline.stages:
        if isinstance(stage, Stage):
            with st.expander(plain(stage.label)):
                knobs.of_stage(course, stage, all_of_them=True)


def _number(course: Course, column: Any, field: str, label: str, value: int, most: int) -> None:
    shown = remembered.number_of(field)
    shown.put(value)
    column.number_input(label, 0, most, key=shown.name, on_change=_put, args=(course, field, shown))
