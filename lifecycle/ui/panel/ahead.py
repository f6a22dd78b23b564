"""Ahead of the learner: while they look at one run, the runs that one switch away lies are computed.

A flipped switch then finds its run, frames and charts in the caches of `cached`, and only the page has to be drawn.
One thread works for the whole server, on the newest wishes first; what nobody has waited for long is dropped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from lifecycle import charts
from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.costs import Prices
from lifecycle.ui.panel import controls
from lifecycle.ui.session import cached, prices, runs

# A larger day would fill the memory with runs that perhaps nobody wants.
MOST_EVENTS = 200_000
WISHES_KEPT = 9

# A day, the ghost that it would leave, and what its bill is made with.
Wish = tuple[Day, Day, Prices]

_wishes: deque[Wish] = deque(maxlen=WISHES_KEPT)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")


def prepare(course: Course, screen: runs.OnScreen) -> None:
    """Have computed, in the background, what a flipped switch would show beside the ghost that it would leave.

    A run that waits for a prediction comes first.
    """
    wanted = [*_one_switch_away(screen.now), *([screen.asked] if screen.asked else [])]
    for scenario in wanted:
        if scenario.events <= MOST_EVENTS:
            _wishes.append((course.day(scenario), course.day(screen.pinned or screen.now), prices.current(course)))
            _worker.submit(_grant)


def later(work: Callable[[], object]) -> None:
    """Have something computed, in the background, that a learner will ask for soon."""
    _worker.submit(work)


def _one_switch_away(now: Scenario) -> Iterator[Scenario]:
    for field, _, words in controls.SWITCHES:
        for value in words:
            if value != getattr(now, field):
                changed: dict[str, Any] = {field: value}
                yield replace(now, **changed)


def _grant() -> None:
    try:
        day, ghost, book = _wishes.pop()
    except IndexError:  # dropped for a newer one
        return
    cached.frames(day)
    cached.headline(day, book)
    for name in charts.MAIN:
        cached.plotted(cached.chart(name, day, ghost), 1.0)
