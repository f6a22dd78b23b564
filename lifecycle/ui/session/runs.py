"""Which run is on screen, which is its ghost, and which waits for a prediction."""

from __future__ import annotations

from dataclasses import dataclass

from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.learning.lessons import compared_with
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui.remembered import PREDICT_FIRST, RUN_BEFORE, RUN_NOW, RUN_PINNED, SessionKey
from lifecycle.ui.session import addressbar, cached

# Events of the largest day that is worked out before somebody asks for it: one more would take the memory and the
# processor from runs that somebody looks at.
MOST_AHEAD = 200_000


@dataclass(frozen=True)
class OnScreen:
    """`now` is drawn, `before` is its ghost, `waiting` waits to be drawn until the learner has said what it will do.

    `pinned` is the run that stays the ghost, where one was pinned and is of the same day.
    """

    now: Scenario
    before: Scenario | None = None
    waiting: Scenario | None = None
    pinned: Scenario | None = None


@dataclass(frozen=True)
class Shown:
    """A run that the session remembers, and the state that it is of: only that knows which day it is.

    `led_by` names the lesson or talk that led there, and its step.
    """

    scenario: Scenario
    state: State
    led_by: tuple[str, str] = ("", "")


def on_screen(course: Course, state: State) -> OnScreen:
    """What to draw, given what the address wants.

    A change makes the run before it the ghost, unless a run is pinned, or a lesson's step names the one that is; a run
    of another day is no ghost (see `address.same_day`), nor is one from before a talk or lesson was begun, left or went
    on to other settings: nobody made that change. With "predict first" on, a change waits. A run that the session
    remembers from before the course was edited, and that the course no longer has, is forgotten.
    """
    for key in (RUN_NOW, RUN_BEFORE, RUN_PINNED):
        kept = key.get()
        if kept and not cached.runs_on(course, kept.scenario):
            key.forget()
    wanted = Shown(address.scenario_of(state, course), state, addressbar.led_by())
    if (now := RUN_NOW.get()) is not None and _is_led_on(now, wanted):
        begin_anew()
        now = None
    if now is not None and now.scenario != wanted.scenario:
        if PREDICT_FIRST.get():
            return OnScreen(now.scenario, _ghost(course, now), wanted.scenario, _of_day(course, RUN_PINNED, now))
        RUN_BEFORE.put(now)
    RUN_NOW.put(wanted)
    return OnScreen(wanted.scenario, _ghost(course, wanted), pinned=_of_day(course, RUN_PINNED, wanted))


def day_name(state: State) -> str:
    """What tells the day of one state from that of another: its scenario and its real day."""
    return f"{state.scenario} {state.trace}"


def reveal(course: Course) -> None:
    """Draw the run that waited; the one on screen becomes its ghost."""
    state, _ = addressbar.current(course)
    if now := RUN_NOW.get():
        RUN_BEFORE.put(now)
    RUN_NOW.put(Shown(address.scenario_of(state, course), state, addressbar.led_by()))


def shown() -> Scenario | None:
    """The run on screen."""
    now = RUN_NOW.get()
    return now.scenario if now else None


def pin() -> None:
    """Keep the run on screen as the ghost until it is let go."""
    if now := RUN_NOW.get():
        RUN_PINNED.put(now)


def unpin() -> None:
    """Let the pinned run go: the run before the present one is the ghost again."""
    RUN_PINNED.forget()


def begin_anew() -> None:
    """Forget what was on screen: what comes next is no change of it."""
    RUN_NOW.forget()
    RUN_BEFORE.forget()


def _is_led_on(now: Shown, wanted: Shown) -> bool:
    """Whether a talk or lesson was begun, left, or went on to other settings between two runs."""
    (script, step), (script_wanted, step_wanted) = now.led_by, wanted.led_by
    return script != script_wanted or (step != step_wanted and now.scenario != wanted.scenario)


def is_pinned() -> bool:
    """Whether a run is kept as the ghost."""
    return RUN_PINNED.get() is not None


def pin_waits(course: Course, state: State) -> bool:
    """Whether a run is pinned but not drawn, since it is of another day than this one."""
    pin = RUN_PINNED.get()
    return pin is not None and not address.same_day(state, pin.state, course)


def _ghost(course: Course, now: Shown) -> Scenario | None:
    lesson, index = addressbar.on_step(course) or (None, 0)
    if lesson and lesson.steps[index].beside:
        other = compared_with(lesson.steps[index], course)
        ghost = address.scenario_of(other, course) if address.same_day(now.state, other, course) else None
        return None if ghost == now.scenario else ghost
    ghost = _of_day(course, RUN_PINNED if is_pinned() else RUN_BEFORE, now)
    return None if ghost == now.scenario else ghost


def _of_day(course: Course, key: SessionKey[Shown], now: Shown) -> Scenario | None:
    kept = key.get()
    return kept.scenario if kept and address.same_day(now.state, kept.state, course) else None
