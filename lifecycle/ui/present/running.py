"""The classes that this browser presents: the way to the desk, and back to each after a reload or a leave.

The proof is a cookie that no script and no page of Streamlit reads, so the browser asks the class's own addresses. The
secret goes from here to the script as data; it stands in no text, no link and no tooltip of a page that a hall may see.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from lifecycle.ui import remembered
from lifecycle.ui.session.addressbar import site

_FOLDER = Path(__file__).parent
_running = st.components.v2.component(
    "headwaters_running",
    js=(_FOLDER / "dist/running.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "running.css").read_text(encoding="utf-8"),
)


class Claim(TypedDict):
    """The proof of a class that this session has started: its secret, and its desk's address without that."""

    code: str
    secret: str
    desk: str


class ClassesRunning(TypedDict):
    """What the script is given: `present/message.js` has the same fields and types, which a test holds.

    With `only` it shows the ways to the desk of the class that is claimed, and nothing else.
    """

    claim: Claim | None
    only: bool
    site: str


class ClassResumed(TypedDict):
    """A class to go on with, and when that was asked for."""

    talk: str
    code: str
    at: int


class RunningTriggers(TypedDict):
    """What the list sends."""

    resume: ClassResumed


def classes(claim: Claim | None, on_resume: Callable[[str, str], None]) -> None:
    """Say which classes are running; `claim` is of the one that this session has started.

    `on_resume` is given a class's talk and code.
    """

    def resumed() -> None:
        chosen: Any = remembered.RUNNING.value.get("resume") or {}
        on_resume(str(chosen.get("talk", "")), str(chosen.get("code", "")))

    data: ClassesRunning = {"claim": claim, "only": False, "site": site()}
    _running(key=remembered.RUNNING.name, data=data, on_resume_change=resumed)


def desk(claim: Claim) -> None:
    """The ways to the desk of a class that was just started."""
    data: ClassesRunning = {"claim": claim, "only": True, "site": site()}
    _running(key=f"desk-{claim['code']}", data=data, on_resume_change=lambda: None)
