"""A review: questions one after the other, mixed over the ideas; first what is due, then what is new.

What is new begins with a reading: the short explanation of the place that the next question belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lifecycle.course import Course, Place
from lifecycle.course.quizzes.questions import Question
from lifecycle.ui import remembered
from lifecycle.ui.components import links
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.pages.standing import Standing
from lifecycle.ui.panel import answering, quiz
from lifecycle.ui.session import addressbar
from lifecycle.words import duration

MOST = 20


def show(standing: Standing) -> None:
    """The review that is on, or what could be reviewed."""
    on = remembered.REVIEW.get()
    by_id = {question.id: question for question in standing.course.questions}
    if not on or not all(id in by_id for id in on["ids"]):  # its course may have been edited meanwhile
        _offer(standing)
        return
    questions = [by_id[id] for id in on["ids"]]
    answers = standing.rows[on["rows"] :]
    if on["at"] >= len(questions):
        _over(standing, sum(row.right for row in answers), len(answers))
        return
    place = _to_read(standing.course, questions[on["at"]], on)
    if place:
        _reading(standing.course, place, questions, on)
    else:
        _question(standing, questions, on)


def _offer(standing: Standing) -> None:
    due, fresh = standing.due, standing.fresh
    if due:
        st.markdown(f"### {_count(due)} to review")
        st.markdown("What you answered some time ago, just before you would forget it.")
        _begin("Review now", due[:MOST], standing, primary=True)
    elif standing.memories:
        soon_s = min(memory.due_s for memory in standing.memories.values()) - standing.now_s
        st.markdown("### Nothing to review")
        st.markdown(f"The next question comes back in {duration(max(soon_s, 60.0))}.")
    else:
        st.markdown("### Nothing answered yet")
        st.markdown(
            "You read a page, answer a question about it, and hear why. What you got right comes back days later, just "
            "before you would forget it; what you got wrong comes back sooner. If you know the field already, take the "
            "**Placement** instead."
        )
        if fresh:
            _example(standing, fresh[0])
    if fresh:
        _begin(f"Learn something new ({_count(fresh)})", fresh, standing, primary=not due, learn=True)
    elif not due:
        st.success("You have answered every question. Each one comes back when it is due.")


def _example(standing: Standing, first: Question) -> None:
    """What comes first: the page that is read, in a sentence, and what its question is about."""
    place = standing.course.places.get(first.place) or standing.course.overview
    idea = next((idea for idea in standing.course.ideas if idea.id == first.idea), None)
    if place is None:
        return
    with st.container(border=True, key="review-example"):
        st.caption("What comes first")
        st.markdown(f"**{plain(place.title)}**: {prose(place.summary)}")
        if idea:
            st.markdown(f"Then a question about *{plain(idea.label)}*: {prose(idea.about)}")


def _to_read(course: Course, question: Question, on: dict[str, Any]) -> Place | None:
    """The place to read about before the question; None in a review of what was answered, or where it was read."""
    if "read" not in on or question.place in on["read"]:
        return None
    return course.places.get(question.place) or course.overview


def _reading(course: Course, place: Place, questions: Sequence[Question], on: dict[str, Any]) -> None:
    """The place's short explanation, a way into the whole of it, and only then the question."""
    _progress(questions, on)
    references = References(course, "reading")
    with st.container(key="reading"):
        st.caption("First, a short reading")
        st.markdown(f"### {plain(place.title)}", anchors=False)
        st.markdown(f"**{prose(place.summary)}**")
        if place.sections:
            # a link to a setting leads to the explorer, which is not this page
            st.markdown(references.prose(place.sections[0].markdown).replace("](?", "](./?"))
        references.show()
        links.follow(_nowhere)  # what it follows here are the numbers of citations
        place_id = questions[on["at"]].place
        with st.container(horizontal=True):
            st.button(
                "Now the question",
                icon=":material/arrow_forward:",
                type="primary",
                key=f"read-{place_id}",
                on_click=lambda: on["read"].append(place_id),
            )
            there = {"stage": place.id} if place.id in course.places else {}
            st.page_link(
                "pages/explore.py",
                label="Read on beside the diagram",
                icon=":material/water:",
                query_params={**addressbar.carried(), **there},
            )


def _nowhere(query: str) -> None:
    """A link to a setting is an ordinary one on this page."""


def _progress(questions: Sequence[Question], on: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(on["at"] / len(questions), text=f"{on['at'] + 1} of {len(questions)}")
        st.button("Stop", icon=":material/close:", type="tertiary", on_click=remembered.REVIEW.forget)


def _question(standing: Standing, questions: Sequence[Question], on: dict[str, Any]) -> None:
    question = questions[on["at"]]
    _progress(questions, on)
    idea = next((idea.label for idea in standing.course.ideas if idea.id == question.idea), "")
    if idea:
        st.caption(idea)

    def onward(attempt: int, right: bool) -> None:  # noqa: ARG001 - right or not, a review goes on
        last = on["at"] + 1 == len(questions)
        label, icon = ("Finish", ":material/flag:") if last else ("Next", ":material/arrow_forward:")
        follows = None if last else questions[on["at"] + 1]
        st.button(
            label,
            icon=icon,
            type="primary",
            key=f"on-{question.id}-{attempt}",
            on_click=_go_on,
            args=(standing, follows),
        )

    with st.container(key="quiz"):
        quiz.one(question, standing.rows, question.place, onward)
        answering.diagram(standing.course)


def _over(standing: Standing, right: int, answered: int) -> None:
    st.markdown("### Done")
    st.markdown(f"{right} of {answered} right. {standing.known} of {len(standing.masteries)} ideas are known.")
    st.button("Go on", icon=":material/replay:", on_click=remembered.REVIEW.forget)


def _begin(
    label: str, questions: Sequence[Question], standing: Standing, *, primary: bool, learn: bool = False
) -> None:
    ids = [question.id for question in questions]

    def begin() -> None:
        read: dict[str, Any] = {"read": []} if learn else {}
        remembered.REVIEW.put({"ids": ids, "at": -1, "rows": len(standing.rows), **read})
        _go_on(standing, questions[0])

    st.button(label, icon=":material/play_arrow:", type="primary" if primary else "secondary", on_click=begin)


def _go_on(standing: Standing, follows: Question | None) -> None:
    remembered.REVIEW.value["at"] += 1
    if follows:
        quiz.ask_anew(follows, standing.rows)


def _count(questions: Sequence[Question]) -> str:
    return "1 question" if len(questions) == 1 else f"{len(questions)} questions"
