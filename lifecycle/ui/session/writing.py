"""While an author writes: open pages follow the files by themselves, a second or so after each save."""

from __future__ import annotations

import streamlit as st

from lifecycle.installed import Setting
from lifecycle.ui import remembered
from lifecycle.ui.session import served

LOOK_S = 1.0


_ON, _OFF = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def switched_on() -> bool:
    """Whether the server was started for writing: `HEADWATERS_WRITING=1`, or `make write`."""
    return Setting.WRITING.text.lower() in _ON


def problem() -> str:
    """What is wrong with HEADWATERS_WRITING, in a line; "" for nothing."""
    if Setting.WRITING.text.lower() in (*_ON, *_OFF):
        return ""
    return f"{Setting.WRITING}: {Setting.WRITING.text!r} is not a choice. Write 1, or leave it out."


def follow() -> None:
    """Once a run of the page, before it is drawn: note which files it shows, and look from time to time for others.

    Where the server was not started for writing, nothing is watched and nothing is sent.
    """
    if switched_on():
        remembered.CONTENT_SEEN.put(served.content_version())
        _look()


@st.fragment(run_every=LOOK_S)
def _look() -> None:
    """Look whether the files are still those that the page shows; if not, draw it anew as a whole."""
    if remembered.CONTENT_SEEN.get() != served.content_version():
        st.rerun()
