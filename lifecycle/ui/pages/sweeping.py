"""The sweep page: two knobs, every setting of both, and where a service level holds; with progress and cancel."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lifecycle import charts, work
from lifecycle.course import Course, address
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds import knobs
from lifecycle.simulation.experiments.sweeps import Axis, Level, Sweep, settings, sweep
from lifecycle.simulation.model.figures import WHOLE, Figure
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.roles import ROLES
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import figures
from lifecycle.ui.session import addressbar, cached, naming, prices, served
from lifecycle.ui.session.jobs import Job, at_work
from lifecycle.words import duration

STEPS, STEPS_ON_CLUSTER = (5, 10, 15, 20, 25), (50, 100)
EVENTS = (20_000, 50_000, 100_000, 200_000)
FRESH_S = (60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0)
LOST_SHARES = (0.0, 0.001, 0.01, 0.1)
# The service level that a map begins with.
LEVEL = Level(1800.0, 0.001)
# How far from its value today a knob is turned, both ways, where its own range is wider.
REACH = 12.0
StageKnob = tuple[Stage, Figure]


@dataclass(eq=False)
class SweepJob(Job):
    """A sweep at work."""

    x: StageKnob
    y: StageKnob
    end: Stage
    steps: int
    events: int
    prices: Prices
    settings: str
    state: address.State
    result: Sweep | None = None

    def work(self, course: Course, scenario: Scenario, axes: tuple[Axis, Axis], trace: Trace | None) -> None:
        """Run the sweep to its end, or until `stop` is set."""
        with work.workers() as workers:
            self.result = sweep(
                course.pipeline.network,
                scenario,
                *axes,
                self.end.id,
                trace,
                prices=self.prices,
                progress=self.count,
                cancelled=self.stop.is_set,
                workers=workers,
            )


def show() -> None:
    """The page: the form, then the sweep at work or what came of it."""
    course = served.course_or_stop()
    state, _ = addressbar.current(course)
    st.markdown("## Sweep", anchors=False)
    st.markdown(
        "One run answers one question. A sweep turns two knobs through all their settings, simulates every pair, "
        "and shows where a service level holds and where it breaks. Every run has the same seed, so that settings "
        "differ by their knobs alone."
    )
    st.markdown(f"**Carried from the explorer.** {_carried(course, state)}")
    consumers = [stage for stage in course.pipeline.stages if stage.role == Role.CONSUMER]
    turnable = {f"{stage.id}.{figure.name}": (stage, figure) for stage, figure in _turnable(course)}
    if not consumers or len(turnable) < 2:
        st.info(
            "A sweep needs a stage that uses the data and two knobs to turn; this course lacks one of them.",
            icon=":material/tune:",
        )
        return
    with st.container(key="sweep"):
        _form(course, state, turnable, consumers)
        job: SweepJob | None = remembered.SWEEP_JOB.get()
        if job is None:
            if remembered.SWEEP_X.value != remembered.SWEEP_Y.value:
                _empty(course, state, turnable)
            return
        if job.ended.is_set():
            if other := _chosen_since(course, state, job, turnable):
                st.info(other, icon=":material/history:")
            _result(job)
        else:
            at_work(job, "sweep-cancel")


def _chosen_since(course: Course, state: address.State, job: SweepJob, turnable: dict[str, StageKnob]) -> str:
    """What the map on screen was made of, where the form or the explorer says something else by now; "" otherwise."""
    chosen = {
        f"across {_named(job.x)}": turnable[remembered.SWEEP_X.value] != job.x,
        f"up {_named(job.y)}": turnable[remembered.SWEEP_Y.value] != job.y,
        f"for {plain(job.end.label)}": remembered.SWEEP_CONSUMER.value != job.end,
        f"{job.steps} settings of each": remembered.SWEEP_STEPS.value != job.steps,
        f"{job.events:,} events a day": remembered.SWEEP_EVENTS.value != job.events,
        "the explorer's settings at that time": (_carried(course, state), prices.current(course))
        != (job.settings, job.prices),
    }
    made = [words for words, other in chosen.items() if other]
    if not made:
        return ""
    return f"The map below was made with other settings: {', '.join(made)}. Press **Sweep** to draw what is chosen now."


def _empty(course: Course, state: address.State, turnable: dict[str, StageKnob]) -> None:
    """Before the first sweep: the question that the chosen settings answer, and a first coarse answer to it."""
    pair = (first := turnable[remembered.SWEEP_X.value], second := turnable[remembered.SWEEP_Y.value])
    end = remembered.SWEEP_CONSUMER.value
    steps, events = remembered.SWEEP_STEPS.value, remembered.SWEEP_EVENTS.value
    with st.container(border=True, key="sweep-example"):
        st.markdown("### For example, with what is chosen above", anchors=False)
        st.markdown(
            f"How far can **{_named(first)}** and **{_named(second)}** be turned before the data at "
            f"**{plain(end.label)}** is older than {duration(LEVEL.fresh_s)} for more than 5 % of the day? **Sweep** "
            f"simulates {steps} × {steps} = {steps * steps} days of {events:,} events and colours a map: a square for "
            "each pair of settings, a line round those that keep the level, and a mark at the cheapest of them. You "
            "can cancel at any time and keep what was simulated."
        )
        axes = (_axis(course, state, first, STEPS[0]), _axis(course, state, second, STEPS[0]))
        scenario = replace(address.scenario_of(state, course), events=EVENTS[0])
        coarse = cached.swept(course.day(scenario), axes, end.id, prices.current(course))
        spec = _map(coarse, LEVEL, pair)
        st.caption(f"A coarse one of {_many(axes)} days with {EVENTS[0]:,} events each")
        st.markdown(f"**{plain(spec.finding)}**")
        st.plotly_chart(charts.figure_of(spec), key="plot-sweep-example", config=figures.PLOTLY, alt=spec.finding)


def _named(knob: StageKnob) -> str:
    return f"{plain(knob[1].label)} ({plain(knob[0].label)})"


def _carried(course: Course, state: address.State) -> str:
    """What the explorer's address says of the day that is swept: all of it that is not turned here."""
    settings = [(what, words) for what, words in naming.settings(state, course) if what != "Events in the day"]
    return " · ".join(f"{plain(what)}: {plain(words)}" for what, words in settings)


