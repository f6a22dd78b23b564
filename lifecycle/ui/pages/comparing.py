"""The compare page: kept runs side by side, how they differ from one of them, and whether that is luck."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import streamlit as st

from lifecycle import charts, work
from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.course.pipeline import Stage
from lifecycle.simulation.experiments.compare import FIGURES, QUIET, Comparison, StoppedError, compare
from lifecycle.simulation.experiments.confidence import Estimate
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.roles import ROLE_TYPES
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import figures
from lifecycle.ui.panel.chance import between, worth
from lifecycle.ui.session import addressbar, cached, kept, prices, served
from lifecycle.ui.session.jobs import Job, at_work
from lifecycle.ui.session.naming import names
from lifecycle.words import capital

DAYS, DAYS_ON_CLUSTER = 10, (100, 1_000)
HIGHER_IS_BETTER = ("delivered",)
NEITHER_IS_BETTER = ("removed", "elsewhere")
WAYS: tuple[tuple[Start, Size], ...] = tuple(product(Start, Size))


@dataclass(eq=False)
class CompareJob(Job):
    """The same runs on many days, at work; the baseline is the first of `states`."""

    states: tuple[State, ...]
    consumer: str
    book: Prices
    days: int
    result: Comparison | None = None

    def work(self, course: Course) -> None:
        """Simulate all of it, or until `stop` is set."""
        with suppress(StoppedError), work.workers() as workers:
            self.result = compare(
                course.pipeline.network,
                {str(state): address.scenario_of(state, course) for state in self.states},
                range(1, self.days + 1),
                consumer=self.consumer,
                traces=course.traces,
                prices=self.book,
                progress=self.count,
                cancelled=self.stop.is_set,
                workers=workers,
            )


def show() -> None:
    """The page."""
    course = served.course_or_stop()
    notices = kept.follow_address(course)
    st.markdown("## Compare", anchors=False)
    addressbar.tell(notices)
    consumers = [stage for stage in course.pipeline.stages if stage.role == Role.CONSUMER]
    if not consumers:
        st.info("This course has nobody who uses the data: there is nothing to compare.", icon=":material/tune:")
        return
    states = tuple(state for state in kept.runs() if cached.runs_on(course, address.scenario_of(state, course)))
    if len(states) < 2:
        _too_few(course, states)
    if states:
        with st.container(key="compare"):
            _side_by_side(course, states, consumers)


def _too_few(course: Course, states: Sequence[State]) -> None:
    state, _ = addressbar.current(course)
    st.markdown(
        f"Here up to {kept.MOST} runs stand side by side: the same day with the same luck, so that what differs "
        "is due to the settings alone."
        + (
            " One is kept so far; keep another in the explorer with **Keep to compare**, below its charts."
            if states
            else ""
        )
    )
    ways = [replace(state, start=start, size=size) for start, size in WAYS]
    if not states:
        _example(course, ways[0], ways[-1])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Compare the four ways to move data",
            key="four-ways",
            icon=":material/grid_view:",
            type="primary",
            help="Push or pull, batch or stream: the scenario of the explorer, four times",
            on_click=kept.put,
            args=(ways,),
        )
        _undo()
        if states:
            st.page_link(
                "pages/explore.py", label="To the explorer", icon=":material/water:", query_params=addressbar.carried()
            )


def _example(course: Course, one: State, other: State) -> None:
    """What a comparison looks like: two of the four ways, really simulated."""
    ends = [stage for stage in course.pipeline.stages if stage.role == Role.CONSUMER]
    called = dict(zip((one, other), names((one, other), course), strict=True))
    runs = {name: cached.run(course.day(address.scenario_of(state, course))) for state, name in called.items()}
    spec = charts.freshness_of(runs, ends[0])
    with st.container(border=True, key="compare-example"):
        st.caption("An example: two of the four ways to move data")
        st.markdown(f"**{plain(spec.finding)}**")
        st.plotly_chart(charts.figure_of(spec), key="plot-compare-example", config=figures.PLOTLY, alt=spec.finding)
    st.markdown(
        "The button adds the other two, with figures for freshness, latency, load and cost. For runs of your own, "
        "press **Keep to compare** below the charts of the explorer, change something there, and keep the next."
    )


def _undo() -> None:
    if kept.can_undo():
        st.button("Undo", key="undo-kept", icon=":material/undo:", on_click=kept.undo)


def _side_by_side(course: Course, states: tuple[State, ...], consumers: list[Stage]) -> None:
    called = dict(zip(states, names(states, course), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = _base(states, called)
        end = st.selectbox(
            "Who uses the data", consumers, format_func=lambda one: one.label, key="compare-consumer", width=190
        )
        st.button("Remove all", key="remove-all", icon=":material/delete_sweep:", on_click=kept.put, args=((),))
        _undo()
    ordered = (base, *(state for state in states if state != base))
    job = _job(ordered, end.id, prices.current(course))
    _runs(course, called)
    _table(course, ordered, called, end, job)
    if len(states) > 1:
        _by_chance(course, ordered, end, job)
    _charts(course, called, end)


def _base(states: tuple[State, ...], called: dict[State, str]) -> State:
    """The run that the others are measured against.

    A browser keeps the words that it showed, so the list is another one as soon as the runs are called otherwise; what
    was chosen stays.
    """
    chosen = remembered.COMPARE_MEASURED.get()
    base = st.selectbox(
        "Measured against",
        states,
        states.index(chosen) if chosen in states else 0,
        format_func=lambda one: called.get(one, ""),
        key=f"compare-base {' | '.join(called.values())}",
        width=330,
    )
    remembered.COMPARE_MEASURED.put(base)
    return base


def _job(states: tuple[State, ...], consumer: str, book: Prices) -> CompareJob | None:
    """The job for exactly these runs, if one was begun; one for others is of no use any more."""
    job: CompareJob | None = remembered.COMPARE_JOB.get()
    if job and (job.states, job.consumer, job.book) != (states, consumer, book):
        job.stop.set()
        remembered.COMPARE_JOB.forget()
        return None
    return job


def _table(
    course: Course, states: tuple[State, ...], called: dict[State, str], end: Stage, job: CompareJob | None
) -> None:
    book = prices.current(course)
    today = {
        state: cached.summary(course.day(address.scenario_of(state, course)), end.id, book).figures for state in states
    }
    rows = []
    for name, words in FIGURES.items():
        if name in QUIET and not any(figures[name] for figures in today.values()):
            continue
        shown = {called[state]: worth(float(today[state][name]), name, book.currency) for state in states}
        rows.append({"Figure": capital(words), **shown})
        if job and job.result:
            base, *others = states
            differences = {called[state]: _difference(job.result, str(base), str(state), name) for state in others}
            rows.append({"Figure": "difference", called[base]: "", **differences})
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    about = f"One day each, the same luck in all; {plain(end.label)} is where we look how old the data is."
    if job and job.result:
        about += f" The differences are those from {plain(called[states[0]])}, on {job.days:,} days."
    st.caption(about)


def _difference(comparison: Comparison, base: str, other: str, name: str) -> str:
    """The difference to the baseline with its interval, and what it means."""
    difference = next(d for d in comparison.differences if (d.first, d.second, d.figure) == (base, other, name))
    return f"{between(difference.estimate, name, comparison.currency)}: {_verdict(difference.estimate, name)}"


def _verdict(estimate: Estimate | None, name: str) -> str:
    if estimate is None:
        return "nothing to compare"
    if estimate.low == estimate.high == 0.0:
        return "the same"
    if estimate.covers(0.0):
        return "cannot tell"
    if name in NEITHER_IS_BETTER:
        return "higher" if estimate.mean > 0 else "lower"
    return "better" if (estimate.mean > 0) == (name in HIGHER_IS_BETTER) else "worse"


def _by_chance(course: Course, states: tuple[State, ...], end: Stage, job: CompareJob | None) -> None:
    if job is None:
        days = _days()
        about = f"Simulate every run on {days:,} other days and see what differs by more than luck"
        if st.button("Is it chance?", key="compare-chance", icon=":material/casino:", help=about):
            job = CompareJob(states, end.id, prices.current(course), days, of=days * len(states))
            remembered.COMPARE_JOB.put(job)
            job.begin(partial(job.work, course))
            st.rerun()
    elif not job.ended.is_set():
        at_work(job, "compare-cancel")
    elif job.result is None:
        remembered.COMPARE_JOB.forget()
        if not job.trouble:  # stopped
            st.rerun()
        st.error(f"The runs could not be compared: {job.trouble}", icon=":material/error:")
    else:
        st.markdown(
            f"Every run was simulated on the same {job.days:,} days with other luck. We call a difference better or "
            "worse where its interval, which holds the truth 95 times in 100, leaves out zero; otherwise these days "
            "cannot tell."
        )


def _days() -> int:
    """On how many days of other luck to compare: a choice where a cluster does the work."""
    if not work.on_cluster():
        return DAYS
    return st.selectbox(
        "Days with other luck",
        (DAYS, *DAYS_ON_CLUSTER),
        format_func=lambda days: f"{days:,}",
        key=remembered.COMPARE_DAYS.name,
        width=160,
    )


def _runs(course: Course, called: dict[State, str]) -> None:
    """Each run: open it in the explorer, or let it go."""
    carried, _ = addressbar.current(course)
    with st.container(horizontal=True, key="compare-runs", gap="small"):
        for number, (state, name) in enumerate(called.items()):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", border=True, width="content"):
                there = address.write(replace(state, stage=carried.stage, view=carried.view))
                page, about = "pages/explore.py", "Open it in the explorer"
                st.page_link(page, label=name, icon=":material/water:", query_params=there, help=about, width="content")
                rest = tuple(other for other in called if other != state)
                words = f":material/close: *Remove “{plain(name)}”*"  # heard, not seen: the name stands beside it
                st.button(words, key=f"remove-{number}", type="tertiary", on_click=kept.put, args=(rest,))


def _charts(course: Course, called: dict[State, str], end: Stage) -> None:
    runs = {name: cached.run(course.day(address.scenario_of(state, course))) for state, name in called.items()}
    left, right = st.columns(2, vertical_alignment="bottom")  # one title may be longer
    with left:
        figures.shown("Compare freshness", "the freshness compared", charts.freshness_of(runs, end))
    with right:
        figures.shown("Compare latency", "the latency compared", charts.latency_of(runs, end))
    stages = [stage for stage in course.pipeline.stages if ROLE_TYPES[stage.role].queues]
    usual = next((n for n, stage in enumerate(stages) if stage.role == Role.BUFFER), 0)
    stage = st.selectbox(
        "How much waits at", stages, usual, format_func=lambda one: one.label, key="compare-stage", width=260
    )
    figures.shown("Compare queues", f"what waits at {stage.label}, compared", charts.depth_of(runs, stage))
