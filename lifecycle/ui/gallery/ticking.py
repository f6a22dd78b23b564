"""What a learner tries of a scenario, noticed as it happens and kept."""

from __future__ import annotations

from lifecycle.course import Course
from lifecycle.course.address import State
from lifecycle.course.scenarios import NamedScenario
from lifecycle.learning.lessons import come_to, gone_to, kept_as, tried
from lifecycle.storage import LessonRow
from lifecycle.ui import remembered
from lifecycle.ui.session import learner


def notice(course: Course, state: State) -> None:
    """Keep the things to try that are done by now, of the scenario on screen and of the one that was left for it."""
    named, before = course.named(state.scenario) or course.default, remembered.TRYING.get()
    left = course.named(before.scenario) if before else None
    if before and left and left != named:
        _keep(left, gone_to(before, state, course))
    trying, done = come_to(before, named, state, course)
    _keep(named, done)
    remembered.TRYING.put(trying)


def _keep(named: NamedScenario, done: frozenset[int]) -> None:
    for step in sorted(done - tried(named, learner.lessons())):
        learner.add_lesson(LessonRow(kept_as(named), step, True))
