"""Where fields stand that are others after each turn (`remembered.draft_form`)."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lifecycle.ui.remembered import SessionKey, draft_form


def place(name: str, node: str = "") -> DeltaGenerator:
    """A container that the fields of the turn before leave at once.

    Streamlit keeps a field that another one replaces on the page until the run ends, and for so long there were two of
    each. So there are two places, which each turn changes: what stood in the other goes as that is emptied. Within a
    turn all stays where it is, and who types keeps the focus.
    """
    shown = SessionKey[tuple[str, bool]](f"draft-shown-{name}")
    turn = draft_form(name, node).name
    before, is_second = shown.get(("", False))
    is_second ^= before != turn
    shown.put((turn, is_second))
    if is_second:
        st.empty()
        return st.container()
    container = st.container()
    st.empty()
    return container
