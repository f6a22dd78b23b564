"""Who is downstream of a stage, and where what it has came from."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.simulation.model.lineage import downstream, upstream
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain


def show(course: Course) -> None:
    """For a stage that is chosen here: who gets what passes it, and where that came from."""
    pipeline = course.pipeline
    ids = list(pipeline.reading_order)
    if remembered.LINEAGE_OF.get() not in ids:
        remembered.LINEAGE_OF.put(ids[0])
    st.selectbox(
        "Something is wrong at",
        ids,
        format_func=pipeline.labels.__getitem__,
        key=remembered.LINEAGE_OF.name,
        help="Read off the flows of the diagram; loops are left out.",
    )
    chosen, links = remembered.LINEAGE_OF.value, pipeline.network.links
    nobody, alone = "Nobody: nothing leaves this stage.", "Only here: it begins here."
    if any(link.loop and link.source == chosen for link in links):
        nobody = "Nobody further on: no flow leads on from here but those that lead back."
    if any(link.loop and link.target == chosen for link in links):
        alone = "Only here: no flow leads here but those that lead back."
    _listed(course, "Who has to be told", downstream(pipeline.network, chosen), nobody)
    _listed(course, "Where to look for the cause", upstream(pipeline.network, chosen), alone)


def _listed(course: Course, heading: str, names: tuple[str, ...], none: str) -> None:
    labels = course.pipeline.labels
    lines = [f"{n}. [{plain(labels[name])}](?stage={name})" for n, name in enumerate(names, 1)]
    st.markdown(f"**{heading}**\n\n" + ("\n".join(lines) or none))
