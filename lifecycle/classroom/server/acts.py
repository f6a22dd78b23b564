"""What a presenter can do by a name: keys of hall and desk, and the desk's buttons, as moves of the class.

A key that is pressed twice in a moment counts once, from whichever window it comes: a clicker that bounces, or a hand
on both keyboards, neither skips the discussion nor the bars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lifecycle.classroom import Ask, ClassState, Refused, moves, open_question
from lifecycle.classroom.server.lectures import Lecture, Pressed

# Keys of one kind within this time count once.
ECHO_S = 1.0
_KINDS = {
    **dict.fromkeys(("onward", "ask", "close", "reopen", "second_round", "discuss", "aside"), "vote"),
    **dict.fromkeys(("toggle", "unfold", "reveal", "answer", "hide"), "results"),
}
# What these do depends on where the class is, so a second one would do something else.
_RELATIVE = frozenset(("onward", "toggle", "unfold"))


def acted(lecture: Lecture, action: str, values: Mapping[str, Any], now_s: float) -> ClassState:
    """The state after an action; Refused in words, also where it takes no such values."""
    if action not in ACTIONS:
        raise Refused(f"There is no action {action[:40]!r}: {', '.join(ACTIONS)}.")
    try:
        return ACTIONS[action](lecture, now_s, **values)
    except TypeError:
        raise Refused(f"{action} was called with {', '.join(values) or 'nothing'}, which it does not take.") from None


def is_echo(pressed: Pressed, action: str, tick_s: float) -> bool:
    """Whether an action is the one before, once more; `tick_s` is of a clock that only goes on."""
    last, then_s = pressed.get(_KINDS.get(action, ""), ("", float("-inf")))
    return tick_s - then_s < ECHO_S and (action in _RELATIVE or action == last)


def noted(pressed: Pressed, action: str, tick_s: float) -> Pressed:
    """What was pressed, with one action more. At another step nothing is an echo of what was done at this one."""
    before = {} if action == "go" else pressed
    kind = _KINDS.get(action)
    return {**before, kind: (action, tick_s)} if kind else dict(before)


def _ask(lecture: Lecture, _: float, ask: Ask | None = None) -> ClassState:
    question = ask or lecture.current_ask
    if question is None:
        raise Refused("This step asks nothing.")
    return moves.ask(lecture.state, question)


def _aside(lecture: Lecture, _: float, text: str) -> ClassState:
    try:
        question = open_question(f"aside-{len(lecture.state.asides) + 1}", text)
    except ValueError as error:
        raise Refused(str(error)) from None
    return moves.aside(lecture.state, question)


def _go(lecture: Lecture, now_s: float, step: int, points: int = 0) -> ClassState:
    steps = len(lecture.talk.get("steps", ())) or moves.MOST_STEPS
    if not _is_count(step) or not _is_count(points) or step >= steps:
        raise Refused("There is no such step.")
    # the talk's clock starts with the first move
    begun = lecture.state if lecture.state.started_s else moves.begin(lecture.state, now_s)
    return moves.go(begun, step, points, lecture.voted_at(step))


def _limit(lecture: Lecture, _: float, most: int) -> ClassState:
    if not _is_count(most):
        raise Refused("Choose a whole number of phones.")
    return moves.limit_phones(lecture.state, most)


def _show_text(lecture: Lecture, _: float, id: str) -> ClassState:
    if not any(written.id == id for written in lecture.texts()):
        raise Refused("This text is gone: its phone wrote another one.")
    return moves.approve(lecture.state, id)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


ACTIONS: dict[str, Callable[..., ClassState]] = {
    "ask": _ask,
    "aside": _aside,
    "put_away": lambda lecture, _: moves.put_away(lecture.state),
    "close": lambda lecture, now_s: moves.close(lecture.state, now_s),
    "discuss": lambda lecture, now_s: moves.discuss(lecture.state, now_s),
    "reopen": lambda lecture, _: moves.reopen(lecture.state),
    "second_round": lambda lecture, _: moves.second_round(lecture.state),
    "reveal": lambda lecture, _: moves.reveal(lecture.state),
    "answer": lambda lecture, _: moves.answer(lecture.state),
    "hide": lambda lecture, _: moves.hide(lecture.state),
    "toggle": lambda lecture, _: moves.toggle(lecture.state),
    "unfold": lambda lecture, _: moves.unfold(lecture.state),
    "onward": lambda lecture, now_s: moves.onward(lecture.state, lecture.current_ask, now_s),
    "go": _go,
    "black": lambda lecture, _, on: moves.black(lecture.state, bool(on)),
    "join": lambda lecture, _, on: moves.join(lecture.state, bool(on)),
    "look": lambda lecture, _, view: moves.look(lecture.state, str(view)),
    "clock": lambda lecture, now_s: moves.begin(lecture.state, now_s),
    "end": lambda lecture, _: moves.end(lecture.state),
    "door": lambda lecture, _, door: moves.guard_door(lecture.state, door),
    "limit": _limit,
    "show_text": _show_text,
    "hide_text": lambda lecture, _, id: moves.withdraw(lecture.state, id or "-"),
    "hide_texts": lambda lecture, _: moves.withdraw(lecture.state),
}
