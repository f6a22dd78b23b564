"""The living diagram alone on a page, with the frames of `one_day.py`."""

from __future__ import annotations

import os

import streamlit as st

from lifecycle.course.pipeline import Pipeline
from lifecycle.diagram import layout
from lifecycle.simulation.readings.frames import Frames
from lifecycle.ui.components.diagram import living_diagram
from tests.browser.support.one_day import frames, pipeline


@st.cache_resource
def made(events: int) -> tuple[Pipeline, Frames, layout.Picture]:
    one = pipeline()
    return one, frames(one, events), layout.picture(one)


def main() -> None:
    st.set_page_config(layout="wide", page_title="Diagram")
    st.html("<style>.block-container, .stMainBlockContainer {padding-top: 4.2rem !important}</style>")
    state = st.session_state
    one, day, picture = made(30_000 if state.get("other") else 120_000)
    state.setdefault("stage", st.query_params.get("stage"))
    state.setdefault("moment", float(st.query_params["moment"]) if "moment" in st.query_params else None)
    wide, side = st.columns([2, 1])
    with wide, st.container(key="diagram"):
        living_diagram(
            picture,
            one,
            day if not os.environ.get("NO_FRAMES") else None,
            selected=state.stage,
            moment_s=state.moment,
            progress={"oltp": 1.0, "buffer": 0.5, "lake": 0.25},
            summaries={"buffer": "Holds what the next stage cannot take yet"},
            on_select=lambda stage: state.update(stage=stage),
            on_moment=lambda moment: state.update(moment=moment),
        )
    with side, st.container(key="stage-panel"):
        st.markdown(f"Selected: **{state.stage or 'nothing'}**")
        st.markdown(f"Moment: {state.moment}")
        st.button("Rerun", key="rerun")
        st.button("Other run", key="other", on_click=lambda: state.update(other=True))
        state["bare"] = state.get("bare", 0) + bool(st.button("Bare", key="bare-button"))
        st.markdown(f"Bare: {state.bare}")
        st.text_input("A field", key="field")


main()
