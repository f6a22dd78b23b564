"""An incident drill on the page: symptoms, then where, why, and what would have helped, then the day as it would have
been. What is right stays on the server until it was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.fault_words import FAULTS
from lifecycle.course.pipeline import Stage
from lifecycle.course.talks import DayChart
from lifecycle.diagram.layout import GraphvizError
from lifecycle.learning.drills import (
    GOOD,
    HINT_COST,
    LEVELS,
    Drill,
    DrillRemedy,
    against,
    debrief,
    happened,
    helps,
    level_of,
    points,
    streak,
    supposed,
    unlike,
)
from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.readings.played import BEFORE_S
from lifecycle.storage import DrillRow
from lifecycle.ui import remembered
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import figures
from lifecycle.ui.session import after, cached, learner, served, stocking
from lifecycle.ui.session.addressbar import DRILL
from lifecycle.words import clock

# The charts that each level begins with; a hint shows the next.
CHARTS: tuple[DayChart, ...] = ("Freshness", "Queues", "Load by stage", "Losses")
SUBJECTS: Mapping[DayChart, str] = {
    "Freshness": "How old the newest data is",
    "Queues": "How much waits at the stages",
    "Load by stage": "How much passes through each stage",
    "Losses": "What did not go on",
}
AT_FIRST = {1: 4, 2: 2, 3: 1}
_NAME = re.compile(r"([0-9]{1,7})-([123])")


@dataclass(frozen=True)
class Progress:
    """How far a learner is in one drill: answers given so far (None: not yet), and hints taken."""

    name: str
    stage: str | None = None
    cause: str | None = None
    remedy: int | None = None
    hints: int = 0


def show() -> None:
    """The page."""
    course = served.course_or_stop()
    rows = learner.drills()
    st.markdown("## Incident drills", anchors=False)
    seed, level = _named(course, rows)
    with st.spinner("Something is breaking …"):
        drill = cached.drill(course.pipeline, seed, level)
    if drill is None:
        st.info("This pipeline has too little to go wrong: no drill was found that can be decided.")
        return
    done = _progress(f"{seed}-{level}")
    standing = st.container()
    # The complaint comes first, for the ear and on a phone; on a desk the evidence stands left of it (style.css).
    with st.container(key="drill"):
        questions, seen = st.columns([2, 3], gap="large")
        with questions:
            _questions(course, drill, done)
        with seen:
            _evidence(course, drill, done)
    with standing:  # a drill that has just ended counts
        _standing(learner.drills(), level)
    if after.in_browser():
        near = [other for other in LEVELS if abs(other - level) <= 1]
        finished = sum(row.drill.endswith(f"-{level}") for row in learner.drills())
        stocking.stock(course, levels=near, most=finished + 2)  # always one more than is at hand


def _named(course: Course, rows: tuple[DrillRow, ...]) -> tuple[int, int]:
    """The drill that the address names, else the learner's next one, which is put there: a reload finds it again."""
    if match := _NAME.fullmatch(st.query_params.get(DRILL, "")):
        return int(match[1]), int(match[2])
    level = level_of(rows)
    seed = stocking.next_seed(course, {row.drill for row in rows}, level)
    st.query_params[DRILL] = f"{seed}-{level}"
    return seed, level


def _progress(name: str) -> Progress:
    """What was answered in this drill; another drill begins anew."""
    known = remembered.DRILL_ON.get()
    if not known or known["name"] != name:
        known = asdict(Progress(name))
        remembered.DRILL_ON.put(known)
        remembered.DRILL_POINTED.forget()
    return Progress(**known)


def _put(**changes: object) -> None:
    remembered.DRILL_ON.value.update(changes)


def _standing(rows: tuple[DrillRow, ...], level: int) -> None:
    good = streak(rows)
    best = f", the last {good} with at least {GOOD} points" if good > 1 else ""
    drills = f"{len(rows)} drill{'s' * (len(rows) != 1)}"
    st.caption(f"Level {level} of {LEVELS[-1]} · {drills} done{best} · 100 points each; a hint costs {HINT_COST}")


