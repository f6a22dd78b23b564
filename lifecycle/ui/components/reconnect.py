"""A page that was open while the wire was cut, or the server started anew, is brought up to date once it is back."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_reconnect = st.components.v2.component(
    "headwaters_reconnect", js=(Path(__file__).parent / "dist/reconnect.js").read_text(encoding="utf-8")
)


def choice() -> dict[str, str | None]:
    """Rerun the whole page once the browser is connected again: `{"stage": id}` of a choice made meanwhile, else {}.

    Stands outside every fragment: a session that is new knows no fragment, and would not run one. Nor does it know a
    callback, so the choice is read here.
    """
    value = _reconnect(key="reconnect", on_back_change=lambda: None, height=1).back
    return value if isinstance(value, dict) and isinstance(value.get("stage", 0), str | None) else {}
