"""A learner on the way through a lesson: when a step is done, how far they are, and what nobody could do."""

from lifecycle.learning.lessons.completing import compared_with, complete, done_state, view_state
from lifecycle.learning.lessons.progress import LessonProgress, left_off, next_lesson, progress
from lifecycle.learning.lessons.proving import problems
from lifecycle.learning.lessons.tries import Trying, come_to, gone_to, kept_as, tried, wishes

__all__ = [
    "LessonProgress",
    "Trying",
    "come_to",
    "compared_with",
    "complete",
    "done_state",
    "gone_to",
    "kept_as",
    "left_off",
    "next_lesson",
    "problems",
    "progress",
    "tried",
    "view_state",
    "wishes",
]
