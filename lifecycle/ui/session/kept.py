"""The runs that a learner keeps to compare: in the session, and in the address of the page that compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.ui.session import addressbar

MOST = 6  # as many as can be told apart in one chart
KEPT, BEFORE = "kept-runs", "kept-runs-before"


def bare(state: State) -> State:
    """The settings of a run without the place that the learner looks at."""
    return replace(state, stage=None, view=address.View.EXPLAIN, moment=None)


def runs() -> tuple[State, ...]:
    """The runs that are kept, in the order in which they were."""
    found: tuple[State, ...] = st.session_state.get(KEPT, ())
    return found


def put(states: Sequence[State]) -> None:
    """Keep these instead; what was kept before can be had back."""
    st.session_state[BEFORE] = runs()
    st.session_state[KEPT] = tuple(dict.fromkeys(map(bare, states)))[:MOST]


def add(*states: State) -> None:
    """Keep these as well."""
    put((*runs(), *states))


def undo() -> None:
    """Have back what was kept before the last change."""
    if BEFORE in st.session_state:
        put(st.session_state[BEFORE])


def can_undo() -> bool:
    """Whether the last change took something away."""
    return bool(set(st.session_state.get(BEFORE, ())) - set(runs()))


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
    if texts and texts != st.session_state.get("kept-runs-shown"):
        states, notices = read(course, texts)
        if states and states != runs():
            put(states)
    st.session_state["kept-runs-shown"] = tuple(write(runs()))
    if texts != st.session_state["kept-runs-shown"]:
        st.query_params[addressbar.RUNS] = list(st.session_state["kept-runs-shown"])
    return notices


def button(course: Course) -> None:
    """Keep the run on screen, from the explorer."""
    state, _ = addressbar.current(course)
    here, full = bare(state) in runs(), len(runs()) >= MOST
    about = (
        "It is kept."
        if here
        else f"{MOST} are kept, which is the most."
        if full
        else "Beside other runs, on the page Compare"
    )
    words = f"Kept to compare ({len(runs())})" if here else "Keep to compare"
    st.button(
        words,
        key="keep",
        icon=":material/bookmark_added:" if here else ":material/bookmark_add:",
        type="tertiary",
        help=about,
        disabled=here or full,
        on_click=add,
        args=(state,),
    )
