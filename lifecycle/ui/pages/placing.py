"""The placement on the Practice page: at most twenty questions that let anyone who knows the field skip ahead."""

from __future__ import annotations

import streamlit as st

from lifecycle.learning.mastery import PLACEMENT
from lifecycle.ui import remembered
from lifecycle.ui.pages.standing import Standing
from lifecycle.ui.panel import answering, quiz


def show(standing: Standing) -> None:
    """The next question, with what was found so far; before the first, what it is."""
    placement = standing.placement
    if not placement.answered and not remembered.PLACEMENT_BEGUN.is_set:
        st.markdown("### Do you know the field already?")
        st.markdown(
            f"At most {placement.most} questions, without explanations in between. With three right answers you pass a "
            "part of the pipeline: each of its ideas then needs one more right answer instead of three. With two "
            "wrong ones that part is yours to learn. You can stop at any time."
        )
        st.button("Begin", icon=":material/play_arrow:", type="primary", on_click=_begin)
        return
    if placement.next is None:
        st.markdown("### The placement is over")
        st.markdown(_result(standing))
        return
    answered = f"{placement.answered} of at most {placement.most} answered"
    st.progress(min(1.0, placement.answered / placement.most), text=answered)
    if placement.passed:
        st.caption(_result(standing))
    with st.container(key="quiz"):
        answering.stop_pointing()
        quiz.ask(placement.next, standing.rows, PLACEMENT)
        answering.diagram(standing.course)


def _begin() -> None:
    remembered.PLACEMENT_BEGUN.put(True)


def _result(standing: Standing) -> str:
    placement = standing.placement
    if not placement.passed:
        return "You did not pass any part this time. Nothing is lost: begin where you like."
    ideas = len(placement.ideas)
    return f"Passed: {', '.join(placement.passed)}. {ideas} ideas now need only one right answer each."
