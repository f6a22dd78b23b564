"""The front page, put together: controls, then diagram and stage panel, then the charts."""

from __future__ import annotations

import streamlit as st

from lifecycle import metrics
from lifecycle.course import Course, address
from lifecycle.course.quizzes.aliases import renewed
from lifecycle.course.quizzes.scoring import score
from lifecycle.diagram.layout import GraphvizError
from lifecycle.storage import AnswerRow
from lifecycle.ui import following, remembered
from lifecycle.ui.components import flips, links, parts, playhead, reconnect
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.panel import ahead, answering, controls, figures, panel, predict, turning
from lifecycle.ui.session import addressbar, after, cached, learner, runs, seeing, served, stocking


def show() -> None:
    """The explorer of the course that the server serves."""
    course = served.course_or_stop()
    if choice := reconnect.choice():
        addressbar.go(course, **choice)
    state, notices = addressbar.current(course)
    addressbar.tell(notices)
    parts.heading("Settings")
    controls.strip(course, state)
    seeing.arrive(course)
    seeing.asked_on(seeing.EXPLORE)
    screen = runs.on_screen(course, state)
    remembered.SCENE.put(screen)
    with st.container(key="ask-first"):  # there in every run, so that what stands below it is not mounted anew
        if screen.waiting:
            predict.ask(course, screen.now, screen.waiting)
    first = "charts" not in state.hide and after.first_paint()
    with st.container(key="explore"):
        with st.container(key=remembered.SCENE.name):
            _scene(course, first=first)
        if "charts" not in state.hide:
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


@st.fragment
@metrics.PAGE_SECONDS.labels("diagram and panel").time()
def _scene(course: Course, *, first: bool) -> None:
    """The diagram and the panel. A click reruns only this; a turned knob reruns the page.

    What a turned knob would show is not made ahead in a `first` run, after which the page is drawn once more.
    """
    state, _ = addressbar.current(course)
    screen = runs.on_screen(course, state)
    if screen != remembered.SCENE.value:
        st.rerun()
    rows = tuple(renewed(learner.answers(), course.new_ids))

    # The diagram comes first for the eye and the keyboard; the panel is filled first, because it is what a click asks.
    diagram = st.container(key="diagram")
    answering.stop_pointing()
    if after.in_browser() and not first:
        flips.show_turns(addressbar.site(), *turning.offer(course, screen, state))
    panel.show(course, state, screen.now, screen.before, rows)
    pointing = answering.pointing()
    with diagram:
        parts.heading("The pipeline", "diagram")
        _plain_control(course, state)
        day = course.day(screen.now)
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
            on_select=lambda place: addressbar.choose(course, place),
            on_moment=lambda moment: addressbar.go(course, moment=round(moment)),
            on_point=answering.point if pointing else None,
            pointed=pointing.get() if pointing else None,
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
        on_change=lambda: addressbar.go(course, stage=remembered.STAGE.value),
    )


def _progress(course: Course, rows: tuple[AnswerRow, ...]) -> dict[str, float]:
    """Share of each place's questions answered right, 0 to 1, for places that have questions."""
    scores = {place.id: score(place.questions, rows) for place in course.places.values() if place.questions}
    return {place: place_score.right / place_score.total for place, place_score in scores.items()}
