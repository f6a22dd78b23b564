"""A link for learners: the view on screen, without the controls that a teacher does not mean."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.ui.session import addressbar


def offer(course: Course) -> None:
    """Choose what the link leaves out, and copy it."""
    with st.expander("A link for learners", icon=":material/link:"):
        st.caption(
            "It opens what is on screen now. What you choose here is left out of the page, so that only the "
            "experiment you mean is at hand."
        )
        hidden = st.multiselect(
            "Leave out", list(address.HIDEABLE), format_func=address.HIDEABLE.__getitem__, key="hand-out-hides"
        )
        with st.container(key="hand-out-link"):
            st.code(link(course, tuple(hidden)), language=None, wrap_lines=True)


def link(course: Course, hidden: tuple[str, ...]) -> str:
    """The whole address of the explorer with the present state and what is to be hidden."""
    state, _ = addressbar.current(course)
    ordered = tuple(part for part in address.HIDEABLE if part in hidden)
    return f"{addressbar.site()}/?{urlencode(address.write(replace(state, hide=ordered)))}"
