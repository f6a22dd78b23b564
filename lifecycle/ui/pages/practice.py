"""The Practice page: review, quizzes by place, placement, and where one stands."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from lifecycle import charts
from lifecycle.course import Place
from lifecycle.course.quizzes.scoring import score
from lifecycle.course.quizzes.tracks import in_tracks, track_label, tracks_of
from lifecycle.learning.mastery import Mastery, calibration
from lifecycle.storage import AnswerRow
from lifecycle.ui import remembered
from lifecycle.ui.pages import authoring, mydata, placing, review, standing
from lifecycle.ui.pages.standing import Standing
from lifecycle.ui.panel import answering, figures, quiz
from lifecycle.ui.session import addressbar, after, learner, seeing, served, stocking

STATES = {"new": "○ new", "learning": "◔ learning", "fading": "◑ fading", "known": "● known"}


def show() -> None:
    """The page: what to do on the left, the ideas on the right."""
    course = served.course_or_stop()
    if not course.questions:
        st.info("This course has no questions yet.", icon=":material/quiz:")
        return
    answering.stop_pointing()
    now = standing.of(course)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("## Practice", anchors=False)
        part = st.segmented_control(
            "Part", list(PARTS), key="practice-part", default="Review", required=True, label_visibility="collapsed"
        )
        mydata.remembered()
        seeing.asked_on(seeing.PRACTICE, **{"practice-part": part or "Review", **_place_on()})
        PARTS[part or "Review"](now)
    with right:
        _ideas(now)
        _tracks(now)
        authoring.link()
    if after.in_browser():
        stocking.stock(course, most=1)  # a drill is one click away


def _place_on() -> dict[str, str]:
    """Which quiz is chosen under "By place", for a way back to it."""
    place = remembered.PRACTICE_PLACE.get()
    return {"practice-place": place} if isinstance(place, str) else {}


def _review(now: Standing) -> None:
    with st.container(key="review"):
        review.show(now)
    st.page_link(
        "pages/drills.py",
        label="Incident drills: something broke, find out what",
        icon=":material/emergency:",
        query_params=addressbar.carried(),
    )


def _by_place(now: Standing) -> None:
    places = [*([now.course.overview] if now.course.overview else []), *now.course.places.values()]
    with_questions = [place for place in places if place.questions]
    chosen = _choose(with_questions)
    quiz.show(chosen, now.rows)
    answering.diagram(now.course)
    if chosen is not now.course.overview:
        st.page_link(
            "pages/explore.py",
            label="See it on the diagram",
            icon=":material/water:",
            query_params={**addressbar.carried(), "stage": chosen.id},
        )
    _table(with_questions, now.rows)


def _placement(now: Standing) -> None:
    placing.show(now)


def _me(now: Standing) -> None:
    total = score(now.questions, now.rows)
    st.progress(total.right / total.total, text=f"In all: {total.right} of {total.total} questions right")
    earned = learner.prediction_score()
    record = f"{earned}" if earned.rounds else "none made yet. Switch on “Predict first” beside the diagram's switches"
    st.caption(f"Predictions: {record}.")
    st.markdown("### How sure, how right")
    sureness = calibration(now.rows)
    if not sureness.enough:
        st.markdown(sureness.words)
    else:
        figures.shown("Calibration", "how sure you were and how right", charts.calibrated(sureness))
        st.caption(f"Brier score {sureness.brier:.2f}: 0 is perfect; always saying “even odds” earns 0.25.")
    mydata.show()


PARTS: dict[str, Callable[[Standing], None]] = {
    "Review": _review,
    "By place": _by_place,
    "Placement": _placement,
    "About me": _me,
}


def _ideas(now: Standing) -> None:
    """Every idea with its state, in the course's order."""
    masteries = now.masteries
    if not masteries:
        return
    st.markdown("## Ideas", anchors=False)
    st.progress(now.known / len(masteries), text=f"{now.known} of {len(masteries)} ideas known")
    st.dataframe(
        {
            "Idea": [mastery.idea.label for mastery in masteries],
            "State": [STATES[mastery.state] for mastery in masteries],
            "Right": [f"{min(mastery.right, mastery.needed)} of {mastery.needed}" for mastery in masteries],
            "Back": [_when(mastery, now) for mastery in masteries],
        },
        hide_index=True,
        width="stretch",
        height=36 * 16 if len(masteries) > 15 else "content",
        key="ideas",
    )
    st.caption(
        "You know an idea when you got enough different questions about it right, at least one of them harder than "
        "recall, none wrong, and most likely still remember it. What fades comes back under Review."
    )
    earned = now.known == len(masteries)
    label = "Your certificate" if earned else "What the certificate requires"
    st.page_link("pages/certificate.py", label=label, icon=":material/workspace_premium:")


def _tracks(now: Standing) -> None:
    """Which optional tracks take part; kept for the session."""
    tracks = tracks_of(now.course.questions)
    if not tracks:
        return

    def keep() -> None:
        remembered.TRACKS.put(tuple(remembered.TRACKS_SHOWN.value))

    st.pills(
        "Optional tracks",
        tracks,
        format_func=track_label,
        selection_mode="multi",
        default=remembered.TRACKS.get(()),
        key=remembered.TRACKS_SHOWN.name,
        on_change=keep,
        help="Questions that need more than the pages teach. Review, placement and ideas leave them out until you "
        "choose their track.",
    )


def _when(mastery: Mastery, now: Standing) -> str:
    """When the first of its questions is due: now, today, or in how many days."""
    if mastery.due_s is None:
        return ""
    if mastery.due_s <= now.now_s:
        return "now"
    if time.localtime(mastery.due_s)[:3] == time.localtime(now.now_s)[:3]:
        return "today"
    days = max(1, round((mastery.due_s - now.now_s) / 86_400))
    return "in 1 day" if days == 1 else f"in {days} days"


def _choose(places: list[Place]) -> Place:
    ids = [place.id for place in places]
    titles = {place.id: place.title for place in places}
    chosen = st.selectbox("Quiz", ids, format_func=lambda place: titles[place], key=remembered.PRACTICE_PLACE.name)
    return next(place for place in places if place.id == chosen)


def _table(places: list[Place], rows: tuple[AnswerRow, ...]) -> None:
    """Every place with its score; a chosen row opens its quiz."""
    scores = [score(in_tracks(place.questions, remembered.TRACKS.get(())), rows) for place in places]
    st.dataframe(
        {
            "Place": [place.title for place in places],
            "Right": [place_score.right for place_score in scores],
            "Questions": [place_score.total for place_score in scores],
            "Progress": [100 * place_score.progress for place_score in scores],
        },
        column_config={"Progress": st.column_config.ProgressColumn(format="%d%%", min_value=0, max_value=100)},
        hide_index=True,
        width="stretch",
        height="content",
        key=remembered.PRACTICE_TABLE.name,
        selection_mode="single-row",
        on_select=lambda: _open_row(places),
    )


def _open_row(places: list[Place]) -> None:
    chosen = remembered.PRACTICE_TABLE.value.selection.rows
    if chosen:
        remembered.PRACTICE_PLACE.put(places[chosen[0]].id)
