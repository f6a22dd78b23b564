"""The stage panel: Explain, Watch and Quiz for the selected place, or for the whole when none is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course, Place, address
from lifecycle.course.address import View
from lifecycle.course.day import Day
from lifecycle.course.lessons import Until, UntilKind
from lifecycle.course.pipeline import Stage, Undercurrent
from lifecycle.course.worlds.timetables import flow_words, timetable_words
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.storage import AnswerRow
from lifecycle.ui import remembered
from lifecycle.ui.breaking import card, form
from lifecycle.ui.components import aside, citing, explanation, transfers
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import beneath, drawer, expectations, figures, handouts, knobs, quiz, story
from lifecycle.ui.session import addressbar, cached, runs, seeing, served, uploads
from lifecycle.ui.session.naming import VIEWS
from lifecycle.words import counted

_COUNTS = ("Arrived", "Went on", "Removed", "Lost", "Inside")


def show(
    course: Course,
    state: address.State,
    screen: runs.OnScreen,
    rows: Sequence[AnswerRow],
    lead: Callable[[], None] | None = None,
    *,
    on_close: Callable[[], None] | None = None,
) -> None:
    """The panel for the place that the address names; in a lesson, below what `lead` shows.

    With `on_close`, in the learner's layer, it opens beside the diagram for a place alone: then it can be closed, the
    story is folded, and the two knobs that matter most at a stage stay in sight.
    """
    plain_layer = on_close is not None
    now, before = screen.now, screen.before
    place = course.places[state.stage] if state.stage else course.overview
    known = served.explained(course)
    shown = known.by_place[state.stage] if state.stage else known.overview
    with st.container(key="stage-panel"):
        if lead:
            lead()
        if on_close and state.stage:
            st.button("Close", key="close-place", icon=":material/close:", type="tertiary", on_click=on_close)
            aside.keys("stage-panel", close="close-place", back="diagram", place=state.stage)
        card.show(course, state, screen)
        if lead and not state.stage:
            return
        uploads.show(course, state)
        if "story" not in state.hide:
            story.show(course, state, folded=plain_layer)
        if place is None or shown is None:
            st.markdown(f"## {plain(course.pipeline.title)}", anchors=False)
            st.markdown("Choose a stage in the diagram, or in the list beside it.")
            return
        parts = explanation.Panel(
            state.stage or "",
            shown,
            source=f"{addressbar.site()}/{explanation.EXPLANATIONS}/{known.version}",
            places=len(course.places),
            names=addressbar.NAMES,
            reading=f"{state.view} {state.scenario}",
        )
        parts.title()
        offered = {view: label for view, label in VIEWS.items() if view not in state.hide}
        remembered.VIEW.put(offered.get(state.view, VIEWS[View.EXPLAIN]))
        tabs = dict(
            zip(
                offered,
                st.tabs(list(offered.values()), key=remembered.VIEW.name, on_change=_turned, args=(course,)),
                strict=True,
            )
        )
        with tabs[View.EXPLAIN]:
            parts.text()
            _transfer(course, state, place)
        if View.QUIZ in tabs and tabs[View.QUIZ].open:
            with tabs[View.QUIZ]:
                quiz.show(place, rows)
        if tabs[View.WATCH].open:
            with tabs[View.WATCH]:
                _watch(course, state, place, now, before, turned_here=not plain_layer)
        if plain_layer:
            _beside(course, state, turned_here=not (View.QUIZ in tabs and tabs[View.QUIZ].open))
        elif not lead:
            handouts.stage_button(course, state, place, before)


def _beside(course: Course, state: address.State, *, turned_here: bool) -> None:
    """What stays in sight of a chosen place, in the container keyed `of-place`: of a stage its two live knobs.

    It stays empty where they would stand before something else, such as the answer to a question.
    """
    at = course.pipeline.by_id.get(state.stage or "")
    if at is None:
        return
    with st.container(key="of-place"):
        if turned_here and isinstance(at, Stage) and not {"knobs", "turning"} & set(state.hide):
            knobs.live(course, at)
            if "more" not in state.hide:
                drawer.rest()


def _turned(course: Course) -> None:
    view = next(view for view, label in VIEWS.items() if label == remembered.VIEW.value)
    addressbar.go(course, view=view)


def _transfer(course: Course, state: address.State, place: Place) -> None:
    """Where the ingestion is explained, how a transfer goes under the two switches that are set."""
    at = course.pipeline.by_id.get(place.id)
    if isinstance(at, Stage) and at.role == Role.INGESTION:
        with st.container(key="transfer"):
            references = References(course, "way")
            transfers.show(course, state.start, state.size, references)
            references.show()


def _watch(
    course: Course, state: address.State, place: Place, now: Scenario, before: Scenario | None, *, turned_here: bool
) -> None:
    """What the simulation says of this place; the few knobs that matter are `turned_here`, or beside all views."""
    at = course.pipeline.by_id.get(place.id)
    if isinstance(at, Stage):
        if "knobs" not in state.hide:
            _timetable(course, at, now)
            if turned_here and "turning" not in state.hide:
                knobs.of_stage(course, at, all_of_them=False)
            if "break" not in state.hide:
                form.show(course, at, now, unfolded=_is_to_break(course, at))
        if addressbar.on_step(course) and "charts" in state.hide:
            return
        for name in seeing.narrowed(charts.of_stage(at, now)):
            ghost = course.day(before) if before else None
            figures.stage_chart(name, at, course.day(now), ghost, moment_s=state.moment)
        expectations.show(at, course.day(now))
    elif isinstance(at, Undercurrent):
        beneath.show(course, at, state, course.day(now))
    else:
        _whole_day(course.day(now))


def _timetable(course: Course, stage: Stage, now: Scenario) -> None:
    """Whose runs start the jobs of a stage on a schedule, and which flows beside it say how they move."""
    pipeline = course.pipeline.on_day(now)
    if words := timetable_words(pipeline, stage.on_day(now)):
        st.markdown(f":material/schedule: {plain(words)}")
    for flow in pipeline.flows:
        if flow.way and stage.id in (flow.source, flow.target):
            source = citing.inline(course, flow.way.source, flow.way.cite) if flow.way.source else None
            st.markdown(f":material/swap_horiz: {plain(flow_words(pipeline, flow))}", help=source)


def _is_to_break(course: Course, stage: Stage) -> bool:
    """Whether the step of a lesson waits for something to go wrong at this stage."""
    on = addressbar.on_step(course)
    return on is not None and on[0].steps[on[1]].until == Until(UntilKind.BROKEN, stage.id)


def _whole_day(day: Day) -> None:
    """What every stage did with its events, as a table."""
    rows, copies = cached.ledger(day), cached.copies_removed(day)
    counts = {name: st.column_config.NumberColumn(format="localized") for name in _COUNTS}
    st.dataframe(rows, hide_index=True, width="stretch", column_config=counts)
    about = "Every event of the day at every stage: it goes on, is removed on purpose, is lost, or is inside."
    if copies:
        about += f" A second copy counts as an event of its own here: {counted(copies)} of those removed are copies."
    st.caption(about)