def _questions(course: Course, drill: Drill, done: Progress) -> None:
    """The complaints, the question that is open, and what was answered before it."""
    with st.container(border=True):
        st.markdown("**What people say**")
        for complaint in drill.complaints:
            st.markdown(f"- {plain(complaint)}")
    labels = course.pipeline.labels
    if done.stage is None:
        _ask_stage(labels)
    else:
        _judge_stage(course, drill, done, labels)
        if done.cause is None:
            _ask_cause(drill)
        else:
            _judge_cause(course, drill, done, labels)
            st.markdown(plain(happened(drill.fault, labels)))
            if done.remedy is None:
                _ask_remedy(drill, labels)
            else:
                _over(drill, done, labels)
    if done.stage is None:
        _hints(drill, done, labels)


def _ask_stage(labels: dict[str, str]) -> None:
    st.markdown("### 1. Where is it broken?")
    chosen = st.selectbox(
        "Stage",
        list(labels),
        index=None,
        format_func=lambda id: labels[id],
        placeholder="Click the diagram, or choose",
        key=remembered.DRILL_POINTED.name,
    )
    if st.button("It is here", type="primary", icon=":material/check:", disabled=chosen is None):
        _put(stage=chosen)
        st.rerun()


def _judge_stage(course: Course, drill: Drill, done: Progress, labels: dict[str, str]) -> None:
    reason = ""
    if done.stage and done.stage != drill.fault.station:
        run, calm = cached.run(course.day(drill.scenario)), cached.run(course.day(drill.calm))
        reason = against(run, calm, done.stage, labels)
    _judged("Stage", labels[done.stage or drill.fault.station], labels[drill.fault.station], reason)


def _judge_cause(course: Course, drill: Drill, done: Progress, labels: dict[str, str]) -> None:
    chosen, reason = next(kind for kind in drill.causes if kind == done.cause), ""
    if chosen != drill.fault.kind:
        other = supposed(course.pipeline.network, drill, chosen, done.stage or "")
        reason = unlike(cached.run(course.day(drill.scenario)), cached.run(course.day(other)), labels)
    _judged("Cause", FAULTS[chosen][0], FAULTS[drill.fault.kind][0], reason)


def _ask_cause(drill: Drill) -> None:
    with st.form("drill-cause", border=False):
        st.markdown("### 2. What happened to it?")
        chosen = st.radio("Cause", drill.causes, index=None, format_func=lambda kind: FAULTS[kind][0])
        if st.form_submit_button("That is it", type="primary", icon=":material/check:") and chosen:
            _put(cause=chosen)
            st.rerun()


def _ask_remedy(drill: Drill, labels: dict[str, str]) -> None:
    def words(index: int) -> str:
        return _remedy(drill.remedies[index], labels)

    with st.form("drill-remedy", border=False):
        st.markdown("### 3. What would have helped most on this very day?")
        chosen = st.radio("Remedy", range(len(drill.remedies)), index=None, format_func=words)
        if st.form_submit_button("Try it", type="primary", icon=":material/healing:") and chosen is not None:
            _put(remedy=chosen)
            st.rerun()


def _over(drill: Drill, done: Progress, labels: dict[str, str]) -> None:
    chosen = drill.remedies[done.remedy or 0]
    best = _best(drill)
    where, cause = done.stage == drill.fault.station, done.cause == drill.fault.kind
    earned = points(where, cause, chosen.worth, done.hints)
    reason = "" if chosen is best else helps(chosen, labels)
    _judged("Remedy", _remedy(chosen, labels), _remedy(best, labels), reason)
    with st.container(border=True, key="debrief"):
        st.markdown("### Debrief", anchors=False)
        for heading, text in debrief(drill, labels):
            st.markdown(f"**{heading}.** {plain(text)}")
    st.metric("Points", f"{earned} of 100")
    row = DrillRow(done.name, drill.level, where, cause, chosen is best, done.hints, earned)
    learner.add_drill(f"{learner.name()}-drill-{done.name}", row)
    st.caption(
        "Diagram and charts now show the same day with the best of these remedies, from shortly before it happened; "
        "what happened without it is in grey."
    )

    def go_on() -> None:
        st.query_params.pop(DRILL, None)

    st.button("Next drill", type="primary", icon=":material/arrow_forward:", on_click=go_on)


