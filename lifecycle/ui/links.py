"""Links from one place's text to another's, followed without leaving the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_links = st.components.v2.component(
    "headwaters_links", js=(Path(__file__).parent / "links.js").read_text(encoding="utf-8")
)


def follow(on_select: Callable[[str], None]) -> None:
    """Call `on_select` with the id of the place when a link to one is clicked."""

    def chosen() -> None:
        place = st.session_state["place-links"].get("stage")
        if isinstance(place, str):
            on_select(place)

    _links(key="place-links", on_stage_change=chosen, height=1)
