"""Whose jobs an orchestrator starts on a day, when, and where their runs are drawn."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.watching import alarm_rows
from lifecycle.course.worlds.timetables import timetable_words
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.session import cached

EXAMPLE = "parent-fails"


def show(course: Course, day: Day) -> None:
    """Each stage on a schedule with its timetable and a way to its runs, and the jobs that failed for good."""
    pipeline = day.pipeline.on_day(day.scenario)
    scheduled = [stage for stage in pipeline.stages if stage.schedule]
    if not scheduled:
        example = f" Open [a day with an orchestrator](?scenario={EXAMPLE}&stage=orchestration&view=watch)."
        words = "On this day each stage keeps its own time, and no schedule starts its jobs."
        st.info(words + (example if course.named(EXAMPLE) else ""), icon=":material/schedule:")
        return
    for stage in scheduled:
        st.markdown(f"**{plain(stage.label)}**: {plain(timetable_words(pipeline, stage))}")
        st.markdown(f"[See its runs, job by job](?stage={stage.id}&view=watch)")
    failed = [ring for ring in cached.alarms(day) if ring.check.kind is CheckKind.JOB]
    if failed:
        st.markdown(table(alarm_rows(failed, day.pipeline.labels)))
