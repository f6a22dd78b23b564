"""The Present page: the talks there are, and a talk on the screen of a lecture hall, step by step."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from lifecycle import charts
from lifecycle.classroom import rehearsal
from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.course.talks import Step, Talk
from lifecycle.diagram.layout import GraphvizError
from lifecycle.diagram.living import opening
from lifecycle.ui import remembered
from lifecycle.ui.components import playhead, reconnect
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.hall_charts import DRESS, LOW_DRESS, for_a_hall, legend
from lifecycle.ui.components.prose import plain, prose, with_units
from lifecycle.ui.pages import explore
from lifecycle.ui.panel import ahead, hall, handouts
from lifecycle.ui.panel.figures import PLOTLY
from lifecycle.ui.present import classes, conductor
from lifecycle.ui.present.conductor import Position
from lifecycle.ui.session import addressbar, cached, runs, served, teacher
from lifecycle.ui.session.addressbar import CLASS, FREE, STEP, TALK
from lifecycle.words import NO_BREAK

DIAGRAM = "talk-diagram"
_FOLDER = Path(__file__).parent
# The space before the last of two plain words; markup is left as it is.
_LAST_WORDS = re.compile(r"(?<=\w) (?=[\w’'-]+[.!?]?$)")


def show() -> None:
    """A list of talks, or the talk that the address names."""
    course = served.course_or_stop()
    talk = next((talk for talk in course.talks if talk.id == st.query_params.get(TALK)), None)
    if talk is None:
        _choose(course)
        return
    followed = classes.following(talk)
    at = followed.position or conductor.position(st.query_params.get(STEP, ""), _points(talk))
    free = st.query_params.get(FREE) == "1"
    if free:
        st.html(_FOLDER / "exploring.css")
        explore.show()
    else:
        runs.begin_anew()  # what was explored before a talk is no run before of what is explored after it
        st.html(_FOLDER / "talk.css")
        reconnect.choice()
        with st.container(key="talk"):
            _step(course, talk, at, followed.code)
        _prepare(course, talk, at)
    _conduct(course, talk, at, followed, free=free)


def _points(talk: Talk) -> tuple[int, ...]:
    return tuple(len(step.points) for step in talk.steps)


def _conduct(course: Course, talk: Talk, at: Position, followed: classes.Following, *, free: bool) -> None:
    def go_to(to: Position) -> None:
        addressbar.write({**of_talk(), STEP: str(to)})

    def leave_script(where: Position | None) -> None:
        if where is not None:
            view = settings(talk.steps[where.step].view, course)
            addressbar.write({**of_talk(), STEP: str(where), FREE: "1", **view})
        else:
            addressbar.write(of_talk())

    def of_talk() -> dict[str, str]:
        addressbar.catch_up()
        return {name: st.query_params[name] for name in (TALK, STEP, CLASS) if name in st.query_params}

    def leave() -> None:
        st.query_params.clear()

    def look() -> None:
        """Be where the class explores, or back at the script; what its address says wrongly is left out."""
        view = classes.explored(followed.code)
        written = settings(view, course)
        addressbar.write({**of_talk(), **({FREE: "1"} if view else {}), **written})
        nth, _ = remembered.CLASS_FOLLOWED.get((0, ""))
        remembered.CLASS_FOLLOWED.put((nth + 1, _query(written) if view else ""))

    conductor.show(
        talk.title,
        tuple(step.headline for step in talk.steps),
        _points(talk),
        at,
        free=free,
        on_go=go_to,
        on_free=leave_script,
        on_leave=leave,
        on_answer=lambda: hall.turn_answer(talk, at.step),
        on_look=look,
        views=tuple(_query(settings(step.view, course)) for step in talk.steps),
        followed=remembered.CLASS_FOLLOWED.get((0, "")),
        code=followed.code,
        secret=followed.secret,
    )


def settings(view: str, course: Course) -> dict[str, str]:
    """What a view says that the address module understands, as it writes it; all else is left out."""
    return address.write(address.turned(address.State(), view, course)[0])


def _query(written: dict[str, str]) -> str:
    """Settings as a class hands them on; a `?` alone is the explorer as it opens."""
    return f"?{urlencode(written)}"


def _choose(course: Course) -> None:
    st.html(_FOLDER / "talks.css")
    st.markdown("## Present", anchors=False)
    if unknown := st.query_params.get(TALK):
        st.warning(f"There is no talk “{plain(unknown[:60])}” here. Choose one below.", icon=":material/link_off:")
    classes.running(course)
    if not course.talks:
        st.info(
            "This course has no talks yet. A talk is a Markdown file in `talks/`; content/README.md says how it is "
            "written.",
            icon=":material/co_present:",
        )
        return
    st.markdown(
        "A talk is a script of live views: leave it at any step, explore, and come back. Arrow keys or a clicker "
        "go on; **?** shows all keys."
    )
    for talk in course.talks:
        with st.container(border=True, key=f"talk-{talk.id}"):
            left, right = st.columns([3, 2], vertical_alignment="center")
            with left:
                st.markdown(f"### {plain(talk.title)}", anchors=False)
                st.markdown(prose(talk.summary))
                asks = sum(step.ask is not None for step in talk.steps)
                questions = f"{asks or 'no'} question{'s' * (asks != 1)} for the class"
                st.caption(f"{len(talk.steps)} steps · {talk.minutes:g} minutes · {questions}")
            with right, st.container(horizontal=True, horizontal_alignment="right"):
                st.button(
                    "Present",
                    key=f"present-{talk.id}",
                    type="primary",
                    icon=":material/slideshow:",
                    on_click=st.query_params.from_dict,
                    args=({TALK: talk.id, STEP: "1"},),
                )
                classes.start_button(course, talk)
            classes.started(talk)
            handouts.talk_buttons(course, talk, presents=classes.presents(talk) or teacher.admitted())


def _state(course: Course, step: Step) -> address.State:
    """The settings that a step's view names; the checks of the course have told of what it could not read."""
    query = dict(parse_qsl(step.view.removeprefix("?"), keep_blank_values=True))
    return address.read(query, course)[0]


