"""The checks that ring on a day, in order of time."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.watching import alarm_rows, first_alarm
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.model.lineage import downstream
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.session import cached
from lifecycle.words import duration, enumerated


def show(course: Course, day: Day, kinds: Collection[CheckKind]) -> None:
    """Which of the checks of these kinds rang first, and all that rang."""
    rung = [ring for ring in cached.alarms(day) if ring.check.kind in kinds]
    labels = day.pipeline.labels
    if not rung:
        st.success(
            "No check rings on this day. Break a stage, or open [a day on which a column slowly goes empty]"
            "(?scenario=silent-nulls&stage=observability&view=watch)."
            if course.named("silent-nulls")
            else "No check rings on this day. Break a stage, and see which one rings first.",
            icon=":material/notifications_off:",
        )
        return
    st.warning(plain(first_alarm(rung, labels)), icon=":material/notifications_active:")
    st.markdown(table(alarm_rows(rung, labels)))
    place = rung[0].check.place
    if after := downstream(day.pipeline.network, place):
        st.markdown(f"Downstream of {plain(labels[place])}: {plain(enumerated([labels[name] for name in after]))}.")
    every = duration(rung[0].check.every_s)
    st.caption(f"Each check looks every {every}. Their limits are chosen for this course; no standard says them.")
