"""The certificate: what is missing, or the paper itself, to print or to keep as a PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from lifecycle.course import Course
from lifecycle.learning.mastery import Certificate
from lifecycle.learning.mastery import certificate as certified
from lifecycle.outputs.pdf import certificate_pdf, honest_words
from lifecycle.ui.components.prose import plain
from lifecycle.ui.pages import standing
from lifecycle.ui.pages.practice import STATES
from lifecycle.ui.session import served

LONGEST_NAME = 80

_print = st.components.v2.component(
    "headwaters_print",
    html="<button type='button'>Print</button>",
    css="""button { font: inherit; color: inherit; background: none; border: 1px solid currentColor;
        border-radius: .5rem; padding: .4rem .9rem; cursor: pointer; }""",
    js="""export default ({ parentElement }) => {
        parentElement.querySelector("button").onclick = () => window.print();
    }""",
)


def show() -> None:
    """The page."""
    course = served.course_or_stop()
    now = standing.of(course)
    earned = certified(now.masteries, now.rows)
    if earned.earned:
        _paper(course, earned)
    else:
        _missing(earned)


def _missing(earned: Certificate) -> None:
    st.markdown("## Certificate", anchors=False)
    if not earned.ideas:
        st.info("This course names no ideas, so there is nothing to certify.", icon=":material/workspace_premium:")
        return
    have = len(earned.ideas) - len(earned.missing)
    st.progress(have / len(earned.ideas), text=f"{have} of {len(earned.ideas)} ideas known")
    st.markdown("It is yours when every idea is known on the same day. This is still missing:")
    st.dataframe(
        {
            "Idea": [mastery.idea.label for mastery in earned.missing],
            "State": [STATES[mastery.state] for mastery in earned.missing],
            "Right": [f"{min(mastery.right, mastery.needed)} of {mastery.needed}" for mastery in earned.missing],
            "Last answered wrong": [mastery.wrong for mastery in earned.missing],
        },
        hide_index=True,
        width="stretch",
        height="content",
    )
    st.page_link("pages/practice.py", label="Go on practising", icon=":material/school:")


def _paper(course: Course, earned: Certificate) -> None:
    st.html(Path(__file__).parent / "certificate.css")
    today, title = date.today(), course.pipeline.title
    with st.container(key="certificate-tools", horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Your name, as it should appear",
            max_chars=LONGEST_NAME,
            placeholder="It is printed here and kept nowhere",
        ).strip()
        _print(key="print", height=44, width=110)
        st.download_button(
            "PDF",
            lambda: certificate_pdf(earned, title, name or "The bearer", today),
            "headwaters-certificate.pdf",
            "application/pdf",
            icon=":material/download:",
            on_click="ignore",
        )
    with st.container(key="certificate", border=True, horizontal_alignment="center"):
        st.markdown("# Certificate", anchors=False, text_alignment="center")
        st.markdown(f"## {plain(name or 'The bearer')}", anchors=False, text_alignment="center")
        st.markdown(f"has mastered every idea of “{plain(title)}”", text_alignment="center")
        st.caption("  ·  ".join(plain(mastery.idea.label) for mastery in earned.ideas), text_alignment="center")
        st.markdown(f"{today.day} {today:%B %Y}", text_alignment="center")
        st.caption(honest_words(earned), text_alignment="center")
