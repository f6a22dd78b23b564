"""A lesson beside the diagram: the caption of its step, what it asks, and the way on; done is noticed by itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

from lifecycle.classroom import rehearsal
from lifecycle.course import Course, address
from lifecycle.course.lessons import OPENING, Control, Lesson, LessonStep, UntilKind
from lifecycle.course.talks import Prediction
from lifecycle.learning import lessons
from lifecycle.learning.predictions import EXACT_POINTS, points_of_guess
from lifecycle.storage import AnswerRow, LessonRow, PredictionRow
from lifecycle.ui import remembered
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain
from lifecycle.ui.lessons import ways
from lifecycle.ui.panel import quiz
from lifecycle.ui.session import addressbar, learner
from lifecycle.words import number

# What is said when a learner did what a step asked; a question and a guess have words of their own.
_DONE = {
    UntilKind.SET: "That is it. Look at what changed, then go on.",
    UntilKind.MOMENT: "There it is. Go on when you are ready.",
    UntilKind.STAGE: "Here we are. Have a look round, then go on.",
    UntilKind.BROKEN: "Nicely broken. Watch what comes of it, then go on.",
}
_lead = st.components.v2.component(
    "headwaters_lead", js=(Path(__file__).parent / "dist/lead.js").read_text(encoding="utf-8")
)


class LessonLed(TypedDict):
    """What a lesson's script is given: `lessons/message.js` has the same fields and types, which a test holds."""

    step: str
    index: int
    steps: int
    words: str
    until_s: float | None


def show(course: Course, lesson: Lesson, index: int, state: address.State, rows: Sequence[AnswerRow]) -> None:
    """The step of this index, in the container keyed `lesson`."""
    step, where = lesson.steps[index], lessons.progress(lesson, learner.lessons())
    if index not in where.done and _is_done(course, lesson, index, state, rows):
        learner.add_lesson(LessonRow(lesson.id, index, True))
        where = lessons.progress(lesson, learner.lessons())
    done = index in where.done
    _hide_tools(lesson, index)
    with st.container(key="lesson"):
        st.caption(f"{plain(lesson.title)} · {index + 1} of {len(lesson.steps)}")
        st.markdown(f"## {plain(step.headline)}", anchors=False)
        references = References(course, "lesson")
        points = "\n".join(f"- {point}" for point in step.points)
        if words := "\n\n".join(filter(None, (step.text, points))):
            st.markdown(references.prose(words))
        references.show()
        if step.ask:
            _ask(course, lesson, index, where.guesses.get(index), rows)
        if done and step.until.kind in _DONE:
            st.success(_DONE[step.until.kind], icon=":material/check_circle:")
        _ways(course, lesson, index, done=done or step.until.kind == UntilKind.READ)
        _follow(course, lesson, index)


def _hide_tools(lesson: Lesson, index: int) -> None:
    """Leave out the diagram's clock, its tools and the list of stages until they are revealed."""
    revealed = lesson.revealed(index)
    hidden = [] if Control.CLOCK in revealed else [".st-key-diagram { --clock-shown: none; }"]
    if Control.CHARTS not in revealed and not charts_named(lesson.steps[index]):
        hidden += [".st-key-diagram { --scene-most: calc(100vh - 16rem); }"]  # the room below it is its own
    if not revealed & {Control.STAGE, Control.FOLLOW}:
        hidden += [".st-key-diagram { --tools-shown: none; }"]
    if Control.STAGE not in revealed:
        hidden += [".st-key-diagram > .st-key-stage { display: none; }"]
    st.html(f"<style>{' '.join(hidden)}</style>")


def charts_named(step: LessonStep) -> list[str]:
    """The charts that a step names."""
    return [name for name in step.show if name not in ("diagram", "panel")]


def _is_done(course: Course, lesson: Lesson, index: int, state: address.State, rows: Sequence[AnswerRow]) -> bool:
    step = lesson.steps[index]
    moments = [float(state.moment)] if state.moment is not None else []
    if (came := remembered.LESSON_MOMENT.get()) and came[:2] == (lesson.id, index):
        moments.append(came[2])
    return lessons.complete(step, course, state, {row.question for row in rows}, max(moments, default=None))


