"""Ahead of the learner: while they look at one run, the runs that one switch away lie are computed, and sent.

A flipped switch then finds its run, frames and charts in the caches of `cached`, and the page has fetched its diagram
and its figures already, which it shows in the next frame (`components/flips.js`). One thread works for the whole
server, on the newest wishes first; what nobody has waited for long is dropped, and then the page waits for the server.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from lifecycle import charts
from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.bill import Prices
from lifecycle.ui.components.diagram import EXPLORED, run_digest, sent_run
from lifecycle.ui.components.flips import Flip, Truth, message
from lifecycle.ui.panel import controls, figures
from lifecycle.ui.session import cached, prices, runs

WISHES_KEPT = 9
# What was made is some 80 kB each.
MADE_KEPT = 60


@dataclass(frozen=True)
class _Wish:
    """A day, the ghost that it would have, what its bill is made with, and the name of the day in the diagram."""

    day: Day
    ghost: Day | None
    prices: Prices
    name: str


@dataclass(frozen=True)
class _Ahead:
    """What comes of a wish, once it does, and the name by which a page fetches it, which nobody guesses."""

    key: str
    sent: Future[bytes]


_wishes: OrderedDict[_Wish, _Ahead] = OrderedDict()  # those that nobody works at yet; the newest stands last
_made: OrderedDict[_Wish, _Ahead] = OrderedDict()  # all of which a page may ask; what was wished for last stands last
_undrawn: OrderedDict[_Wish, None] = OrderedDict()  # sent, and their charts not yet drawn; the newest stands last
_turn = Lock()
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")


def prepare(course: Course, screen: runs.OnScreen, state: address.State) -> list[Flip]:
    """Have computed, in the background, what a flipped switch would show; how a page asks for it.

    A run that waits for a prediction comes first, and is not to be seen before that is made.
    """
    flips = [
        Flip(switch=field, value=words, key=_wish(course, screen, scenario, state))
        for field, words, scenario in _one_switch_away(course, screen.now, state)
        if scenario.events <= runs.MOST_AHEAD
    ]
    if screen.waiting and screen.waiting.events <= runs.MOST_AHEAD:
        _wish(course, screen, screen.waiting, state)
    return flips


def truth(course: Course, screen: runs.OnScreen, state: address.State) -> Truth:
    """What the server itself shows of the run on screen."""
    day, book = course.day(screen.now), prices.current(course)
    before = cached.headline(course.day(screen.before), book) if screen.before else None
    return Truth(
        nth=secrets.token_hex(4),
        run=run_digest(cached.frames(day), runs.day_name(state)),
        figures=figures.sent(cached.headline(day, book), before),
    )


def sent(key: str) -> Future[bytes] | None:
    """What a page shows ahead, once it is made, as JSON (`components/message.js`); cancelled where it was dropped."""
    with _turn:
        return next((made.sent for made in _made.values() if made.key == key), None)


def later(work: Callable[[], object]) -> None:
    """Have something computed, in the background, that a learner will ask for soon."""
    _worker.submit(work)


def _one_switch_away(course: Course, now: Scenario, state: address.State) -> Iterator[tuple[str, str, Scenario]]:
    """Each switch with a value that it does not have, in words, and what it would make of the scenario on screen."""
    for field, _, words in controls.SWITCHES:
        for value, word in words.items():
            changed: dict[str, Any] = {field: value}
            flipped = address.scenario_of(replace(state, **changed), course)
            if flipped != now:
                yield field, word, flipped


def _wish(course: Course, screen: runs.OnScreen, scenario: Scenario, state: address.State) -> str:
    ghost = screen.pinned or screen.now
    wish = _Wish(
        course.day(scenario),
        None if ghost == scenario else course.day(ghost),
        prices.current(course),
        runs.day_name(state),
    )
    with _turn:
        made = _made.get(wish)
        if made is None or made.sent.cancelled():
            made = _made[wish] = _wishes[wish] = _Ahead(secrets.token_hex(8), Future())
            _worker.submit(_grant)
        _made.move_to_end(wish)
        if wish in _wishes:
            _wishes.move_to_end(wish)
        while len(_wishes) > WISHES_KEPT:
            _wishes.popitem(last=False)[1].sent.cancel()
        while len(_made) > MADE_KEPT:
            _made.popitem(last=False)
    return made.key


def _grant() -> None:
    """Send what was wished for last; once no page waits for that any more, draw the charts of what was sent last."""
    with _turn:
        wish, made = _wishes.popitem() if _wishes else (None, None)
        undrawn = _undrawn.popitem()[0] if not wish and _undrawn else None
    if wish and made:
        _send(wish, made)
    if undrawn:
        _draw(undrawn)


def _send(wish: _Wish, made: _Ahead) -> None:
    try:
        made.sent.set_result(_message(wish))
    except Exception as error:  # told to the page that asks for it
        made.sent.set_exception(error)
        raise
    with _turn:
        _undrawn[wish] = None
        while len(_undrawn) > WISHES_KEPT:
            _undrawn.popitem(last=False)
    _worker.submit(_grant)


def _draw(wish: _Wish) -> None:
    cached.slowest(wish.day)
    for name in charts.MAIN:
        cached.plotted(cached.chart(name, wish.day, wish.ghost), 1.0)


def _message(wish: _Wish) -> bytes:
    after = cached.headline(wish.day, wish.prices)
    before = cached.headline(wish.ghost, wish.prices) if wish.ghost else None
    return message(sent_run(cached.frames(wish.day), wish.name, EXPLORED), figures.sent(after, before))
