"""One place's questions, one at a time: answer, hear why, try again, go on.

What was answered comes from the rows of the store, so a reload shows the same verdicts. The order of the options is
shuffled afresh at each attempt, and right answers never reach the browser before they are given.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from lifecycle.course import Place
from lifecycle.quizzes.checking import check, shuffled
from lifecycle.quizzes.numbers import accepted_number
from lifecycle.quizzes.questions import Question, Verdict
from lifecycle.quizzes.scoring import score
from lifecycle.storage import AnswerRow
from lifecycle.ui import learner
from lifecycle.ui.prose import plain, prose

# The last answer to each question, by its id.
Latest = Mapping[str, AnswerRow]

MARKS = {True: "✓", False: "✗", None: "○"}
KIND_HINTS = {
    "single": "One answer is right.",
    "multiple": "More than one answer is right: choose all of them.",
    "blank": "Fill in the blank; capitals do not matter.",
}


def show(place: Place, rows: Sequence[AnswerRow]) -> None:
    """The quiz of one place, in the container keyed `quiz`."""
    with st.container(key="quiz"):
        if not place.questions:
            st.info("No questions here yet.", icon=":material/quiz:")
            return
        latest = {row.question: row for row in rows}
        _score_line(place, rows)
        question = _chosen(place, latest)
        _question(place, question, [row for row in rows if row.question == question.id], latest)


def _score_line(place: Place, rows: Sequence[AnswerRow]) -> None:
    result = score(place.questions, rows)
    st.progress(result.right / result.asked, text=f"{result.right} of {result.asked} right in “{plain(place.title)}”")
    if result.right == result.asked:
        st.success("All of them right. Any question can be tried again.", icon=":material/emoji_events:")


def _open(place: Place, latest: Latest) -> list[int]:
    """Which questions of the place are not right yet."""
    return [i for i, each in enumerate(place.questions) if not (row := latest.get(each.id)) or not row.right]


def _chosen(place: Place, latest: Latest) -> Question:
    """The question to show: the one asked for, else the first that is not right yet."""
    numbers = range(len(place.questions))
    key = f"question-of-{place.id}"
    if st.session_state.get(key) not in numbers:
        st.session_state[key] = next(iter(_open(place, latest)), 0)

    def label(index: int) -> str:
        row = latest.get(place.questions[index].id)
        return f"{index + 1} {MARKS[row.right if row else None]}"

    index = st.segmented_control("Question", numbers, format_func=label, key=key, required=True)
    return place.questions[index or 0]


def _question(place: Place, question: Question, rows: Sequence[AnswerRow], latest: Latest) -> None:
    attempt = len(rows)
    given = None
    if rows and st.session_state.get(f"retry-{question.id}") != attempt:
        given = _given(question, rows[-1])
    st.markdown(_stem(question))
    if given is None:
        _ask(place, question, attempt)
    else:
        verdict = check(question, given)
        _verdict(question, given, verdict)
        _onward(place, question, attempt, latest, right=verdict.right)


def _given(question: Question, row: AnswerRow) -> list[int] | list[str] | None:
    """The answer that a row holds, None where the question has since changed so that it no longer fits."""
    try:
        given: list[int] | list[str] = json.loads(row.answer)
        check(question, given)
    except ValueError:
        return None
    return given


def _stem(question: Question) -> str:
    parts = question.stem.split("[[]]")
    blanks = (f" **({n}) ＿＿＿** " for n in range(1, len(parts)))
    return prose(parts[0] + "".join(blank + part for blank, part in zip(blanks, parts[1:], strict=True)))


def _ask(place: Place, question: Question, attempt: int) -> None:
    key = f"{question.id}-{attempt}"
    order = shuffled(question, f"{learner.name()}-{key}")

    def text(index: int) -> str:
        return prose(question.options[index].text)

    # The submission's name is made when the form is drawn: sending the same form twice is one answer.
    submission = st.session_state.setdefault(f"submission-{key}", uuid.uuid4().hex)
    with st.form(f"form-{key}", border=False):
        st.caption(_hint(question))
        given: list[int] | list[str]
        if question.kind == "single":
            choice = st.radio("Your answer", order, index=None, format_func=text, key=f"answer-{key}")
            given = [] if choice is None else [choice]
        elif question.kind == "multiple":
            ticked = {index: st.checkbox(text(index), key=f"answer-{key}-{index}") for index in order}
            given = sorted(index for index, on in ticked.items() if on)
        else:
            blanks = range(len(question.answers))
            given = [st.text_input(f"Blank {n + 1}", key=f"answer-{key}-{n}") for n in blanks]
        sent = st.form_submit_button("Check", type="primary", icon=":material/check:")
    if not sent:
        return
    if not any(str(part).strip() for part in given):
        st.warning("Choose or write an answer first.", icon=":material/edit:")
        return
    verdict = check(question, given)
    learner.add_answer(submission, place.id, question.id, verdict.right, json.dumps(given))
    st.session_state.pop(f"retry-{question.id}", None)  # counted in answers, of which a new store has fewer
    st.rerun()


def _hint(question: Question) -> str:
    if any(accepted_number(answer) for answer in question.answers):
        return "A number is enough; you may write it in a unit of your own, such as 90 min or 1.5 h."
    return KIND_HINTS[question.kind]


def _verdict(question: Question, given: list[int] | list[str], verdict: Verdict) -> None:
    """Right or not, why each chosen option is so, and, once it is right, why the others are not."""
    if verdict.right:
        st.success("Right.", icon=":material/check_circle:")
    else:
        st.error("Not yet.", icon=":material/cancel:")
    if question.kind == "blank":
        for n, (text, right) in enumerate(zip(given, verdict.parts, strict=True), start=1):
            _option(f"({n}) {plain(str(text)) or 'left empty'}", "", right=right)
    else:
        chosen = [option for index, option in enumerate(question.options) if index in given]
        for option in chosen:
            _option(option.text, option.feedback, right=option.right)
        if verdict.right:
            others = [option for option in question.options if option not in chosen and option.feedback]
            if others:
                with st.expander("Why not the others?"):
                    for option in others:
                        _option(option.text, option.feedback, right=option.right)
        elif question.kind == "multiple" and all(option.right for option in chosen):
            st.markdown("What you chose is right, and something is still missing.")
    if verdict.right and question.explanation:
        st.markdown(prose(question.explanation))


def _option(text: str, feedback: str, *, right: bool) -> None:
    mark = ":material/check: " if right else ":material/close: "
    quoted = "".join(f"\n> {line}" for line in prose(feedback).splitlines())
    st.markdown(f"{mark}**{prose(text)}**\n{quoted}")


def _onward(place: Place, question: Question, attempt: int, latest: Latest, *, right: bool) -> None:
    """Try again, or go to the next question that is not right yet, round the corner if need be."""
    here = place.questions.index(question)
    open_ones = [index for index in _open(place, latest) if index != here]
    with st.container(horizontal=True):
        again = {f"retry-{question.id}": attempt}
        _button("Try again", f"again-{question.id}-{attempt}", ":material/replay:", again, primary=not right)
        if open_ones:
            on = next((index for index in open_ones if index > here), open_ones[0])
            onward = {f"question-of-{place.id}": on}
            _button("Next question", f"next-{question.id}-{attempt}", ":material/arrow_forward:", onward, primary=right)


def _button(label: str, key: str, icon: str, state: dict[str, int], *, primary: bool) -> None:
    """A button that puts something into the session."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    st.button(label, key=key, icon=icon, type=kind, on_click=st.session_state.update, args=(state,))
