"""Links within the text, to another place or to other settings, followed without leaving the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lifecycle.ui import remembered

_links = st.components.v2.component(
    "headwaters_links", js=(Path(__file__).parent / "dist/links.js").read_text(encoding="utf-8")
)


def follow(on_follow: Callable[[str], None]) -> None:
    """Call `on_follow` with what a link says, such as `?stage=lake`, when one is clicked."""

    def chosen() -> None:
        query = remembered.PLACE_LINKS.value.get("query")
        if isinstance(query, str):
            on_follow(query)

    _links(key=remembered.PLACE_LINKS.name, on_query_change=chosen, height=1)
