"""The card of what a learner broke: what is gone, who is stale, what would have saved the day, and the way back."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.course.fault_words import in_full, with_times
from lifecycle.course.worlds.breaks import unbroken
from lifecycle.course.worlds.remedied import remedied
from lifecycle.simulation.experiments.remedies import Saved, harmful
from lifecycle.simulation.model.scenario import Fault
from lifecycle.ui.breaking import remedying, watching
from lifecycle.ui.breaking.telling import consequence_words
from lifecycle.ui.breaking.watching import Watching
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar, cached, runs
from lifecycle.words import clock

MOST_REMEDIES = 3
LOOK_S = 0.5


def show(course: Course, state: address.State, screen: runs.OnScreen) -> None:
    """The card, in the container keyed `broken`; nothing where the learner broke nothing, or may not."""
    if not state.faults or watching.breakable(state) is None:
        return
    day, calm = course.day(screen.now), course.day(unbroken(state, course))
    watched = watching.current(course, state)
    with st.container(key="broken", border=True):
        st.markdown("##### What is broken", anchors=False)
        for number, fault in enumerate(state.faults):
            _fault(course, fault, number)
        if calm.scenario.faults:
            st.caption(f"This day already has: {_named_all(course, calm.scenario.faults)}. That is its story.")
        if screen.waiting:
            st.caption("Say what you expect first; then you will hear what it did.")
            return
        if screen.now.events <= runs.MOST_AHEAD:
            watching.remedies_of(day, calm)  # while the diagram plays
        if watched and not watched.seen:
            st.caption(f"Watch the diagram. Who is behind, and what is lost, stands here at {clock(watched.until_s)}.")
            st.button("Tell me now", key="broken-now", icon=":material/fast_forward:", on_click=watching.seen)
            return
        _outcome(course, state, day, calm, watched)


def _named_all(course: Course, faults: Iterable[Fault]) -> str:
    """`Transient storage stopped, 02:00 to 08:30; …`."""
    labels = course.pipeline.labels
    return "; ".join(with_times(fault).format(stage=plain(labels[fault.station])) for fault in faults)


def _fault(course: Course, fault: Fault, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        label = plain(course.pipeline.by_id[fault.station].label)
        words = in_full(fault)
        st.markdown(f":material/warning: **{label}**: {words[0].lower()}{words[1:]}", width="stretch")
        st.button(
            "Repair it",
            key=f"broken-repair-{number}",
            icon=":material/build:",
            on_click=watching.repair,
            args=(course, fault),
        )


def _outcome(course: Course, state: address.State, day: Day, calm: Day, watched: Watching | None) -> None:
    """What the learner's own faults did: the day is measured by the `calm` one, which has the scenario's alone."""
    done = cached.consequence(day, calm)
    undo = watched.undo if watched else None
    if watched and undo:
        as_it_was = cached.consequence(
            course.day(address.scenario_of(undo, course)), course.day(unbroken(undo, course))
        )
        st.markdown(f"**Tried:** {watched.remedy}")
        st.markdown(remedying.beside(as_it_was, done))
        st.button(
            "Take it back", key="broken-back", icon=":material/undo:", on_click=_take_back, args=(course, state, undo)
        )
    else:
        st.markdown(consequence_words(course.pipeline, done, beside_others=bool(calm.scenario.faults)))
    if not {"turning", "start", "size"} & set(state.hide):  # what a lesson hides is not turned behind its back
        if harmful(done) and day.scenario.events <= runs.MOST_AHEAD:
            _remedies(course, state, day, calm)
        remedying.button(course, day, calm, "broken")


def _take_back(course: Course, drawn: address.State, undo: address.State) -> None:
    """The day as it was before the remedies; the clock goes on. Nothing once the day `drawn` is no more on."""
    if not watching.is_on(course, drawn):
        return
    addressbar.go(course, start=undo.start, size=undo.size, knobs=undo.knobs, faults=undo.faults)


def _remedies(course: Course, state: address.State, day: Day, calm: Day) -> None:
    """The remedies that help, each as a button with which the day is watched again; until they are known, a line."""
    results = watching.remedies_of(day, calm)
    if not results.done() or results.cancelled():
        _looking(day, calm)
        return
    if results.exception():
        st.caption("What would have saved it cannot be worked out just now.")
        return
    helpful = [(saved, remedied(state, saved.remedy.scenario, course)) for saved in results.result()]
    offered = [(saved, there) for saved, there in helpful if there and saved.verdict != "nothing"][:MOST_REMEDIES]
    if not offered:
        return
    st.caption("Watch it again with one thing changed:")
    with st.container(horizontal=True):
        for number, (saved, there) in enumerate(offered):
            what = _named(course, saved)
            st.button(
                what,
                key=f"broken-try-{number}",
                icon=":material/replay:",
                help=f"It saves {saved.verdict}.",
                on_click=watching.tried,
                args=(course, state, there, what),
            )


@st.fragment(run_every=LOOK_S)
def _looking(day: Day, calm: Day) -> None:
    """Until the remedies are known."""
    if watching.remedies_of(day, calm).done():
        st.rerun()
    st.caption("Looking for what would have saved it …")


def _named(course: Course, saved: Saved) -> str:
    """`Twice the consumers at Transient storage`; without the stage where the whole pipeline does it."""
    what, station = saved.remedy.what, saved.remedy.station
    where = f" at {plain(course.pipeline.by_id[station].label)}" if station else ""
    return f"{what[0].upper()}{what[1:]}{where}"
