"""Why believe it: theory beside simulation, the books of a day, two ways that must agree; all computed when asked."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course, address
from lifecycle.simulation import trials
from lifecycle.simulation.experiments.agreement import Agreement
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import figures
from lifecycle.ui.session import addressbar, cached, served
from lifecycle.words import number, tiny

EVENTS = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
LINE_EVENTS = 2_000
FIRST_ROWS = 8
COUNTS = ("Born here", "Carried here", "Arrived", "Went on", "Removed", "Lost", "Inside at 24:00", "Sent twice")


def show() -> None:
    """The page: four reasons, each of them run while you wait."""
    course = served.course_or_stop()
    st.markdown("## Why believe it", anchors=False)
    st.markdown(
        "A simulation can draw fine charts and be wrong. So everything on this page is **computed now, on this "
        "server**, with the very functions that the explorer uses. Draw other seeds as often as you like: nothing "
        "is written down beforehand."
    )
    with st.container(key="believe", gap="large"):
        _law()
        _every_law()
        _books(course)
        _two_ways()
        _what_it_does_not_show()


def _next(key: str) -> None:
    remembered.seeds_of(key).put(remembered.seeds_of(key).get(0) + 1)


def _another(key: str, label: str) -> int:
    """A button that moves on to the next set of seeds, and the set that it is at."""
    st.button(label, key=f"another-{key}", icon=":material/casino:", on_click=_next, args=(key,))
    return int(remembered.seeds_of(key).get(0))


@st.fragment
def _law() -> None:
    st.markdown("### 1. One law, drawn", anchors=False)
    names = [curve.name for curve in trials.CURVES]
    with st.container(key="believe-law"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            chosen = st.selectbox("Law", range(len(names)), format_func=lambda i: names[i], key="law", width=240)
            events = st.select_slider(
                "Events in each run", EVENTS, 5_000, format_func=number, key="law-events", width=320
            )
            first = _another("law-seeds", "Other seeds")
        curve = trials.CURVES[chosen]
        with st.spinner("Simulating …", show_time=True):
            spec = cached.law(chosen, events, first)
        figures.shown("Law", "the law and its runs", spec)
        st.caption(
            f"Theory: {plain(curve.claim)}, where utilisation ρ is the work that arrives as a share of what the "
            f"servers can do. Each point is the mean of {trials.POINT_SEEDS} independent runs of {events:,} "
            "events, with the interval that should hold the truth 95 times in 100. Take few events and look at "
            "the right-hand end: a queue near saturation needs long to settle, so short runs that start empty "
            "fall below the curve. That is a limit of short runs, and the simulation shows it."
        )


@st.fragment
def _every_law() -> None:
    st.markdown("### 2. Every law at once", anchors=False)
    with st.container(key="believe-laws"):
        first = _another("trial-seeds", f"Try all on {trials.SEEDS} other seeds")
        with st.spinner(f"Running {len(trials.TRIALS)} trials on {trials.SEEDS} seeds each …", show_time=True):
            judgements = cached.judgements(first)
        hold = sum(judgement.holds for judgement in judgements)
        by_chance = [judgement for judgement in judgements if judgement.trial.exact is None]
        st.markdown(
            f"**{hold} of {len(judgements)} laws hold**, on seeds {trials.seeds_from(first)[0]} to "
            f"{trials.seeds_from(first)[-1]}. A law in which chance has a part holds if simulation and theory are "
            f"at most {trials.LIMIT_Z:g} standard errors apart; one that is exact, if no seed differs by more than "
            f"rounding. Of the {len(by_chance)} intervals about one in twenty should miss, or they would be too "
            "wide."
        )
        st.dataframe(
            [_row(judgement) for judgement in judgements],
            hide_index=True,
            width="stretch",
            height="content",
            column_config={
                "Law": st.column_config.TextColumn(width=310),
                "95 % interval": st.column_config.TextColumn(width=225),
            },
        )
        figures.shown("Distances", "the distances from theory", charts.distances(judgements))


def _row(judgement: trials.Judgement) -> dict[str, str]:
    trial, estimate = judgement.trial, judgement.estimate
    exact = trial.exact is not None
    verdict = "does not hold"
    if judgement.holds:
        verdict = "holds exactly" if exact else "holds"
    interval = f"{estimate.low:.4g} to {estimate.high:.4g}"
    if not exact and not estimate.covers(trial.theory):
        interval += " (misses)"
    return {
        "Law": trial.name,
        "Verdict": verdict,
        "Theory": f"{trial.theory:.4g} {trial.unit}",
        "Simulated": "" if exact else f"{estimate.mean:.4g}",
        "95 % interval": f"no seed more than {tiny(judgement.worst)} off" if exact else interval,
        "z": "" if exact else f"{judgement.z:+.2f}",
        "What it says": trial.claim,
        "With": ", ".join(f"{name} {value}" for name, value in trial.parameters),
        "Source": trial.source,
    }


@st.fragment
def _books(course: Course) -> None:
    st.markdown("### 3. The books of a day", anchors=False)
    with st.container(key="believe-books"):
        state, _ = addressbar.current(course)
        chosen = address.scenario_of(state, course)
        further = _another("books-seeds", "The same day with another seed")
        scenario = replace(chosen, seed=chosen.seed + further)
        with st.spinner("Simulating a day …", show_time=True):
            pages = cached.books(course.day(scenario))
        labels = course.pipeline.labels
        out = sum(page.out for page in pages)
        born = sum(page.born for page in pages)
        balance = "and not one is missing or made up" if out == 0 else f"and **{out:,} do not add up**"
        st.markdown(
            f"The day that the explorer shows now, seed {scenario.seed}: **{born:,} events are born**, "
            f"{sum(page.arrived for page in pages):,} arrivals at {len(pages)} stages are accounted for, {balance}."
        )
        st.dataframe(
            [
                {
                    "Stage": labels[page.station],
                    "Adds up": "yes" if page.out == 0 else f"no: {page.out:,} out",
                    "Born here": page.born,
                    "Carried here": page.carried,
                    "Arrived": page.arrived,
                    "Went on": page.departed,
                    "Removed": page.removed,
                    "Lost": page.lost,
                    "Inside at 24:00": page.inside,
                    "Sent twice": page.copies,
                }
                for page in pages
            ],
            hide_index=True,
            width="stretch",
            height="content",
            column_config={name: st.column_config.NumberColumn(format="localized") for name in COUNTS},
        )
        st.caption(
            "At each stage: born + carried = arrived = went on + removed + lost + inside, and what went on is on "
            "every link that leaves it. What was carried is counted on the links, the rest off each event's own "
            "timestamps, so no sum is true by construction."
        )


@st.fragment
def _two_ways() -> None:
    st.markdown("### 4. Event for event", anchors=False)
    with st.container(key="believe-two-ways"):
        st.markdown(
            "The explorer is fast because it treats whole arrays of events at once. Does that cut "
            "corners? Here is a random line of stages, walked both ways: by the fast kernels, and by a plain loop that "
            "takes one event after the other from a calendar."
        )
        seed = _another("line-seed", "Another line of stages")
        with st.spinner("Walking both ways …", show_time=True):
            walks = cached.agreement(seed, LINE_EVENTS)
        verdict = "agree" if walks.holds else "do **not** agree"
        apart = walks.worst_s
        st.markdown(
            f"**Both {verdict}**: {'the same' if walks.same_fates else 'other'} events are lost at the same stages, "
            f"and of {walks.arrivals.size:,} events' moments no two differ by more than {tiny(apart)} s, which is "
            f"rounding. The kernels took {1e3 * walks.kernels_s:.1f} ms, the loop {1e3 * walks.loop_s:.0f} ms."
            if walks.holds
            else f"**Both {verdict}**: the largest difference is {apart:.3g} s."
        )
        plain_gone = walks.lost_by_loop
        st.dataframe(
            [
                {
                    "Stage": f"{k}. {step}",
                    "Lost by the kernels": lost,
                    "Lost by the loop": gone,
                    "Largest difference": f"{tiny(worst)} s",
                }
                for k, (step, lost, gone, worst) in enumerate(
                    zip(walks.line, walks.lost, plain_gone, walks.worst_by_step_s, strict=True), start=1
                )
            ],
            hide_index=True,
            width="stretch",
            height="content",
        )
        with st.expander(f"The first {FIRST_ROWS} events, moment by moment"):
            st.dataframe(_first_events(walks), hide_index=True, width="stretch", height="content")
        st.caption(
            "The test suite goes further: it rebuilds the whole default pipeline in SimPy, a well-known library "
            "of discrete-event simulation, and compares every arrival, departure and loss under every switch, "
            "with figures that Hypothesis makes up to break it."
        )


def _first_events(walks: Agreement) -> list[dict[str, str]]:
    """What became of the first events at the last stage that each reached."""
    rows = []
    for event in range(min(FIRST_ROWS, walks.arrivals.size)):
        row = {"Event": str(event + 1), "Arrives (s)": f"{walks.arrivals[event]:.6f}"}
        for k in range(len(walks.line)):
            fast, loop = walks.left_s[k, event], walks.plain_left_s[k, event]
            row[f"Leaves {k + 1}: kernels (s)"] = "lost" if fast != fast else f"{fast:.6f}"
            row[f"Leaves {k + 1}: loop (s)"] = "lost" if loop != loop else f"{loop:.6f}"
        rows.append(row)
    return rows


def _what_it_does_not_show() -> None:
    st.markdown(
        "### What this does not show\n\n"
        "All this says that the machine computes what it claims: queues, limits, schedules, losses. It does not "
        "say that the **figures** fit your system: how long your database takes for a row, how often your phones "
        "are offline. Those are knobs, each with its source or the word that it was chosen. Nor is one seed a "
        "forecast: two days with the same settings differ by chance, as real days do.",
        anchors=False,
    )
