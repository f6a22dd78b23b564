"""The parts of a page for those who hear it or walk it by keys: titles that the eye does not need, and ways past."""

from __future__ import annotations

import html

import streamlit as st


def heading(words: str, place: str = "") -> None:
    """The title of a part of the page; `place` is the name by which `ways` lead there."""
    at = f' id="{place}" tabindex="-1"' if place else ""
    st.html(f'<h2 class="unseen"{at}>{html.escape(words)}</h2>')


def target(place: str) -> None:
    """Where a way leads."""
    st.html(f'<span class="unseen" id="{place}" tabindex="-1"></span>')


def ways(to: dict[str, str]) -> None:
    """Links that are seen when the keyboard comes to them: places of this page, with their words."""
    with st.container(key="skip"):
        st.html("".join(f'<a class="skip" href="#{place}">{html.escape(words)}</a>' for place, words in to.items()))
