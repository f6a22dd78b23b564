"""A view that answers a wrong answer: what it changed in the explorer, in words, and the way back to the question.

The link that offers the view writes down where the learner is. Who follows it finds, above the diagram, what was set
otherwise and one button that leads back: to the page, the question and the settings from before. All of that is the
session's; a link to the view that is sent to somebody else is a link like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from lifecycle import charts
from lifecycle.course import Course, address
from lifecycle.course.ideas import Misconception
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.worlds.beliefs import disproof, nearest
from lifecycle.course.worlds.claim_words import sentence
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.session import addressbar, naming, prices, runs

PROVES_IT_WRONG, SCIENCE = "Show me a day that proves it wrong", ":material/science:"
EXPLORE, PRACTICE = "pages/explore.py", "pages/practice.py"


@dataclass(frozen=True)
class Seeing:
    """A question whose answer is looked at, asked on `page` at the quiz of `place`, under the settings `before`.

    `widgets` are the page's controls with what they held, by key. Where a `belief` was proved wrong, `shown` says by
    what, and `figure` is the figure that does it, as a claim names it; all three are "" where the question says that
    itself.
    """

    page: str
    place: str
    question: int
    before: tuple[tuple[str, str], ...]
    widgets: tuple[tuple[str, str], ...] = ()
    belief: str = ""
    shown: str = ""
    figure: str = ""


# Which of a stage's charts show a figure, by a part of its name; of any other the first two do.
_SHOWN_BY = {"freshness_s": ("Age seen",), "views.": ("Given up", "Views")}
_MOST_CHARTS = 2
_top = st.components.v2.component(
    "headwaters_seeing", js=(Path(__file__).parent / "dist/seeing.js").read_text(encoding="utf-8")
)


def asked_on(page: str, **widgets: str) -> None:
    """Say on which page the questions that follow are asked, and what of its controls a way back must restore."""
    remembered.SEEING_FROM.put((page, tuple(widgets.items())))
    remembered.SEEING_OFFERS.put({})


def link(course: Course, question: Question, query: str, label: str) -> None:
    """Offer a view, such as `?stage=buffer&view=watch`, that shows what a wrong answer got wrong."""
    params = dict(parse_qsl(query.removeprefix("?")))
    now = addressbar.written(course)
    page, _ = remembered.SEEING_FROM.get((EXPLORE, ()))
    if page == EXPLORE and address.read(params, course)[0] == now:
        return  # what is on screen already is no answer
    remembered.SEEING_OFFERS.setdefault({})[_key(params)] = _seen_from(course, question)
    st.page_link(EXPLORE, label=label, icon=":material/visibility:", query_params=params)


def _seen_from(course: Course, question: Question) -> Seeing:
    """Where the learner is: at this question."""
    page, widgets = remembered.SEEING_FROM.get((EXPLORE, ()))
    questions = _questions(course, question.place)
    number = next((n for n, id in enumerate(questions) if id == question.id), 0)
    return Seeing(page, question.place, number, tuple(addressbar.with_lesson().items()), widgets)


def proof(course: Course, question: Question, belief: Misconception, option: int) -> None:
    """Beside the option that stands for a belief, offer the nearest day to the learner's in which that fails."""
    if not belief.disproves or not st.button(PROVES_IT_WRONG, key=f"proof-{question.id}-{option}", icon=SCIENCE):
        return
    now, sought = addressbar.written(course), disproof(belief.disproves)
    priced = replace(course, prices=prices.current(course))
    with st.spinner("Trying one change after the other …"):
        example = nearest(priced, now, sought)
    if not example:
        st.info("No small change to your settings shows it. Go back to the normal day, and ask again.")
        return
    where = re.match(r"(?:consumers|views)\.([\w-]+)\.", sought.claim.left)
    state = replace(example.state, stage=where[1] if where else now.stage, view=address.View.WATCH)
    shown = sentence(sought.claim, example.left, example.right, course.pipeline.labels, priced.prices.currency)
    seen_from = _seen_from(course, question)
    remembered.SEEING.put(replace(seen_from, belief=belief.label, shown=shown, figure=sought.claim.left))
    st.switch_page(EXPLORE, query_params=address.write(state))


