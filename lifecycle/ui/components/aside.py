"""What stands beside the diagram, for the keyboard: how it is closed, and where the keyboard goes then."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import streamlit as st

_aside = st.components.v2.component(
    "headwaters_aside",
    js=(Path(__file__).parent / "dist/aside.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class AsidePart(TypedDict):
    """What the script is given: `components/message.js` has the same fields and types, which a test holds.

    `within`, `close` and `back` are keys: of the container, of its own button that closes it, and of the button, or the
    place of the page, to which the keyboard goes back. It `takes` the keyboard when it opens. `place` is the one that a
    diagram too small for its picture brings into view, "" for none.
    """

    within: str
    close: str
    back: str
    takes: bool
    place: str


def keys(within: str, *, close: str, back: str, takes: bool = False, place: str = "") -> None:
    """Once in the container: have Escape close it."""
    data: AsidePart = {"within": within, "close": close, "back": back, "takes": takes, "place": place}
    _aside(key=f"aside-{within}", data=data, height=1)
