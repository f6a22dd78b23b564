"""Where the learner stands: memory, mastery and placement of the course on screen, read off the rows once a run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from lifecycle.course import Course
from lifecycle.course.pipeline import Stage
from lifecycle.course.pipeline_file import WHOLE
from lifecycle.course.quizzes.aliases import renewed
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.tracks import in_tracks
from lifecycle.learning import mastery
from lifecycle.storage import AnswerRow
from lifecycle.ui import remembered
from lifecycle.ui.session import learner


@dataclass(frozen=True)
class Standing:
    """The rows of a learner and all that follows from them, at `now_s` (seconds since 1970).

    `questions` are the course's without those of optional tracks that this learner did not choose.
    """

    course: Course
    questions: tuple[Question, ...]
    rows: tuple[AnswerRow, ...]
    memories: Mapping[str, mastery.Memory]
    masteries: tuple[mastery.Mastery, ...]
    placement: mastery.Placement
    now_s: float

    @property
    def due(self) -> tuple[Question, ...]:
        """What is due now, in the order in which to ask it."""
        return mastery.due(self.questions, self.memories, self.now_s)

    @property
    def fresh(self) -> tuple[Question, ...]:
        """What is worth asking for the first time."""
        return mastery.fresh(self.questions, self.memories, self.masteries)

    @property
    def known(self) -> int:
        """How many ideas are known."""
        return sum(mastery.known for mastery in self.masteries)


def of(course: Course) -> Standing:
    """The standing of this learner now."""
    rows, now_s = tuple(renewed(learner.answers(), course.new_ids)), time.time()
    known = mastery.memories(rows, now_s)
    questions = in_tracks(course.questions, remembered.TRACKS.get(()))
    placed = mastery.placement(questions, groups(course), rows, learner.name())
    masteries = mastery.masteries(course.ideas, questions, known, placed.ideas)
    return Standing(course, questions, rows, known, masteries, placed, now_s)


def groups(course: Course) -> dict[str, str]:
    """The group of each place in a placement: its zone's label, or that of the undercurrents, or the whole."""
    zones = {zone.id: zone.label for zone in course.pipeline.zones}
    by_place = {}
    for id in course.places:
        place = course.pipeline.by_id[id]
        by_place[id] = zones[place.zone] if isinstance(place, Stage) else "Undercurrents"
    return by_place | {WHOLE: "The whole"}
