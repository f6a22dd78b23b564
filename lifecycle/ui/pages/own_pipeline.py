"""The page *Your pipeline*: somebody's own pipeline read, drawn alive, corrected, and taken home as a course."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from lifecycle.course import Course
from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft
from lifecycle.importing.looking import MOST_BOXES
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import Sketch, SketchProblem
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import coded, plain
from lifecycle.ui.remembered import draft_field, draft_form
from lifecycle.ui.session import served
from lifecycle.ui.yours import arriving, drafts, drawing, editing, fresher, history, listing, looking, turning
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
        st.warning(f"{coded(refusal)}.", icon=":material/block:")
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
        _this_draft(draft)
        tools = st.container(horizontal=True, vertical_alignment="center")
    plan, sketch = _planned(draft, graph)
    with tools:
        history.buttons(draft.revision)
        if plan:
            with st.popover("Take it home", icon=":material/download:", key="draft-home"):
                _download(plan, draft.revision.base, can_be_played=sketch is not None)
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
            editing.form(graph, plan)
        with seen:
            with st.container():  # however much it says, the diagram below keeps its place, and its view with it
                if sketch:
                    drawing.sentence(sketch)
            if len(graph.nodes) > MOST_BOXES:
                looking.draw(draft.title, graph, plan, sketch)
            elif sketch:
                drawing.diagram(sketch, remembered.DRAFT_NODE.get(), drafts.choose, drafts.connect)
            with st.container(key="draft-below"):
                if sketch:
                    drawing.figures(sketch)
                    fresher.show(sketch)
    with st.container(key="draft-notes"):
        st.markdown("### What was understood, and what was decided", anchors=False)
        st.markdown(f"{listing.standing(graph, plan)}.")
        listing.understood(draft, plan)
        if sketch and graph.observed:
            listing.fit(sketch.draft, graph)
    with st.container(key="draft-list"):
        st.markdown("### All nodes as a list", anchors=False)
        st.caption("A click on a row chooses the node, as a click in the picture does.")
        listing.searched(graph, plan)


def _this_draft(draft: OwnDraft) -> None:
    """Another name for it, and newer files."""
    with st.popover("This draft", icon=":material/edit:", key="draft-this"):
        title = draft_form("title")
        title.put(draft.title)
        turning.place("title").text_input(
            "Name of this draft",
            key=title.name,
            max_chars=drafts.MOST_NAME,
            help="It is the title of the course, too, and stands in the address.",
            on_change=lambda: drafts.rename(title.value),
        )
        arriving.again()


def _planned(draft: OwnDraft, graph: Imported) -> tuple[Draft | None, Sketch | None]:
    """The draft's course, and its pipeline to play; where one cannot be made, the reason stands in its place."""
    plan = None
    try:
        plan = drawing.draft_of(graph, draft.title)
        return plan, drawing.sketched(graph, draft.title)
    except SketchProblem as problem:
        what = "A day of all of it cannot be simulated" if plan else "It cannot be drawn yet"
        st.info(f"{what}: {coded(str(problem))}.", icon=":material/account_tree:")
        return plan, None


def _download(plan: Draft, read: Imported, *, can_be_played: bool) -> None:
    """The course to take home, whatever its size; what is taught comes of simulated days, so only where one is played.

    The archive is made at the click, in a thread that knows no session.
    """
    taught = can_be_played and st.toggle(
        "With days, questions and a tour",
        value=True,
        key=draft_field("taught").name,
        help="What `import --course` adds: days on which a source is late or a job fails, questions whose answers are "
        "computed, and a tour.",
    )
    st.download_button(
        "Download the course folder",
        partial(sketching.archive, plan, read, taught=taught),
        f"{sketching.folder_name(plan.title)}.zip",
        "application/zip",
        icon=":material/download:",
        key="draft-download",
        on_click="ignore",
    )
    st.caption(
        "What `import --out` writes, as a zip. Unpack it, name the folder in `HEADWATERS_CONTENT`, and serve it. "
        "`TODO.md` lists what is left to decide. When the project has grown, import it into that folder again: what "
        "you changed here and what you write there stays."
    )
    if not can_be_played:
        st.caption("Days and questions of a pipeline this large only the command line makes, with `--course`.")
