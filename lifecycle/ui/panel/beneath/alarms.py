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

ALL, EXAMPLE = "observability", "silent-nulls"


def show(course: Course, day: Day, kinds: Collection[CheckKind]) -> None:
    """Which of the checks of these kinds rang first, and all that rang."""
    alarms = cached.alarms(day)
    rung = [ring for ring in alarms if ring.check.kind in kinds]
    labels, of_data = day.pipeline.labels, set(kinds) != set(CheckKind)
    if not rung:
        st.success(_silence(course, of_data=of_data, others=bool(alarms)), icon=":material/notifications_off:")
        return
    begins = "The first check of the data" if of_data else "The first alarm"
    st.warning(plain(first_alarm(rung, labels, begins)), icon=":material/notifications_active:")
    st.markdown(table(alarm_rows(rung, labels)))
    place = rung[0].check.place
    if after := downstream(day.pipeline.network, place):
        st.markdown(f"Downstream of {plain(labels[place])}: {plain(enumerated([labels[name] for name in after]))}.")
    every = duration(rung[0].check.every_s)
    st.caption(f"Each check looks every {every}. Their limits are chosen for this course; no standard says them.")


def _silence(course: Course, *, of_data: bool, others: bool) -> str:
    """That no check rings, or none `of_data` though `others` do; and where one may see some that do."""
    none = f"No check{' of the data itself' if of_data else ''} rings on this day"
    if others:
        current = course.pipeline.by_id.get(ALL)
        where = f": see [{plain(current.label)}](?stage={ALL}&view=watch)" if current else ""
        return f"{none}, but others do{where}."
    if course.named(EXAMPLE):
        example = f"[a day on which a column slowly goes empty](?scenario={EXAMPLE}&stage={ALL}&view=watch)"
        return f"{none}. Break a stage, or open {example}."
    return f"{none}. Break a stage, and see which one rings first."
