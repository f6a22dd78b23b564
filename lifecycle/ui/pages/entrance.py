"""What stands in place of every page where people must sign in and this one has not."""

from __future__ import annotations

import streamlit as st

from lifecycle.ui.components import framing, sign_in
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar, learner


def is_shut() -> bool:
    """Whether this visitor must sign in first."""
    return sign_in.is_required() and not learner.is_signed_in()


def show(name: str) -> None:
    """Ask the visitor to sign in; `name` is what the app is called here."""
    st.markdown(f"# {plain(name)}", anchors=False)
    if framing.foreign():
        st.info(
            "This page is for those who are signed in, and nobody can sign in inside another site. "
            f"[Open it in a window of its own]({addressbar.site()}/) first.",
            icon=":material/login:",
        )
        return
    st.markdown("This page is for those who are signed in. What you do here is then kept under your account.")
    st.button("Sign in", icon=":material/login:", type="primary", on_click=st.login)
