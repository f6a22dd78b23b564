"""Following one event on the explorer: who is chosen, and what the diagram is told of the journey."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.diagram.following.note import PICKS, Beside, Wordings, followed
from lifecycle.diagram.journey_words import reason_words
from lifecycle.diagram.living.message import Followed
from lifecycle.simulation.readings.journey import Pick, consumer_of, crossing
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components.diagram import run_digest
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar, cached, runs

# What the diagram sends of a dot that was clicked: its wire, and the second at which it set off.
_DOT = re.compile(r"([a-z0-9-]{1,64})>([a-z0-9-]{1,64})@([0-9]{1,6})")


def control(course: Course, state: address.State, day: Day) -> None:
    """The list of whom to follow; what is chosen in it is held by number, so that it stays the same event."""
    number = () if state.follow is None or state.follow in PICKS else (str(state.follow),)
    remembered.FOLLOW.put(None if state.follow is None else str(state.follow))
    st.selectbox(
        "Follow an order",
        [*number, *PICKS],
        index=None,  # so that it can be cleared
        format_func=lambda choice: PICKS[Pick(choice)] if choice in PICKS else f"order {int(choice):,}",
        key=remembered.FOLLOW.name,
        placeholder="Follow an order",
        label_visibility="collapsed",
        width=200,
        on_change=lambda: _chosen(course, day),
    )


def _chosen(course: Course, day: Day) -> None:
    choice = remembered.FOLLOW.get()
    who: int | Pick | None = None
    if choice in PICKS:
        try:
            who = cached.event(day, Pick(choice))
        except ValueError:
            who = Pick(choice)  # the page says why there is none
    elif choice is not None:
        who = int(choice)
    addressbar.go(course, follow=who, moment=None)


def clicked(course: Course, day: Day, dot: str) -> None:
    """Follow an event of a dot: the run says which went over that wire then; what names no wire is passed over."""
    if not (wire := _DOT.fullmatch(dot)):
        return
    labels = {stage.id: plain(stage.label) for stage in course.pipeline.stages}
    try:
        event = crossing(cached.run(day), wire[1], wire[2], float(wire[3]))
    except ValueError:
        return
    toasts.say(f"Order {event:,}: an order of this packet, from {labels[wire[1]]} to {labels[wire[2]]}.")
    addressbar.go(course, follow=event, moment=None)


def note(course: Course, state: address.State, screen: runs.OnScreen) -> Followed | None:
    """What the diagram is told of the event that the address names; None, and a line that says why, where none is."""
    if state.follow is None:
        return None
    day = course.day(screen.now)
    try:
        event = cached.event(day, state.follow)
        return followed(
            cached.run(day),
            event,
            consumer_of(course.pipeline.network),
            Wordings.of(course),
            _beside(course, screen),
            key=f"{runs.day_name(state)} {state.seed} {event}",
            digest=run_digest(cached.frames(day), runs.day_name(state)),
        )
    except ValueError as problem:
        why = reason_words(problem, course.pipeline.network, course.pipeline.labels)
        st.info(f"No order is followed, because {plain(why)}.", icon=":material/route:")
        return None


def _beside(course: Course, screen: runs.OnScreen) -> Beside | None:
    """The run before or the pinned one; with none the same day under the other size, if that can be simulated."""
    if screen.before is not None:
        return Beside(cached.run(course.day(screen.before)), "pinned" if screen.before == screen.pinned else "before")
    scenario = replace(screen.now, size=screen.now.size.other)
    if not cached.runs_on(course, scenario):
        return None
    return Beside(cached.run(course.day(scenario)), "under the other size")
