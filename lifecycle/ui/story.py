"""The scenario's story at the top of the panel: what happens, what to ask, what to try, and what one sees."""

from __future__ import annotations

import streamlit as st

from lifecycle import address
from lifecycle.course import Course
from lifecycle.ui.citing import References
from lifecycle.ui.prose import plain

OPEN, SEEN_AT = "story", "story-seen-at"


def open_it() -> None:
    """Have the story unfolded in the next run: another scenario was chosen."""
    st.session_state[OPEN] = True


def show(course: Course, state: address.State) -> None:
    """The story of the scenario that the address names: unfolded beside the whole, folded beside a stage."""
    if not course.scenarios:
        return
    named = course.named(state.scenario) or course.default
    if (state.stage is None) != st.session_state.get(SEEN_AT):
        st.session_state[SEEN_AT] = state.stage is None
        st.session_state[OPEN] = state.stage is None
    with st.expander(f"**{plain(named.title)}**", icon=":material/menu_book:", key=OPEN, on_change="rerun"):
        references = References(course, "story")
        st.markdown(references.prose(named.brief.story))
        st.markdown(f"**{references.prose(named.brief.question)}**")
        tries = (f"{number}. {references.prose(each)}" for number, each in enumerate(named.brief.tries, 1))
        st.markdown("\n".join(tries))
        with st.expander("What one sees"):
            st.markdown(references.prose(named.brief.see))
        references.show()
