"""One place's questions, one at a time: answer, hear why, try again, go on.

What was answered comes from the rows of the store, so a reload shows the same verdicts. The order of the options is
shuffled afresh at each attempt, and the right answer never reaches the browser before an answer was given. A wrong one
ends with the right one, its reason, and a view that shows it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from lifecycle.course import Place, computed
from lifecycle.course.quizzes.checking import check, doubts, shuffled
from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Option, Question, Verdict
from lifecycle.course.quizzes.resolving import (
    BELONGS_TO,
    DISPROVES_IT,
    SHOWS_IT,
    is_shown,
    right_answer,
    view_of,
)
from lifecycle.course.quizzes.scoring import score
from lifecycle.course.quizzes.tracks import in_tracks, track_label
from lifecycle.diagram.living import pointable
from lifecycle.learning.mastery.calibration import LEVELS
from lifecycle.storage import AnswerRow
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.panel import answering
from lifecycle.ui.panel.answering import Given
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session import learner, seeing, served

# The last answer to each question, by its id.
Latest = Mapping[str, AnswerRow]

# One question in so many asks how sure the learner is: often enough to learn from, seldom enough not to be a burden.
CONFIDENCE_EVERY = 4
SURE = dict(zip(LEVELS, ("a guess", "even odds", "fairly sure", "certain"), strict=True))
MARKS = {True: "✓", False: "✗", None: "○"}


def show(place: Place, rows: Sequence[AnswerRow]) -> None:
    """The quiz of one place, in the container keyed `quiz`."""
    with st.container(key="quiz"):
        if not place.questions:
            st.info("No questions here yet.", icon=":material/quiz:")
            return
        latest = {row.question: row for row in rows}
        _score_line(place, rows)
        question = _chosen(place, latest)

        def onward(attempt: int, right: bool) -> None:
            _onward(place, question, attempt, latest, right=right)

        one(question, rows, place.id, onward)


def one(question: Question, rows: Sequence[AnswerRow], asked_at: str, onward: Callable[[int, bool], None]) -> None:
    """One question of this learner's `rows`: to be answered, or answered, with what `onward` shows below its verdict.

    `asked_at` is kept with the answer; `onward` gets how many attempts there were, and whether the last was right.
    """
    _question(question, [row for row in rows if row.question == question.id], asked_at, onward)


def ask(question: Question, rows: Sequence[AnswerRow], asked_at: str) -> None:
    """One question without a verdict: it only takes the answer."""
    attempt = sum(row.question == question.id for row in rows)
    variant = _variant(question, attempt)
    posed = _instance(question, variant) or question
    st.markdown(_stem(posed))
    _ask(posed, attempt, variant, asked_at)


def ask_anew(question: Question, rows: Sequence[AnswerRow]) -> None:
    """Ask a question again that was answered before: in the next run its last verdict is not shown."""
    remembered.retry_of(question.id).put(sum(row.question == question.id for row in rows))


def _score_line(place: Place, rows: Sequence[AnswerRow]) -> None:
    result = score(in_tracks(place.questions, remembered.TRACKS.get(())), rows)
    st.progress(result.progress, text=f"{result.right} of {result.total} right in “{plain(place.title)}”")
    if result.right == result.total:
        st.success("All correct! You can try any question again.", icon=":material/emoji_events:")


def _open(place: Place, latest: Latest) -> list[int]:
    """Which questions of the place are not right yet; those of optional tracks wait until their track is chosen."""
    waiting = {question.id for question in in_tracks(place.questions, remembered.TRACKS.get(()))}
    waiting -= {row.question for row in latest.values() if row.right}
    return [index for index, question in enumerate(place.questions) if question.id in waiting]


def _chosen(place: Place, latest: Latest) -> Question:
    """The question to show: the one asked for, else the first that is not right yet."""
    numbers = range(len(place.questions))
    key = remembered.question_of(place.id)
    if key.get() not in numbers:
        key.put(next(iter(_open(place, latest)), 0))

    def label(index: int) -> str:
        row = latest.get(place.questions[index].id)
        return f"{index + 1} {MARKS[row.right if row else None]}"

    st.html(f'<style>.st-key-quiz {{ --of-all: " of {len(numbers)}"; }}</style>')  # said where one alone is shown
    index = st.segmented_control("Question", numbers, format_func=label, key=key.name, required=True)
    return place.questions[index or 0]


def _question(
    question: Question, rows: Sequence[AnswerRow], asked_at: str, onward: Callable[[int, bool], None]
) -> None:
    attempt = len(rows)
    if rows and remembered.retry_of(question.id).get() != attempt:
        answered = _instance(question, rows[-1].variant)
        given = _given(answered, rows[-1]) if answered else None
        if answered and given is not None:
            st.markdown(_stem(answered))
            verdict = check(answered, given)
            if doubts(answered, given):  # judged before such numbers were asked about: it stays as it was
                verdict = Verdict(rows[-1].right, (rows[-1].right,) * len(verdict.parts))
            _verdict(answered, given, verdict, rows[-1].variant)
            onward(attempt, verdict.right)
            return
    variant = _variant(question, attempt)
    posed = _instance(question, variant)
    if posed is None:
        st.warning(
            "This question cannot be computed just now; the others can be answered.", icon=":material/calculate:"
        )
        return
    st.markdown(_stem(posed))
    _ask(posed, attempt, variant, asked_at)


def _variant(question: Question, attempt: int) -> str:
    """The seed of a computed question's numbers, another for each learner and attempt; "" for any other question."""
    if not question.computed:
        return ""
    return hashlib.sha256(f"{learner.name()}\0{question.id}\0{attempt}".encode()).hexdigest()[:12]


