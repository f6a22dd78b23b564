"""The gallery of scenarios: under their groups, each with its question's difficulty and a glance at its day."""

from __future__ import annotations

import re
from itertools import groupby

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course
from lifecycle.course.briefs import filled
from lifecycle.course.day_words import day_words
from lifecycle.course.scenarios import LEVELS, NamedScenario
from lifecycle.documents import as_text
from lifecycle.learning.lessons import tried
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, with_units
from lifecycle.ui.gallery import GLANCES
from lifecycle.ui.session import addressbar, cached, learner

CARD_PX = 284
_DIFFICULTY = ("easy", "some thought", "a puzzle")
_FIRST_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)
_CITATION = re.compile(r"\s*\[@[^\]]*\]")


def open_scenario(course: Course, chosen: NamedScenario) -> None:
    """Another scenario: its own number of events and moment, the switches its author set, and the stage that leads.

    Turned knobs stay.
    """
    if chosen == (course.named(addressbar.written(course).scenario) or course.default):
        return
    day = "" if chosen == course.default else chosen.id
    addressbar.go(course, scenario=day, events=None, moment=None, **chosen.own_switches)
    lead(course, chosen)


def lead(course: Course, opened: NamedScenario, stage: str | None = None) -> None:
    """Show beside a scenario that was just opened its story, and the `stage` that was named or else leads."""
    stage = stage or opened.showing.stage or None
    remembered.STORY.put(True)
    remembered.STORY_SEEN_AT.put(stage is None)  # what is unfolded here stays so beside a stage
    addressbar.go(course, stage=stage)


def button(course: Course, words: str = "All scenarios") -> None:
    """Opens the gallery, where there is more than one scenario; in place of a list its `words` say which is chosen."""
    if len(course.scenarios) > 1 and st.button(
        words, key="all-scenarios", icon=":material/grid_view:", help="Each day with a glance at what happens in it"
    ):
        _gallery(course)


@st.dialog("Scenarios", width="large")
def _gallery(course: Course) -> None:
    version, now = cached.glances_version(course), addressbar.written(course).scenario or course.default.id
    for nth, (group, members) in enumerate(groups(course)):
        if group:
            st.markdown(f"### {plain(group)}", anchors=False)
        with st.container(horizontal=True, key=f"days-{nth}"):
            for named in members:
                with st.container(border=True, width=CARD_PX, gap="xsmall", key=f"day-{named.id}"):
                    _card(course, named, f"{addressbar.site()}/{GLANCES}/{version}/{named.id}.svg", on=named.id == now)


def groups(course: Course) -> list[tuple[str, list[NamedScenario]]]:
    """The scenarios under their headings, each heading where its first scenario stands."""
    order = list(dict.fromkeys(named.showing.group for named in course.scenarios))
    ranked = sorted(course.scenarios, key=lambda named: order.index(named.showing.group))
    return [(group, list(members)) for group, members in groupby(ranked, key=lambda named: named.showing.group)]


def _card(course: Course, named: NamedScenario, picture: str, *, on: bool) -> None:
    if st.button(
        named.title,
        key=f"day-open-{named.id}",
        type="tertiary",
        icon=":material/play_circle:" if not on else ":material/radio_button_checked:",
        help="On screen now" if on else None,
        on_click=open_scenario,
        args=(course, named),
    ):
        st.rerun()
    words = shows(course, named)
    st.markdown(f"![{plain(words)}, in this day]({picture})")
    st.caption(plain(words))
    st.caption(f"{plain(line(course, named))}  \n{standing(named)}")


def shows(course: Course, named: NamedScenario) -> str:
    """What the curve of its glance is: `What waits at Ingestion`."""
    words = charts.spoken(*charts.leading(named.showing, course.pipeline, named.scenario))
    return words[0].upper() + words[1:]


def line(course: Course, named: NamedScenario) -> str:
    """The first sentence of its story, told of its own day."""
    words = day_words(course.pipeline.network, named.scenario, named.brief.asks)
    text = as_text(_CITATION.sub("", filled(named.brief.story, words))).strip()
    match = _FIRST_SENTENCE.match(text)
    return with_units(" ".join((match[1] if match else text).split()))


def standing(named: NamedScenario) -> str:
    """How hard its question is, and how much of it was tried."""
    level, done = named.showing.level, len(tried(named, learner.lessons()))
    dots = "●" * level + "○" * (LEVELS - level)
    begun = f" · {done} of {len(named.brief.tries)} tried" if done else ""
    return f"{dots} {_DIFFICULTY[level - 1]}{begun}"
