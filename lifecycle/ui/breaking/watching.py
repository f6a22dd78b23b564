"""What is broken on the diagram, and what is watched then: the clock goes to shortly before it, and plays."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from lifecycle.course import Course, address
from lifecycle.course.day import Day
from lifecycle.course.worlds.breaks import read_break, watched_s
from lifecycle.simulation.experiments.remedies import Saved
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar, cached, runs

TOO_MANY = f"{address.MOST_FAULTS} faults are all that a day holds. Repair one first."
# Days whose remedies are tried, or wait to be. Beyond so many those are let go that are done, or that no page has asked
# for in the last seconds: one that waits asks twice a second.
TRIED_KEPT, FORGOTTEN_S = 8, 10.0

# By day and the calm one that it is measured by, each with when it was asked for.
_tried: OrderedDict[tuple[Day, Day], tuple[Future[tuple[Saved, ...]], float]] = OrderedDict()
_turn = Lock()
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="remedies")


@dataclass(frozen=True)
class Watching:
    """The `nth` thing that this session watches: the day of `scenario` from `from_s` on, until `until_s` (seconds).

    `seen`: whether the clock has come to the end of it, or the learner did not want to wait. `remedy`: what is tried on
    the day of the state `undo`; "" and None where something was only broken.
    """

    nth: int
    scenario: Scenario
    from_s: float
    until_s: float
    seen: bool = False
    remedy: str = ""
    undo: address.State | None = None


def breakable(state: address.State) -> str | None:
    """Why nothing can be broken on the diagram just now, "" where it can be; None where the page leaves that out.

    So does a diagram that stands alone in another page: beside it there is no card.
    """
    if {"break", "knobs"} & set(state.hide) or state.part is address.PagePart.DIAGRAM:
        return None
    return TOO_MANY if len(state.faults) >= address.MOST_FAULTS else ""


def broken(course: Course, click: str) -> None:
    """Break what was clicked (see `breaks.read_break`), and watch it; what cannot be broken, or is, is passed over."""
    state, _ = addressbar.current(course)
    fault = read_break(click, course.pipeline.on_day(address.scenario_of(state, course)))
    if fault is None or breakable(state) != "" or _named(fault) in standing(state):
        return
    begin(course, fault)


def begin(course: Course, fault: Fault) -> None:
    """Break something, and watch it."""
    state, _ = addressbar.current(course)
    remembered.DRAWER.forget()  # what comes of it is told in the panel, whose place that has
    _watch(course, replace(state, faults=(*(one for one in state.faults if one != fault), fault)), [fault])


def standing(state: address.State) -> list[str]:
    """What the learner broke, as the diagram names it: `down.lake`, each once."""
    return list(dict.fromkeys(map(_named, state.faults)))


def repaired(course: Course, what: str) -> None:
    """Take back what stands under this name, whenever it happens; the clock goes on."""
    state, _ = addressbar.current(course)
    if breakable(state) is not None:
        addressbar.go(course, faults=tuple(one for one in state.faults if _named(one) != what))


def _named(fault: Fault) -> str:
    return f"{fault.kind}.{fault.station}"


def is_on(course: Course, drawn: address.State) -> bool:
    """Whether the day of a state with which a card was drawn still is the address's: two clicks may come before it."""
    return address.scenario_of(addressbar.written(course), course) == address.scenario_of(drawn, course)


def repair(course: Course, fault: Fault) -> None:
    """Take away one of the learner's own faults."""
    addressbar.go(course, faults=tuple(one for one in addressbar.written(course).faults if one != fault))


def tried(course: Course, drawn: address.State, there: address.State, what: str) -> None:
    """Watch the day of the state `there`, which is the one `drawn` with a remedy; nothing once that is no more on."""
    if not is_on(course, drawn):
        return
    state, _ = addressbar.current(course)
    watching = current(course, state)
    if watching and watching.undo:
        _watch(course, there, list(there.faults), f"{watching.remedy}; {what[:1].lower()}{what[1:]}", watching.undo)
    else:
        _watch(course, there, list(there.faults), what, state)


def _watch(
    course: Course, there: address.State, faults: list[Fault], remedy: str = "", undo: address.State | None = None
) -> None:
    spans = [watched_s(fault) for fault in faults]
    from_s, until_s = min(start for start, _ in spans), max(end for _, end in spans)
    last = remembered.WATCHING.get()
    addressbar.go(
        course,
        start=there.start,
        size=there.size,
        knobs=there.knobs,
        faults=there.faults,
        follow=None,  # an event that is followed has a clock of its own
        moment=round(from_s),
    )
    remembered.WATCHING.put(
        Watching(
            nth=last.nth + 1 if last else 1,
            scenario=address.scenario_of(there, course),
            from_s=from_s,
            until_s=until_s,
            remedy=remedy,
            undo=undo,
        )
    )


def current(course: Course, state: address.State) -> Watching | None:
    """What is watched on the day of this state; None where another day was watched last."""
    watching = remembered.WATCHING.get()
    return watching if watching and watching.scenario == address.scenario_of(state, course) else None


def replay(course: Course, state: address.State, screen: runs.OnScreen) -> tuple[str, float] | None:
    """What the diagram's clock is to do: the name of the replay, and when it is over (seconds of the day).

    None before a prediction that is asked for, and once the clock was stopped elsewhere.
    """
    watching = current(course, state)
    if watching is None or screen.waiting or state.moment != round(watching.from_s):
        return None
    return str(watching.nth), watching.until_s


def seen(nth: str | None = None) -> None:
    """The clock came to the end of the replay of this name, or the learner does not want to wait for it."""
    watching = remembered.WATCHING.get()
    if watching and nth in (None, str(watching.nth)):
        remembered.WATCHING.put(replace(watching, seen=True))


def stopped(moment_s: float) -> None:
    """The clock was stopped: within what is watched, that is to look at it."""
    watching = remembered.WATCHING.get()
    if watching and moment_s > watching.from_s:
        seen()


def remedies_of(day: Day, calm: Day) -> Future[tuple[Saved, ...]]:
    """What would have saved the day from all that `calm` has not, best first; tried in the background."""
    with _turn:
        known, now_s = _tried.get((day, calm)), time.monotonic()
        if known and not known[0].cancelled() and not _failed_long_ago(*known, now_s):
            results = known[0]
        else:
            results = _worker.submit(_saved(day, calm))
        _tried[day, calm] = results, now_s
        _tried.move_to_end((day, calm))
        while len(_tried) > TRIED_KEPT:
            oldest, (waiting, asked_s) = next(iter(_tried.items()))
            if not waiting.done() and now_s - asked_s < FORGOTTEN_S:
                break
            waiting.cancel()
            del _tried[oldest]
        return results


def _failed_long_ago(results: Future[tuple[Saved, ...]], asked_s: float, now_s: float) -> bool:
    """Whether it came to nothing, and nobody has asked since: then it is tried again."""
    return results.done() and results.exception() is not None and now_s - asked_s > FORGOTTEN_S


def _saved(day: Day, calm: Day) -> Callable[[], tuple[Saved, ...]]:
    return partial(cached.saved, day, calm)
