"""The runs that a learner keeps to compare: in the session, and in the address of the page that compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar

MOST = 6  # as many as can be told apart in one chart


def bare(state: State) -> State:
    """The settings of a run without the place that the learner looks at."""
    return replace(state, stage=None, view=address.View.EXPLAIN, moment=None, follow=None)


def runs() -> tuple[State, ...]:
    """The runs that are kept, in the order in which they were."""
    states: tuple[State, ...] = remembered.KEPT_RUNS.get(())
    return states


def put(states: Sequence[State]) -> None:
    """Keep these instead; what was kept before can be had back."""
    remembered.KEPT_RUNS_BEFORE.put(runs())
    remembered.KEPT_RUNS.put(tuple(dict.fromkeys(map(bare, states)))[:MOST])


def add(*states: State) -> None:
    """Keep these as well."""
    put((*runs(), *states))


def undo() -> None:
    """Have back what was kept before the last change."""
    if remembered.KEPT_RUNS_BEFORE.is_set:
        put(remembered.KEPT_RUNS_BEFORE.value)


def can_undo() -> bool:
    """Whether the last change took something away."""
    return bool(set(remembered.KEPT_RUNS_BEFORE.get(())) - set(runs()))


def read(course: Course, texts: Sequence[str]) -> tuple[tuple[State, ...], tuple[str, ...]]:
    """The runs that an address names, a text such as `start=push&size=stream` each, and notices in words."""
    states, notices = [], []
    for text in texts[:MOST]:
        if len(text) > address.LONGEST_VALUE:
            notices.append(f"{address.LEFT_OUT}a run of more than {address.LONGEST_VALUE} characters.")
            continue
        state, wrong = address.read(dict(parse_qsl(text, keep_blank_values=True)), course)
        states.append(bare(state))
        notices += wrong
    if len(texts) > MOST:
        notices.append(f"{address.LEFT_OUT}{len(texts) - MOST} runs beyond the first {MOST}.")
    return tuple(dict.fromkeys(states)), tuple(notices)


def write(states: Sequence[State]) -> list[str]:
    """The runs as texts for an address; `read` gives them back."""
    return [urlencode(address.write(state)) for state in states]


def follow_address(course: Course) -> tuple[str, ...]:
    """Keep what a shared link brings, and have the address say what is kept; notices in words."""
    texts = tuple(st.query_params.get_all(addressbar.RUNS))
    notices: tuple[str, ...] = ()
    if texts and texts != remembered.KEPT_RUNS_SHOWN.get():
        states, notices = read(course, texts)
        if states and states != runs():
            put(states)
    remembered.KEPT_RUNS_SHOWN.put(tuple(write(runs())))
    if texts != remembered.KEPT_RUNS_SHOWN.value:
        st.query_params[addressbar.RUNS] = list(remembered.KEPT_RUNS_SHOWN.value)
    return notices


def button(course: Course) -> None:
    """Keep the run on screen, from the explorer."""
    state, _ = addressbar.current(course)
    is_kept, full = bare(state) in runs(), len(runs()) >= MOST
    about = (
        "It is kept."
        if is_kept
        else f"{MOST} are kept, which is the most."
        if full
        else "Beside other runs, on the page Compare"
    )
    words = f"Kept to compare ({len(runs())})" if is_kept else "Keep to compare"
    st.button(
        words,
        key="keep",
        icon=":material/bookmark_added:" if is_kept else ":material/bookmark_add:",
        type="tertiary",
        help=about,
        disabled=is_kept or full,
        on_click=add,
        args=(state,),
    )
