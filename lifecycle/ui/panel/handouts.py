"""What one takes away: a stage or a talk as a PDF, the view as a picture. Made when it is asked for, not before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from lifecycle import charts
from lifecycle.charts.headlines import worth_telling
from lifecycle.charts.spec import ChartSpec, Legend, Line
from lifecycle.classroom import rehearsal
from lifecycle.course import Course, Place, address
from lifecycle.course.day import kept
from lifecycle.course.pipeline import Stage
from lifecycle.course.talks import Talk
from lifecycle.diagram.layout import GraphvizError
from lifecycle.outputs import pdf
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.readings.bill import Prices
from lifecycle.ui.components.hall_charts import for_a_hall, legend
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import hall
from lifecycle.ui.session import addressbar, cached, naming, prices, served, teacher

STEPS_KEPT = 200
PAPER_LINE = 2.2  # pixels of a curve that is seen from near, and not from the last row
PDF, SVG = "application/pdf", "image/svg+xml"


def stage_button(course: Course, state: address.State, place: Place, before: Scenario | None) -> None:
    """The place in the panel as a hand-out."""
    book, link = prices.current(course), live(state)

    def made() -> bytes:
        of_stage = _charts_of_stage(course, state)
        return pdf.stage_pdf(course, place, scene(course, state, link, book, before, of_stage))

    with st.container(key="handout"):
        _download(
            "Hand-out (PDF)",
            made,
            f"{place.id}.pdf",
            PDF,
            "This text, the diagram and the charts of this run, to print",
        )


def view_buttons(course: Course, before: Scenario | None) -> None:
    """The whole view, as it stands, as one picture."""
    state, _ = addressbar.current(course)
    book, link = prices.current(course), live(state)
    with st.popover(
        "Picture", icon=":material/image:", type="tertiary", help="Diagram, figures and charts on one page"
    ):
        for words, make, ending, kind in (
            ("PDF", lambda *of: pdf.view_pdf(*of), "pdf", PDF),
            ("SVG", lambda *of: pdf.view_svg(*of), "svg", SVG),
        ):

            def made(make: Any = make) -> bytes:
                return bytes(make(course, scene(course, state, link, book, before)))

            about = f"The view at its moment, as {words}"
            _download(f"{words} *of the whole view*", made, f"view.{ending}", kind, about)


def talk_buttons(course: Course, talk: Talk, *, presents: bool) -> None:
    """The talk to take away; with the notes and the answers for one who `presents` it, and for nobody else."""
    book, explorer = prices.current(course), front()
    papers = [("Hand-out (PDF)", False, "Every step with its picture and the link to try it, for learners")]
    if presents:
        about = "The same with the notes, the planned times and the answers, for the presenter"
        papers.append(("With notes (PDF)", True, about))
    with st.container(key=f"talk-papers-{talk.id}", horizontal=True, vertical_alignment="center"):
        for words, notes, about in papers:

            def made(notes: bool = notes) -> bytes:
                return _talk(course, talk, explorer, book, notes=notes)

            _download(
                f"{words} *of {plain(talk.title)}*", made, f"talk-{talk.id}{'-notes' if notes else ''}.pdf", PDF, about
            )
        if not presents:
            key = ", or give the teacher’s key" if teacher.switched_on() else ""
            st.caption(
                f"Notes and answers on paper are for the presenter: start a class{key}. "
                "They then stand beside the links of your class."
            )


def talk_notes(talk: str, explorer: str) -> bytes | None:
    """A talk with notes and answers, asked for outside of any session; None where the course has no such talk.

    `explorer` is the front page's address.
    """
    course = served.course()
    known = next((one for one in course.talks if one.id == talk), None)
    return None if known is None else _talk(course, known, explorer, course.prices, notes=True)


def _talk(course: Course, talk: Talk, explorer: str, book: Prices, *, notes: bool) -> bytes:
    link = at(explorer and f"{explorer}present", {addressbar.TALK: talk.id})
    scenes = [step_scene(course, talk, nth, explorer, book) for nth in range(len(talk.steps))]
    return pdf.talk_pdf(course, talk, scenes, link, notes=notes, truths=_truths(course, talk) if notes else ())


def _truths(course: Course, talk: Talk) -> list[str]:
    """What was simulated where a step asks for a guess, in words; "" for every other step."""
    asks = [
        hall.ask_of(course, talk, nth) if step.ask and step.ask.predict else None for nth, step in enumerate(talk.steps)
    ]
    return ["" if ask is None else ask.truth_words for ask in asks]


def step_scene(course: Course, talk: Talk, index: int, explorer: str, book: Prices) -> pdf.Scene:
    """What the hall sees at a step: its charts have the hall's curves, and the grey of the step before.

    `explorer` is the explorer's address.
    """
    step, before = talk.steps[index], rehearsal.before(talk, index, course)
    state, _ = address.turned(address.State(), step.view, course)
    about, of_stage = rehearsal.about(step, course), _charts_of_stage(course, state)
    now, ghost = course.day(address.scenario_of(state, course)), course.day(before) if before else None
    names = [name for name in step.show if name in charts.CHARTS or name in of_stage]
    made = replace(
        scene(course, state, at(explorer, address.write(state)), book, shown=()),
        charts=tuple(_as_in_the_hall(cached.chart_of_talk(name, about, now, ghost)) for name in names),
    )
    framed = replace(made, frame=rehearsal.framed(step, course))
    return framed if step.view else replace(framed, frames=None)


def step_picture(talk: str, step: int) -> bytes | None:
    """What the hall will see at a step, as a small SVG; None where the course has no such step."""
    return _step_picture(served.content_version(), talk, step)


@kept(STEPS_KEPT)
def _step_picture(_: int, talk: str, step: int) -> bytes | None:
    course = served.course()
    known = next((one for one in course.talks if one.id == talk), None)
    if known is None or not 0 <= step < len(known.steps):
        return None
    return pdf.step_svg(course, known, step, step_scene(course, known, step, "", course.prices))


def _as_in_the_hall(spec: ChartSpec) -> ChartSpec:
    """A chart with the curves that the hall sees, and names where the hall has a row of them."""
    seen, keys = for_a_hall(spec)
    series = tuple(replace(curve, width=PAPER_LINE) if isinstance(curve, Line) else curve for curve in seen.series)
    return replace(seen, series=series, legend=Legend.RIGHT if legend(keys) else Legend.NONE)


def scene(
    course: Course,
    state: address.State,
    link: str,
    book: Prices,
    before: Scenario | None = None,
    of_stage: tuple[str, ...] = (),
    shown: tuple[str, ...] = charts.MAIN,
) -> pdf.Scene:
    """The run of a state as papers print it: charts `shown` of the day, then those of the stage's own, `of_stage`."""
    now, ghost = course.day(address.scenario_of(state, course)), course.day(before) if before else None
    stage = course.pipeline.by_id.get(state.stage or "")
    drawn = [cached.chart(name, now, ghost) for name in shown]
    if isinstance(stage, Stage):
        drawn += [cached.chart(name, now, ghost, stage) for name in of_stage]
    try:
        svg = cached.picture(course.pipeline).lr
    except GraphvizError:  # the page says so; the paper goes without
        svg = ""
    return pdf.Scene(
        link=link,
        settings=naming.settings(state, course),
        frames=cached.frames(now),
        moment_s=DAY_S if state.moment is None else float(state.moment),
        figures=tuple(filter(worth_telling, cached.headline(now, book).values())),
        charts=tuple(drawn),
        svg=svg,
        marked=state.stage,
    )


def _charts_of_stage(course: Course, state: address.State) -> tuple[str, ...]:
    """The charts that the stage in view has on this day."""
    stage = course.pipeline.by_id.get(state.stage or "")
    return charts.of_stage(stage, address.scenario_of(state, course)) if isinstance(stage, Stage) else ()


def live(state: address.State) -> str:
    """The address of the explorer in this state, as it can be reached from paper; "" where none is known."""
    return at(front(), address.write(state))


def front() -> str:
    """The front page's address as another machine finds it; "" where none is known."""
    url = addressbar.site_for_others()
    return url and f"{url}/"


def at(base: str, query: Mapping[str, str]) -> str:
    """The address with this query; only what a link must escape is escaped, so that it can be typed."""
    return f"{base}?{urlencode(query, safe=':,./@')}" if base and query else base


def _download(words: str, made: Any, name: str, kind: str, about: str) -> None:
    """A button; what of its words is in italics is heard and not seen (see `em` in the style)."""
    st.download_button(
        words,
        made,
        f"headwaters-{name}",
        kind,
        key=f"download-{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        help=about,
    )
