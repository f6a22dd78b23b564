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
MOST_ROWS, MOST_CONSUMERS = 10, 4  # a table that fits beside the form


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
        if rows := fresher_rows(ranking, labels, MOST_CONSUMERS)[:MOST_ROWS]:
            st.markdown(table(rows))
            if shown := _shown(ranking):
                st.caption(shown)


def _shown(ranking: FreshnessRanking) -> str:
    """What the table leaves out, as a sentence; "" for nothing."""
    changes, consumers = len(ranking.gains), len(ranking.now_s)
    best = f"the {MOST_ROWS} best of {changes:,} changes" if changes > MOST_ROWS else ""
    most = f"the {MOST_CONSUMERS} of {consumers:,} consumers that can win most" if consumers > MOST_CONSUMERS else ""
    return f"Shown are {' and '.join(filter(None, (best, most)))}." if best or most else ""
