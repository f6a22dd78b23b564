"""What of persons can be read where, and the figures that decide it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.watching import leak_rows, leak_sentence
from lifecycle.simulation.roles import ROLES
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.panel import knobs
from lifecycle.ui.session import addressbar, cached


def show(course: Course, day: Day, names: Sequence[str]) -> None:
    """What leaks on a day, and the figures of these names at every stage that has them."""
    exposed = cached.exposed(day)
    labels = day.pipeline.labels
    if sentence := leak_sentence(exposed, labels):
        st.warning(plain(sentence), icon=":material/visibility:")
        st.markdown(table(leak_rows(exposed, labels)))
    else:
        st.success(
            "Nothing leaks on this day: names are read by those who run the pipeline, and by nobody else.",
            icon=":material/visibility_off:",
        )
    state, _ = addressbar.current(course)
    if {"knobs", "turning"} & set(state.hide):
        return
    st.caption("Turn one, and see on the diagram what it lets leak, and in the figures what it costs.")
    for stage in course.pipeline.stages:
        guards = [figure for figure in ROLES[stage.role] if figure.name in names]
        if guards:
            with st.container(border=True, key=f"guard-{stage.id}"):
                st.markdown(f"**{plain(stage.label)}**")
                knobs.these(course, stage, guards)
