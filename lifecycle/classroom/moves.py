"""What a presenter can do with a class: each move is a function from one state to the next, or Refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lifecycle.classroom.ballots import Refused
from lifecycle.classroom.message import PollKind
from lifecycle.classroom.polls import Ask
from lifecycle.classroom.states import DOORS, ClassState
from lifecycle.course.talks.talk import Rounds

MOST_STEPS = 1_000
LONGEST_VIEW = 2_000
# Questions in the presenter's own words, and texts that the hall sees of one: more than any screen or hour holds.
MOST_ASIDES, MOST_APPROVED = 30, 200
MOST_PHONES = 20_000


_PUT_AWAY: dict[str, Any] = {"open": False, "revealed": False, "answered": False, "discuss_s": 0.0}


def ask(state: ClassState, question: Ask) -> ClassState:
    """Put a question to the class. One that was asked before comes back in the round it had come to."""
    _going(state)
    if state.ask is not None and state.open:
        raise Refused("A question is open: close it first.")
    kept = dict(_noted(state))
    at = kept.get(question.poll.id, 1)
    fresh = replace(state, **_PUT_AWAY)
    shown = replace(fresh, black=False, joining=False, view="")
    return replace(shown, ask=question, round=at, open=True, rounds=tuple(kept.items()))


def aside(state: ClassState, question: Ask) -> ClassState:
    """Ask for short texts, in words of the moment; the question is kept for the results."""
    if len(state.asides) >= MOST_ASIDES:
        raise Refused(f"A class asks {MOST_ASIDES} questions of this kind at most.")
    return replace(ask(state, question), asides=(*state.asides, question))


def put_away(state: ClassState) -> ClassState:
    """Take a closed question off the phones."""
    _ask_of(state)
    if state.open:
        raise Refused("The question is open: close it first.")
    return _without_ask(state)


def close(state: ClassState, now_s: float = 0.0) -> ClassState:
    """Take no more votes; after the first of two rounds, from `now_s` on, neighbours talk it over."""
    question = _ask_of(state)
    if not state.open:
        raise Refused("The question is closed already.")
    return replace(state, open=False, discuss_s=now_s if question.rounds == 2 and state.round == 1 else 0.0)


def discuss(state: ClassState, now_s: float) -> ClassState:
    """Let neighbours talk it over (anew): the first vote is closed, the second is still to come."""
    _ask_of(state)
    if state.answered:
        raise Refused("The class has seen the answer: hide it before it talks it over.")
    return replace(state, round=1, open=False, revealed=False, discuss_s=now_s)


def reopen(state: ClassState) -> ClassState:
    """Take votes again, in the same round."""
    _ask_of(state)
    if state.open:
        raise Refused("The question is open already.")
    if state.answered:
        raise Refused("The class has seen the answer: hide it before voting goes on.")
    return replace(state, open=True, discuss_s=0.0)


def second_round(state: ClassState) -> ClassState:
    """Vote once more, after talking it over; the first round's votes stay as they are."""
    _ask_of(state)
    if state.round == 2:
        raise Refused("This is the second round already.")
    if state.answered:
        raise Refused("The class has seen the answer: a second vote would tell nothing.")
    return replace(state, round=2, open=True, revealed=False, discuss_s=0.0)


def reveal(state: ClassState) -> ClassState:
    """Show the hall the bars; while the vote is open they grow."""
    if _ask_of(state).poll.kind is PollKind.OPEN:
        raise Refused("Texts are shown one by one: choose them at the desk.")
    if state.revealed:
        raise Refused("The results are shown already.")
    return replace(state, revealed=True)


def answer(state: ClassState) -> ClassState:
    """Show hall and phones what is right, with the bars; only once the vote is closed."""
    if _ask_of(state).poll.kind is PollKind.OPEN:
        raise Refused("Nothing is right or wrong here.")
    if state.open:
        raise Refused("The vote is open: close it before you show what is right.")
    if state.answered:
        raise Refused("The answer is shown already.")
    return replace(state, revealed=True, answered=True)


def hide(state: ClassState) -> ClassState:
    """Take bars and answer off the screen."""
    _ask_of(state)
    if not state.revealed:
        raise Refused("The results are hidden already.")
    return replace(state, revealed=False, answered=False)


def unfold(state: ClassState) -> ClassState:
    """After a vote first the bars, then the answer; a question for short texts, which covers the step, goes away."""
    if _ask_of(state).poll.kind is PollKind.OPEN:
        return _without_ask(replace(state, open=False))
    return _more(state)


def _more(state: ClassState) -> ClassState:
    return answer(state) if state.revealed else reveal(state)


