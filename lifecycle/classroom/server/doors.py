"""Who may join a class: how many phones from one address, who is present when the door is shut, who holds which seat.

By default a thousand phones come in behind one address, as they do in a hall behind one router; so one machine may
pretend to be hundreds of them. Where that matters the presenter shuts the door, which gives no new names, or counts
seats alone: a slip for each, printed from the desk, whose token one device uses once.

A door says who may vote from now on. What was voted before stays, whatever the door says since; a phone that voted and
then takes a seat goes on with that vote, and may change it there, so that it never has two.
"""

from __future__ import annotations

import hashlib
import json
import secrets

from lifecycle.classroom.server import limits
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.classroom.server.refusals import Full, Shut
from lifecycle.storage import VoteRow

MOST_SEATS = 2_000
_MOST_NOTED = 5_000


def most_phones(lecture: Lecture) -> int:
    """How many phones may come from one address: what the desk says, else what the server does."""
    return lecture.state.most_phones or limits.phones_of_one_address()


def admit(lecture: Lecture, where: str) -> str:
    """A sealed name for a new phone that comes from the address `where`; Shut or Full where there is none for it."""
    if lecture.state.door == "present":
        raise Shut("The presenter has closed the door: this class is for those who were in already.")
    if lecture.state.door == "seats":
        raise Shut("This class votes by seat: scan the code on the slip at your seat.")
    with lecture.lock:
        if lecture.names_from[where] >= most_phones(lecture) or lecture.names_from.total() >= limits.MOST_PHONES:
            raise Full("As many phones as are allowed here are in: ask the presenter to let in more.")
        lecture.names_from[where] += 1
    return lecture.new_phone()


def turn_away(lecture: Lecture, where: str, waiting: str) -> str:
    """Count a phone for which there was no name, once: by what it was given when it was first turned away, `waiting`.

    What it is given now, "" where it has it.
    """
    with lecture.lock:
        if waiting in lecture.waiting or len(lecture.waiting) >= _MOST_NOTED:
            return ""
        given = secrets.token_urlsafe(9)
        lecture.waiting.add(given)
        lecture.turned_away[where] += 1
    lecture.stir()
    return given


def check_votes(lecture: Lecture, phone: str) -> None:
    """Raise Shut where only seats vote, and this phone has none."""
    if not lecture.may_vote(phone):
        raise Shut("This class votes by seat now: scan the code on the slip at your seat.")


def seat_claim(lecture: Lecture, seat: int, device: str, before: str = "") -> VoteRow:
    """The row by which a device takes a seat; the first that the store keeps for a seat has it.

    `device` is what a phone calls itself when it asks again, since the answer may not have reached it; "" for none.
    `before` is the name under which it was in the class before, whose votes go on as the seat's.
    """
    name = hashlib.sha256((device or secrets.token_hex()).encode("utf-8", "replace")).hexdigest()[:16]
    return VoteRow(
        f"{lecture.row.code}:seat:{seat}",
        lecture.SEAT,
        0,
        f"~{seat}~{name}",
        json.dumps({"was": before} if before else {}),
    )