def _ask(course: Course, lesson: Lesson, index: int, guess: float | None, rows: Sequence[AnswerRow]) -> None:
    ask = lesson.steps[index].ask
    if ask and ask.predict:
        _predict(course, lesson, index, ask.predict, guess)
    elif ask and (question := course.question(ask.question)):
        with st.container(key="quiz"):
            quiz.one(question, rows, question.place, lambda *_: None)


def _predict(course: Course, lesson: Lesson, index: int, prediction: Prediction, guess: float | None) -> None:
    """The scale on which a number is guessed; once it was, the guess beside the truth."""
    unit = f" {prediction.unit}" if prediction.unit else ""
    if guess is None:
        scale = remembered.guess_of(lesson.id, index)
        step = (prediction.high - prediction.low) / 100
        form = f"%g{unit.replace('%', '%%')}"
        st.slider(prediction.label, prediction.low, prediction.high, step=step, format=form, key=scale.name)
        st.button(
            "That is my guess", icon=":material/psychology:", on_click=_say, args=(course, lesson, index, prediction)
        )
        return
    truth = rehearsal.truth(prediction, course)
    close = ("Not close: that is what simulating is for.", "The right size.", "Spot on.")[points_of_guess(guess, truth)]
    st.info(
        f"You said **{number(guess)}{unit}**, it is **{number(truth)}{unit}**. {close}", icon=":material/psychology:"
    )


def _say(course: Course, lesson: Lesson, index: int, prediction: Prediction) -> None:
    guess = float(remembered.guess_of(lesson.id, index).value)
    points = points_of_guess(guess, rehearsal.truth(prediction, course))
    submission = remembered.submission_of(f"guess-{lesson.id}-{index}").setdefault(uuid.uuid4().hex)
    learner.add_prediction(submission, PredictionRow(points, EXACT_POINTS))
    learner.add_lesson(LessonRow(lesson.id, index, True, guess))


def _ways(course: Course, lesson: Lesson, index: int, *, done: bool) -> None:
    """Back, on, and out."""
    last, alone = index + 1 == len(lesson.steps), addressbar.part() is not None
    with st.container(horizontal=True, key="lesson-ways"):
        if index:
            st.button("Back", icon=":material/arrow_back:", on_click=ways.go, args=(course, lesson, index, index - 1))
        if last and alone:  # in a frame a lesson leads nowhere else
            st.button("Again", icon=":material/replay:", on_click=addressbar.open_step, args=(course, lesson, 0))
            return
        st.button(
            "Next" if not last else "To the whole machine" if lesson.id == OPENING else "Finish",
            key=f"lesson-next-{lesson.id}-{index}",
            icon=":material/arrow_forward:",
            type="primary" if done else "secondary",
            on_click=ways.go,
            args=(course, lesson, index, index + 1),
        )
        if not alone and (not last or lesson.id != OPENING):
            st.button("Skip to the whole machine", type="tertiary", on_click=ways.leave, args=(course,))


def _follow(course: Course, lesson: Lesson, index: int) -> None:
    """Have the page notice arrow keys, and the clock when it comes to the moment that the step waits for."""
    step = lesson.steps[index]

    def sent(name: str) -> float:
        return float(remembered.LEAD.value.get(name))

    def go() -> None:
        ways.go(course, lesson, index, min(max(round(sent("go")), 0), len(lesson.steps)))

    def passed() -> None:
        remembered.LESSON_MOMENT.put((lesson.id, index, sent("passed")))

    data: LessonLed = {
        "step": f"{lesson.id}-{index}",
        "index": index,
        "steps": len(lesson.steps),
        "words": f"Step {index + 1} of {len(lesson.steps)}: {step.headline}",
        "until_s": float(step.until.what) if step.until.kind == UntilKind.MOMENT else None,
    }
    _lead(key=remembered.LEAD.name, data=data, on_go_change=go, on_passed_change=passed, height=1)
