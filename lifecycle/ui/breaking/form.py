"""Breaking a stage on purpose: what goes wrong, when, how badly; and what is broken already."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.fault_words import FAULTS, in_full
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds.breaks import kinds_at
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.ui.breaking import remedying, watching
from lifecycle.ui.breaking.telling import consequence_words
from lifecycle.ui.session import addressbar, cached
from lifecycle.words import clock

# How far one step of the slider goes, in what the slider shows.
STEPS = {"share": 0.01, "times": 0.5, "s": 1.0}
STEP_S = 900
USUAL_S = (36_000, 39_600)


def show(course: Course, stage: Stage, now: Scenario, *, unfolded: bool = False) -> None:
    """The faults of one stage, what the day's faults did, and the form that adds one; open where one is broken."""
    state, _ = addressbar.current(course)
    faults = [fault for fault in address.scenario_of(state, course).faults if fault.station == stage.id]
    with st.expander("Break it", icon=":material/bolt:", expanded=bool(faults) or unfolded):
        for number, fault in enumerate(faults):
            _known(course, state, fault, f"{stage.id}-{number}")
        if faults and now.faults and not state.faults:  # what a learner broke has a card, see `card.py`
            day = course.day(now)
            st.markdown(consequence_words(course.pipeline, cached.consequence(day, day.calm)))
            remedying.button(course, day, day.calm, stage.id)
        if len(state.faults) < address.MOST_FAULTS:
            _form(course, stage.on_day(now))


def _known(course: Course, state: address.State, fault: Fault, key: str) -> None:
    """One fault in words; the learner's own can be repaired, the scenario's are its story."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/warning: {in_full(fault)}", width="stretch")
        if fault in state.faults:
            st.button(
                "Repair", key=f"repair-{key}", icon=":material/build:", on_click=watching.repair, args=(course, fault)
            )
        else:
            st.caption("part of the scenario", width="content")


def _form(course: Course, stage: Stage) -> None:
    kinds = kinds_at(stage, course.pipeline)
    kind = st.selectbox("What happens", kinds, format_func=lambda one: FAULTS[one][0], key=f"break-kind-{stage.id}")
    moments = list(range(0, int(DAY_S) + 1, STEP_S))
    span = st.select_slider("When", moments, USUAL_S, format_func=clock, key=f"break-when-{stage.id}")
    factor = _factor(kind, f"break-factor-{stage.id}-{kind}")
    fault = Fault(kind, stage.id, float(span[0]), float(span[1]), factor)
    st.button(
        "Break it",
        key=f"break-{stage.id}",
        icon=":material/bolt:",
        type="primary",
        disabled=span[0] == span[1],
        help="It is part of the address, so a link shows it, too." if span[0] < span[1] else "A fault takes time.",
        on_click=watching.begin,
        args=(course, fault),
    )


def _factor(kind: FaultKind, key: str) -> float:
    """How bad it is, as the learner sets it; a time is set in minutes."""
    known, meaning = KINDS[kind], FAULTS[kind][1]
    if not known.unit:
        return known.usual
    scale, form = (60.0, "%g min") if known.unit == "s" else (1.0, "percent" if known.unit == "share" else "%g times")
    low, high, usual = known.low / scale, known.high / scale, known.usual / scale
    return scale * st.slider(meaning, low, high, usual, STEPS[known.unit], format=form, key=key)
