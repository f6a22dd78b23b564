"""A draft drawn alive: its pipeline as a diagram that plays a simulated day, and how old the data is at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from lifecycle.course.day import kept
from lifecycle.course.pipeline import Pipeline
from lifecycle.diagram.layout import GraphvizError
from lifecycle.importing import Imported
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import ConsumerAge, Sketch
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import cached
from lifecycle.words import counted, duration

DRAWN, STRUCTURE = "own-diagram", "own-structure"
MOST_METRICS = 4
SKETCHES_KEPT = 16


@kept(SKETCHES_KEPT)
def sketched(graph: Imported, title: str) -> Sketch:
    """The graph's pipeline, kept; raises SketchProblem."""
    return sketching.sketched(graph, title)


@kept(SKETCHES_KEPT)
def _ages(sketch: Sketch) -> tuple[ConsumerAge, ...]:
    return sketching.consumer_ages(cached.run(sketching.sketch_day(sketch)), sketch.pipeline)


def diagram(
    sketch: Sketch,
    chosen: str | None,
    on_choose: Callable[[str | None], None],
    on_connect: Callable[[str, str], None],
) -> None:
    """The living diagram of the draft, in which flows can be drawn; nodes are named by their ids in the graph."""
    day = sketching.sketch_day(sketch)
    try:
        picture = cached.picture(sketch.pipeline)
    except GraphvizError as error:
        st.warning(f"The diagram cannot be drawn; the list below works without it. {error}", icon=":material/draw:")
        return
    living_diagram(
        picture,
        sketch.pipeline,
        cached.frames(day),
        selected=sketch.stage_of.get(chosen or ""),
        summaries={stage.id: stage.reason.replace("`", "") for stage in sketch.draft.stages},
        on_select=lambda stage: on_choose(sketch.node_of[stage] if stage else None),
        on_connect=lambda source, target: on_connect(sketch.node_of[source], sketch.node_of[target]),
        joins=list(sketch.node_of),
        key=DRAWN,
    )


def structure(
    pipeline: Pipeline,
    chosen: str | None,
    on_choose: Callable[[str | None], None],
    summaries: Mapping[str, str],
    on_connect: Callable[[str, str], None],
    node_of: Mapping[str, str],
) -> None:
    """A part of a large graph, or its groups, drawn without a day; a click gives the stage's id.

    Between the stages in `node_of`, which stand for one node each, a flow can be drawn.
    """
    try:
        picture = cached.picture(pipeline)
    except GraphvizError as error:
        st.warning(f"The diagram cannot be drawn; the list below works without it. {error}", icon=":material/draw:")
        return
    living_diagram(
        picture,
        pipeline,
        None,
        selected=chosen,
        summaries=summaries,
        on_select=on_choose,
        on_connect=lambda source, target: on_connect(node_of[source], node_of[target]),
        joins=list(node_of),
        key=STRUCTURE,
    )


def sentence(sketch: Sketch) -> None:
    """How old the data is where it is used, in words, read off the run that the diagram plays."""
    st.markdown(f"**{plain(sketching.ages_in_words(_ages(sketch)))}**")


def figures(sketch: Sketch) -> None:
    """The same for each consumer, as figures."""
    ages = _ages(sketch)
    if len(ages) > 1:
        with st.container(key="own-ages", horizontal=True, gap="large"):
            for age in ages[:MOST_METRICS]:
                st.metric(f"p95 age at {plain(age.name)}", duration(age.p95_s), width="content")
    left = len(ages) - MOST_METRICS
    more = f" Shown are the {MOST_METRICS} oldest of {len(ages)}." if left > 0 else ""
    events = sketching.sketch_day(sketch).scenario.events
    st.caption(
        f"One simulated day with about {counted(events)} events. Durations that were observed are yours; every other "
        f"figure is a default of the role.{more}"
    )
