"""What is slow comes after: the charts' library is large, so a new page draws its charts once the diagram lives.

The first run of a session leaves them out; the browser says when it is ready (or after two seconds, should the diagram
fail), and every later run draws them at once. Without a browser nobody would ever say so, and nothing is left out.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar

_after = st.components.v2.component(
    "headwaters_after", js=(Path(__file__).parent / "dist/after.js").read_text(encoding="utf-8")
)


def in_browser() -> bool:
    """Whether a browser asks, and not a test of the script alone."""
    return isinstance(st.context.headers.get("User-Agent"), str)


def first_paint() -> bool:
    """Whether this run should leave out what is slow; if so, the browser will ask for it when it is ready."""
    if remembered.PAINTED.get() or not in_browser():
        return False
    remembered.PAINTED.put(True)
    return True


def ask_again(*, room_px: int = 200) -> None:
    """Have the browser ask for the rest as soon as the diagram lives; `room_px` is kept for it meanwhile."""
    if room_px:
        st.skeleton(height=room_px)
    _after(key="after", on_ready_change=addressbar.catch_up, height=1)
