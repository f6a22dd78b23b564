"""The controls that take an answer, and what is said of its parts: for each kind of question, on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, assert_never

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.quizzes.kinds.match import left_hand
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind, Verdict
from lifecycle.course.quizzes.resolving import missed, number_hint
from lifecycle.diagram.layout import GraphvizError
from lifecycle.diagram.living import pointable
from lifecycle.ui import remembered
from lifecycle.ui.components.diagram import living_diagram
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import cached

# What `check` takes: indices of options, texts, or the id of a place or flow.
Given = list[int] | list[str]


class Widget(NamedTuple):
    """How an answer is given, whether the controls wait for the form's button, and what shows them."""

    hint: str
    in_form: bool  # what moves steps or marks the diagram acts at once
    draw: Callable[[Question, Course, Sequence[int], str], Given]


def hint(question: Question) -> str:
    """How an answer is given."""
    return number_hint(question) or widget(question.kind).hint


def in_form(question: Question) -> bool:
    """Whether its controls wait for the form's button."""
    return widget(question.kind).in_form


def answer(question: Question, course: Course, order: Sequence[int], key: str) -> Given:
    """Show the controls and return what they hold; nothing, or empty texts, where nothing has been given yet."""
    return widget(question.kind).draw(question, course, order, key)


def widget(kind: QuestionKind) -> Widget:
    """The controls of a kind."""
    match kind:
        case QuestionKind.SINGLE:
            return Widget("One answer is right.", True, _one)
        case QuestionKind.MULTIPLE:
            return Widget("More than one answer is right: choose all of them.", True, _several)
        case QuestionKind.BLANK:
            return Widget("Fill in the blank; capitals do not matter.", True, _blanks)
        case QuestionKind.ORDER:
            return Widget("Move the steps up and down until they are in order.", False, _steps)
        case QuestionKind.MATCH:
            return Widget("Choose what belongs to each.", True, _pairs)
        case QuestionKind.CLICK:
            text = "Click the diagram: a stage, or the line of a flow. Or choose from the list."
            return Widget(text, False, _place)
        case never:
            assert_never(never)


def complete(question: Question, given: Given) -> bool:
    """Whether there is enough of an answer to be judged."""
    if question.kind == QuestionKind.MATCH:
        return len(given) == len(left_hand(question))
    return any(str(part).strip() for part in given)


class Part(NamedTuple):
    """A part of an answer as the page says it: Markdown, whether it is right, and the option that was chosen."""

    text: str
    right: bool
    option: Option | None = None


def parts(question: Question, given: Given, verdict: Verdict, labels: Mapping[str, str]) -> list[Part]:
    """What is said of each part of an answer; `labels` are those of all that one may point at."""
    rights = verdict.parts
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            chosen = [question.options[int(index)] for index in given]
            return [Part(option.text, option.right, option) for option in chosen]
        case QuestionKind.BLANK:
            return [
                Part(f"({n}) {plain(str(text)) or 'left empty'}{_how(str(text), accepted)}", right)
                for n, (text, accepted, right) in enumerate(zip(given, question.answers, rights, strict=True), start=1)
            ]
        case QuestionKind.ORDER:
            steps = (question.options[int(index)] for index in given)
            return [
                Part(f"{n}. {step.text}", right)
                for n, (step, right) in enumerate(zip(steps, rights, strict=True), start=1)
            ]
        case QuestionKind.MATCH:
            pairs = zip(left_hand(question), (question.options[int(index)] for index in given), rights, strict=True)
            return [
                Part(f"{left.text} → {option.pair}", right, None if right else option) for left, option, right in pairs
            ]
        case QuestionKind.CLICK:
            place = str(given[0])
            option = next((one for one in question.options if one.text == place), None)
            return [Part(plain(labels.get(place, place)), verdict.right, option)]
        case never:
            assert_never(never)


def _how(text: str, accepted: str) -> str:
    """How a typed number misses, behind it."""
    return f": {how}" if (how := missed(text, accepted)) else ""


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


def _one(question: Question, _: Course, order: Sequence[int], key: str) -> list[int]:
    choice = st.radio("Your answer", order, index=None, format_func=_text_of(question), key=f"answer-{key}")
    return [] if choice is None else [choice]


def _several(question: Question, _: Course, order: Sequence[int], key: str) -> list[int]:
    text = _text_of(question)
    ticked = {index: st.checkbox(text(index), key=f"answer-{key}-{index}") for index in order}
    return sorted(index for index, on in ticked.items() if on)


def _blanks(question: Question, _: Course, __: Sequence[int], key: str) -> list[str]:
    return [st.text_input(f"Blank {n + 1}", key=f"answer-{key}-{n}") for n in range(len(question.answers))]


def _steps(question: Question, _: Course, order: Sequence[int], key: str) -> list[int]:
    key = f"answer-{key}"
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


def _pairs(question: Question, _: Course, order: Sequence[int], key: str) -> list[int]:
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


def _place(_: Question, course: Course, __: Sequence[int], key: str) -> list[str]:
    key = f"answer-{key}"
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
