"""How far a learner is in lessons, read from the rows that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lifecycle.course import Course
from lifecycle.course.lessons import Lesson
from lifecycle.storage import LessonRow


@dataclass(frozen=True)
class LessonProgress:
    """One lesson of one learner: the steps that are done, the step at which they are, and their guesses by step.

    Steps are counted from 0 and kept within the lesson, whatever was kept of one that its author has since shortened.
    """

    lesson: Lesson
    done: frozenset[int] = frozenset()
    at: int = 0
    begun: bool = False
    guesses: dict[int, float] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        """Whether the last step is done: then the lesson is, even where a step on the way was passed over."""
        return len(self.lesson.steps) - 1 in self.done

    @property
    def share(self) -> float:
        """How much of the lesson is done, 0 to 1."""
        return 1.0 if self.finished else len(self.done) / len(self.lesson.steps)


def progress(lesson: Lesson, rows: Sequence[LessonRow]) -> LessonProgress:
    """How far a learner with these `rows` is in a lesson."""
    last = len(lesson.steps) - 1
    there = [row for row in rows if row.lesson == lesson.id and 0 <= row.step <= last]
    done = frozenset(row.step for row in there if row.done)
    guesses = {row.step: row.guess for row in there if row.guess is not None}
    at = min(there[-1].step + there[-1].done, last) if there else 0
    return LessonProgress(lesson, done, at, bool(there), guesses)


def left_off(course: Course, rows: Sequence[LessonRow]) -> LessonProgress | None:
    """The lesson that a learner was in last and did not finish; None where there is none."""
    for id in dict.fromkeys(row.lesson for row in reversed(rows)):
        lesson = course.lesson(id)
        if lesson and lesson.steps and not (where := progress(lesson, rows)).finished:
            return where
    return None


def next_lesson(course: Course, rows: Sequence[LessonRow]) -> Lesson | None:
    """The first lesson of the course that a learner has not finished, in the author's order."""
    return next((lesson for lesson in course.lessons if not progress(lesson, rows).finished), None)
