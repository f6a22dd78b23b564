"""The page's keys, shown by `?`: a small button in the header says that there are some."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_keys = st.components.v2.component(
    "headwaters_keys",
    js=(_FOLDER / "dist/keys.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "keys.css").read_text(encoding="utf-8"),
)

Keys = tuple[tuple[tuple[str, ...], str], ...]
EVERYWHERE: Keys = (
    (("Tab", "Shift + Tab"), "to the next control, to the one before"),
    (("Enter", "Space"), "press it, choose it, open it"),
    (("←", "→"), "within tabs, switches, toolbars and answers"),
    (("/",), "search: stages, terms, ideas, scenarios, headings, questions"),
    (("Esc",), "close what lies over the page"),
    (("←", "→"), "in a lesson, beside its words: the step before, the next one"),
    (("?",), "these keys; in a talk, those of the talk"),
)
OF_THE_DIAGRAM: Keys = (
    (("←", "→", "↑", "↓"), "in the diagram: along the flow, and to what lies above and below"),
    (("Shift + →", "Shift + ←"), "in the diagram: to the flow that leads on, or back; there Enter cuts it"),
    (("Enter",), "on a stage: choose it, or let it go"),
    (("Esc",), "no stage chosen"),
    (("Space",), "the clock: play or stop"),
    (("←", "→"), "on the clock: a minute back, a minute on"),
)
OF_DRAFTS: Keys = (
    (("Ctrl + Z", "Ctrl + Shift + Z"), "outside of a field: undo the last change, do it again"),
    (("C",), "on a node of the picture: draw a flow; the arrows and Enter choose where it leads, Esc drops it"),
)


def button(*, diagram: bool, edits: bool) -> None:
    """Offer the keys of a page, with those of the living diagram where it has one, and those that undo `edits`."""
    rows = (*(OF_DRAFTS if edits else ()), *(OF_THE_DIAGRAM if diagram else ()), *EVERYWHERE)
    _keys(key="keys", data={"rows": rows}, width="content", height="content")
