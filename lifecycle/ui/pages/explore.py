"""The front page, put together: controls, then diagram and stage panel, then the charts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from lifecycle import charts, metrics
from lifecycle.course import Course, address
from lifecycle.course.lessons import OPENING, Lesson
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.aliases import renewed
from lifecycle.course.quizzes.scoring import score
from lifecycle.course.quizzes.tracks import in_tracks
from lifecycle.course.talks import CHARTS
from lifecycle.diagram.layout import GraphvizError
from lifecycle.storage import AnswerRow
from lifecycle.ui import following, remembered, toasts
from lifecycle.ui.breaking import watching
from lifecycle.ui.components import embedding, film, flips, links, parts, playhead, reconnect
from lifecycle.ui.components.diagram import living_diagram, tell_late
from lifecycle.ui.gallery import ticking
from lifecycle.ui.lessons import leading, ways
from lifecycle.ui.panel import ahead, answering, controls, drawer, figures, panel, predict, turning
from lifecycle.ui.session import addressbar, after, cached, layers, learner, runs, seeing, served, stocking
from lifecycle.ui.session.naming import caption

LEARNER = (Path(__file__).parent / "learner.css").read_text(encoding="utf-8")


def show() -> None:
    """The explorer of the course that the server serves."""
    course = served.course_or_stop()
    ways.turn_to(ways.EXPLORE)
    ways.first_visit(course)
    if choice := reconnect.choice():
        addressbar.go(course, **choice)
    _, arrived = addressbar.current(course)
    addressbar.arrive_at_step(course)
    on = addressbar.on_step(course)
    remembered.LESSON_ON.put(_named(on))
    state, notices = addressbar.current(course)
    addressbar.tell(tuple(dict.fromkeys((*arrived, *notices))))
    if state.part:
        _alone(course, state, state.part)
        return
    parts.heading("Settings")
    plain_layer = layers.is_plain(course)
    st.html(f"<style>{LEARNER if plain_layer else ''}</style>")
    glance = controls.strip(course, state, plain_layer=plain_layer)
    seeing.arrive(course)
    seeing.asked_on(seeing.EXPLORE)
    if not (on or state.hide or addressbar.before_a_hall()):
        ways.resume(course)
    screen = runs.on_screen(course, state)
    remembered.SCENE.put(screen)
    remembered.DRAWER_DRAWN.put(drawer.is_open(state))
    with st.container(key="ask-first"):  # there in every run, so that what stands below it is not mounted anew
        if screen.waiting:
            predict.ask(course, screen.now, screen.waiting)
    first = (on is not None or "charts" not in state.hide) and after.first_paint()
    with st.container(key="explore"):
        with st.container(key=remembered.SCENE.name):
            _scene(course, first=first)
        if glance:
            with glance:
                figures.glance(course, course.day(screen.now))
        if drawer.is_open(state):
            drawer.show(course, state, plain_layer=plain_layer)
        if on:
            _charts_of_step(course, screen, state, *on, later=first)
        elif "charts" not in state.hide:
            with st.container(key="charts"):
                _charts(course, screen, later=first, plain_layer=plain_layer)
    _tell_late(course, screen, state)
    if after.in_browser() and not first:
        offered = ahead.prepare(course, screen, state)
        held = remembered.PREDICT_FIRST.get() or screen.waiting
        flips.show_flips(addressbar.site(), ahead.truth(course, screen, state), [] if held else offered)
        stocking.stock(course, most=1)


def _tell_late(course: Course, screen: runs.OnScreen, state: address.State) -> None:
    """Once all else is drawn: when what the day's faults held up is worked off, which takes another simulated day."""
    if screen.now.faults and not screen.waiting and screen.now.events <= runs.MOST_AHEAD:
        day = course.day(screen.now)
        tell_late(cached.frames(day), runs.day_name(state), cached.caught_up(day))


def _alone(course: Course, state: address.State, part: address.PagePart) -> None:
    """One part of the explorer, as in the frame of another page: nothing that leads away from it but a link."""
    if part is address.PagePart.LESSON and not addressbar.on_step(course):
        lesson = course.lesson(OPENING) or next(iter(course.lessons), None)
        if lesson is None:
            st.info("This course has no lessons yet.", icon=":material/school:")
            return
        addressbar.open_step(course, lesson, 0)
        state, _ = addressbar.current(course)
    on, screen = addressbar.on_step(course), runs.on_screen(course, state)
    remembered.LESSON_ON.put(_named(on))
    remembered.SCENE.put(screen)
    remembered.DRAWER_DRAWN.put(drawer.is_open(state))
    if part is address.PagePart.LESSON:
        controls.strip(course, state)
    with st.container(key="explore"):
        if part is not address.PagePart.CHARTS:
            with st.container(key=remembered.SCENE.name):
                _scene(course, first=False)
        if on and part is address.PagePart.LESSON:
            _charts_of_step(course, screen, state, *on, later=False)
        elif part is address.PagePart.CHARTS:
            with st.container(key="charts"):
                now = course.day(screen.now)
                figures.comparison(course, now, None)
                figures.main_charts(now, None)
    if part is not address.PagePart.CHARTS:
        _tell_late(course, screen, state)
    whole = addressbar.with_lesson() if part is address.PagePart.LESSON else addressbar.carried()
    query = urlencode({name: text for name, text in whole.items() if name != "part"})
    embedding.foot(served.own_title() or "Headwaters", f"{addressbar.site()}/{query and f'?{query}'}")


