"""Where one order still lies after somebody has erased it in the warehouse."""

from __future__ import annotations

import math

import streamlit as st

from lifecycle.course import address
from lifecycle.course.day import Day
from lifecycle.course.watching import copy_rows, nothing_yet
from lifecycle.diagram.journey_words import reason_words
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.readings.exposure import copies, erasing_warehouse, held_at
from lifecycle.simulation.readings.journey import Pick
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.session import cached
from lifecycle.words import DAY_S, clock, counted, enumerated

_STEP_S, _HALF_HOUR_S = 300, 1800
_NOON_S = 12 * 3600


def show(state: address.State, day: Day) -> None:
    """For the order that is followed, or the one of median latency: who holds it after its erasure."""
    run, labels = cached.run(day), day.pipeline.labels
    try:
        erased_at = erasing_warehouse(run.network)
        event = cached.event(day, Pick.MEDIAN if state.follow is None else state.follow)
    except ValueError as why:
        st.caption(plain(f"No copies are listed, because {reason_words(why, run.network, labels)}."))
        return
    if remembered.ERASED_S.get(-1) < 0:  # midnight is 0 and stays
        remembered.ERASED_S.put(_first_hour(run, event, erased_at))
    st.select_slider(
        f"Order {counted(event)} is erased in {plain(labels[erased_at])} at",
        range(0, int(DAY_S) + 1, _STEP_S),
        key=remembered.ERASED_S.name,
        format_func=clock,
        help="Follow another order above the diagram, and it is that one.",
    )
    asked_s = float(remembered.ERASED_S.value)
    kept = copies(run, event, asked_s)
    holding = [plain(labels[name]) for name in held_at(kept, run.horizon_s - 1.0)]
    if not kept:
        st.markdown("**No stage keeps a copy of this order on this day.**")
        return
    who = f"still lies in {enumerated(holding)}" if holding else "lies nowhere any more"
    early = nothing_yet(kept, erased_at, asked_s, labels)
    st.markdown(f"**At the day's end the order {who}.** {plain(early)}")
    st.markdown(table(copy_rows(kept, labels)))


def _first_hour(run: Run, event: int, erased_at: str) -> int:
    """Noon, or the first full half hour at which the warehouse has the order, so that there is something to erase."""
    came_s = min((copy.from_s for copy in copies(run, event, _NOON_S) if copy.stage == erased_at), default=0.0)
    return min(max(_NOON_S, math.ceil(came_s / _HALF_HOUR_S) * _HALF_HOUR_S), int(DAY_S))