def _step(course: Course, talk: Talk, at: Position, code: str) -> None:
    """Headline, words, then pictures or the question; all in one screen, whatever its size (talk.css)."""
    step = talk.steps[at.step]
    st.markdown(f"# {plain(step.headline)}", anchors=False)
    if step.text or step.points or "panel" in step.show:
        _words(course, step, at)
    if step.drawn:
        with st.container(key="talk-pictures"):
            _pictures(course, talk, at)
    if step.ask:
        hall.show(course, talk, at.step, code, compact=bool(step.drawn))


def _words(course: Course, step: Step, at: Position) -> None:
    """What the hall reads; points that are still to come have their room already, so that nothing jumps."""
    with st.container(key="talk-words" if step.drawn or step.ask else "talk-words-alone"):
        if step.text:
            st.markdown(prose(_tied(step.text)))
        if "panel" in step.show:
            place = course.places.get(_state(course, step).stage or "") or course.overview
            if place:
                st.markdown(f"**{plain(place.title)}**: {prose(_tied(place.summary))}")
        if step.points:
            st.markdown("\n".join(f"- {prose(point)}" for point in step.points))
            if at.points < len(step.points):
                to_come = f".st-key-talk li:nth-child(n + {at.points + 1})"
                st.html(f"<style>{to_come} {{ visibility: hidden; }}</style>")


def _tied(text: str) -> str:
    """The text with its last two words on one line: what browsers call pretty still leaves one alone at times."""
    return _LAST_WORDS.sub(NO_BREAK, text.rstrip())


def _pictures(course: Course, talk: Talk, at: Position) -> None:
    """The diagram and the charts of a step, on its day."""
    step = talk.steps[at.step]
    state = _state(course, step)
    now = course.day(address.scenario_of(state, course))
    shown = step.drawn
    if "diagram" in shown:
        _diagram(course, talk, at, state, now)
    drawn = [name for name in shown if name != "diagram"]
    if drawn:
        before = rehearsal.before(talk, at.step, course)
        with st.container(key="talk-charts", horizontal=True, gap="large"):
            for name in drawn:
                with st.container(key=f"talk-chart-{name.lower().replace(' ', '-')}"):
                    _chart(course, name, step, now, course.day(before) if before else None)
        # the line stands where the step is; a clock moves it only where the step shows one
        playhead.show(_moment_s(state, now), follows="diagram" in shown, cue=f"{talk.id}-{at.step}")


def _chart(course: Course, name: str, step: Step, now: Day, before: Day | None) -> None:
    spec = cached.chart_of_talk(name, rehearsal.about(step, course), now, before)
    st.markdown(f"**{plain(with_units(spec.finding))}**")
    low = step.ask is not None
    seen, keys = for_a_hall(spec, low=low)
    if row := legend(keys, spec.y.title if low else ""):
        st.html(row)
    figure = charts.figure_of(seen, LOW_DRESS if low else DRESS)
    st.plotly_chart(figure, key=f"talk-{name}", config=PLOTLY, alt=spec.finding, height="stretch")


def _diagram(course: Course, talk: Talk, at: Position, state: address.State, now: Day) -> None:
    cue = f"{talk.id}-{at.step}"
    picked = remembered.TALK_PICKED.setdefault({})

    def pick(stage: str | None) -> None:
        remembered.TALK_PICKED.put({cue: stage})

    try:
        picture = cached.picture(course.pipeline)
    except GraphvizError as error:
        st.warning(f"The diagram cannot be drawn. {error}", icon=":material/draw:")
        return
    frames = cached.frames(now)
    with st.container(key="talk-diagram-box"):
        living_diagram(
            picture,
            course.pipeline,
            frames,
            selected=picked.get(cue, state.stage),
            moment_s=_moment_s(state, now),
            summaries={place.id: place.summary for place in course.places.values()},
            on_select=pick,
            cue=cue,
            plays=talk.steps[at.step].plays,
            bare=True,
            frame=rehearsal.framed(talk.steps[at.step], course),
            key=DIAGRAM,
        )


def _moment_s(state: address.State, now: Day) -> float:
    """The second of the day that a step shows: its own, else the one at which its day is opened."""
    return opening(cached.frames(now)) if state.moment is None else float(state.moment)


def _prepare(course: Course, talk: Talk, at: Position) -> None:
    """Compute the next step's day while this one is talked about."""
    if at.step + 1 < len(talk.steps):
        day = course.day(address.scenario_of(_state(course, talk.steps[at.step + 1]), course))
        ahead.later(lambda: cached.frames(day))
