"""While a knob is turned: what each place of its slider comes to, several times a second.

The page asks for the place at which the thumb is (`components/turns.js`), one after the other, and the server simulates
that day without keeping it. Once the thumb is let go the page runs as it always did, and says the same.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock

from lifecycle.charts.headlines import headlines
from lifecycle.course import Course, address
from lifecycle.course.pipeline import Stage
from lifecycle.course.worlds import knobs
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.bill import Prices
from lifecycle.ui import remembered
from lifecycle.ui.components.diagram import EXPLORED, run_message
from lifecycle.ui.components.flips import Turn, message
from lifecycle.ui.panel import figures
from lifecycle.ui.session import cached, prices, runs

OFFERED_KEPT = 100  # pages; each holds its course, and with that a real day that its learner may have brought


@dataclass(frozen=True)
class _Turning:
    """A stage whose knobs may be turned in the run of a state, beside the ghost that a turned one would have."""

    course: Course
    state: address.State
    stage: Stage
    ghost: Scenario
    prices: Prices


_offered: OrderedDict[Hashable, tuple[str, _Turning]] = OrderedDict()  # what was shown last stands last
_latest: OrderedDict[str, Future[bytes]] = OrderedDict()  # the place that was asked for last under each key
_turn = Lock()
# One for the whole server: who drags must not take the processor from those who click.
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turning")


def offer(
    course: Course, screen: runs.OnScreen, state: address.State, *, in_every_view: bool = False
) -> tuple[str, list[Turn]]:
    """The knobs of the stage that the page shows, and the key under which their places are asked for; "" with none.

    They stand in the panel's Watch, or beside the stage `in_every_view`.
    """
    at = course.pipeline.by_id.get(state.stage or "")
    waits = remembered.PREDICT_FIRST.get() or screen.waiting
    unseen = not in_every_view and state.view != address.View.WATCH
    if not isinstance(at, Stage) or unseen or waits or screen.now.events > runs.MOST_AHEAD:
        return "", []
    key = _key(_Turning(course, state, at, screen.pinned or screen.now, prices.current(course)))
    return key, [
        Turn(knob=_class_of(remembered.knob_of(at.id, figure.name).name), figure=figure.name)
        for figure in knobs.that_matter(course, state, at)
    ]


def _class_of(widget: str) -> str:
    """The class that Streamlit gives what it draws for a widget of this key."""
    return f"st-key-{re.sub('[^a-zA-Z0-9_-]', '-', widget)}"


def _key(one: _Turning) -> str:
    known = (one.course.pipeline, one.state, one.stage.id, one.ghost, one.prices)
    with _turn:
        key, _ = _offered.get(known) or (secrets.token_hex(8), one)
        _offered[known] = key, one
        _offered.move_to_end(known)
        while len(_offered) > OFFERED_KEPT:
            _offered.popitem(last=False)
    return key


def sent(key: str, name: str, thumb: float) -> Future[bytes] | None:
    """What a page shows while the thumb of a knob's slider is at a place, as JSON; None for no place of it."""
    with _turn:
        one = next((one for known, one in _offered.values() if known == key), None)
    if one is None:
        return None
    shown = {figure.name: figure for figure in knobs.that_matter(one.course, one.state, one.stage)}
    figure = shown.get(name)
    if figure is None:
        return None
    value = knobs.slid_to(figure, knobs.in_use(one.course, one.state, one.stage, figure), thumb)
    if value is None:
        return None
    with _turn:
        # of what a page asks for, the place where the thumb is now; one that it has left is simulated no more
        if left := _latest.pop(key, None):
            left.cancel()
        _latest[key] = made = _worker.submit(_simulated, one, figure, value)
        while len(_latest) > OFFERED_KEPT:
            _latest.popitem(last=False)[1].cancel()
    return made


def _simulated(one: _Turning, figure: Figure, value: float) -> bytes:
    """The same as the page says of that day; ValueError where it cannot be simulated."""
    turned = replace(one.state, knobs=knobs.turned(one.course, one.state, one.stage, figure, value))
    day = one.course.day(address.scenario_of(turned, one.course))
    run = day.simulated()
    before = None if one.ghost == day.scenario else cached.headline(one.course.day(one.ghost), one.prices)
    after = headlines(day.pipeline, run, one.prices)
    return message(run_message(measures.frames(run), runs.day_name(turned), EXPLORED), figures.sent(after, before))