def _turnable(course: Course) -> list[StageKnob]:
    """Every knob that a learner meets first and that has a range to walk."""
    return [
        (stage, figure)
        for stage in course.pipeline.stages
        for figure in ROLES[stage.role]
        if figure.knob and not figure.options
    ]


def _form(course: Course, state: address.State, turnable: dict[str, StageKnob], consumers: list[Stage]) -> None:
    def words(name: str) -> str:
        stage, figure = turnable[name]
        return f"{stage.label}: {figure.label}"

    usual = [name for name in ("ingestion.batch_interval_s", "transform.interval_s") if name in turnable]
    first, second = (usual + [name for name in turnable if name not in usual])[:2]
    names = list(turnable)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        x = st.selectbox("Across", names, names.index(first), format_func=words, key=remembered.SWEEP_X.name, width=290)
        y = st.selectbox("Up", names, names.index(second), format_func=words, key=remembered.SWEEP_Y.name, width=290)
        end = st.selectbox(
            "Who uses the data",
            consumers,
            format_func=lambda one: one.label,
            key=remembered.SWEEP_CONSUMER.name,
            width=190,
        )
        offered = (*STEPS, *STEPS_ON_CLUSTER) if work.on_cluster() else STEPS
        steps = st.selectbox("Settings of each", offered, 3, key=remembered.SWEEP_STEPS.name, width=150)
        events = st.selectbox(
            "Events in a day", EVENTS, 2, format_func=lambda n: f"{n:,}", key=remembered.SWEEP_EVENTS.name, width=150
        )
        if st.button("Sweep", type="primary", icon=":material/grid_on:", key="sweep-start", disabled=x == y):
            _start(course, state, (turnable[x], turnable[y]), end, steps, events)
    if x == y:
        st.warning("Choose two different knobs.", icon=":material/tune:")


