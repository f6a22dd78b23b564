"""What a flipped switch shows, in the next frame: the page fetches it ahead, and the server then says the same.

Beside the run that is shown the server works out those that are one switch away (`panel/ahead.py`). What belongs to the
diagram and to the figures of each is handed out at an address of its own. The charts follow from the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

# Where the server hands it out: this and a key.
AHEAD = "ahead"

_flips = st.components.v2.component(
    "headwaters_flips", js=(Path(__file__).parent / "dist/flips.js").read_text(encoding="utf-8")
)


class Flip(TypedDict):
    """A switch with a value that it does not have, and the key of what it would show; see `components/message.js`."""

    switch: str
    value: str
    key: str


class Flips(TypedDict):
    """What the page may show by itself, and where it is handed out."""

    source: str
    flips: list[Flip]


class SentFigure(TypedDict):
    """A figure as the page shows it: its name, its value and what it was, in words; "" for what it was not."""

    label: str
    shown: str
    change: str


def show(site: str, flips: Sequence[Flip]) -> None:
    """Let the page answer these flips by itself; `site` is where the app is served."""
    _flips(key="flips", data=Flips(source=f"{site}/{AHEAD}", flips=list(flips)), height=1)
