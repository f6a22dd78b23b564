"""The ways through lessons: from step to step, out to the whole machine, and back to where one left."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.lessons import OPENING, Control, Lesson, UntilKind
from lifecycle.learning import lessons
from lifecycle.storage import LessonRow
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar, learner

EXPLORE, LESSONS = "pages/explore.py", "pages/lessons.py"


def go(course: Course, lesson: Lesson, index: int, to: int) -> None:
    """From one step to another; beyond the last the lesson ends."""
    rows = learner.lessons()
    if to > index and lesson.steps[index].until.kind == UntilKind.READ:
        if index not in lessons.progress(lesson, rows).done:
            learner.add_lesson(LessonRow(lesson.id, index, True))
    elif to > index and index not in lessons.progress(lesson, rows).done:
        learner.add_lesson(LessonRow(lesson.id, min(to, len(lesson.steps) - 1), False))
    if to < len(lesson.steps):
        addressbar.open_step(course, lesson, to)
    elif lesson.id == OPENING:
        leave(course)
    else:
        if lessons.progress(lesson, learner.lessons()).finished:
            remembered.LESSON_ENDED.put(lesson.title)
        remembered.LESSON_LEADS_TO.put(LESSONS)
        addressbar.write({})


def leave(course: Course, place: str | None = None) -> None:
    """Out of the lesson, to the whole machine as it opens; where the learner was is kept."""
    if on := addressbar.on_step(course):
        lesson, index = on
        where = lessons.progress(lesson, learner.lessons())
        if not where.finished and (not where.begun or where.at != index):
            learner.add_lesson(LessonRow(lesson.id, index, False))
    remembered.NO_RESUMING.put(True)
    remembered.LESSON_LEADS_TO.put(EXPLORE)
    addressbar.write({"stage": place} if place else {})


def choose(course: Course, place: str | None) -> None:
    """What a click on a place does: in a lesson it opens its panel once that is revealed; the opening it ends."""
    on = addressbar.on_step(course)
    if on and on[0].id == OPENING and not addressbar.part():
        leave(course, place)
    elif on and Control.STAGE not in on[0].revealed(on[1]):
        addressbar.choose(course, addressbar.current(course)[0].stage)
    else:
        addressbar.choose(course, place)


def resume(course: Course) -> None:
    """Offer a learner who was in a lesson before the place where they left it."""
    where = None if remembered.NO_RESUMING.get() else lessons.left_off(course, learner.lessons())
    if where is None:
        return
    with st.container(key="resume", horizontal=True, vertical_alignment="center"):
        at, of = where.at + 1, len(where.lesson.steps)
        st.markdown(f"You were at step {at} of {of} of “{plain(where.lesson.title)}”.", width="content")
        go_on = (course, where.lesson, where.at)
        st.button("Go on", icon=":material/play_arrow:", on_click=addressbar.open_step, args=go_on)
        st.button("Not now", type="tertiary", on_click=remembered.NO_RESUMING.put, args=(True,))


def turn_to(shown: str) -> None:
    """Where a lesson has led to another page than the one that is `shown`, go there: a click's callback cannot."""
    page = remembered.LESSON_LEADS_TO.take()
    if page and page != shown:
        st.switch_page(page, query_params=st.query_params.to_dict())


def is_first_visit() -> bool:
    """Whether the front page is asked for at an address without parameters by somebody who has done nothing here."""
    if remembered.ARRIVED.get() or st.query_params.to_dict() or st.context.is_embedded:
        return False
    return not learner.lessons() and not learner.answers()


def first_visit(course: Course) -> None:
    """On the front page: a first visit begins with the opening."""
    is_first, opening = is_first_visit(), course.lesson(OPENING)
    remembered.ARRIVED.put(True)
    if is_first and opening is not None:
        addressbar.open_step(course, opening, 0)