def _instance(question: Question, variant: str) -> Question | None:
    try:
        return computed.instance(question, served.course(), variant)
    except ValueError:  # `check` tells its author; the learner has other questions
        return None


def _given(question: Question, row: AnswerRow) -> Given | None:
    """The answer that a row holds, None where the question has since changed so that it no longer fits."""
    try:
        given: Given = json.loads(row.answer)
        check(question, given)
    except (ValueError, TypeError):
        return None
    return given


def _confidence(key: str) -> int | None:
    """Now and then, before the verdict: how sure the learner is, per cent; None where it is not asked or not said."""
    if hashlib.sha256(f"{learner.name()}\0sure\0{key}".encode()).digest()[0] % CONFIDENCE_EVERY:
        return None
    return st.segmented_control("How sure are you?", SURE, format_func=SURE.__getitem__, key=f"sure-{key}")


def _stem(question: Question) -> str:
    track = f"*Optional: {track_label(question.track)}*\n\n" if question.track else ""
    if not isinstance(asked_as(question), Fill):
        return prose(track + question.stem)
    parts = (track + question.stem).split("[[]]")
    blanks = (f" **({n}) \\_\\_\\_** " for n in range(1, len(parts)))
    return prose(parts[0] + "".join(blank + part for blank, part in zip(blanks, parts[1:], strict=True)))


def _ask(question: Question, attempt: int, variant: str, asked_at: str) -> None:
    key = f"{question.id}-{attempt}"
    order = shuffled(question, f"{learner.name()}-{key}")
    # The submission's name is made when the form is drawn: sending the same form twice is one answer.
    submission = remembered.submission_of(key).setdefault(uuid.uuid4().hex)
    course = served.course()
    with st.form(f"form-{key}", border=False) if answering.in_form(question) else st.container():
        st.caption(answering.hint(question))
        given = answering.answer(question, course, order, key)
        confidence = None if "/" in question.place else _confidence(key)  # a talk's or lesson's own does not count
        look: dict[str, Any] = {"type": "primary", "icon": ":material/check:"}
        sent = st.form_submit_button("Check", **look) if answering.in_form(question) else st.button("Check", **look)
    if not sent:
        return
    if not answering.complete(question, given):
        st.warning("Choose or write an answer first.", icon=":material/edit:")
        return
    if unsure := doubts(question, given):
        st.warning("  \n".join(map(plain, unsure)), icon=":material/edit:")
        return
    verdict = check(question, given)
    row = AnswerRow(asked_at, question.id, verdict.right, json.dumps(given), confidence=confidence, variant=variant)
    learner.add_answer(submission, row)
    remembered.retry_of(question.id).forget()  # counted in answers, of which a new store has fewer
    st.rerun()


