"""A draft drawn alive: its pipeline as a diagram that plays a simulated day, and how old the data is at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from lifecycle.course.day import kept
from lifecycle.course.day_words import fewer_events
from lifecycle.course.pipeline import Pipeline
from lifecycle.diagram.layout import GraphvizError
from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import ConsumerAge, Sketch
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.prose import coded, plain, uncoded
from lifecycle.ui.session import cached
from lifecycle.words import capital, counted, duration

DRAWN, STRUCTURE = "own-diagram", "own-structure"
MOST_METRICS = 4
SKETCHES_KEPT = 16
EMPTY = (
    "The day begins empty at midnight; what one sees before the jobs have run is taken to be what an equal day left."
)
MARKED = "A ? before a name says that something of it is a guess: what it is, how long its job takes or when it starts."


@kept(SKETCHES_KEPT)
def draft_of(graph: Imported, title: str) -> Draft:
    """The course that the graph would become, kept; raises SketchProblem."""
    return sketching.draft_of(graph, title)


@kept(SKETCHES_KEPT)
def sketched(graph: Imported, title: str) -> Sketch:
    """The same as a pipeline to play, kept; raises SketchProblem."""
    return sketching.sketched(draft_of(graph, title))


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
        picture = cached.picture(sketch.drawn)
    except GraphvizError as error:
        st.warning(f"The diagram cannot be drawn; the list below works without it. {error}", icon=":material/draw:")
        return
    living_diagram(
        picture,
        sketch.pipeline,
        cached.frames(day),
        selected=sketch.stage_of.get(chosen or ""),
        summaries={stage.id: about(stage.reason, stage.guessed) for stage in sketch.draft.stages},
        on_select=lambda stage: on_choose(sketch.node_of[stage] if stage else None),
        on_connect=lambda source, target: on_connect(sketch.node_of[source], sketch.node_of[target]),
        joins=list(sketch.node_of),
        key=DRAWN,
    )


def about(reason: str, guessed: str) -> str:
    """Why a stage has its role, and what of it is guessed, in words that are "" for nothing."""
    if not reason:
        return capital(guessed)
    return " ".join(filter(None, (uncoded(reason), f"({guessed})" if guessed else "")))


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
    if guess := sketching.resting_on(sketch.draft):
        st.caption(guess)
    if why := sketching.unscheduled(sketch.draft):
        st.warning(f"{coded(capital(why))}.", icon=":material/event_busy:")


def figures(sketch: Sketch) -> None:
    """The same for each consumer, as figures."""
    ages = _ages(sketch)
    if len(ages) > 1:
        with st.container(key="own-ages", horizontal=True, gap="large"):
            for age in ages[:MOST_METRICS]:
                st.metric(f"p95 age at {plain(age.name)}", duration(age.p95_s), width="content")
    left = len(ages) - MOST_METRICS
    more = f" Shown are the {MOST_METRICS} oldest of {len(ages)}." if left > 0 else ""
    day = sketching.sketch_day(sketch)
    fewer = fewer_events(sketch.pipeline.network, day.scenario)
    parts = (
        f"One simulated day with {counted(cached.run(day).scenario.events)} events.",
        f"{_whose(sketch)}{more}",
        fewer,
        EMPTY if sketch.draft.at else "",
        MARKED if any(stage.guesses for stage in sketch.draft.stages) else "",
    )
    st.caption(" ".join(filter(None, parts)))


def _whose(sketch: Sketch) -> str:
    """Which of the figures are the learner's own."""
    timed = [stage for stage in sketch.draft.stages if stage.figures]
    by_hand = any(stage.node.by_hand.job_s is not None for stage in timed)
    observed = any(stage.runs for stage in timed)
    kinds = [kind for kind, is_there in (("you set", by_hand), ("were observed", observed)) if is_there]
    if not kinds:
        return "Every figure is a default of the role."
    return f"Durations that {' or '.join(kinds)} are yours; every other figure is a default of the role."
