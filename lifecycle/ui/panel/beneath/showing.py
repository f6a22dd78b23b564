"""Which of these an undercurrent shows: by its id, as the course that comes with the program has them."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.course.pipeline import Undercurrent
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.ui.panel.beneath import alarms, copies, leaks, lineage, schedules

GUARDS = {"access": ("readers",), "encryption": ("tls", "reconnects"), "masking": ("masks", "mask_s")}
"""The figures that each of the three guards has at the stages."""
CHECKED = (CheckKind.SCHEMA, CheckKind.DISTRIBUTION, CheckKind.VOLUME)
"""What looks at the data itself, and not at how it moves."""


def show(course: Course, current: Undercurrent, state: address.State, day: Day) -> None:
    """What the simulated day says of an undercurrent."""
    match current.id:
        case "access" | "encryption" | "masking":
            leaks.show(course, state, day, GUARDS[current.id])
        case "orchestration":
            schedules.show(course, day)
        case "observability":
            alarms.show(course, day, tuple(CheckKind))
        case "data-quality":
            alarms.show(course, day, CHECKED)
        case "lineage":
            lineage.show(course)
            copies.show(state, day)
        case _:
            st.info(
                "An undercurrent moves no events, so it has no charts of its own. Its marks on the diagram show where "
                "it acts.",
                icon=":material/layers:",
            )
