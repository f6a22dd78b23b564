"""A choice that the browser keeps for a year, in a cookie that says nothing of anybody."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_keeping = st.components.v2.component(
    "headwaters_keeping", js=(Path(__file__).parent / "dist/keeping.js").read_text(encoding="utf-8")
)


def keep(cookie: str, value: str, path: str) -> None:
    """Have the browser keep `value` in the cookie of this name, for pages under `path`; "" removes it."""
    _keeping(key="keeping", data={"cookie": cookie, "value": value, "path": path}, height=1)