def _hints(drill: Drill, done: Progress, labels: dict[str, str]) -> None:
    """Each hint costs points: when it began, half of the stages ruled out, one more chart."""
    given = _hint_texts(drill, labels)
    for text in given[: done.hints]:
        st.info(text, icon=":material/lightbulb:")
    if done.hints < len(given):
        label = f"A hint (−{HINT_COST} points)"
        st.button(label, icon=":material/lightbulb:", on_click=_put, kwargs={"hints": done.hints + 1})


def _hint_texts(drill: Drill, labels: dict[str, str]) -> list[str]:
    innocent = sorted(id for id in labels if id != drill.fault.station)
    half = [labels[id] for n, id in enumerate(innocent) if n % 2 == 0]
    texts = [
        f"It began at {clock(drill.fault.start_s)} and ended at {clock(drill.fault.end_s)}.",
        f"It is none of these: {', '.join(map(plain, half))}.",
    ]
    more = CHARTS[AT_FIRST[drill.level] :]
    return [*texts, *(f"One more chart: {name}." for name in more)]


def _evidence(course: Course, drill: Drill, done: Progress) -> None:
    """The diagram and the charts: of the day as it was, or, when all is answered, as it would have been."""
    over = done.remedy is not None
    broken = course.day(drill.scenario)
    now = course.day(_best(drill).scenario) if over else broken
    _diagram(course, drill, now, done, over)
    shown = CHARTS if done.stage else CHARTS[: AT_FIRST[drill.level] + max(0, done.hints - 2)]
    for name in shown:
        spec = cached.chart(name, now, broken if over else None)
        if over:
            spec = charts.before_called(spec, "what happened")
        if done.stage is None:  # a finding would name the place that is to be found
            spec = replace(spec, finding=SUBJECTS[name])
        figures.shown(name, charts.spoken(name), spec)


def _diagram(course: Course, drill: Drill, now: Day, done: Progress, over: bool) -> None:
    try:
        picture = cached.picture(course.pipeline)
    except GraphvizError:
        return  # the list of stages is there
    asking = done.stage is None

    def point(id: str) -> None:
        if isinstance(course.pipeline.by_id.get(id), Stage):
            remembered.DRILL_POINTED.put(id)

    living_diagram(
        picture,
        course.pipeline,
        cached.frames(now) if over else cached.unmarked_frames(now),
        summaries={place.id: place.summary for place in course.places.values()},
        # until somebody looks, the clock stands at midnight, where nothing has broken yet; in the end before what broke
        moment_s=0.0 if asking else max(0.0, shows_s(drill.fault)[0] - BEFORE_S) if over else None,
        on_point=point if asking else None,
        pointed=remembered.DRILL_POINTED.get() if asking else None,
        key="drill-diagram",
    )


def _best(drill: Drill) -> DrillRemedy:
    return max(drill.remedies, key=lambda remedy: remedy.worth)


def _remedy(remedy: DrillRemedy, labels: dict[str, str]) -> str:
    return remedy.what + (f" ({labels[remedy.station]})" if remedy.station else "")


def _judged(what: str, answer: str, true: str, reason: str) -> None:
    """What the learner said, with what speaks against it if it was wrong, then what is right with a tick."""
    if reason:
        st.markdown(f":material/cancel: {what}: you said **{plain(answer)}**")
        st.markdown(plain(reason))
    st.markdown(f":material/check_circle: {what}: **{plain(true)}**")
