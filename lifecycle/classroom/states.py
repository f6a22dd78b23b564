"""Where a class is: its state, as the store keeps it, and what of it phones and hall may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from lifecycle.classroom.message import Door, StateShown
from lifecycle.classroom.polls import Ask, ask_from, ask_json, poll_json, shown_key
from lifecycle.course.talks.talk import Rounds

# How long neighbours talk between two votes, unless the presenter goes on before.
DISCUSSION_S = 90.0
DOORS: tuple[Door, ...] = get_args(Door)


@dataclass(frozen=True)
class ClassState:
    """Where a class is. `step` counts from 0, `points` are those shown of it.

    `view` is what all explore together, off the script, as an address's query; "" is the script. `ask` is on the
    phones; while it is `open` they vote in `round`. `revealed`: the hall sees the bars; `answered`: it
    sees what is right, too. `rounds` keeps the round that each poll had come to, `seen` what the hall had seen of each
    that was closed: 0 nothing, 1 the bars, 2 the answer. `discuss_s` is the wall clock's second
    in which neighbours began to talk between two rounds, `started_s` that in which the talk began; 0 before. `joining`:
    how to join covers the hall's screen.

    `door` says who may join or vote: all; those who are `present`; or `seats`, who hold a printed slip. `most_phones`
    is how many may come from one address, 0 for the server's own number. `asides` are the questions that the presenter
    asked in words of the moment, `approved` the texts (by id) that the hall may read.
    """

    talk: str = ""
    step: int = 0
    points: int = 0
    black: bool = False
    ask: Ask | None = None
    round: Rounds = 1
    open: bool = False
    revealed: bool = False
    answered: bool = False
    discuss_s: float = 0.0
    rounds: tuple[tuple[str, Rounds], ...] = ()
    seen: tuple[tuple[str, int], ...] = ()
    view: str = ""
    started_s: float = 0.0
    joining: bool = False
    over: bool = False
    door: Door = "open"
    most_phones: int = 0
    asides: tuple[Ask, ...] = ()
    approved: tuple[str, ...] = ()

    @property
    def shows_key(self) -> bool:
        """Whether phones and hall may see what is right."""
        return self.ask is not None and self.answered and not self.open

    @property
    def discussing(self) -> bool:
        """Whether neighbours talk it over just now, between the first vote and the second."""
        closed = self.ask is not None and self.round == 1 and not self.open and not self.revealed
        return closed and self.discuss_s > 0.0


def state_json(state: ClassState) -> dict[str, Any]:
    """All of a state, for the store; `state_from` reads it."""
    fields = {name: getattr(state, name) for name in ClassState.__dataclass_fields__}
    return fields | {
        "ask": None if state.ask is None else ask_json(state.ask),
        "rounds": [list(pair) for pair in state.rounds],
        "seen": [list(pair) for pair in state.seen],
        "asides": [ask_json(aside) for aside in state.asides],
        "approved": list(state.approved),
    }


def state_from(kept: Mapping[str, Any]) -> ClassState:
    """The state that `state_json` wrote, or did before there were a door, asides and an answer after the bars."""
    ask = kept["ask"]
    return ClassState(
        **{
            "answered": kept["revealed"] and not kept["open"],
            **kept,
            "ask": None if ask is None else ask_from(ask),
            "rounds": tuple((id, at) for id, at in kept["rounds"]),
            "seen": tuple((id, far) for id, far in kept.get("seen", ())),
            "asides": tuple(map(ask_from, kept.get("asides", ()))),
            "approved": tuple(kept.get("approved", ())),
        }
    )


def shown_json(state: ClassState, *, key: bool = False) -> StateShown:
    """A state as phones and hall may know it; with `key` as the presenter may."""
    ask = state.ask
    return {
        "talk": state.talk,
        "step": state.step,
        "points": state.points,
        "black": state.black,
        "poll": None if ask is None else poll_json(ask.poll),
        "rounds": 1 if ask is None else ask.rounds,
        "round": state.round,
        "open": state.open,
        "revealed": state.revealed,
        "answered": state.answered,
        "discuss_until_s": state.discuss_s + DISCUSSION_S if state.discussing else None,
        "door": state.door,
        "key": shown_key(ask) if ask is not None and (key or state.shows_key) else None,
        "view": state.view,
        "joining": state.joining,
        "started_s": state.started_s,
        "over": state.over,
    }
