"""The controls that take an answer, one for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.quizzes.checking import left_hand
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.resolving import number_hint
from lifecycle.diagram.layout import GraphvizError
from lifecycle.diagram.living import pointable
from lifecycle.ui import remembered
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.prose import prose
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import cached

# What `check` takes: indices of options, texts, or the id of a place or flow.
Given = list[int] | list[str]

HINTS = {
    "single": "One answer is right.",
    "multiple": "More than one answer is right: choose all of them.",
    "blank": "Fill in the blank; capitals do not matter.",
    "order": "Move the steps up and down until they are in order.",
    "match": "Choose what belongs to each.",
    "click": "Click the diagram: a stage, or the line of a flow. Or choose from the list.",
}


def hint(question: Question) -> str:
    """How an answer is given."""
    return number_hint(question) or HINTS[question.kind]


def in_form(question: Question) -> bool:
    """Whether its controls wait for the form's button; what moves steps or marks the diagram acts at once."""
    return question.kind not in ("order", "click")


def answer(question: Question, course: Course, order: Sequence[int], key: str) -> Given:
    """Show the controls and return what they hold; nothing, or empty texts, where nothing has been given yet."""
    match question.kind:
        case "single":
            choice = st.radio("Your answer", order, index=None, format_func=_text_of(question), key=f"answer-{key}")
            return [] if choice is None else [choice]
        case "multiple":
            text = _text_of(question)
            ticked = {index: st.checkbox(text(index), key=f"answer-{key}-{index}") for index in order}
            return sorted(index for index, on in ticked.items() if on)
        case "blank":
            return [st.text_input(f"Blank {n + 1}", key=f"answer-{key}-{n}") for n in range(len(question.answers))]
        case "order":
            return _steps(question, order, f"answer-{key}")
        case "match":
            return _pairs(question, order, key)
        case "click":
            return _place(course, f"answer-{key}")


def complete(question: Question, given: Given) -> bool:
    """Whether there is enough of an answer to be judged."""
    if question.kind == "match":
        return len(given) == len(left_hand(question))
    return any(str(part).strip() for part in given)


def pointing() -> SessionKey[Any] | None:
    """The answer that a click on the diagram gives just now, None where it gives none."""
    name = remembered.POINTING.get()
    return None if name is None else remembered.answer_of(name)


def stop_pointing() -> None:
    """From here on a click on the diagram selects again, unless a question that asks for one is shown."""
    remembered.POINTING.forget()


def point(place: str) -> None:
    """Take a click on the diagram as the answer that is asked for."""
    if key := pointing():
        key.put(place)


def diagram(course: Course) -> None:
    """The diagram, for pages that have none, while a question asks to point at it."""
    key = pointing()
    if key is None:
        return
    try:
        picture = cached.picture(course.pipeline)
    except GraphvizError:
        return  # the list is there
    summaries = {place.id: place.summary for place in course.places.values()}
    living_diagram(
        picture,
        course.pipeline,
        None,
        summaries=summaries,
        on_point=point,
        pointed=key.get(),
        key="pointing-diagram",
    )


def _text_of(question: Question) -> Callable[[int], str]:
    return lambda index: prose(question.options[index].text)


def _steps(question: Question, order: Sequence[int], key: str) -> list[int]:
    steps: list[int] = remembered.answer_of(key).setdefault(list(order))
    text = _text_of(question)

    def swap(one: int, other: int) -> None:
        steps[one], steps[other] = steps[other], steps[one]

    # The buttons show their arrows alone (style.css); what they do stays readable to a screen reader.
    with st.container(key=f"steps-{key}", gap="small"):
        for place, step in enumerate(steps):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{place + 1}** {text(step)}", width="stretch")
                for way, other in (("up", place - 1), ("down", place + 1)):
                    st.button(
                        f"Move step {place + 1} {way}",
                        key=f"{key}-{way}-{place}",
                        icon=f":material/arrow_{way}ward:",
                        type="tertiary",
                        disabled=other not in range(len(steps)),
                        on_click=swap,
                        args=(place, other),
                    )
    return list(steps)


def _pairs(question: Question, order: Sequence[int], key: str) -> list[int]:
    first: dict[str, int] = {}
    for index in order:
        first.setdefault(question.options[index].pair, index)

    def pair(index: int) -> str:
        return question.options[index].pair

    chosen = [
        st.selectbox(
            prose(left.text),
            list(first.values()),
            index=None,
            format_func=pair,
            placeholder="Choose what belongs to it",
            key=f"answer-{key}-{nth}",
        )
        for nth, left in enumerate(left_hand(question))
    ]
    return [index for index in chosen if index is not None]


def _place(course: Course, key: str) -> list[str]:
    remembered.POINTING.put(key)
    labels = pointable(course.pipeline)
    chosen = st.selectbox(
        "Your answer",
        list(labels),
        index=None,
        format_func=lambda id: labels[id],
        placeholder="Click the diagram, or choose",
        key=key,
    )
    return [] if chosen is None else [chosen]
