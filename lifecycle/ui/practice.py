"""All quizzes in one place: how far the learner is at every stage, and the questions of the one chosen."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Place
from lifecycle.quizzes.scoring import score
from lifecycle.storage import AnswerRow
from lifecycle.ui import addressbar, answering, authoring, cached, learner, mydata, quiz
from lifecycle.ui.prose import plain


def show() -> None:
    """The practice page: scores on the left, the chosen place's quiz on the right."""
    course = cached.course_or_stop()
    rows = learner.answers()
    places = [*([course.overview] if course.overview else []), *course.places.values()]
    asked = [place for place in places if place.questions]
    if not asked:
        st.info("This course has no questions yet.", icon=":material/quiz:")
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        total = score([question for place in asked for question in place.questions], rows)
        st.markdown("## Practice", anchors=False)
        st.progress(total.right / total.asked, text=f"In all: {total.right} of {total.asked} questions right")
        _predictions()
        mydata.remembered()
        chosen = _choose(asked)
        _table(asked, rows)
        mydata.show()
        authoring.link()
    with right:
        st.markdown(f"## {plain(chosen.title)}", anchors=False)
        answering.stop_pointing()
        quiz.show(chosen, rows)
        answering.diagram(course)
        if chosen is not course.overview:
            st.page_link(
                "pages/explore.py",
                label="See it on the diagram",
                icon=":material/water:",
                query_params={**addressbar.carried(), "stage": chosen.id},
            )


def _choose(places: list[Place]) -> Place:
    ids = [place.id for place in places]
    titles = {place.id: place.title for place in places}
    chosen = st.selectbox("Quiz", ids, format_func=lambda place: titles[place], key="practice-place")
    return next(place for place in places if place.id == chosen)


def _table(places: list[Place], rows: tuple[AnswerRow, ...]) -> None:
    """Every place with its score; a chosen row opens its quiz."""
    scores = [score(place.questions, rows) for place in places]
    st.dataframe(
        {
            "Place": [place.title for place in places],
            "Right": [each.right for each in scores],
            "Asked": [each.asked for each in scores],
            "Progress": [100 * each.right / each.asked for each in scores],
        },
        column_config={"Progress": st.column_config.ProgressColumn(format="%d%%", min_value=0, max_value=100)},
        hide_index=True,
        width="stretch",
        height="content",
        key="practice-table",
        selection_mode="single-row",
        on_select=lambda: _open_row(places),
    )


def _open_row(places: list[Place]) -> None:
    chosen = st.session_state["practice-table"].selection.rows
    if chosen:
        st.session_state["practice-place"] = places[chosen[0]].id


def _predictions() -> None:
    earned = learner.prediction_score()
    if earned.rounds:
        st.caption(f"Predictions: {earned}.")
    else:
        st.caption("Predictions: none made yet. Switch on “Predict first” beside the diagram's switches.")
