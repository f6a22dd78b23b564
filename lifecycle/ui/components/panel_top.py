"""Another text in the stage panel begins at its beginning, however far the one before it was read."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lifecycle.course import address

_top = st.components.v2.component(
    "headwaters_panel_top", js=(Path(__file__).parent / "dist/panel_top.js").read_text(encoding="utf-8")
)


def keep(state: address.State) -> None:
    """Take the panel to its top whenever it shows another place, view or scenario than before."""
    _top(key="panel-top", data={"text": f"{state.stage or ''} {state.view} {state.scenario}"}, height=1)
