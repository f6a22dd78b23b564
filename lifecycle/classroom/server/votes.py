"""A vote as a phone sends it: read, held against the open question, known again when it comes twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import Any

from lifecycle import metrics
from lifecycle.classroom import ClassState, PollKind, Refused, ballot_json, read_ballot
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.classroom.server.refusals import REPLAYED, Closed, Replayed
from lifecycle.storage import VoteRow


def read_vote(lecture: Lecture, phone: str, sent: Mapping[str, Any]) -> VoteRow:
    """The vote as it would be kept; Refused where it is none, or of a question that this class was never asked."""
    key, poll, at = sent.get("key"), sent.get("poll"), sent.get("round")
    if not isinstance(key, str) or not isinstance(poll, str) or at not in (1, 2) or isinstance(at, bool):
        raise Refused("A vote has a key, a poll, a round (1 or 2) and a ballot.")
    name = _submission(lecture, phone, key)
    ask = lecture.ask_of(poll)
    if ask is None:
        raise Closed("This question is not open: look at the screen.")
    ballot = read_ballot(ask.poll, sent.get("ballot"))
    return VoteRow(name, poll, at, phone, json.dumps(ballot_json(ballot)))


def _submission(lecture: Lecture, phone: str, key: str) -> str:
    """The name of one vote, from the key that the phone made: unlike any other phone's or class's."""
    if not key or len(key) > 40 or not key.isascii() or not key.isalnum():
        raise Refused("This vote has no usable key: reload the page.")
    return f"{lecture.row.code}:{phone}:{key}"


def check_open(state: ClassState, row: VoteRow) -> None:
    """Raise Closed where a vote is not of the open round."""
    if state.ask is None or state.ask.poll.id != row.poll:
        raise Closed("This question is not open any more: look at the screen.")
    if state.round != row.round:
        raise Closed(f"This is round {state.round} now: choose again.")
    if not state.open:
        raise Closed("This question is closed." if state.ask.poll.kind is PollKind.OPEN else "The vote is closed.")


def already(before: VoteRow, row: VoteRow) -> Future[None]:
    """Acknowledge a vote that came before; the same key with another choice is no retry."""
    if before != row:
        raise Replayed(REPLAYED)
    done: Future[None] = Future()
    done.set_result(None)
    return done


def count_new(rows: Iterable[VoteRow]) -> None:
    """Count what the store has kept for the first time, for who watches over the server; a seat is no vote."""
    metrics.VOTES.inc(sum(row.poll != Lecture.SEAT for row in rows))