def _start(
    course: Course, state: address.State, pair: tuple[StageKnob, StageKnob], end: Stage, steps: int, events: int
) -> None:
    before: SweepJob | None = remembered.SWEEP_JOB.get()
    if before:
        before.stop.set()
    scenario = replace(address.scenario_of(state, course), events=events)
    axes = (_axis(course, state, pair[0], steps), _axis(course, state, pair[1], steps))
    job = SweepJob(*pair, end, steps, events, prices.current(course), _carried(course, state), state, of=_many(axes))
    remembered.SWEEP_JOB.put(job)
    trace = course.traces.get(scenario.trace)
    job.begin(lambda: job.work(course, scenario, axes, trace))


def _many(axes: tuple[Axis, Axis]) -> int:
    return len(axes[0].values) * len(axes[1].values)


def _axis(course: Course, state: address.State, knob: StageKnob, steps: int) -> Axis:
    """Settings round the value of today, by equal factors where the knob is turned so."""
    stage, figure = knob
    value, log = knobs.in_use(course, state, stage, figure), figure.scale == "log"
    low, high = figure.low, figure.high
    if log and value > 0:
        low, high = max(low, figure.least, value / REACH), min(high, value * REACH)
    return Axis(stage.id, figure.name, settings(low, high, steps, whole=figure.unit in WHOLE, log=log and high > 0))


def _result(job: SweepJob) -> None:
    if job.result is None:
        st.error(f"The sweep could not be made: {job.trouble}", icon=":material/error:")
        return
    if job.result.done < job.of:
        st.info(f"Cancelled after {job.result.done} of {job.of} days; what was simulated is shown.")
    with st.container(horizontal=True):
        fresh_s = st.select_slider(
            "Service level: p95 age of at most",
            FRESH_S,
            LEVEL.fresh_s,
            format_func=duration,
            key="sweep-fresh",
            width=360,
        )
        lost_share = st.select_slider(
            "Events lost, at most", LOST_SHARES, LEVEL.lost_share, format_func=_percent, key="sweep-lost", width=260
        )
    level = Level(fresh_s, lost_share)
    spec = _map(job.result, level, (job.x, job.y))
    figures.shown("Sweep", "the sweep", spec)
    st.caption(f"Simulated: {job.settings}")
    _cheapest(job, level)
    with st.expander("The same as a table"):
        st.dataframe(spec.table, hide_index=True, width="stretch", placeholder="–")


def _map(result: Sweep, level: Level, pair: tuple[StageKnob, StageKnob]) -> charts.ChartSpec:
    return charts.heat_map(result, level, *(charts.knob(*knob) for knob in pair))


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _cheapest(job: SweepJob, level: Level) -> None:
    """The cheapest setting that keeps the level, and a link that opens it in the explorer; or why there is none."""
    assert job.result is not None
    knobs_said, currency = (charts.knob(*job.x), charts.knob(*job.y)), plain(job.prices.currency)
    ways = (job.state.start, job.state.size, job.state.transform)
    sentence = charts.cheapest(job.result, level, *knobs_said, currency, ways, lambda name: f"**{plain(name)}**")
    if job.result.idle:
        st.info(f"{sentence} Turn a switch in the explorer, or choose another knob.", icon=":material/tune:")
        return
    place = job.result.cheapest(level)
    if place is None:
        return
    x, y = job.result.x, job.result.y
    chosen = ((x.station, x.figure, x.values[place[0]]), (y.station, y.figure, y.values[place[1]]))
    st.markdown(sentence)
    opened = replace(job.state, knobs=address.merged(job.state.knobs, chosen))
    st.page_link(
        "pages/explore.py", label="See it on the diagram", icon=":material/water:", query_params=address.write(opened)
    )
