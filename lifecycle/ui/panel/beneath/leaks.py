"""What of persons can be read where, and the figures that decide it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.course.watching import leak_rows, leak_sentence
from lifecycle.simulation.roles import ROLES
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.panel import knobs
from lifecycle.ui.session import cached


def show(course: Course, state: address.State, day: Day, names: Sequence[str]) -> None:
    """What leaks on a day, and the figures of these names at every stage that has them."""
    exposed = cached.exposed(day)
    labels = day.pipeline.labels
    if sentence := leak_sentence(exposed, labels):
        st.warning(plain(sentence), icon=":material/visibility:")
        st.markdown(table(leak_rows(exposed, labels)))
    else:
        named = any(stage.in_clear for stage in exposed.stages.values())
        who = "names are read by those who run the pipeline, and by nobody else" if named else "no event names a person"
        st.success(f"Nothing leaks on this day: {who}.", icon=":material/visibility_off:")
    if {"knobs", "turning"} & set(state.hide):
        return
    guarded = [
        (stage, guards)
        for stage in course.pipeline.stages
        if (guards := [figure for figure in ROLES[stage.role] if figure.name in names])
    ]
    if not guarded:
        return
    st.caption("Turn one, and see on the diagram what it lets leak, and in the figures what it costs.")
    for stage, guards in guarded:
        with st.container(key=f"guard-{stage.id}"):
            knobs.these(course, stage, guards)
