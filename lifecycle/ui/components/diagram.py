"""The living diagram: a picture of the pipeline that plays a run's frames and says which stage was chosen.

Three mounts, because Streamlit sends a mount again, script and all, when a byte of its data changes. The first carries
script, picture and places, and goes out once. Beside it stand two notes with next to no script: the run's frames, and
the few bytes of what is selected, the moment, progress and overlay. The JavaScript in `diagram/living/` lights a
choice at once; the server confirms it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import streamlit as st

from lifecycle.course.day import kept
from lifecycle.course.pipeline import Pipeline
from lifecycle.diagram import layout
from lifecycle.diagram.living import note_script, payload, pointable, run_note, script, sent_breaks, style
from lifecycle.diagram.living.message import Followed, FollowNote, LateNote, Payload, RunNote, SentFilm, StateNote
from lifecycle.simulation.readings.exposure import Exposure
from lifecycle.simulation.readings.frames import Frames
from lifecycle.ui import remembered

# The key of the explorer's diagram, by which the page finds it.
EXPLORED = "living-diagram"

_Name = Literal["select", "moment", "point", "follow", "broken", "repaired", "watched", "connect"]  # of `Triggers`


def living_diagram(
    picture: layout.Picture,
    pipeline: Pipeline,
    frames: Frames | None,
    *,
    selected: str | None = None,
    moment_s: float | None = None,
    progress: Mapping[str, float] | None = None,
    overlay: str | None = None,
    summaries: Mapping[str, str] | None = None,
    on_select: Callable[[str | None], None] | None = None,
    on_moment: Callable[[float], None] | None = None,
    on_point: Callable[[str], None] | None = None,
    pointed: str | None = None,
    on_follow: Callable[[str], None] | None = None,
    followed: Followed | None = None,
    on_break: Callable[[str], None] | None = None,
    on_repair: Callable[[str], None] | None = None,
    on_watched: Callable[[str], None] | None = None,
    on_connect: Callable[[str, str], None] | None = None,
    joins: Sequence[str] = (),
    breakable: str | None = None,
    broken: Sequence[str] = (),
    replay: tuple[str, float] | None = None,
    day: str = "",
    cue: str = "",
    plays: bool = True,
    bare: bool = False,
    frame: Sequence[str] = (),
    film: SentFilm | None = None,
    exposed: Exposure | None = None,
    key: str = EXPLORED,
) -> None:
    """Show the diagram.

    `frames` None draws the pipeline without a run (no clock). `selected` is the id of a stage or undercurrent; an
    unknown one selects nothing. `moment_s` (seconds of the day) stops the clock there; None lets it play from an
    informative moment. `progress` gives quiz scores, 0 to 1, by place. `overlay` is the undercurrent laid over the
    picture. `summaries` gives one line a place for its card. `on_select` is called before the script reruns with the
    id chosen (None: cleared), `on_moment` with the second of the day at which the clock was stopped or scrubbed to.
    With `on_point` a click selects nothing: it is called with the place, or the flow as `buffer->lake`, that was
    clicked, and `pointed` is the one marked. With `on_follow` a dot can be clicked: it is called with its wire and when
    it set off (see `Triggers`); `followed` is the event that is followed, None for none. With `on_break` a click can
    break a place unless `breakable` is None; it is called with what and when (see `Triggers`), and not while
    `breakable` says why not; `on_repair` is called with one of those that are `broken`. With another `replay` (its
    name, and when it is over) than before the clock plays from `moment_s`; `on_watched` is called with its name when it
    is over. With another `day` than before the clock goes to where that day opens, unless `moment_s` says otherwise.
    Another `cue` than before puts the clock to `moment_s`, be it where it was, and lets it play from there or stand, as
    `plays` says. A `bare` diagram has no tools, for a lecture hall; there it shows the zones of `frame` alone, as large
    as can be, or all there is.
    With `on_connect` a flow can be drawn between two of the stages in `joins`, by mouse, touch or keys: it is called
    with where it begins and where it leads.
    With `film` a stretch of the clock can be saved as a moving picture. What is `exposed` is lit where it leaks.
    """
    mount, note = _components()

    def chosen() -> None:
        value = _trigger(key, "select")
        if on_select and isinstance(value, str):
            on_select(value if value in pipeline.by_id else None)

    def moved() -> None:
        value = _trigger(key, "moment")
        if on_moment and isinstance(value, (int, float)):
            on_moment(float(value))

    def marked() -> None:
        value = _trigger(key, "point")
        if on_point and isinstance(value, str) and value in pointable(pipeline):
            on_point(value)

    def dot_clicked() -> None:
        value = _trigger(key, "follow")
        if on_follow and isinstance(value, str):
            on_follow(value)

    def was_broken() -> None:
        value = _trigger(key, "broken")
        if on_break and isinstance(value, str):
            on_break(value)

    def was_repaired() -> None:
        value = _trigger(key, "repaired")
        if on_repair and isinstance(value, str):
            on_repair(value)

    def was_watched() -> None:
        value = _trigger(key, "watched")
        if on_watched and isinstance(value, str):
            on_watched(value)

    def was_connected() -> None:
        match _trigger(key, "connect"):
            case [str(source), str(target)] if on_connect and {source, target} <= set(joins):
                on_connect(source, target)

    with st.container(gap=None):
        mount(
            key=key,
            data=_sent_payload(
                picture,
                pipeline,
                tuple((summaries or {}).items()),
                key,
                breaks=on_break is not None,
                joins=tuple(joins) if on_connect else (),
            ),
            on_select_change=chosen,
            on_moment_change=moved,
            on_point_change=marked,
            on_follow_change=dot_clicked,
            on_broken_change=was_broken,
            on_repaired_change=was_repaired,
            on_watched_change=was_watched,
            on_connect_change=was_connected,
        )
        note(key=f"{key}-run", data=sent_run(frames, day, key))
        state: StateNote = {
            "name": key,
            "note": "state",
            "selected": selected if selected in pipeline.by_id else None,
            "moment_s": moment_s,
            "progress": {place: round(float(score), 3) for place, score in (progress or {}).items()},
            "overlay": overlay if overlay in pipeline.by_id else None,
            "pointing": on_point is not None,
            "pointed": pointed,
            "cue": cue,
            "plays": plays,
            "bare": bare,
            "frame": list(frame),
        }
        if film:
            state["film"] = film
        if exposed and exposed.leaks:
            leaking = [exposed.stages[name] for name in exposed.leaks]
            state["leaks"] = {name: exposed.stages[name].since_s or 0.0 for name in exposed.leaks}
            state["leaking"] = sorted({f"{source}>{target}" for at in leaking for source, target in at.path})
        if on_follow or followed:
            state["follows"], state["dots"] = followed["key"] if followed else "", on_follow is not None
        if on_break and breakable is not None:
            state["breakable"], state["broken"] = breakable, list(broken)
        if replay:
            state["replay"], state["until"] = replay
        note(key=f"{key}-state", data=json.dumps(state).encode())
        if followed:
            journey: FollowNote = {"name": key, "note": "follow", "followed": followed}
            note(key=f"{key}-follow", data=json.dumps(journey).encode())


def tell_late(frames: Frames, day: str, caught_up_s: float | None, key: str = EXPLORED) -> None:
    """Tell the diagram of this key what is known of the run of these frames once all else of the page is drawn."""
    _, note = _components()
    late: LateNote = {"name": key, "note": "late", "run": run_digest(frames, day), "caught_up": caught_up_s}
    note(key=f"{key}-late", data=json.dumps(late).encode())


# Bytes, since Streamlit would turn data into JSON, and read it again, at every run of every page; and since it loads
# pandas, half a second, to see whether a list or mapping in it is a table.


@kept(8)
def _sent_payload(
    picture: layout.Picture,
    pipeline: Pipeline,
    summaries: tuple[tuple[str, str], ...],
    name: str,
    *,
    breaks: bool,
    joins: tuple[str, ...],
) -> bytes:
    sent = Payload(**payload(picture, pipeline, dict(summaries)), name=name)
    if breaks:
        sent["breaks"] = sent_breaks(pipeline)
    if joins:
        sent["joins"] = list(joins)
    return json.dumps(sent).encode()


def run_message(frames: Frames | None, day: str, name: str) -> bytes:
    """The note that tells the diagram of this `name` its run, as JSON; `day` as `living_diagram` has it."""
    return json.dumps(RunNote(**run_note(frames, day), name=name, note="run")).encode()


@kept(32)
def sent_run(frames: Frames | None, day: str, name: str) -> bytes:
    """The same, kept for all who look at the run."""
    return run_message(frames, day, name)


@kept(32)
def run_digest(frames: Frames | None, day: str) -> str:
    """What the explorer's diagram is told of this run's identity."""
    return str(json.loads(sent_run(frames, day, EXPLORED))["run"])


def _trigger(key: str, name: _Name) -> object:
    state: Any = remembered.message_of(key).get()
    return None if state is None else state.get(name)


@lru_cache(maxsize=1)
def _components() -> tuple[Any, Any]:
    """The diagram, and what leaves it a note."""
    component = st.components.v2.component
    return component("headwaters.diagram", js=script(), css=style()), component(
        "headwaters.diagram_note", js=note_script()
    )
