"""The moment that is told of, drawn on the charts: the diagram's clock, or a talk's step."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_playhead = st.components.v2.component(
    "headwaters_playhead", js=(Path(__file__).parent / "dist/playhead.js").read_text(encoding="utf-8")
)


def show(moment_s: float | None = None, *, follows: bool = True, cue: str = "") -> None:
    """Let every chart of the day carry a line at a moment, in seconds of the day.

    It `follows` the diagram's clock where there is one; a new `cue` (the step of a talk) begins at `moment_s`.
    """
    _playhead(key="playhead", data={"moment_s": moment_s, "follows": follows, "cue": cue}, height=1)