def toggle(state: ClassState) -> ClassState:
    """The one key of the results: the bars, then what is right, then neither."""
    return hide(state) if state.answered or (state.revealed and state.open) else _more(state)


def onward(state: ClassState, asks: Ask | None, now_s: float = 0.0) -> ClassState:
    """The one key of a vote: ask what this step (`asks`) asks, close it, vote again where two rounds are meant."""
    _going(state)
    if state.ask is None:
        if asks is None:
            raise Refused("This step asks nothing.")
        return ask(state, asks)
    if state.open:
        return close(state, now_s)
    if state.ask.rounds == 2 and state.round == 1 and not state.answered:
        return second_round(state)
    raise Refused("This vote is over: show the answers, or go on.")


def go(state: ClassState, step: int, points: int = 0, voted: Ask | None = None) -> ClassState:
    """Go to a step of the script and show so many of its points; a question of another step is put away.

    `voted` is what that step asks, where the class has voted on it: closed when it was left, it comes back as it was.
    """
    _going(state)
    if not 0 <= step < MOST_STEPS or not 0 <= points < MOST_STEPS:
        raise Refused("There is no such step.")
    moved = replace(state, step=step, points=points, black=False, joining=False, view="")
    if step == state.step:
        return moved
    left = _without_ask(moved)
    if voted is None or (seen := dict(left.seen).get(voted.poll.id)) is None:
        return left
    return replace(left, ask=voted, round=dict(left.rounds)[voted.poll.id], revealed=seen > 0, answered=seen > 1)


def black(state: ClassState, on: bool) -> ClassState:
    """Make the screen black, or bring it back."""
    return replace(state, black=on)


def join(state: ClassState, on: bool) -> ClassState:
    """Cover the hall's screen with how to join, or uncover it."""
    _going(state)
    return replace(state, joining=on)


def look(state: ClassState, view: str) -> ClassState:
    """Show what the presenter explores, off the script: an address's query such as `?size=stream`; "" is the script.

    The page that shows it reads the query as it reads an address, so here nothing but its form counts.
    """
    _going(state)
    if view and not view.startswith("?"):
        raise Refused("What is explored is an address's query: it begins with a question mark.")
    if len(view) > LONGEST_VIEW:
        raise Refused("That address is too long.")
    return replace(state, view=view, joining=state.joining and not view)


def begin(state: ClassState, now_s: float) -> ClassState:
    """Start the talk's clock, or start it anew."""
    return replace(state, started_s=now_s)


def end(state: ClassState) -> ClassState:
    """Say good-bye: the phones are told, nothing can be asked any more."""
    return replace(state, ask=None, over=True, **_PUT_AWAY)


def guard_door(state: ClassState, door: str) -> ClassState:
    """Say who may join: a name of `DOORS`."""
    if door not in DOORS:
        raise Refused(f"The door is one of {', '.join(DOORS)}.")
    return replace(state, door=door)


def limit_phones(state: ClassState, most: int) -> ClassState:
    """Say how many phones may come from one address."""
    if not 1 <= most <= MOST_PHONES:
        raise Refused(f"Choose a number from 1 to {MOST_PHONES:,}.")
    return replace(state, most_phones=most)


def approve(state: ClassState, text: str) -> ClassState:
    """Let the hall read the text of this id."""
    if text in state.approved:
        return state
    if len(state.approved) >= MOST_APPROVED:
        raise Refused(f"The hall sees {MOST_APPROVED} texts already: hide some first.")
    return replace(state, approved=(*state.approved, text))


def withdraw(state: ClassState, text: str = "") -> ClassState:
    """Take the text of this id off the screen, or every text."""
    return replace(state, approved=tuple(other for other in state.approved if text and other != text))


def _going(state: ClassState) -> None:
    if state.over:
        raise Refused("The class is over.")


def _ask_of(state: ClassState) -> Ask:
    if state.ask is None:
        raise Refused("No question is asked.")
    return state.ask


def _without_ask(state: ClassState) -> ClassState:
    """Nothing is asked; how far the question had come is kept."""
    if state.ask is None:
        return state
    seen = {poll: far for poll, far in state.seen if poll != state.ask.poll.id}
    if not state.open:
        seen[state.ask.poll.id] = state.revealed + state.answered
    kept = tuple(_noted(state).items())
    return replace(state, ask=None, round=1, rounds=kept, seen=tuple(seen.items()), **_PUT_AWAY)


def _noted(state: ClassState) -> dict[str, Rounds]:
    """The round of every poll, with that of the present one."""
    noted = dict(state.rounds)
    if state.ask is not None:
        noted[state.ask.poll.id] = state.round
    return noted
