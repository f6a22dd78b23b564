"""The page *Your pipeline*: somebody's own pipeline read, drawn alive, corrected, and taken home as a course."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lifecycle.course import Course
from lifecycle.importing import Imported
from lifecycle.importing.looking import MOST_BOXES
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import Sketch, SketchProblem
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import served
from lifecycle.ui.yours import arriving, drafts, drawing, editing, fresher, listing, looking
from lifecycle.ui.yours.drafts import OwnDraft

_STYLE = Path(__file__).parents[1] / "yours/yours.css"


def show() -> None:
    """The page: the ways in, and below them what is open."""
    course = served.course_or_stop()
    st.html(_STYLE)
    draft = drafts.opened()
    if draft is None:
        _empty(course)
    else:
        _opened(course, draft)


def _empty(course: Course) -> None:
    st.markdown("## Your pipeline", anchors=False)
    st.markdown(
        "Bring the files that your tools already write, and see your own pipeline alive: every source, job and "
        "dashboard in its place, a day of it simulated, and how old the data is when somebody looks at it. What was "
        "guessed you correct with a click; at the end you take it home as a course."
    )
    if refusal := remembered.DRAFT_REFUSED.take():
        st.warning(f"{plain(refusal)}.", icon=":material/block:")
    elif name := drafts.named():
        st.info(
            f"There is no draft called {plain(name)} in this browser. A draft is its learner's own: the link opens it "
            "for nobody else. To hand it on, download the course folder.",
            icon=":material/link_off:",
        )
    with st.container(key="draft-ways"):
        arriving.offer(course)
        arriving.kept()
        arriving.teach()


def _opened(course: Course, draft: OwnDraft) -> None:
    graph = draft.revision.graph
    with st.container(key="draft-tools", horizontal=True, vertical_alignment="center"):
        st.markdown(f"## Your pipeline: {plain(draft.title)}", anchors=False, width="content")
        tools = st.container(horizontal=True, vertical_alignment="center")
    sketch = _sketch(draft, graph)
    with tools:
        editing.history(draft.revision)
        if sketch:
            _download(sketch)
        with st.popover("Open another", icon=":material/folder_open:", key="draft-another"):
            arriving.offer(course)
            arriving.kept()
    if draft.problem:
        st.warning(
            f"This draft is not kept, so a reload would lose it: {plain(draft.problem)}.", icon=":material/warning:"
        )
    with st.container(key="draft"):
        seen, form = st.columns([5, 2], gap="medium")
        with form, st.container(key="draft-form"):
            editing.form(graph, sketch)
        with seen:
            if sketch:
                drawing.sentence(sketch)
            if len(graph.nodes) > MOST_BOXES:
                looking.draw(draft.title, graph, sketch)
            elif sketch:
                drawing.diagram(sketch, remembered.DRAFT_NODE.get(), remembered.DRAFT_NODE.put, drafts.connect)
            if sketch:
                drawing.figures(sketch)
                fresher.show(sketch)
    with st.container(key="draft-notes"):
        st.markdown("### What was understood, and what was decided", anchors=False)
        st.markdown(f"{listing.standing(graph)}.")
        listing.understood(draft, graph, sketch)
        if sketch and graph.observed:
            listing.fit(sketch, graph)
    with st.container(key="draft-list"):
        st.markdown("### All nodes as a list", anchors=False)
        st.caption("A click on a row chooses the node, as a click in the picture does.")
        listing.searched(graph)


def _sketch(draft: OwnDraft, graph: Imported) -> Sketch | None:
    """The draft's pipeline; where none can be made, the reason stands in its place."""
    try:
        return drawing.sketched(graph, draft.title)
    except SketchProblem as problem:
        what = "It cannot be drawn yet" if len(graph.nodes) <= MOST_BOXES else "A day of all of it cannot be simulated"
        st.info(f"{what}: {plain(str(problem))}.", icon=":material/account_tree:")
        return None


def _download(sketch: Sketch) -> None:
    st.download_button(
        "Download the course folder",
        lambda: sketching.archive(sketch.draft),
        "our-course.zip",
        "application/zip",
        icon=":material/download:",
        key="draft-download",
        on_click="ignore",
        help="What `import --out` writes, as a zip. Unpack it, name the folder in HEADWATERS_CONTENT, and serve it.",
    )