def arrive(course: Course) -> None:
    """On the explorer: where an offered view has been followed, say what it changed and offer the way back."""
    offered: dict[str, Seeing] = remembered.SEEING_OFFERS.get({})
    followed = offered.get(_key(addressbar.carried()))
    if followed and dict(followed.before) != addressbar.with_lesson():
        remembered.SEEING.put(followed)
    if back := remembered.SEEING_GO.take():  # a callback cannot change the page
        st.switch_page(back.page, query_params=dict(back.before))
    place = st.container(key="seeing")  # there in every run, so that what stands below it is not mounted anew
    if not remembered.SEEING.is_set:
        return
    seen = remembered.SEEING.value
    before, _ = address.read(dict(seen.before), course)
    after = addressbar.written(course)
    with place, st.container(horizontal=True, vertical_alignment="center", border=True):
        _top(key="seeing-top", data={"arrival": f"{seen.question} {seen.place} {seen.figure}"}, height=1)
        held = f"The belief behind your answer: “{prose(seen.belief)}” **{plain(seen.shown)}** " if seen.belief else ""
        st.markdown(f":material/visibility: {held}{_what_changed(before, after, course)}", width="stretch")
        st.button("Back to the question", key="seeing-back", icon=":material/arrow_back:", on_click=_back)
        st.button(
            "Stay here",
            key="seeing-stay",
            type="tertiary",
            icon=":material/close:",
            help="Keep these settings and put this line away",
            on_click=remembered.SEEING.forget,
        )


def _what_changed(before: address.State, after: address.State, course: Course) -> str:
    changed = naming.changes(before, after, course)
    if not changed:
        return f"No setting was changed for this. {_look_at(after, course)}"
    listed = "; ".join(f"**{plain(name)}** from {plain(old)} to {plain(new)}" for name, old, new in changed)
    return f"To show you this, the explorer changed {listed}. {_look_at(after, course)}"


def _look_at(state: address.State, course: Course) -> str:
    """Where on the screen it is to be seen: the place, the view, and its charts by name."""
    if not state.stage:
        return "Look at the diagram and the charts beneath it."
    place, view = course.pipeline.by_id[state.stage], naming.VIEWS[state.view]
    names = narrowed(charts.of_stage(place, address.scenario_of(state, course))) if isinstance(place, Stage) else ()
    drawn = (
        f", with the chart{'s' * (len(names) > 1)} {' and '.join(names)}"
        if names and state.view == address.View.WATCH
        else ""
    )
    return f"Look at **{plain(place.label)}** under **{view}**{drawn}."


def narrowed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Of a stage's charts those that matter now: all, but two at most where a figure proves a belief wrong."""
    seen = remembered.SEEING.get()
    if seen is None or not seen.figure:
        return names
    wanted = next((those for part, those in _SHOWN_BY.items() if part in seen.figure), ())
    return tuple(name for name in names if name in wanted) or names[:_MOST_CHARTS]


def _back() -> None:
    """Put question, controls and settings back; the page of the explorer is the one that is open already."""
    seen = remembered.SEEING.value
    remembered.SEEING.forget()
    remembered.question_of(seen.place).put(seen.question)
    remembered.restore(dict(seen.widgets))
    st.query_params.from_dict(dict(seen.before))
    runs.begin_anew()
    if seen.page != EXPLORE:
        remembered.SEEING_GO.put(seen)


def _questions(course: Course, place: str) -> list[str]:
    at = course.places.get(place) or course.overview
    return [question.id for question in at.questions] if at else []


def _key(params: dict[str, str]) -> str:
    return repr(sorted(params.items()))
