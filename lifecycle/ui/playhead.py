"""The diagram's clock, drawn on the charts."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_playhead = st.components.v2.component(
    "headwaters_playhead", js=(Path(__file__).parent / "playhead.js").read_text(encoding="utf-8")
)


def show() -> None:
    """Let every chart of the day carry a line at the diagram's moment."""
    _playhead(key="playhead", height=1)
