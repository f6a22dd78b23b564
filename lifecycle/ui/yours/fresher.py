"""What would make a draft's data fresher: asked for with a switch, since each change is a simulated day."""

from __future__ import annotations

import streamlit as st

from lifecycle.course.day import kept
from lifecycle.course.watching import fresher_rows, fresher_sentence
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import Sketch
from lifecycle.simulation.experiments.fresher import FreshnessRanking, fresher
from lifecycle.ui.components.prose import plain, table
from lifecycle.ui.session import cached
from lifecycle.words import told_apart

RANKINGS_KEPT = 16
MOST_ROWS = 10


@kept(RANKINGS_KEPT)
def _ranking(sketch: Sketch) -> FreshnessRanking:
    return fresher(cached.run(sketching.sketch_day(sketch)))


def show(sketch: Sketch) -> None:
    """The switch and, while it is on, the best change in a sentence and those that win anything as a table."""
    with st.container(key="draft-fresher"):
        about = "Tries each job at half its time, each interval halved and one slot more, each alone, on the same day."
        if not st.toggle("What would make it fresher?", key="draft-fresher-on", help=about):
            return
        with st.spinner("Trying each change on the same day"):
            ranking = _ranking(sketch)
        labels = told_apart(sketch.pipeline.labels)
        st.markdown(f"**{plain(fresher_sentence(ranking, labels))}**")
        if rows := fresher_rows(ranking, labels)[:MOST_ROWS]:
            st.markdown(table(rows))
