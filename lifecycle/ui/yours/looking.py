"""A large graph on the page: its groups as boxes that open at a click, what lies around a node, or all of it alive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

import streamlit as st

from lifecycle.course.day import kept
from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft, guess_words, guesses_of
from lifecycle.importing.looking import GraphBox, GraphLook, around, collapsed, first_look
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import BoxSketch, Sketch, SketchProblem
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import coded
from lifecycle.ui.remembered import draft_field
from lifecycle.ui.yours import drafts, drawing

MOST_STEPS = 5
BOXES_KEPT = 16
MOST_DRAWN = 150  # boxes, above which nobody reads their names


class DraftView(StrEnum):
    """What of a large graph is drawn."""

    GROUPS = "Groups"
    AROUND = "Around the chosen node"
    WHOLE = "All of it, alive"


@kept(BOXES_KEPT)
def _boxes(graph: Imported, look: GraphLook) -> BoxSketch:
    return sketching.box_sketch(graph, look)


def draw(title: str, graph: Imported, plan: Draft | None, sketch: Sketch | None) -> None:
    """The graph as the learner wants to see it; all of it only where a day of it can be simulated."""
    view, chosen = remembered.DRAFT_VIEW, remembered.DRAFT_NODE.get()
    views = [DraftView.GROUPS, DraftView.AROUND, *([DraftView.WHOLE] if sketch else [])]
    if view.get() not in views:
        view.put(DraftView.GROUPS)
    st.segmented_control("What to draw", views, key=view.name, required=True, label_visibility="collapsed")
    try:
        if view.value == DraftView.WHOLE and sketch:
            drawing.diagram(sketch, chosen, drafts.choose, drafts.connect)
        elif view.value == DraftView.AROUND:
            _around(graph, chosen, _guesses(graph, plan))
        else:
            _groups(title, graph, chosen, _guesses(graph, plan))
    except SketchProblem as problem:
        st.info(f"This view cannot be drawn: {coded(str(problem))}.", icon=":material/account_tree:")


def _guesses(graph: Imported, plan: Draft | None) -> Mapping[str, str]:
    """What is guessed of the nodes of which anything is, in words, by their ids."""
    guesses = guesses_of(graph, plan)
    return {id: guess_words(row) for id, row in guesses.items() if row}


def _groups(title: str, graph: Imported, chosen: str | None, guesses: Mapping[str, str]) -> None:
    look = _look(title, graph)
    boxes = _boxes(graph, look)
    closed = [box.group for box in boxes.box_of.values() if box.group]
    field = draft_field("group")
    if field.get() not in closed:
        field.put(None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Open a group",
            closed,
            index=None,
            key=field.name,
            placeholder="Or click its box",
            on_change=lambda: _open(title, graph, field.value) if field.get() else None,
        )
        st.button("Close all", icon=":material/unfold_less:", key="draft-close", on_click=remembered.DRAFT_LOOK.forget)

    def choose(stage: str | None) -> None:
        box = boxes.box_of[stage] if stage else None
        if box and box.group:
            _open(title, graph, box.group)
        else:
            drafts.choose(box.members[0] if box else None)

    stage = boxes.stage_of(chosen) if chosen else None
    summaries = {id: _inside(box, guesses) for id, box in boxes.box_of.items() if box.group}
    single = {id: box.members[0] for id, box in boxes.box_of.items() if not box.group}
    drawing.structure(boxes.marked(guesses.keys()), stage, choose, summaries, drafts.connect, single)
    st.caption(
        f"{len(boxes.box_of):,} boxes for {len(graph.nodes):,} nodes. A flow says how many it sums; a click on a group "
        "opens it. Flows are drawn between single nodes, so open a group first."
    )


def _inside(box: GraphBox, guesses: Mapping[str, str]) -> str:
    """What a closed group holds."""
    guessed = sum(id in guesses for id in box.members)
    of_which = f", something guessed of {guessed:,}" if guessed else ""
    return f"{len(box.members):,} nodes, {box.inside:,} flows inside{of_which}"


def _around(graph: Imported, chosen: str | None, guesses: Mapping[str, str]) -> None:
    if chosen is None:
        st.info("Choose a node first, in the field *Node* or in the list below.", icon=":material/ads_click:")
        return
    up, down = draft_field("up"), draft_field("down")
    left, right = st.columns(2)
    for field in (up, down):
        field.setdefault(1)
    left.slider("Steps before it", 0, MOST_STEPS, key=up.name)
    right.slider("Steps after it", 0, MOST_STEPS, key=down.name)
    part = around(graph, chosen, up.value, down.value)
    sketch = drawing.sketched(part, "Around a node")
    drawing.structure(
        sketch.marked(guesses),
        sketch.stage_of.get(chosen),
        lambda stage: drafts.choose(sketch.node_of[stage] if stage else None),
        {stage.id: drawing.about(stage.node.reason, guesses.get(stage.node.id, "")) for stage in sketch.draft.stages},
        drafts.connect,
        sketch.node_of,
    )
    marks = f" {drawing.MARKED}" if any(node.id in guesses for node in part.nodes) else ""
    st.caption(f"{len(part.nodes):,} of {len(graph.nodes):,} nodes.{marks}")


def _look(title: str, graph: Imported) -> GraphLook:
    """Which groups are open in this draft; another one is opened as it is best read."""
    known = remembered.DRAFT_LOOK.get()
    if known is None or known[0] != title:
        known = title, first_look(graph)
        remembered.DRAFT_LOOK.put(known)
    return known[1]


def _open(title: str, graph: Imported, group: str) -> None:
    """Open a group, unless it holds more than one can read at once."""
    look = _look(title, graph)
    wider = replace(look, opened=look.opened | {group})
    if len(collapsed(graph, wider).boxes) > MOST_DRAWN:
        remembered.DRAFT_REFUSED.put(
            f"{group} holds too many nodes to read at once; choose one by the search below, and look around it"
        )
        return
    remembered.DRAFT_REFUSED.forget()
    remembered.DRAFT_LOOK.put((title, wider))
