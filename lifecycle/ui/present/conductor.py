"""What a presenter's keys do: steps, the black screen, the pointer, and the line that says how far the talk is.

The JavaScript beside this file acts at once and then says so here; a class that follows the talk is told by the browser
itself, which is quicker (see `conductor.js`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import streamlit as st

from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar

_FOLDER = Path(__file__).parent
_conductor = st.components.v2.component(
    "headwaters_conductor",
    js=(_FOLDER / "dist/conductor.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "conductor.css").read_text(encoding="utf-8"),
)


class FollowedView(TypedDict):
    """What the class explored last, as an address's query, and how often this window has followed it."""

    nth: int
    view: str


class TalkDriven(TypedDict):
    """What the conductor's script is given: `present/message.js` has the same fields and types, which a test holds.

    `points` counts those of each step; `site` is the app's own address.
    """

    title: str
    headlines: list[str]
    points: list[int]
    step: int
    shown: int
    free: bool
    views: list[str]
    followed: FollowedView
    code: str
    secret: str
    site: str


class ConductorTriggers(TypedDict):
    """What the conductor sends: a position ("5", "5.2"; "off" ends what was `free`), or that something was asked."""

    go: str
    free: str
    leave: str
    answer: str
    heard: str
    look: str


@dataclass(frozen=True)
class Position:
    """Where a talk is: the step, counted from 0, and how many of its points are shown."""

    step: int = 0
    points: int = 0

    def __str__(self) -> str:
        return f"{self.step + 1}.{self.points}" if self.points else str(self.step + 1)


def position(text: str, points_of: tuple[int, ...]) -> Position:
    """The position that an address names, "5" or "5.2", kept within the talk; `points_of` counts each step's points."""
    step, _, shown = text[:20].partition(".")
    at = min(max(int(step), 1), len(points_of)) - 1 if step.isdecimal() else 0
    return Position(at, min(int(shown), points_of[at]) if shown.isdecimal() else 0)


def show(
    title: str,
    headlines: tuple[str, ...],
    points_of: tuple[int, ...],
    at: Position,
    *,
    free: bool,
    on_go: Callable[[Position], None],
    on_free: Callable[[Position | None], None],
    on_leave: Callable[[], None],
    on_answer: Callable[[], None],
    on_look: Callable[[], None],
    views: tuple[str, ...] = (),
    followed: tuple[int, str] = (0, ""),
    code: str = "",
    secret: str = "",
) -> None:
    """Take the keys of a talk. With a `code` the class of that name follows, and is followed; `secret` lets this
    browser drive it.

    `on_free` is called with the position at which the script is left, and with None when it goes on. `views` is what
    each step opens when its script is left, an address's query such as `?size=stream`. `on_look` is called when the
    class explores something else than this window shows; `followed` counts how often that was done, and says as what
    the address was written the last time: that is no news to the class.
    """

    def sent(name: str) -> object:
        value = remembered.CONDUCTOR.get()
        return None if value is None else value.get(name)

    def went() -> None:
        on_go(position(str(sent("go")), points_of))

    def left() -> None:
        where = str(sent("free"))
        on_free(None if where == "off" else position(where, points_of))

    data: TalkDriven = {
        "title": title,
        "headlines": list(headlines),
        "points": list(points_of),
        "step": at.step,
        "shown": at.points,
        "free": free,
        "views": list(views),
        "followed": {"nth": followed[0], "view": followed[1]},
        "code": code,
        "secret": secret,
        "site": addressbar.site(),
    }
    st.html(_FOLDER / "conducted.css")
    _conductor(
        key=remembered.CONDUCTOR.name,
        data=data,
        on_go_change=went,
        on_free_change=left,
        on_leave_change=on_leave,
        on_answer_change=on_answer,
        on_heard_change=addressbar.catch_up,
        on_look_change=on_look,
        height=1,
    )
