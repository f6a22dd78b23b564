"""The scenario's story at the top of the panel: what happens, what to ask, what to try, and what you will see."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course
from lifecycle.course.address import State, asked_scenario, scenario_of
from lifecycle.course.briefs import filled
from lifecycle.course.day_words import day_words, fewer_events
from lifecycle.course.scenarios import NamedScenario
from lifecycle.learning.lessons import tried
from lifecycle.simulation.model.scenario import SWITCHES
from lifecycle.ui import remembered
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import learner
from lifecycle.words import enumerated


def show(course: Course, state: State, *, folded: bool) -> None:
    """The story of the scenario that the address names: unfolded beside the whole, folded beside a stage.

    `folded` has it folded beside the whole, too, unless its scenario was just chosen.
    """
    if not course.scenarios:
        return
    named = course.named(state.scenario) or course.default
    if (state.stage is None) != remembered.STORY_SEEN_AT.get():
        remembered.STORY_SEEN_AT.put(state.stage is None)
        remembered.STORY.put(state.stage is None and not folded)
    with st.expander(
        f"**{plain(named.title)}**", icon=":material/menu_book:", key=remembered.STORY.name, on_change="rerun"
    ):
        if fewer := fewer_events(course.pipeline.network, asked_scenario(state, course)):
            st.caption(fewer)
        if state.trace in course.traces:
            _of_own_day(course, state, named)
        else:
            if other := _other(state):
                st.caption(f"The story describes the scenario's own day; the day on screen has {other}.")
            _text(course, state, named)
    if state.trace not in course.traces and (link := _own_switches(state, named)):  # seen with the story folded, too
        st.caption(f"The story is told of other switches than these. [Turn them as it has them]({link})")


def _own_switches(state: State, named: NamedScenario) -> str:
    """A link to the switches that the author set, where an address left them out: it says nothing of them then."""
    switches, plain_state = named.own_switches, State()
    if any(getattr(state, name) != getattr(plain_state, name) for name in SWITCHES):
        return ""
    return (
        f"?{urlencode(switches)}"
        if any(value != getattr(plain_state, name) for name, value in switches.items())
        else ""
    )


def _of_own_day(course: Course, state: State, named: NamedScenario) -> None:
    """An own day in place of the scenario's arrivals: then what its text says of them is of another day."""
    trace, scenario = course.traces[state.trace], named.scenario
    kept = ", and the scenario's faults and settings are kept" if scenario.faults or scenario.overrides else ""
    called = f"**{plain(trace.name)}**, " * bool(trace.name)
    st.markdown(
        f"On screen is a day of your own, {called}with "
        f"{scenario_of(state, course).events:,} events. It stands in for the scenario's arrivals{kept}."
    )
    with st.expander("The scenario's own story, with its own arrivals"):
        _text(course, replace(state, trace=""), named)


def _other(state: State) -> str:
    """What of the day on screen is other than what the scenario's file tells of, apart from what the text is told."""
    others = [f"{state.events:,} events"] if state.events is not None else []
    others += [f"the seed {state.seed}"] if state.seed != State().seed else []
    others += ["faults of your own"] if state.faults else []
    return enumerated(others)


def _leading(course: Course, state: State, named: NamedScenario) -> str:
    """Where it is best seen, as a link: the stage that leads, if one does."""
    if not named.showing.stage:
        return ""
    name, stage = charts.leading(named.showing, course.pipeline, scenario_of(state, course))
    label = plain(course.pipeline.labels[named.showing.stage])
    chart = f", with the chart {name}" if stage else ""
    return f":material/visibility: Best seen at [{label}](?stage={named.showing.stage}&view=watch){chart}."


def _text(course: Course, state: State, named: NamedScenario) -> None:
    words = day_words(course.pipeline.network, scenario_of(state, course), named.brief.asks)
    references = References(course, "story")

    def prose(text: str) -> str:
        return references.prose(filled(text, words))

    st.markdown(prose(named.brief.story))
    st.markdown(f"**{prose(named.brief.question)}**")
    done = tried(named, learner.lessons())
    st.markdown("\n".join(f"{n + 1}. {'✓ ' * (n in done)}{prose(text)}" for n, text in enumerate(named.brief.tries)))
    if leading := _leading(course, state, named):
        st.markdown(leading)
    with st.expander("What you will see"):
        st.markdown(prose(named.brief.see))
    references.show()
