"""A class that follows a talk: started here, then driven by keys, by the desk, or from another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lifecycle.classroom import ClassState, Refused, ask_json, deletion
from lifecycle.classroom.message import StepToDesk
from lifecycle.classroom.server import hub, spelled
from lifecycle.course import Course, address
from lifecycle.course.sources import without
from lifecycle.course.talks import Step, Talk
from lifecycle.diagram.layout import GraphvizError
from lifecycle.documents import as_html
from lifecycle.installed import Setting
from lifecycle.storage import StoreError
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import hall
from lifecycle.ui.present import running as class_list
from lifecycle.ui.present.conductor import Position
from lifecycle.ui.session import cached, learner, teacher
from lifecycle.ui.session.addressbar import CLASS, STEP, TALK, site, site_for_others

# Where the session keeps the class it has started: talk, code, and the secret that only the presenter has.


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
        toasts.say("This class is over, or there never was one. The talk goes on without it.", icon=":material/groups:")
        return Following()
    started = remembered.CLASS_STARTED.get({})
    secret = started.get("secret", "") if started.get("code") == code else ""
    return Following(code, secret, _position(state, talk))


def explored(code: str) -> str:
    """What the class explores together, as an address's query; "" for the script."""
    state = _state(code)
    return state.view if state is not None else ""


def _position(state: ClassState, talk: Talk) -> Position:
    step = min(state.step, len(talk.steps) - 1)
    return Position(step, min(state.points, len(talk.steps[step].points)))


def running(course: Course) -> None:
    """The classes that this browser presents, each with the way back to it."""

    def resume(talk: str, code: str) -> None:
        if any(known.id == talk for known in course.talks) and (state := _state(code)) is not None:
            st.query_params.from_dict({TALK: talk, STEP: str(state.step + 1), CLASS: code})

    class_list.classes(_claim(remembered.CLASS_STARTED.get({})), resume)


def start_button(course: Course, talk: Talk) -> None:
    """Start a class for a talk; where the server has a key for teachers, it is asked for first."""
    about = "Phones join by a code and answer live; your notes and controls stand on a screen of their own."
    if teacher.key() and not teacher.admitted():
        with st.popover("With a class", icon=":material/groups:", help=about):
            if teacher.switched_on():
                st.markdown("On this server only a teacher can start a class, with the right key.")
                teacher.ask(f"class-key-{talk.id}", lambda: _start(course, talk))
            else:
                st.markdown(
                    f"No class can be started here: the key in `{Setting.TEACHER}` has fewer than {teacher.SHORTEST} "
                    "characters. The person who runs the server can set a longer one."
                )
        return
    st.button(
        "With a class",
        key=f"class-{talk.id}",
        icon=":material/groups:",
        on_click=_start,
        args=(course, talk),
        help=about,
    )


def started(talk: Talk) -> None:
    """What a presenter needs of the class just started: the ways to the desk, and onto this screen."""
    class_started = remembered.CLASS_STARTED.get({})
    if class_started.get("talk") != talk.id:
        return
    if error := class_started.get("error"):
        st.error(error, icon=":material/error:")
        return
    claim = _claim(class_started)
    if claim is None:
        return
    code = claim["code"]
    st.markdown(f"**The class {plain(spelled(code))} is open.** {deletion(hub().hours)}")
    st.markdown(
        "Your desk has your notes, the time and the class's votes. Its link is secret, so it is not shown here: open "
        "the desk on this machine, or copy the link and open it on another one."
    )
    class_list.desk(claim)
    st.button(
        "Begin on this screen",
        key=f"begin-{talk.id}",
        type="primary",
        icon=":material/slideshow:",
        on_click=st.query_params.from_dict,
        args=({TALK: talk.id, STEP: "1", CLASS: code},),
    )
    st.caption("On the hall's own machine, open this address instead; it only shows the talk:")
    st.code(f"{site_for_others() or site()}/present?{TALK}={talk.id}&{CLASS}={code}", language=None, wrap_lines=True)


def _claim(class_started: dict[str, str]) -> class_list.Claim | None:
    """What the browser needs to prove itself, of a class that this session started and that goes on."""
    if "secret" not in class_started or (state := _state(class_started["code"])) is None or state.over:
        return None
    return {
        "code": class_started["code"],
        "secret": class_started["secret"],
        "desk": f"{site_for_others() or site()}/desk/{class_started['code']}",
    }


def _state(code: str) -> ClassState | None:
    try:
        return hub().state(code)
    except StoreError:
        return None


def presents(talk: Talk) -> bool:
    """Whether this session has the presenter's key to a class of this talk that goes on."""
    class_started = remembered.CLASS_STARTED.get({})
    if class_started.get("talk") != talk.id or "secret" not in class_started:
        return False
    try:
        return hub().presents(class_started["code"], class_started["secret"])
    except StoreError:
        return False


def _start(course: Course, talk: Talk) -> None:
    known = teacher.admitted()
    address = "" if known else str(st.context.ip_address or "")
    try:
        code, secret = hub().start(_talk_json(course, talk), visitor=learner.anonymous(), address=address)
    except (Refused, StoreError) as error:
        remembered.CLASS_STARTED.put({"talk": talk.id, "error": f"No class was started: {error}"})
        return
    remembered.CLASS_STARTED.put({"talk": talk.id, "code": code, "secret": secret})


def _talk_json(course: Course, talk: Talk) -> dict[str, Any]:
    """The talk as the desk and the phones need it."""
    asks = [hall.ask_of(course, talk, step, alone=True) for step in range(len(talk.steps))]
    try:
        diagram = cached.picture(course.pipeline).tb
    except GraphvizError:
        diagram = ""  # phones choose from the list
    steps: list[StepToDesk] = [
        {
            "headline": step.headline,
            "notes_html": as_html(step.notes),
            "text_html": _words(course, step),
            "points": len(step.points),
            "points_html": [as_html(without(point)) for point in step.points],
            "minutes": step.minutes,
            "ask": ask_json(ask) if ask else None,
        }
        for step, ask in zip(talk.steps, asks, strict=True)
    ]
    return {
        "id": talk.id,
        "title": talk.title,
        "minutes": talk.minutes,
        "diagram": diagram,
        "steps": steps,
    }


def _words(course: Course, step: Step) -> str:
    """What the hall reads of a step at once, beside its points: its sentence, and that of the place in view."""
    stage = address.turned(address.State(), step.view, course)[0].stage or ""
    place = (course.places.get(stage) or course.overview) if "panel" in step.show else None
    texts = [without(step.text), f"**{place.title}**: {without(place.summary)}" if place else ""]
    return "".join(as_html(text) for text in texts if text)
