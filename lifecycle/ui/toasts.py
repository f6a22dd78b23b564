"""What a click is answered with in passing: said where it is handled, shown by the page.

What the callback of a fragment draws itself Streamlit puts in the first place of its kind, which is that of the page's
style.
"""

from __future__ import annotations

import streamlit as st

from lifecycle.ui import remembered


def say(words: str, icon: str | None = None) -> None:
    """Have the page show these words in passing."""
    remembered.TOASTS.put((*remembered.TOASTS.get(()), (words, icon)))


def show() -> None:
    """Show what was said; last in a page, and in a fragment whose clicks say something."""
    for words, icon in remembered.TOASTS.take() or ():
        st.toast(words, icon=icon)
