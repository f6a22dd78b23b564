"""What the first visitor of a server would wait for, made while the browser still fetches the page itself."""

from __future__ import annotations

import contextlib
import time

from lifecycle import charts
from lifecycle.course import ContentError, Course, address
from lifecycle.course.day import Day
from lifecycle.course.lessons import OPENING
from lifecycle.diagram.layout import GraphvizError
from lifecycle.learning import lessons
from lifecycle.ui.panel import panel as panel  # what a page draws with, loaded before somebody asks for one
from lifecycle.ui.session import cached, collecting, served, stocking

# What the charts are made with takes half a second to load. A visitor who comes at once gets the diagram before it.
CHARTS_LATER_S = 3.0


def make() -> None:
    """The default day as the explorer shows it, and the opening's; later its charts, and a team's own first drills.

    What cannot be made here is left to the page, which says why.
    """
    with contextlib.suppress(ContentError, GraphvizError, ValueError):
        course = served.course_without_a_page()
        day = course.day(address.scenario_of(address.State(), course))
        _first_seen(course, day)
        if opening := course.lesson(OPENING):
            view = lessons.view_state(opening.steps[0], course)
            _first_seen(course, course.day(address.scenario_of(view, course)))
        time.sleep(CHARTS_LATER_S)
        for name in charts.MAIN:
            cached.plotted(cached.chart(name, day, None), 1.0)
    collecting.settle()
    stocking.at_start()


def _first_seen(course: Course, day: Day) -> None:
    served.explained(course)
    cached.headline(day, course.prices)
    cached.frames(day)
    cached.picture(course.pipeline)
    served.looked_up()
