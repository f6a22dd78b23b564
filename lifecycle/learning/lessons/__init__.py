"""A learner on the way through a lesson: when a step is done, and what of a lesson nobody could do."""

from lifecycle.learning.lessons.completing import complete, done_state
from lifecycle.learning.lessons.proving import problems

__all__ = ["complete", "done_state", "problems"]