def _verdict(question: Question, given: Given, verdict: Verdict, variant: str) -> None:
    """Right or not, why each chosen option is so, and what follows from that."""
    if verdict.right:
        st.success("Right.", icon=":material/check_circle:")
    else:
        st.error("Not yet.", icon=":material/cancel:")
    chosen = _judged(question, given, verdict)
    if not verdict.right:
        _resolved(question, chosen, variant)
        return
    others = [option for option in question.options if option not in chosen and option.feedback]
    if others:
        with st.expander("Why not the others?"):
            for option in others:
                _option(question, option.text or option.pair, option, right=option.right)
    if question.explanation:
        st.markdown(prose(question.explanation))


def _resolved(question: Question, chosen: Sequence[Option], variant: str) -> None:
    """What a wrong answer leads to: the right one with its reason, and a view that shows it."""
    interaction = asked_as(question)
    if isinstance(interaction, Choose) and interaction.several and all(option.right for option in chosen):
        st.markdown("What you chose is right, but something is still missing.")
    course = served.course()
    with st.container(key="right-answer", border=True):
        lines = [prose(line) for line in right_answer(question, pointable(course.pipeline))]
        if len(lines) == 1:
            st.markdown(f"**The right answer:** {lines[0]}")
        else:
            mark = "1." if isinstance(interaction, Arrange) else "-"
            st.markdown("**The right answer:**\n" + "".join(f"\n{mark} {line}" for line in lines))
        for option in question.options:
            if option.right and option.feedback and option not in chosen and not isinstance(interaction, Pair):
                st.markdown(_quoted(option.feedback))
        if question.explanation:
            st.markdown(prose(question.explanation))
    wrong = [option for option in chosen if not option.right]
    of_a_place = "/" not in question.place  # one that stands in a lesson belongs to no place that could be shown
    if not any(option.see for option in wrong) and (of_a_place or is_shown(question)):
        stages = {stage.id for stage in course.pipeline.stages}
        run = computed.run_of(question, variant)
        query = run or view_of(question, next(iter(wrong), None), course.places, stages)
        title = course.places[question.place].title if question.place in course.places else course.pipeline.title
        seeing.link(course, question, query, SHOWS_IT if is_shown(question) else BELONGS_TO.format(plain(title)))


def _judged(question: Question, given: Given, verdict: Verdict) -> list[Option]:
    """Each part of the answer with its mark; the options that it speaks of."""
    parts = answering.parts(question, given, verdict, pointable(served.course().pipeline))
    for part in parts:
        _option(question, part.text, part.option, right=part.right)
    if isinstance(asked_as(question), Arrange | Pair):  # an answer says something of every one
        return list(question.options)
    return [part.option for part in parts if part.option]


def _part(text: str, *, right: bool) -> None:
    st.markdown(f"{':material/check:' if right else ':material/close:'} **{text}**")


def _option(question: Question, text: str, option: Option | None = None, *, right: bool) -> None:
    """One option with its mark, its feedback, the belief that it stands for, and the view that disproves it."""
    _part(prose(text), right=right)
    if option is None:
        return
    if option.feedback:
        st.markdown(_quoted(option.feedback))
    if right:
        return
    course = served.course()
    belief = next((one for one in course.misconceptions if one.id == option.misconception), None)
    if belief:
        st.caption(f"The belief behind it: “{prose(belief.label)}”")
        seeing.proof(course, question, belief, question.options.index(option))
    if option.see:
        seeing.link(course, question, option.see, DISPROVES_IT)


def _quoted(feedback: str) -> str:
    return "\n".join(f"> {line}" for line in prose(feedback).splitlines())


def _onward(place: Place, question: Question, attempt: int, latest: Latest, *, right: bool) -> None:
    """Try again, or go to the next question that is not right yet, round the corner if need be."""
    number = place.questions.index(question)
    open_ones = [index for index in _open(place, latest) if index != number]
    with st.container(horizontal=True):
        again = remembered.retry_of(question.id)
        _button("Try again", f"again-{question.id}-{attempt}", ":material/replay:", again, attempt, primary=not right)
        if open_ones:
            on = next((index for index in open_ones if index > number), open_ones[0])
            key, onward = f"next-{question.id}-{attempt}", remembered.question_of(place.id)
            _button("Next question", key, ":material/arrow_forward:", onward, on, primary=right)


def _button(label: str, key: str, icon: str, state: SessionKey[int], value: int, *, primary: bool) -> None:
    """A button that puts something into the session."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    st.button(label, key=key, icon=icon, type=kind, on_click=state.put, args=(value,))
