"""What a visitor's session remembers: every key, by name and type. No other module knows Streamlit's session state.

A key that a control or component of the page carries (`key=STAGE.name`) holds what that shows; the others hold what we
put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

import streamlit as st

from lifecycle.course.address import State
from lifecycle.importing.looking import GraphLook
from lifecycle.learning.lessons import Trying
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.storage import AnswerRow, DrillRow, LessonRow, PredictionRow, PredictionScore

if TYPE_CHECKING:  # the types alone: nothing of the page is known here
    from lifecycle.course.pipeline import Stage
    from lifecycle.ui.breaking.watching import Watching
    from lifecycle.ui.pages.comparing import CompareJob
    from lifecycle.ui.pages.sweeping import SweepJob
    from lifecycle.ui.session.runs import OnScreen, Shown
    from lifecycle.ui.session.seeing import Seeing
    from lifecycle.ui.yours.drafts import OwnDraft

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True)
class SessionKey(Generic[T]):
    """One thing that a session remembers under `name`."""

    name: str

    @property
    def value(self) -> T:
        """What is remembered; KeyError where nothing is."""
        return cast(T, st.session_state[self.name])

    @overload
    def get(self) -> T | None: ...
    @overload
    def get(self, default: D) -> T | D: ...
    def get(self, default: D | None = None) -> T | D | None:
        """Return what is remembered, else `default`."""
        return cast("T | D | None", st.session_state.get(self.name, default))

    def put(self, value: T) -> None:
        """Remember it."""
        st.session_state[self.name] = value

    def setdefault(self, value: T) -> T:
        """Return what is remembered, which is `value` from now on where nothing was."""
        return cast(T, st.session_state.setdefault(self.name, value))

    def take(self) -> T | None:
        """Return what is remembered, and remember it no longer."""
        return cast("T | None", st.session_state.pop(self.name, None))

    def forget(self) -> None:
        """Remember it no longer."""
        self.take()

    @property
    def is_set(self) -> bool:
        """Whether anything is remembered."""
        return self.name in st.session_state


def restore(widgets: Mapping[str, str]) -> None:
    """Have controls, by their keys, hold again what they held."""
    st.session_state.update(dict(widgets))


# Who is learning, what was last read of them, and what waits for the store.
LEARNER: SessionKey[str] = SessionKey("learner")
LEARNER_STAYS: SessionKey[bool] = SessionKey("learner-stays")
ANSWERS_READ: SessionKey[tuple[AnswerRow, ...]] = SessionKey("answers-read")
READS: SessionKey[dict[str, tuple[str, int, float]]] = SessionKey("reads")
SCORE_READ: SessionKey[PredictionScore] = SessionKey("score-read")
DRILLS_READ: SessionKey[tuple[DrillRow, ...]] = SessionKey("drills-read")
LESSONS_READ: SessionKey[tuple[LessonRow, ...]] = SessionKey("lessons-read")
DRILLS_ADDED: SessionKey[set[str]] = SessionKey("drills-added")
UNSAVED_ANSWERS: SessionKey[dict[str, AnswerRow]] = SessionKey("unsaved-answers")
UNSAVED_PREDICTIONS: SessionKey[dict[str, PredictionRow]] = SessionKey("unsaved-predictions")
UNSAVED_DRILLS: SessionKey[dict[str, DrillRow]] = SessionKey("unsaved-drills")
TRYING: SessionKey[Trying] = SessionKey("trying")  # of the scenario on screen
UNSAVED_LESSONS: SessionKey[dict[str, LessonRow]] = SessionKey("unsaved-lessons")
STORE_WARNING: SessionKey[str] = SessionKey("store-warning")
TOASTS: SessionKey[tuple[tuple[str, str | None], ...]] = SessionKey("toasts")  # words and icon of what is to be shown
UPLOAD_WARNING: SessionKey[str] = SessionKey("upload-warning")
TEACHER: SessionKey[str] = SessionKey("teacher")  # a digest of the key that was given
ERASED: SessionKey[dict[str, Any]] = SessionKey("erased-data")
LINEAGE_OF: SessionKey[str] = SessionKey("lineage-of")  # the stage whose neighbours are told
ERASED_S: SessionKey[int] = SessionKey("erased-s")  # when the order is erased whose copies are told
DATA_NOTE: SessionKey[str] = SessionKey("data-note")

# The explorer: runs, address, controls.
RUN_NOW: SessionKey[Shown] = SessionKey("run-now")
RUN_BEFORE: SessionKey[Shown] = SessionKey("run-was")
RUN_PINNED: SessionKey[Shown] = SessionKey("run-pinned")
SCENE: SessionKey[OnScreen] = SessionKey("scene")
ADDRESS_WRITTEN: SessionKey[dict[str, Any]] = SessionKey("address-written")  # "now", and "before" it
LAYER: SessionKey[str] = SessionKey("layer-chosen")  # in this session; "" once it is to be forgotten
LAYER_SHOWN: SessionKey[str] = SessionKey("layer")
DRAWER: SessionKey[bool] = SessionKey("drawer")  # all settings stand open beside the diagram
DRAWER_DRAWN: SessionKey[bool] = SessionKey("drawer-drawn")
PAINTED: SessionKey[bool] = SessionKey("painted")
CONTENT_SEEN: SessionKey[int] = SessionKey("content-seen")
PREDICT_FIRST: SessionKey[bool] = SessionKey("predict-first")
VERDICT: SessionKey[tuple[Scenario, str]] = SessionKey("verdict")
STAGE: SessionKey[str | None] = SessionKey("stage")
FOLLOW: SessionKey[str | None] = SessionKey("follow")
WATCHING: SessionKey[Watching] = SessionKey("watching")  # what was broken, or tried as a remedy, last
SCENARIO: SessionKey[str] = SessionKey("scenario")
VIEW: SessionKey[str] = SessionKey("view")
STORY: SessionKey[bool] = SessionKey("story")
STORY_SEEN_AT: SessionKey[bool] = SessionKey("story-seen-at")
OWN_PRICES: SessionKey[dict[str, float]] = SessionKey("own-prices")
SEEING_FROM: SessionKey[tuple[str, tuple[tuple[str, str], ...]]] = SessionKey("seeing-from")
SEEING_OFFERS: SessionKey[dict[str, Seeing]] = SessionKey("seeing-offers")
SEEING: SessionKey[Seeing] = SessionKey("seeing")
SEEING_GO: SessionKey[Seeing] = SessionKey("seeing-go")
LESSON_ON: SessionKey[tuple[str, int] | None] = SessionKey(
    "lesson-on"
)  # the step that was drawn last, by its lesson's id
LESSON_MOMENT: SessionKey[tuple[str, int, float]] = SessionKey("lesson-moment")  # a step, and the moment it came to
LESSON_ENDED: SessionKey[str] = SessionKey("lesson-ended")  # whose title the list of lessons then says
LESSON_LEADS_TO: SessionKey[str] = SessionKey("lesson-leads-to")  # the page to go to next
ARRIVED: SessionKey[bool] = SessionKey("arrived")  # the front page was shown
NO_RESUMING: SessionKey[bool] = SessionKey("no-resuming")  # a lesson was left on purpose: not offered again meanwhile
POINTING: SessionKey[str] = SessionKey("pointing")  # the key of the answer that a click on the diagram gives just now

# The other pages.
KEPT_RUNS: SessionKey[tuple[State, ...]] = SessionKey("kept-runs")
KEPT_RUNS_BEFORE: SessionKey[tuple[State, ...]] = SessionKey("kept-runs-before")
KEPT_RUNS_SHOWN: SessionKey[tuple[str, ...]] = SessionKey("kept-runs-shown")
COMPARE_MEASURED: SessionKey[State] = SessionKey("compare-measured")
COMPARE_DAYS: SessionKey[int] = SessionKey("compare-days")
COMPARE_JOB: SessionKey[CompareJob] = SessionKey("compare-job")
SWEEP_JOB: SessionKey[SweepJob] = SessionKey("sweep-job")
SWEEP_X: SessionKey[str] = SessionKey("sweep-x")
SWEEP_Y: SessionKey[str] = SessionKey("sweep-y")
SWEEP_CONSUMER: SessionKey[Stage] = SessionKey("sweep-consumer")
SWEEP_STEPS: SessionKey[int] = SessionKey("sweep-steps")
SWEEP_EVENTS: SessionKey[int] = SessionKey("sweep-events")
PLACEMENT_BEGUN: SessionKey[bool] = SessionKey("placement-begun")
PRACTICE_PLACE: SessionKey[str] = SessionKey("practice-place")
TRACKS_SHOWN: SessionKey[list[str]] = SessionKey("tracks-shown")
TRACKS: SessionKey[tuple[str, ...]] = SessionKey("tracks")  # the optional ones that were chosen
PRACTICE_TABLE: SessionKey[Any] = SessionKey("practice-table")
REVIEW: SessionKey[dict[str, Any]] = SessionKey("review")  # see `pages/review.py`
DRILL_ON: SessionKey[dict[str, Any]] = SessionKey("drill-on")
DRILL_POINTED: SessionKey[str] = SessionKey("drill-pointed")
AUTHORS_QUESTION: SessionKey[str] = SessionKey("authors-question")
AUTHORS_TABLE: SessionKey[Any] = SessionKey("authors-table")

# A pipeline of one's own.
DRAFTS_OPEN: SessionKey[dict[tuple[str, str], OwnDraft]] = SessionKey("drafts-open")  # by learner and name
DRAFTS_RENAMED: SessionKey[dict[str, str]] = SessionKey("drafts-renamed")  # what a draft is called now, by what it was
DRAFT_NODE: SessionKey[str | None] = SessionKey("draft-node")  # the node that is chosen, by its id in the graph
DRAFT_TURN: SessionKey[int] = SessionKey("draft-turn")  # how often something else than the form filled it
DRAFT_VIEW: SessionKey[str] = SessionKey("draft-view")  # what of a large graph is drawn
DRAFT_LOOK: SessionKey[tuple[str, GraphLook]] = SessionKey("draft-look")  # of which draft, and which groups are open
DRAFT_REFUSED: SessionKey[str] = SessionKey("draft-refused")  # why the last edit could not be done
DRAFT_BROUGHT: SessionKey[int] = SessionKey("draft-brought")  # how often files were read: each time the field is new

# Before a hall.
CLASS_STARTED: SessionKey[dict[str, str]] = SessionKey("class-started")
CLASS_FOLLOWED: SessionKey[tuple[int, str]] = SessionKey("class-followed")  # how often, and the query of the last time
TALK_PICKED: SessionKey[dict[str, str | None]] = SessionKey("talk-picked")
TALK_ANSWER: SessionKey[str] = SessionKey("talk-answer")  # which question's answer is shown, where no class follows

# What components sent last.
CONDUCTOR: SessionKey[Any] = SessionKey("conductor")
LEAD: SessionKey[Any] = SessionKey("lead")
RUNNING: SessionKey[Any] = SessionKey("running")
PLACE_LINKS: SessionKey[Any] = SessionKey("place-links")
LOOKUP: SessionKey[Any] = SessionKey("lookup")
FRAMING: SessionKey[Any] = SessionKey("framing")


def message_of(component: str) -> SessionKey[Any]:
    """What the component of this key sent last."""
    return SessionKey(component)


def question_of(place: str) -> SessionKey[int]:
    """Which question of a place is shown."""
    return SessionKey(f"question-of-{place}")


def retry_of(question: str) -> SessionKey[int]:
    """After how many answers a question is asked again."""
    return SessionKey(f"retry-{question}")


def submission_of(form: str) -> SessionKey[str]:
    """The name of what a form sends."""
    return SessionKey(f"submission-{form}")


def answer_of(key: str) -> SessionKey[Any]:
    """What an answer's control of this key holds."""
    return SessionKey(key)


