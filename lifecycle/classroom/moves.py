"""Where a class is, and what its presenter can do: each move is a function from one state to the next, or Refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lifecycle.classroom.ballots import Refused
from lifecycle.classroom.polls import Ask, Rounds, ask_from, ask_json, key_json, poll_json

MOST_STEPS = 1_000
LONGEST_VIEW = 2_000


@dataclass(frozen=True)
class ClassState:
    """Where a class is. `step` counts from 0, `points` are those shown of it.

    `view` is what all explore together, off the script; "" is the script. `ask` is on the phones; while it is `open`
    they vote in `round`. `revealed`: the hall sees the results; what is right is shown with them once the vote is
    closed. `rounds` keeps the round that each poll had come to. `started_s` is the wall clock's second in which the
    talk began, 0 before it has.
    """

    talk: str = ""
    step: int = 0
    points: int = 0
    black: bool = False
    ask: Ask | None = None
    round: Rounds = 1
    open: bool = False
    revealed: bool = False
    rounds: tuple[tuple[str, Rounds], ...] = ()
    view: str = ""
    started_s: float = 0.0
    over: bool = False

    @property
    def shows_key(self) -> bool:
        """Whether phones and hall may see what is right."""
        return self.ask is not None and self.revealed and not self.open


def ask(state: ClassState, asked: Ask) -> ClassState:
    """Put a question to the class. One that was asked before comes back in the round it had come to."""
    _going(state)
    if state.ask is not None and state.open:
        raise Refused("A question is open: close it first.")
    kept = dict(_noted(state))
    at = kept.get(asked.poll.id, 1)
    shown = replace(state, ask=asked, round=at, open=True, revealed=False, rounds=tuple(kept.items()))
    return replace(shown, black=False, view="")


def close(state: ClassState) -> ClassState:
    """Take no more votes."""
    _asked(state)
    if not state.open:
        raise Refused("The question is closed already.")
    return replace(state, open=False)


def reopen(state: ClassState) -> ClassState:
    """Take votes again, in the same round."""
    _asked(state)
    if state.open:
        raise Refused("The question is open already.")
    if state.revealed:
        raise Refused("The class has seen the answer: hide it before voting goes on.")
    return replace(state, open=True)


def second_round(state: ClassState) -> ClassState:
    """Vote once more, after talking it over; the first round's votes stay as they are."""
    _asked(state)
    if state.round == 2:
        raise Refused("This is the second round already.")
    if state.shows_key:
        raise Refused("The class has seen the answer: a second vote would tell nothing.")
    return replace(state, round=2, open=True, revealed=False)


def reveal(state: ClassState) -> ClassState:
    """Show the hall the results; while the vote is open they grow, and what is right comes with its close."""
    _asked(state)
    if state.revealed:
        raise Refused("The results are shown already.")
    return replace(state, revealed=True)


def hide(state: ClassState) -> ClassState:
    """Take the results off the screen."""
    _asked(state)
    if not state.revealed:
        raise Refused("The results are hidden already.")
    return replace(state, revealed=False)


def toggle(state: ClassState) -> ClassState:
    """Show the results, or hide them."""
    return hide(state) if state.revealed else reveal(state)


def onward(state: ClassState, here: Ask | None) -> ClassState:
    """The one key of a vote: ask what this step (`here`) asks, close it, vote again where two rounds are meant."""
    _going(state)
    if state.ask is None:
        if here is None:
            raise Refused("This step asks nothing.")
        return ask(state, here)
    if state.open:
        return close(state)
    if state.ask.rounds == 2 and state.round == 1 and not state.revealed:
        return second_round(state)
    raise Refused("This vote is over: show the answers, or go on.")


def go(state: ClassState, step: int, points: int = 0) -> ClassState:
    """Go to a step of the script and show so many of its points; a question of another step is put away."""
    _going(state)
    if not 0 <= step < MOST_STEPS or not 0 <= points < MOST_STEPS:
        raise Refused("There is no such step.")
    moved = replace(state, step=step, points=points, black=False, view="")
    if step == state.step or state.ask is None:
        return moved
    return replace(moved, ask=None, round=1, open=False, revealed=False, rounds=tuple(_noted(state).items()))


def black(state: ClassState, on: bool) -> ClassState:
    """Make the screen black, or bring it back."""
    return replace(state, black=on)


def look(state: ClassState, view: str) -> ClassState:
    """Show what the presenter explores, off the script: an address's query such as `?size=stream`; "" is the script.

    The page that shows it reads the query as it reads an address, so here nothing but its form counts.
    """
    _going(state)
    if view and not view.startswith("?"):
        raise Refused("What is explored is an address's query: it begins with a question mark.")
    if len(view) > LONGEST_VIEW:
        raise Refused("That address is too long.")
    return replace(state, view=view)


def begin(state: ClassState, now_s: float) -> ClassState:
    """Start the talk's clock, or start it anew."""
    return replace(state, started_s=now_s)


def end(state: ClassState) -> ClassState:
    """Say good-bye: the phones are told, nothing can be asked any more."""
    return replace(state, ask=None, open=False, revealed=False, over=True)


def _going(state: ClassState) -> None:
    if state.over:
        raise Refused("The class is over.")


def _asked(state: ClassState) -> Ask:
    if state.ask is None:
        raise Refused("No question is asked.")
    return state.ask


def _noted(state: ClassState) -> dict[str, Rounds]:
    """The round of every poll, with that of the present one."""
    noted = dict(state.rounds)
    if state.ask is not None:
        noted[state.ask.poll.id] = state.round
    return noted


def state_json(state: ClassState) -> dict[str, Any]:
    """All of a state, for the store; `state_from` reads it."""
    told = {name: getattr(state, name) for name in ClassState.__dataclass_fields__}
    return told | {
        "ask": None if state.ask is None else ask_json(state.ask),
        "rounds": [list(each) for each in state.rounds],
    }


def state_from(found: Mapping[str, Any]) -> ClassState:
    """The state that `state_json` wrote."""
    asked = found["ask"]
    rounds = tuple((id, at) for id, at in found["rounds"])
    return ClassState(**{**found, "ask": None if asked is None else ask_from(asked), "rounds": rounds})


def shown_json(state: ClassState, *, key: bool = False) -> dict[str, Any]:
    """A state as phones and hall may know it; with `key` as the presenter may."""
    asked = state.ask
    return {
        "talk": state.talk,
        "step": state.step,
        "points": state.points,
        "black": state.black,
        "poll": None if asked is None else poll_json(asked.poll),
        "rounds": 1 if asked is None else asked.rounds,
        "round": state.round,
        "open": state.open,
        "revealed": state.revealed,
        "key": key_json(asked.key) if asked is not None and (key or state.shows_key) else None,
        "view": state.view,
        "started_s": state.started_s,
        "over": state.over,
    }
