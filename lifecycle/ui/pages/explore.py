"""The front page, put together: controls, then diagram and stage panel, then the charts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lifecycle import charts, metrics
from lifecycle.course import Course, address
from lifecycle.course.lessons import Lesson
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.aliases import renewed
from lifecycle.course.quizzes.scoring import score
from lifecycle.course.talks import CHARTS
from lifecycle.diagram.layout import GraphvizError
from lifecycle.storage import AnswerRow
from lifecycle.ui import following, remembered
from lifecycle.ui.components import flips, links, parts, playhead, reconnect
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.lessons import leading, ways
from lifecycle.ui.panel import ahead, answering, controls, figures, panel, predict, turning
from lifecycle.ui.session import addressbar, after, cached, learner, runs, seeing, served, stocking


def show() -> None:
    """The explorer of the course that the server serves."""
    course = served.course_or_stop()
    ways.turn_to(ways.EXPLORE)
    ways.first_visit(course)
    if choice := reconnect.choice():
        addressbar.go(course, **choice)
    addressbar.arrive_at_step(course)
    on = addressbar.on_step(course)
    remembered.LESSON_ON.put(_named(on))
    state, notices = addressbar.current(course)
    addressbar.tell(notices)
    parts.heading("Settings")
    controls.strip(course, state)
    seeing.arrive(course)
    seeing.asked_on(seeing.EXPLORE)
    if not (on or state.hide or addressbar.before_a_hall()):
        ways.resume(course)
    screen = runs.on_screen(course, state)
    remembered.SCENE.put(screen)
    with st.container(key="ask-first"):  # there in every run, so that what stands below it is not mounted anew
        if screen.waiting:
            predict.ask(course, screen.now, screen.waiting)
    first = (on is not None or "charts" not in state.hide) and after.first_paint()
    with st.container(key="explore"):
        with st.container(key=remembered.SCENE.name):
            _scene(course, first=first)
        if on:
            _charts_of_step(course, screen, state, *on, later=first)
        elif "charts" not in state.hide:
            with st.container(key="charts"):
                _charts(course, screen, later=first)
    if after.in_browser() and not first:
        offered = ahead.prepare(course, screen, state)
        held = remembered.PREDICT_FIRST.get() or screen.waiting
        flips.show_flips(addressbar.site(), ahead.truth(course, screen, state), [] if held else offered)
        stocking.stock(course, most=1)


def _charts(course: Course, screen: runs.OnScreen, *, later: bool) -> None:
    """Figures and charts; the charts come `later` in a first run, when the diagram lives."""
    parts.heading("Figures and charts")
    predict.last_verdict()
    now, before = course.day(screen.now), course.day(screen.before) if screen.before else None
    figures.comparison(course, now, before)
    if later:
        after.ask_again()
    else:
        figures.main_charts(now, before)
        figures.further_chart(course, now, before)
    playhead.show()


def _charts_of_step(
    course: Course, screen: runs.OnScreen, state: address.State, lesson: Lesson, index: int, *, later: bool
) -> None:
    """What a lesson's step shows below the diagram: what is revealed by then, and the charts that it names."""
    drawn = leading.charts_named(lesson.steps[index])
    now, before = course.day(screen.now), course.day(screen.before) if screen.before else None
    with st.container(key="charts"):
        figures_hidden, bill_hidden = "charts" in state.hide, "bill" in state.hide
        names = cached.headline(now, course.prices)
        if not (figures_hidden and bill_hidden):
            parts.heading("Figures")
            figures.comparison(
                course, now, before, {name for name in names if (bill_hidden if name == "cost" else figures_hidden)}
            )
        if later:
            after.ask_again(room_px=200 if drawn or not figures_hidden else 0)
            return
        if not figures_hidden:
            figures.main_charts(now, before)
        for name in drawn if figures_hidden else (name for name in drawn if name not in charts.MAIN):
            place = course.pipeline.by_id.get(state.stage or "")
            if name in CHARTS:
                figures.shown(name, figures.SPOKEN[name], cached.chart(name, now, before))
            elif isinstance(place, Stage) and name in charts.of_stage(place, screen.now):
                figures.stage_chart(name, place, now, before)
        playhead.show()


def _named(on: tuple[Lesson, int] | None) -> tuple[str, int] | None:
    """A step by its lesson's id, which stays while an author edits the lesson."""
    return (on[0].id, on[1]) if on else None


@st.fragment
@metrics.PAGE_SECONDS.labels("diagram and panel").time()
def _scene(course: Course, *, first: bool) -> None:
    """The diagram and the panel. A click reruns only this; a turned knob reruns the page.

    What a turned knob would show is not made ahead in a `first` run, after which the page is drawn once more.
    """
    state, _ = addressbar.current(course)
    screen = runs.on_screen(course, state)
    on = addressbar.on_step(course)
    if screen != remembered.SCENE.value or _named(on) != remembered.LESSON_ON.get():
        st.rerun()
    step = on[0].steps[on[1]] if on else None
    rows = tuple(renewed(learner.answers(), course.new_ids))

    # The diagram comes first for the eye and the keyboard; the panel is filled first, because it is what a click asks.
    diagram = st.container(key="diagram")
    answering.stop_pointing()
    if after.in_browser() and not first:
        flips.show_turns(addressbar.site(), *turning.offer(course, screen, state))
    lead = partial(leading.show, course, *on, state, rows) if on else None
    panel.show(course, state, screen.now, screen.before, rows, lead)
    pointing = answering.pointing()
    with diagram:
        parts.heading("The pipeline", "diagram")
        _plain_control(course, state)
        day = course.day(screen.now)
        if "follow" not in state.hide:
            following.control(course, state, day)
        followed = following.note(course, state, screen)
        try:
            picture = cached.picture(course.pipeline)
        except GraphvizError as error:
            st.warning(f"The diagram cannot be drawn; the list above works without it. {error}", icon=":material/draw:")
            return
        living_diagram(
            picture,
            course.pipeline,
            cached.frames(day),
            selected=state.stage,
            moment_s=state.moment,
            day=runs.day_name(state),
            progress=_progress(course, rows),
            summaries={place.id: place.summary for place in course.places.values()},
            on_select=lambda place: ways.choose(course, place),
            on_moment=lambda moment: addressbar.go(course, moment=round(moment)),
            on_point=answering.point if pointing else None,
            pointed=pointing.get() if pointing else None,
            cue="-".join(map(str, _named(on) or ())),
            plays=step.plays if step else True,
            on_follow=lambda dot: following.clicked(course, day, dot),
            followed=followed,
        )
        links.follow(lambda query: addressbar.follow(course, query))


def _plain_control(course: Course, state: address.State) -> None:
    """The same choice as the diagram's, as a plain list: for keyboards, for tests, and should the drawing fail."""
    labels = {place: course.pipeline.by_id[place].label for place in course.pipeline.places}
    remembered.STAGE.put(state.stage)
    st.selectbox(
        "Stage",
        list(labels),
        index=None,  # so that it can be cleared, which shows the whole again
        format_func=lambda place: labels[place],
        key=remembered.STAGE.name,
        placeholder=served.own_title() or "The whole lifecycle",
        label_visibility="collapsed",
        width=280,
        on_change=lambda: ways.choose(course, remembered.STAGE.value),
    )


def _progress(course: Course, rows: tuple[AnswerRow, ...]) -> dict[str, float]:
    """Share of each place's questions answered right, 0 to 1, for places that have questions."""
    scores = {place.id: score(place.questions, rows) for place in course.places.values() if place.questions}
    return {place: place_score.right / place_score.total for place, place_score in scores.items()}