def switch_of(field: str) -> SessionKey[str]:
    """What the switch of a field of the address shows."""
    return SessionKey(field)


def number_of(field: str) -> SessionKey[int]:
    """What the number of a field of the address shows."""
    return SessionKey(f"number-{field}")


def knob_of(stage: str, figure: str, *, among_all: bool = False) -> SessionKey[float]:
    """What a knob shows; `among_all`: the one in the dialog with all of them, which may lie over the other."""
    return SessionKey(f"{'all-' * among_all}knob-{stage}-{figure}")


def guess_of(lesson: str, step: int) -> SessionKey[float]:
    """What the scale of a lesson's prediction shows."""
    return SessionKey(f"guess-{lesson}-{step}")


def draft_field(name: str) -> SessionKey[Any]:
    """What a field beside a pipeline of one's own shows."""
    return SessionKey(f"draft-{name}")


def draft_form(name: str, node: str = "") -> SessionKey[Any]:
    """What a field or button of the form holds, of a node.

    It is another one after each turn: what a browser still sends of the node before, or of a step that is undone by
    now, is no edit then.
    """
    return SessionKey(f"draft-{name}-{DRAFT_TURN.get(0)}-{node}")


def price_of(name: str) -> SessionKey[float]:
    """What a price's field shows."""
    return SessionKey(f"price-{name}")


def seeds_of(what: str) -> SessionKey[int]:
    """Which set of seeds is shown, counted from 0."""
    return SessionKey(what)
