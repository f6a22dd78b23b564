"""What a teacher hands on: a link without the controls that are not meant, or a part in a frame of another page."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.address import PagePart
from lifecycle.outputs.embedding import WORDS, snippet
from lifecycle.ui.components import framing
from lifecycle.ui.session import addressbar


def offer(course: Course) -> None:
    """Choose what the link leaves out, or what the frame shows, and copy it."""
    with st.expander("A link for learners", icon=":material/link:"):
        st.caption(
            "The link opens what you see now. Choose what to leave out, so that learners find only the experiment "
            "you mean."
        )
        hidden = st.multiselect(
            "Leave out", list(address.HIDEABLE), format_func=address.HIDEABLE.__getitem__, key="hand-out-hides"
        )
        with st.container(key="hand-out-link"):
            st.code(link(course, tuple(hidden)), language=None, wrap_lines=True)
    with st.expander("A frame in another page", icon=":material/frame_inspect:"):
        _frame(course)


def link(course: Course, hidden: tuple[str, ...]) -> str:
    """The whole address of the explorer with the present state and what is to be hidden."""
    ordered = tuple(part for part in address.HIDEABLE if part in hidden)
    return f"{addressbar.site()}/?{urlencode(address.write(replace(addressbar.written(course), hide=ordered)))}"


def _frame(course: Course) -> None:
    """What to paste where the part shall stand, and whether any page may show it."""
    lessons = {f"{PagePart.LESSON}/{lesson.id}": f"Lesson: {lesson.title}" for lesson in course.lessons}
    words = {str(part): name for part, name in WORDS.items() if part is not PagePart.LESSON} | lessons
    chosen = st.selectbox("What it shows", list(words), format_func=words.__getitem__, key="hand-out-part")
    kind, _, lesson = chosen.partition("/")
    part = PagePart(kind)
    title = f"{course.pipeline.title}: {words[chosen].removeprefix('Lesson: ')}"
    with st.container(key="hand-out-frame"):
        st.code(snippet(framed(course, part, lesson), title, part), language="html", wrap_lines=True)
    if sites := framing.ancestors():
        st.caption(f"It may be embedded in pages of {', '.join(sites)}.")
    else:
        st.warning(
            "No other site may frame this server yet: start it with `HEADWATERS_FRAME_ANCESTORS` set to that site's "
            "origin, such as `https://lms.example.org`.",
            icon=":material/block:",
        )


def framed(course: Course, part: PagePart, lesson: str = "") -> str:
    """The address of a part with the present settings; a lesson brings its own."""
    if part is PagePart.LESSON:
        return f"{addressbar.site()}/?{urlencode({addressbar.LESSON: lesson, 'part': str(part)})}"
    return f"{addressbar.site()}/?{urlencode(address.write(replace(addressbar.written(course), part=part)))}"
