"""The placement on the Practice page: at most twenty questions that let anyone who knows the field skip ahead."""

from __future__ import annotations

import streamlit as st

from lifecycle.learning.mastery import PLACEMENT
from lifecycle.ui import remembered
from lifecycle.ui.pages.standing import Standing
from lifecycle.ui.panel import answering, quiz


def show(standing: Standing) -> None:
    """The next question, with what was found so far; before the first, what it is."""
    found = standing.placement
    if not found.answered and not remembered.PLACEMENT_BEGUN.is_set:
        st.markdown("### Do you know the field already?")
        st.markdown(
            f"At most {found.most} questions, no explanations in between. Three right answers pass a part of the "
            "pipeline: each of its ideas then asks for one right answer of its own, not three. Two wrong ones leave "
            "the part to be learned. You can stop at any time."
        )
        st.button("Begin", icon=":material/play_arrow:", type="primary", on_click=_begin)
        return
    if found.next is None:
        st.markdown("### The placement is over")
        st.markdown(_result(standing))
        return
    answered = f"{found.answered} of at most {found.most} answered"
    st.progress(min(1.0, found.answered / found.most), text=answered)
    if found.passed:
        st.caption(_result(standing))
    with st.container(key="quiz"):
        answering.stop_pointing()
        quiz.ask(found.next, standing.rows, PLACEMENT)
        answering.diagram(standing.course)


def _begin() -> None:
    remembered.PLACEMENT_BEGUN.put(True)


def _result(standing: Standing) -> str:
    found = standing.placement
    if not found.passed:
        return "You passed no part this time. You lose nothing by it: begin where you like."
    ideas = len(found.ideas)
    return f"Passed: {', '.join(found.passed)}. {ideas} ideas now ask for one right answer each."