def _charts(course: Course, screen: runs.OnScreen, *, later: bool, plain_layer: bool) -> None:
    """Figures and charts, in the learner's layer the few that lead; charts come `later`, when the diagram lives."""
    parts.heading("Figures and charts")
    predict.last_verdict()
    now, before = course.day(screen.now), course.day(screen.before) if screen.before else None
    figures.comparison(course, now, before, figures.left_out(plain_layer=plain_layer), helped=not plain_layer)
    if later:
        after.ask_again()
    elif plain_layer:
        written = addressbar.written(course)
        named = course.named(written.scenario) or course.default
        figures.leading_chart(named.showing, now, before, written.moment)
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
                figures.shown(name, charts.spoken(name), cached.chart(name, now, before))
            elif isinstance(place, Stage) and name in charts.of_stage(place, screen.now):
                figures.stage_chart(name, place, now, before, "step", state.moment)
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
    shut = not drawer.is_open(state)
    drawn = screen == remembered.SCENE.value and shut != remembered.DRAWER_DRAWN.value
    if not drawn or _named(on) != remembered.LESSON_ON.get():
        st.rerun()
    if "story" not in state.hide:
        ticking.notice(course, state)
    step = on[0].steps[on[1]] if on else None
    rows = tuple(renewed(learner.answers(), course.new_ids))

    # The diagram comes first for the eye and the keyboard; the panel is filled first, because it is what a click asks.
    diagram = st.container(key="diagram")
    answering.stop_pointing()
    plain_layer = layers.is_plain(course)
    if after.in_browser() and not first:
        flips.show_turns(addressbar.site(), *turning.offer(course, screen, state, in_every_view=plain_layer))
    if shut and state.part is not address.PagePart.DIAGRAM:
        lead = partial(leading.show, course, *on, state, rows) if on else None
        on_close = (lambda: _choose(course, None)) if plain_layer else None
        panel.show(course, state, screen, rows, lead, on_close=on_close)
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
            course.pipeline.on_day(screen.now),
            cached.frames(day),
            selected=state.stage,
            moment_s=state.moment,
            day=runs.day_name(state),
            progress=_progress(course, rows),
            summaries={place.id: place.summary for place in course.places.values()},
            on_select=lambda place: _choose(course, place),
            on_moment=partial(_stopped, course),
            on_point=answering.point if pointing else None,
            pointed=pointing.get() if pointing else None,
            cue="-".join(map(str, _named(on) or ())),
            plays=step.plays if step else True,
            on_follow=None if "follow" in state.hide else lambda dot: following.clicked(course, day, dot),
            followed=followed,
            exposed=cached.exposed(day),
            on_break=lambda click: watching.broken(course, click),
            on_repair=lambda what: watching.repaired(course, what),
            on_watched=watching.seen,
            breakable=watching.breakable(state),
            broken=watching.standing(state),
            replay=watching.replay(course, state, screen),
            film=film.sent(
                addressbar.site(),
                caption(state, course),
                _film_address(course),
                public=bool(addressbar.site_for_others()),
            ),
        )
        links.follow(lambda query: addressbar.follow(course, query))
    toasts.show()


def _stopped(course: Course, moment_s: float) -> None:
    """The diagram's clock came to rest."""
    watching.stopped(moment_s)
    addressbar.go(course, moment=round(moment_s))


def _choose(course: Course, place: str | None) -> None:
    """A place was chosen: its panel is what the drawer then makes room for."""
    remembered.DRAWER.forget()
    ways.choose(course, place)


def _film_address(course: Course) -> str:
    """What a film names below its picture: these settings, where other machines find them if any can; it adds its own
    moment."""
    site = addressbar.site_for_others() or addressbar.site()
    settings = address.write(replace(addressbar.written(course), moment=None, part=None))
    return f"{site}/?{urlencode(settings)}" if site else ""


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
        on_change=lambda: _choose(course, remembered.STAGE.value),
    )


def _progress(course: Course, rows: tuple[AnswerRow, ...]) -> dict[str, float]:
    """Share of each place's questions answered right, 0 to 1, for places that have questions."""
    chosen = remembered.TRACKS.get(())
    scores = {place.id: score(in_tracks(place.questions, chosen), rows) for place in course.places.values()}
    return {place: place_score.progress for place, place_score in scores.items() if place_score.total}
