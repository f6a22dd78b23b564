"""What all learners' answers say of the questions and of what is believed: for authors and teachers only."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lifecycle import charts
from lifecycle.course import Course
from lifecycle.diagram import shading
from lifecycle.diagram.layout import GraphvizError
from lifecycle.documents import as_text
from lifecycle.learning.item_analysis import ENOUGH, FEWEST, Attempts, Belief, Heat, Item, analyse, beliefs, heat
from lifecycle.storage import StoreError
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import plain, prose
from lifecycle.ui.session import addressbar, cached, served, teacher


def show() -> None:
    """The page: how the questions do, and which misconceptions show where."""
    course = served.course_or_stop()
    st.markdown("## For authors and teachers", anchors=False)
    teacher.let_in_or_stop()
    try:
        attempts = cached.attempts(course)
    except StoreError as error:
        st.error(f"The answers cannot be read just now: {error}", icon=":material/database_off:")
        return
    _about(attempts)
    questions, wrong = st.tabs(["Questions", "Misconceptions"])
    items = analyse(attempts)
    with questions, st.container(key="authors-questions"):
        _table(items)
        _one(course, items)
    with wrong, st.container(key="authors-misconceptions"):
        _diagram(course, attempts)
        _commonest(course, attempts)


def link() -> None:
    """The way here, where a teacher may go it."""
    if teacher.switched_on():
        st.page_link(
            "pages/authors.py",
            label="For authors and teachers",
            icon=":material/insights:",
            query_params=addressbar.carried(),
        )


def _about(attempts: Attempts) -> None:
    many = attempts.learners >= FEWEST
    who = f"{attempts.learners:,} learners" if many else f"fewer than {FEWEST} learners"
    stale = f" {attempts.stale:,} answers to questions that have changed since are left out." if attempts.stale else ""
    st.caption(
        f"First attempts of {who}; later ones have seen the verdict.{stale} Nobody's answers are shown as a person's: "
        f"nothing is said of fewer than {FEWEST} learners, and no figure is made from fewer than {ENOUGH}."
    )
    with st.container(horizontal=True):
        st.button("Count anew", icon=":material/refresh:", on_click=cached.forget_attempts)
        st.button("Leave", icon=":material/logout:", on_click=teacher.leave)


# --- questions


def _table(items: tuple[Item, ...]) -> None:
    table = _as_table(items)
    marked = sum(bool(item.marks) for item in items)
    known = sum(item.difficulty is not None for item in items)
    st.markdown(
        f"**{known} of {len(items)}** questions have figures; **{marked}** of them ask for a look (⚠). A click on a "
        "column's head sorts, a click on a row shows the question."
    )
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=360,
        placeholder="–",
        key=remembered.AUTHORS_TABLE.name,
        selection_mode="single-row",
        on_select=lambda: _open_row(items),
        column_config={
            "right at first (%)": st.column_config.NumberColumn(format="%.0f"),
            "discrimination": st.column_config.NumberColumn(
                format="%.2f", help="Correlation of being right with the score on all other questions; low below 0.2."
            ),
            "upper less lower (%)": st.column_config.NumberColumn(
                format="%.0f", help="Right among the strongest 27 % less right among the weakest 27 %."
            ),
        },
    )
    st.download_button(
        "Download as CSV", charts.csv(table), "questions.csv", "text/csv", icon=":material/download:", key="authors-csv"
    )


def _as_table(items: tuple[Item, ...]) -> pd.DataFrame:
    def share(value: float | None) -> float | None:
        return None if value is None else 100 * value

    return pd.DataFrame(
        {
            "look": ["⚠" * len(item.marks) for item in items],
            "question": [" ".join(as_text(item.question.stem).split()) for item in items],
            "id": [item.question.id for item in items],
            "place": [item.question.place for item in items],
            "level": [item.question.level for item in items],
            "idea": [item.question.idea for item in items],
            "learners": [f"fewer than {FEWEST}" if item.learners is None else str(item.learners) for item in items],
            "right at first (%)": pd.array([share(item.difficulty) for item in items], dtype="Float64"),
            "between (%)": [_between(item) for item in items],
            "discrimination": pd.array([item.discrimination for item in items], dtype="Float64"),
            "upper less lower (%)": pd.array([share(item.upper_lower) for item in items], dtype="Float64"),
            "what to look at": ["; ".join(item.marks) for item in items],
        }
    )


def _between(item: Item) -> str:
    if item.difficulty_interval is None:
        return "" if item.learners is None else f"needs {ENOUGH}"
    low, high = item.difficulty_interval
    return f"{100 * low:.0f} to {100 * high:.0f}"


def _open_row(items: tuple[Item, ...]) -> None:
    rows = remembered.AUTHORS_TABLE.value.selection.rows
    if rows:
        remembered.AUTHORS_QUESTION.put(items[rows[0]].question.id)


def _one(course: Course, items: tuple[Item, ...]) -> None:
    by_id = {item.question.id: item for item in items}
    if not by_id:
        return
    if remembered.AUTHORS_QUESTION.get() not in by_id:
        remembered.AUTHORS_QUESTION.put(_first_to_show(items).question.id)
    chosen = st.selectbox(
        "Question",
        list(by_id),
        key=remembered.AUTHORS_QUESTION.name,
        format_func=lambda id: f"{id} ({by_id[id].question.place})",
    )
    item = by_id[chosen]
    question = item.question
    st.markdown(prose(question.with_gaps(r"\_\_\_")))
    st.caption(f"`{question.file}:{question.line}`, {question.kind}")
    for mark in item.marks:
        st.markdown(f":material/warning: {mark}")
    if item.difficulty is None:
        who = f"fewer than {FEWEST} learners" if item.learners is None else f"{item.learners} learners"
        st.info(f"Answered by {who}: figures need {ENOUGH}.", icon=":material/hourglass_empty:")
        return
    st.markdown(_in_words(item))
    if not item.draws:
        st.caption("Every learner is asked for other numbers, so that their answers are not laid side by side.")
        return
    names = [_name(course, text.text) for text in item.draws]
    spec = charts.distractors(item, names)
    st.markdown(f"{plain(spec.finding)}.")
    st.plotly_chart(charts.figure_of(spec), key="authors-draws", config={"displayModeBar": False})
    st.dataframe(spec.table, hide_index=True, width="stretch", height="content", placeholder="–")


def _first_to_show(items: tuple[Item, ...]) -> Item:
    return max(items, key=lambda item: (len(item.marks), item.learners or 0))


def _name(course: Course, text: str) -> str:
    """An option in plain words; a place of a click by its label."""
    known = course.pipeline.by_id.get(text)
    return known.label if known else " ".join(as_text(text).split())


def _in_words(item: Item) -> str:
    words = f"**{100 * (item.difficulty or 0):.0f} %** of {item.learners} learners are right at first"
    words += f" (between {_between(item).replace(' to ', ' and ')} %, 95 % sure)."
    if item.discrimination is None or item.discrimination_interval is None:
        return words + " Too few have answered enough else to say whether it tells strong from weak."
    low, high = item.discrimination_interval
    words += f" Discrimination **{item.discrimination:.2f}** ({low:.2f} to {high:.2f})"
    return words + (f", upper less lower {100 * item.upper_lower:.0f} %." if item.upper_lower is not None else ".")


# --- misconceptions


def _diagram(course: Course, attempts: Attempts) -> None:
    titles = {place: course.pipeline.by_id[place].label for place in course.pipeline.places}
    titles |= {course.overview.id: course.overview.title} if course.overview else {}
    found = heat(attempts, list(titles))
    shares = {each.place: each.share for each in found if each.asked}
    st.markdown("### Where they show", anchors=False)
    st.caption(
        "Of all first answers to questions that offer a misconception, the share that chose one, at each place. The "
        f"shades go from under 10 % to over 45 %; a dashed frame: fewer than {FEWEST} learners. "
        "A place without a word has no such question."
    )
    try:
        picture = cached.picture(course.pipeline)
    except GraphvizError as error:
        st.warning(str(error), icon=":material/image_not_supported:")
    else:
        known = [f"{titles[place]} {shading.percent(share)}" for place, share in shares.items() if share is not None]
        alt = "Misconceptions on the pipeline: " + (", ".join(known) or "nothing is known yet")
        st.html(shading.image(shading.shaded(picture.lr, shares), alt))
    with st.expander("The same as a table"):
        st.dataframe(
            _heat_table(course, found, titles),
            hide_index=True,
            width="stretch",
            height="content",
            placeholder="–",
            key="authors-heat",
        )


def _heat_table(course: Course, found: tuple[Heat, ...], titles: Mapping[str, str]) -> pd.DataFrame:
    labels = {each.id: each.label for each in course.misconceptions}
    return pd.DataFrame(
        {
            "place": [titles[each.place] for each in found],
            "questions": [each.asked for each in found],
            "learners": [shading.UNKNOWN if each.learners is None else str(each.learners) for each in found],
            "chose a misconception (%)": pd.array(
                [None if each.share is None else round(100 * each.share) for each in found], dtype="Int64"
            ),
            "the commonest": [labels.get(each.commonest, "") for each in found],
        }
    )


def _commonest(course: Course, attempts: Attempts) -> None:
    st.markdown("### The commonest", anchors=False)
    table = _belief_table(beliefs(attempts, course.misconceptions))
    st.dataframe(table, hide_index=True, width="stretch", height="content", placeholder="–", key="authors-beliefs")
    st.download_button(
        "Download as CSV",
        charts.csv(table),
        "misconceptions.csv",
        "text/csv",
        icon=":material/download:",
        key="authors-beliefs-csv",
    )


def _belief_table(found: tuple[Belief, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "misconception": [as_text(each.misconception.label) for each in found],
            "idea": [each.misconception.idea for each in found],
            "learners who were offered it": [shading.UNKNOWN if each.met is None else str(each.met) for each in found],
            "chose it (%)": pd.array(
                [None if each.share is None else round(100 * each.share) for each in found], dtype="Int64"
            ),
        }
    )
