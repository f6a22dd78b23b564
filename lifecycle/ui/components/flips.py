"""What a flipped switch or a turned knob shows before the server's page does, which then says the same.

Beside the run that is shown the server works out those that are one switch away (`panel/ahead.py`), and, while a thumb
is dragged, those at its places (`panel/turning.py`). What belongs to the diagram and to the figures of each is handed
out at an address of its own. The charts follow from the server.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

# Where the server hands it out: this and a key.
AHEAD = "ahead"

_SCRIPTS = Path(__file__).parent / "dist"
_flips = st.components.v2.component("headwaters_flips", js=(_SCRIPTS / "flips.js").read_text(encoding="utf-8"))
_turns = st.components.v2.component("headwaters_turns", js=(_SCRIPTS / "turns.js").read_text(encoding="utf-8"))


class Flip(TypedDict):
    """A switch with a value that it does not have, and the key of what it would show; see `components/message.js`."""

    switch: str
    value: str
    key: str


class SentFigure(TypedDict):
    """A figure as the page shows it: its label, its value and what it was, in words; "" for what it was not.

    `name` is its key on the page. `bars` are the run before's and this one's, as shares of the longer, and `compared`
    says them; without a run before both are 0 and "".
    """

    name: str
    label: str
    shown: str
    change: str
    bars: tuple[float, float]
    compared: str


class Truth(TypedDict):
    """A run by its digest, and the figures that the page has of it; `nth` is new whenever the server says it."""

    nth: str
    run: str
    figures: list[SentFigure]


class Flips(TypedDict):
    """What the page may show by itself, and where it is handed out; and what the server shows `now`."""

    source: str
    now: Truth
    flips: list[Flip]


class Turn(TypedDict):
    """A knob by its slider's class on the page, and the figure that it turns."""

    knob: str
    figure: str


class Turns(TypedDict):
    """The knobs that the page follows while they are dragged, whose places are handed out under `source`."""

    source: str
    turns: list[Turn]


def show_flips(site: str, now: Truth, flips: Sequence[Flip]) -> None:
    """Let the page answer these flips by itself; `site` is where the app is served."""
    _flips(key="flips", data=Flips(source=f"{site}/{AHEAD}", now=now, flips=list(flips)), height=1)


def show_turns(site: str, key: str, turns: Sequence[Turn]) -> None:
    """Let the page follow these knobs while they are dragged."""
    _turns(key="turns", data=Turns(source=f"{site}/{AHEAD}/{key}", turns=list(turns)), height=1)


def message(run: bytes, shown: Sequence[SentFigure]) -> bytes:
    """What is handed out of a run, as JSON: the diagram's own note, and the figures."""
    return b'{"run": %b, "figures": %b}' % (run, json.dumps(shown).encode())
