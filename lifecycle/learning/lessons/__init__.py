"""A learner on the way through a lesson: when a step is done, how far they are, and what nobody could do."""

from lifecycle.learning.lessons.completing import complete, done_state, view_state
from lifecycle.learning.lessons.progress import LessonProgress, left_off, next_lesson, progress
from lifecycle.learning.lessons.proving import problems

__all__ = [
    "LessonProgress",
    "complete",
    "done_state",
    "left_off",
    "next_lesson",
    "problems",
    "progress",
    "view_state",
]
