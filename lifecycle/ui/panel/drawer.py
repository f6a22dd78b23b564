"""The drawer: all settings of a day, beside the diagram in the panel's place, so that what they do is seen at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.model.scenario import MAX_EVENTS
from lifecycle.ui import remembered
from lifecycle.ui.components import aside, transfers
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import handing, knobs
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import addressbar, prices, runs, uploads


def is_open(state: address.State) -> bool:
    """Whether the drawer stands open: a link or a lesson that hides it shuts it."""
    return bool(remembered.DRAWER.get()) and "more" not in state.hide


def button() -> None:
    """Open the drawer, or shut it."""
    st.button(
        "More",
        key="more",
        icon=":material/close:" if remembered.DRAWER.get() else ":material/tune:",
        help="Every knob, the number of events, the seed, a link for learners",
        on_click=turn,
        args=(not remembered.DRAWER.get(),),
    )


def rest() -> None:
    """Open the drawer from beside a stage, for all knobs that it has."""
    st.button(
        "All its settings", key="all-settings", icon=":material/tune:", type="tertiary", on_click=turn, args=(True,)
    )


def turn(to: bool) -> None:
    """Open the drawer, or shut it; only where a click is handled."""
    addressbar.catch_up()
    remembered.DRAWER.put(to)


def show(course: Course, state: address.State, *, plain_layer: bool) -> None:
    """All settings, in the container keyed `drawer`, those of the chosen stage first.

    In the learner's layer what the strip of controls leaves out of it stands here as well.
    """
    with st.container(key="drawer"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("## All settings", anchors=False, width="stretch")
            st.button(
                "Close", key="close-drawer", icon=":material/close:", type="tertiary", on_click=turn, args=(False,)
            )
        aside.keys("drawer", close="close-drawer", back="more", takes=True)
        chosen = course.pipeline.by_id.get(state.stage or "")
        if isinstance(chosen, Stage):
            _knobs(course, chosen, unfolded=True)
        if plain_layer and "moves" not in state.hide:
            transfers.popover(course, state.start, state.size)
        left, right = st.columns(2)
        _number(course, left, "events", "Events in the day", address.scenario_of(state, course).events, MAX_EVENTS)
        _number(course, right, "seed", "Random seed", state.seed, 2**31 - 1)
        with st.container(horizontal=True):
            st.button("Back to the defaults", icon=":material/restart_alt:", on_click=_reset, args=(course,))
            if runs.is_pinned():
                st.button("Unpin the run", icon=":material/keep_off:", on_click=runs.unpin)
            else:
                st.button("Pin this run for comparison", icon=":material/keep:", on_click=runs.pin)
        uploads.offer(course)
        handing.offer(course)
        with st.expander("Prices", icon=":material/payments:"):
            prices.editor(course)
        for stage in course.pipeline.stages:
            if isinstance(stage, Stage) and stage is not chosen:
                _knobs(course, stage, unfolded=False)


def _knobs(course: Course, stage: Stage, *, unfolded: bool) -> None:
    """Every knob of a stage, drawn once they are unfolded: a pipeline has hundreds."""
    with st.expander(plain(stage.label), expanded=unfolded, key=f"drawer-{stage.id}", on_change="rerun") as fold:
        if fold.open:
            knobs.of_stage(course, stage, all_of_them=True)


def _reset(course: Course) -> None:
    state, _ = addressbar.current(course)
    bare = replace(address.State(), stage=state.stage, view=state.view, moment=state.moment, follow=state.follow)
    addressbar.go(course, **vars(bare))
    runs.begin_anew()


def _number(course: Course, column: Any, field: str, label: str, value: int, most: int) -> None:
    shown = remembered.number_of(field)
    shown.put(value)
    column.number_input(label, 0, most, key=shown.name, on_change=_put, args=(course, field, shown))


def _put(course: Course, field: str, shown: SessionKey[int]) -> None:
    addressbar.go(course, **{field: shown.value})
