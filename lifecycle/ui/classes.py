"""A class that follows a talk: started here, then driven by keys, by the desk, or from another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lifecycle.classroom import ClassState, Refused, ask_json
from lifecycle.course import Course
from lifecycle.documents import as_html
from lifecycle.graph import GraphvizError
from lifecycle.live import hub, reachable, spelled
from lifecycle.storage import StoreError
from lifecycle.talks import Talk
from lifecycle.ui import cached, hall
from lifecycle.ui.addressbar import CLASS, STEP, TALK, site
from lifecycle.ui.conductor import Position
from lifecycle.ui.prose import plain

# Where the session keeps the class it has started: talk, code, and the secret that only the presenter has.
_STARTED = "class-started"


@dataclass(frozen=True)
class Following:
    """The class that follows a talk on this screen: its code, "" for none, and the secret where this session has it."""

    code: str = ""
    secret: str = ""
    position: Position | None = None


def following(talk: Talk) -> Following:
    """The class that the address names; one that is over, or of another talk, is said and let go."""
    code = st.query_params.get(CLASS, "")
    if not code:
        return Following()
    try:
        state = hub().state(code)
    except StoreError as error:
        st.warning(f"The class cannot be reached: {error}. The talk goes on without it.", icon=":material/groups:")
        return Following()
    if state is None or state.over or state.talk != talk.id:
        del st.query_params[CLASS]
        st.toast("This class is over, or there never was one. The talk goes on without it.", icon=":material/groups:")
        return Following()
    started = st.session_state.get(_STARTED, {})
    secret = started.get("secret", "") if started.get("code") == code else ""
    return Following(code, secret, _position(state, talk))


def explored(code: str) -> str:
    """What the class explores together, as an address's query; "" for the script."""
    try:
        state = hub().state(code)
    except StoreError:
        return ""
    return state.view if state is not None else ""


def _position(state: ClassState, talk: Talk) -> Position:
    step = min(state.step, len(talk.steps) - 1)
    return Position(step, min(state.points, len(talk.steps[step].points)))


def start_button(course: Course, talk: Talk) -> None:
    """Start a class for a talk."""
    st.button(
        "With a class",
        key=f"class-{talk.id}",
        icon=":material/groups:",
        on_click=_start,
        args=(course, talk),
        help="Phones join by a code and answer live; your notes and controls stand on a screen of their own.",
    )


def started(talk: Talk) -> None:
    """What a presenter needs of the class just started: the secret link, and the way onto this screen."""
    found = st.session_state.get(_STARTED, {})
    if found.get("talk") != talk.id:
        return
    if error := found.get("error"):
        st.error(error, icon=":material/error:")
        return
    code, secret = found["code"], found["secret"]
    st.markdown(f"**The class {plain(spelled(code))} is open.** It lasts a day; then all that it holds is erased.")
    st.markdown("Your desk, with notes, time and the class's votes. Whoever has this link drives the class: keep it.")
    st.code(f"{site()}/desk/{code}#{secret}", language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.link_button("Open the desk", f"{site()}/desk/{code}#{secret}", icon=":material/co_present:")
        st.button(
            "Begin on this screen",
            key=f"begin-{talk.id}",
            type="primary",
            icon=":material/slideshow:",
            on_click=st.query_params.from_dict,
            args=({TALK: talk.id, STEP: "1", CLASS: code},),
        )
    st.caption("On the hall's own machine, open this address instead; it shows and does not drive:")
    elsewhere = reachable(site(), str(st.get_option("server.address") or "")) or site()
    st.code(f"{elsewhere}/present?{TALK}={talk.id}&{CLASS}={code}", language=None, wrap_lines=True)


def presents(talk: Talk) -> bool:
    """Whether this session has the presenter's key to a class of this talk that goes on."""
    found = st.session_state.get(_STARTED, {})
    if found.get("talk") != talk.id or "secret" not in found:
        return False
    try:
        return hub().presents(found["code"], found["secret"])
    except StoreError:
        return False


def _start(course: Course, talk: Talk) -> None:
    try:
        code, secret = hub().start(_told(course, talk))
    except (Refused, StoreError) as error:
        st.session_state[_STARTED] = {"talk": talk.id, "error": f"No class was started: {error}"}
        return
    st.session_state[_STARTED] = {"talk": talk.id, "code": code, "secret": secret}


def _told(course: Course, talk: Talk) -> dict[str, Any]:
    """The talk as the desk and the phones need it."""
    asks = [hall.asked(course, talk, step) for step in range(len(talk.steps))]
    try:
        diagram = cached.picture(course.pipeline).tb
    except GraphvizError:
        diagram = ""  # phones choose from the list
    return {
        "id": talk.id,
        "title": talk.title,
        "minutes": talk.minutes,
        "diagram": diagram,
        "steps": [
            {
                "headline": step.headline,
                "notes_html": as_html(step.notes),
                "points": len(step.points),
                "minutes": step.minutes,
                "ask": ask_json(ask) if ask else None,
            }
            for step, ask in zip(talk.steps, asks, strict=True)
        ],
    }
