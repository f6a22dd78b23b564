"""What a phone sends, read as a stranger's: a ballot that fits its poll, or a refusal in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from lifecycle.classroom.message import BallotSent, PollKind
from lifecycle.classroom.polls import Poll
from lifecycle.classroom.short_texts import LONGEST_TEXT, tidied
from lifecycle.course.quizzes.numbers import doubt_in, number_in

LONGEST_NUMBER = 40
LARGEST = 1e15


class Refused(ValueError):  # noqa: N818 - it is an answer to a person more than an error
    """What cannot be done, and how to fix it, in words for anyone who asked."""


@dataclass(frozen=True)
class Ballot:
    """One phone's choice: indices of options in rising order, a number, a place or a text; exactly one is given."""

    chosen: tuple[int, ...] = ()
    number: float | None = None
    place: str = ""
    text: str = ""

    @property
    def choice(self) -> tuple[int, ...] | float | str:
        """What was chosen, whatever the kind."""
        return self.place or self.text or (self.chosen if self.number is None else self.number)


def read_ballot(poll: Poll, sent: object) -> Ballot:
    """The ballot in what was sent: `{"chosen": [2]}`, `{"number": "1.5 min"}`, `{"place": "lake"}` or
    `{"text": "why so late?"}`; else Refused."""
    name = _answered_by(poll.kind)
    if not isinstance(sent, Mapping) or set(sent) != {name}:
        raise Refused(f"This question is answered by “{name}”, and by nothing else.")
    given = sent[name]
    match poll.kind:
        case PollKind.SINGLE | PollKind.MULTIPLE:
            return Ballot(chosen=_options(poll, given))
        case PollKind.CLICK:
            return Ballot(place=_place(poll, given))
        case PollKind.OPEN:
            return Ballot(text=_text(given))
        case PollKind.NUMBER | PollKind.PREDICT:
            return Ballot(number=_number(poll, given))
        case never:
            assert_never(never)


def _answered_by(kind: PollKind) -> str:
    match kind:
        case PollKind.SINGLE | PollKind.MULTIPLE:
            return "chosen"
        case PollKind.CLICK:
            return "place"
        case PollKind.OPEN:
            return "text"
        case PollKind.NUMBER | PollKind.PREDICT:
            return "number"
        case never:
            assert_never(never)


def ballot_json(ballot: Ballot) -> BallotSent:
    """A ballot as JSON holds it; `read_ballot` and `ballot_from` read it."""
    if ballot.place:
        return {"place": ballot.place}
    if ballot.text:
        return {"text": ballot.text}
    return {"chosen": list(ballot.chosen)} if ballot.number is None else {"number": ballot.number}


def ballot_from(plain: Mapping[str, Any]) -> Ballot:
    """The ballot that `ballot_json` wrote; it was checked when it came."""
    return Ballot(tuple(plain.get("chosen", ())), plain.get("number"), plain.get("place", ""), plain.get("text", ""))


def _options(poll: Poll, chosen: object) -> tuple[int, ...]:
    count = len(poll.options)
    if not isinstance(chosen, list) or len(chosen) > count:
        raise Refused("Choose among the options that are shown.")
    for index in chosen:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise Refused("Choose among the options that are shown.")
    if len(set(chosen)) < len(chosen):
        raise Refused("Choose each option once.")
    if poll.kind is PollKind.SINGLE and len(chosen) != 1:
        raise Refused("Choose one option.")
    if not chosen:
        raise Refused("Choose at least one option.")
    return tuple(sorted(chosen))


def _place(poll: Poll, place: object) -> str:
    if not isinstance(place, str) or place not in dict(poll.places):
        raise Refused("Choose a place of the diagram.")
    return place


def _text(sent: object) -> str:
    text = tidied(sent) if isinstance(sent, str) else ""
    if not text:
        raise Refused("Write a few words.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"Write at most {LONGEST_TEXT} characters: this is {len(text):,}.")
    return text


def _number(poll: Poll, sent: object) -> float:
    value = _typed(sent, poll.unit)
    if value is None:
        raise Refused(f"Write a number, such as 12.5{f', in {poll.unit}' if poll.unit else ''}.")
    if abs(value) > LARGEST:
        raise Refused("That number is too large.")
    if poll.kind is PollKind.PREDICT and not poll.low <= value <= poll.high:
        raise Refused(f"Choose a number between {poll.low:g} and {poll.high:g} {poll.unit}".rstrip() + ".")
    return value


def _typed(sent: object, unit: str) -> float | None:
    if isinstance(sent, str) and len(sent) <= LONGEST_NUMBER:
        if doubt := doubt_in(sent, unit):
            raise Refused(doubt)
        return number_in(sent, unit)
    if isinstance(sent, int | float) and not isinstance(sent, bool):
        try:
            value = float(sent)
        except OverflowError:
            return None
        return value if math.isfinite(value) else None
    return None
