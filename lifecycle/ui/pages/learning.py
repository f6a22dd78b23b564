"""The Lessons page: those that there are with how far one is, and a lesson itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.lessons import Lesson, lesson_of
from lifecycle.learning import lessons
from lifecycle.learning.lessons import LessonProgress
from lifecycle.storage import LessonRow
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.lessons import ways
from lifecycle.ui.pages import explore
from lifecycle.ui.session import addressbar, learner, served


def show() -> None:
    """The lesson that the address names, else the list of all."""
    ways.turn_to(ways.LESSONS)
    course = served.course_or_stop()
    if addressbar.on_step(course):
        explore.show()
    else:
        _gallery(course)


def _gallery(course: Course) -> None:
    st.markdown("## Lessons", anchors=False)
    rows = learner.lessons()
    if unknown := st.query_params.get(addressbar.LESSON):
        st.warning(f"There is no lesson “{plain(unknown[:60])}” here. Choose one below.", icon=":material/link_off:")
    if ended := remembered.LESSON_ENDED.take():
        following = lessons.next_lesson(course, rows)
        onward = f" The next one is “{plain(following.title)}”." if following else ""
        st.success(f"Well done, you finished “{plain(ended)}”!{onward}", icon=":material/celebration:")
    if not course.lessons and course.talks:
        st.markdown("This course has no lessons of its own yet, and a talk that you can take at your own pace.")
    elif not course.lessons:
        st.info(
            "This course has no lessons yet. A lesson is a Markdown file in `lessons/`; content/README.md says how it "
            "is written.",
            icon=":material/school:",
        )
    else:
        st.markdown("One idea each, at your own pace: predict, do, see, answer. What you answer counts as in Practice.")
    with st.container(key="lessons"):
        _cards(course, course.lessons, rows)
    if course.talks:
        if course.lessons:
            st.markdown("### Missed the lecture?", anchors=False)
        st.markdown("Take any talk at your own pace, and try everything on the diagram as you go.")
        with st.container(key="lessons-of-talks"):
            _cards(course, [lesson_of(talk) for talk in course.talks], rows)


def _cards(course: Course, offered: Sequence[Lesson], rows: Sequence[LessonRow]) -> None:
    for lesson in offered:
        where = lessons.progress(lesson, rows)
        with st.container(border=True, key=f"lesson-{lesson.id}"):
            left, right = st.columns([4, 1], vertical_alignment="center")
            with left:
                st.markdown(f"### {plain(lesson.title)}", anchors=False)
                st.markdown(prose(lesson.summary))
                st.caption(f"{len(lesson.steps)} steps · {_minutes(lesson.minutes)} · {_standing(where)}")
            with right:
                _open(course, where)


def _open(course: Course, where: LessonProgress) -> None:
    """Begin it, go on with it, or take it again."""
    label, icon = (
        ("Again", "replay") if where.finished else ("Go on", "play_arrow") if where.begun else ("Begin", "play_arrow")
    )
    st.button(
        label,
        key=f"open-{where.lesson.id}",
        type="secondary" if where.finished else "primary",
        icon=f":material/{icon}:",
        help=f"{label}: {where.lesson.title}",
        on_click=addressbar.open_step,
        args=(course, where.lesson, 0 if where.finished else where.at),
    )


def _minutes(minutes: float) -> str:
    return f"{minutes * 60:.0f} seconds" if minutes < 2 else f"{minutes:g} minutes"


def _standing(where: LessonProgress) -> str:
    if where.finished:
        return "done"
    return f"you are at step {where.at + 1}" if where.begun else "new"
