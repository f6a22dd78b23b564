"""One class while it lives in the server's memory: where it is, its votes, and who listens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from lifecycle.classroom import (
    Ask,
    Ballot,
    ClassState,
    PollKind,
    Tally,
    ask_from,
    ballot_from,
    ballot_json,
    shown_json,
    state_from,
    tally,
    tally_json,
)
from lifecycle.classroom.message import OfDesk, OfPhone, ToAll, ToDesk, ToScreen
from lifecycle.classroom.server.listeners import Listener, wake
from lifecycle.storage import Around, ClassRow, News, VoteRow

_NAME_BYTES, _MAC_BYTES = 12, 12
# Of each kind of key the action that was done last, and when.
Pressed = dict[str, tuple[str, float]]


@dataclass(frozen=True)
class Text:
    """One phone's answer to an open question: an id that names no phone, the words, and whether the hall sees them."""

    id: str
    text: str
    shown: bool


@dataclass(eq=False)
class Lecture:
    """A class; the store is the truth, and this is what was read from it and written to it since.

    `acting` is held while a move is decided on and written, `lock` for moments only: the server's loop waits for it.
    `heard_s` says when a phone last did something; `seats` says which phone has which seat, `moved` under which name
    one that voted before it took its seat goes on (`came_as` is the way back). `elsewhere` are the phones of other
    replicas. How many names an address was given, and how many phones were turned away, is known here alone.
    """

    SEAT: ClassVar[str] = "#seat"  # in place of a poll's id: such a row says who has a seat
    # So long a phone without an open page counts as here: one that sleeps for a moment does not vanish.
    AWAY_S: ClassVar[float] = 60.0

    row: ClassRow
    state: ClassState
    talk: Mapping[str, Any]
    votes: dict[tuple[str, int], dict[str, Ballot]] = field(default_factory=dict)
    seen: dict[str, VoteRow] = field(default_factory=dict)
    changes: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    listeners: set[Listener] = field(default_factory=set)
    acting: threading.Lock = field(default_factory=threading.Lock)
    lock: threading.Lock = field(default_factory=threading.Lock)
    version: int = 0
    heard_s: dict[str, float] = field(default_factory=dict)
    seats: dict[int, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    came_as: dict[str, str] = field(default_factory=dict)
    names_from: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    waiting: set[str] = field(default_factory=set)
    pressed: Pressed = field(default_factory=dict)
    elsewhere: tuple[Around, ...] = ()
    last_vote: int = 0
    moves: int = 0
    _tally: tuple[int, Tally | None] = (-1, None)
    _shown: tuple[ClassState | None, str] = (None, "")

    @classmethod
    def of(cls, row: ClassRow, votes: Iterable[tuple[int, VoteRow]] = ()) -> Lecture:
        """The class of a row, with its numbered votes."""
        lecture = cls(row, state_from(json.loads(row.state)), json.loads(row.talk), moves=row.moves)
        lecture.count(votes)
        return lecture

    def count(self, votes: Iterable[tuple[int, VoteRow]]) -> None:
        """Take in the votes that the store has after the last one known, by number; the newest of a phone counts."""
        with self.lock:
            for number, row in votes:
                if number <= self.last_vote:
                    continue  # two readers of the same news
                self.last_vote = number
                self.seen[row.submission] = row
                if row.poll == self.SEAT:
                    self._seat(row)
                    continue
                self.changes[row.poll, row.round, row.phone] += 1
                ballots = self.votes.setdefault((row.poll, row.round), {})
                ballots[row.phone] = ballot_from(json.loads(row.ballot))
            self.version += 1

    def follow(self, news: News) -> None:
        """Take in what the store says has become of the class, and tell those who listen."""
        if news.votes:
            self.count(news.votes)
        if news.moves != self.moves:
            self.move(state_from(json.loads(news.state)), news.moves)
        elif news.votes:
            self.stir()

    def _seat(self, row: VoteRow) -> None:
        self.seats[int(row.submission.rpartition(":")[2])] = row.phone
        before = json.loads(row.ballot).get("was", "")
        if before and before not in self.moved:
            self.moved[before], self.came_as[row.phone] = row.phone, before

    # --- what it is at

    @property
    def current_ask(self) -> Ask | None:
        """What the present step asks."""
        return self._asks(self.state.step)

    def _asks(self, step: int) -> Ask | None:
        steps = self.talk.get("steps", [])
        ask = steps[step].get("ask") if step < len(steps) else None
        return ask_from(ask) if ask else None

    def voted_at(self, step: int) -> Ask | None:
        """What a step asks, where the class has voted on it."""
        ask = self._asks(step)
        with self.lock:
            return ask if ask and any(self.votes.get((ask.poll.id, nth)) for nth in (1, 2)) else None

    def ask_of(self, poll: str) -> Ask | None:
        """The question of this id, if it is the present one, one of the presenter's own or one of the talk's."""
        extra = (*self.state.asides, *([self.state.ask] if self.state.ask is not None else ()))
        asks = (step.get("ask") for step in self.talk.get("steps", ()))
        present: Ask | None = next((ask for ask in extra if ask.poll.id == poll), None)
        return present or next((ask_from(plain) for plain in asks if plain and plain["poll"]["id"] == poll), None)

    def ballot(self, phone: str) -> Ballot | None:
        """What a phone has voted in the present round."""
        ask = self.state.ask
        ballots = self.votes.get((ask.poll.id, self.state.round), {}) if ask else {}
        return ballots.get(phone) or ballots.get(self.came_as.get(phone, ""))

    def tally(self) -> Tally | None:
        """The present question's votes; None where nothing is asked."""
        with self.lock:
            if self._tally[0] != self.version:
                ask, two = self.state.ask, self.state.round == 2
                first, second = (self.cast(ask.poll.id, nth) if ask else {} for nth in (1, 2))
                self._tally = self.version, tally(ask, first, second if two else None) if ask else None
            return self._tally[1]

    def cast(self, poll: str, round_: int) -> dict[str, Ballot]:
        """The ballots of a poll's round by phone. What was taken counts, whatever the door says since."""
        return {phone: ballot for phone, (_, ballot) in self._cast(poll, round_).items()}

    def _cast(self, poll: str, round_: int) -> dict[str, tuple[str, Ballot]]:
        """Each ballot with the name under which it came: a phone that took a seat since has one vote, its newest."""
        ballots: dict[str, tuple[str, Ballot]] = {}
        for name, ballot in self.votes.get((poll, round_), {}).items():
            phone = self.moved.get(name, name)
            if phone == name or phone not in ballots:
                ballots[phone] = name, ballot
        return ballots

    def texts(self) -> tuple[Text, ...]:
        """What the class wrote to the present question, if it is an open one; oldest first."""
        ask = self.state.ask
        if ask is None or ask.poll.kind is not PollKind.OPEN:
            return ()
        return self.texts_of(ask.poll.id, self.state.round)

    def texts_of(self, poll: str, round_: int) -> tuple[Text, ...]:
        """What the class wrote to an open question."""
        with self.lock:
            ballots = tuple(self._cast(poll, round_).values())
        approved = set(self.state.approved)
        named = ((self._text_id(poll, round_, name, ballot.text), ballot.text) for name, ballot in ballots)
        return tuple(Text(id, text, id in approved) for id, text in named)

    def _text_id(self, poll: str, round_: int, phone: str, text: str) -> str:
        """A phone that writes something else has another text, which nobody has approved."""
        return self._seal(f"text {poll} {round_} {phone} {text}")

    def phones(self, now_s: float) -> int:
        """How many phones the present question is for: those that are here and may vote, and those that have voted."""
        around = set(filter(self.may_vote, self.around(now_s)))
        ask = self.state.ask
        with self.lock:
            return len(around.union(self.cast(ask.poll.id, self.state.round)) if ask else around)

    def around(self, now_s: float) -> set[str]:
        """The phones whose page is open on any replica, or that did something within the last minute."""
        names = self.around_here(now_s).union(*self._elsewhere(now_s))
        return {self.moved.get(name, name) for name in names}

    def around_here(self, now_s: float) -> set[str]:
        """Those of this replica, by the names under which they came."""
        awake = {listener.phone for listener in tuple(self.listeners) if listener.phone}
        awake.update(phone for phone, then_s in tuple(self.heard_s.items()) if now_s - then_s < self.AWAY_S)
        return awake

    def _elsewhere(self, now_s: float) -> list[frozenset[str]]:
        return [around.phones for around in self.elsewhere if now_s - around.at_s < self.AWAY_S]

    def voters(self) -> int:
        """How many phones have voted at all."""
        with self.lock:
            return len({self.moved.get(name, name) for ballots in self.votes.values() for name in ballots})

    def may_vote(self, phone: str) -> bool:
        """Whether the door lets this phone vote: any that is in, or seats alone."""
        return self.state.door != "seats" or self.is_seated(phone)

    def meet(self, phone: str, now_s: float) -> None:
        """Hear of a phone, and tell the screens of one that was not here."""
        before = self.heard_s.get(phone, float("-inf"))
        self.heard_s[phone] = now_s
        if now_s - before >= self.AWAY_S:
            self.stir()

    # --- what is sent

    def for_phone(self, phone: str, now_s: float) -> str:
        """All that a phone shows, as JSON: the class, and its own vote."""
        state = self.state
        if self._shown[0] is not state:
            self._shown = state, json.dumps(shown_json(state))
        mine = self.ballot(phone)
        message: OfPhone = {
            **self._heading(now_s),
            "mine": None if mine is None else ballot_json(mine),
            "votes_here": self.may_vote(phone),
        }
        return f'{{"state":{self._shown[1]},{json.dumps(message)[1:]}'

    def for_screen(self, now_s: float, *, desk: bool = False) -> str:
        """All that the hall's screen shows; the `desk` knows what is right, and how votes stand before."""
        state, counted = self.state, self.tally()
        shows = counted is not None and (desk or state.revealed)
        unit = state.ask.poll.unit if state.ask else ""
        texts = [text for text in self.texts() if desk or text.shown]
        message: ToScreen = {
            "texts": [{"id": text.id, "text": text.text, "shown": text.shown} for text in texts],
            "state": shown_json(state, key=desk),
            **self._heading(now_s),
            "phones": self.phones(now_s),
            "here": sum(map(self.may_vote, self.around(now_s))),
            "votes": 0 if counted is None else counted.voted,
            "tally": tally_json(_without_key(counted, state, desk=desk), unit) if shows and counted else None,
        }
        if not desk:
            return json.dumps(message)
        for_desk: ToDesk = {**self._for_desk(now_s), **message}
        return json.dumps(for_desk)

    def _for_desk(self, now_s: float) -> OfDesk:
        away = self.turned_away.most_common(1)
        return {
            "turned_away": away[0][1] if away else 0,
            "without_slip": sum(not self.is_seated(phone) for phone in self.around(now_s)),
            "expires_s": self.row.expires_s,
        }

    def _heading(self, now_s: float) -> ToAll:
        return {"code": self.row.code, "title": self.talk.get("title", ""), "now_s": now_s}

    # --- who listens

    def move(self, state: ClassState, moves: int) -> None:
        """Be at the state after so many moves, unless a later one is known; tell everybody."""
        with self.lock:
            if moves < self.moves:
                return
            self.state, self.moves = state, moves
            self.version += 1
        wake(tuple(self.listeners), moved=True)

    def stir(self) -> None:
        """Tell screens and desks that a vote or a phone has come."""
        wake([listener for listener in tuple(self.listeners) if not listener.phone], moved=False)

    # --- who one is

    def is_presenter(self, secret: str) -> bool:
        """Whether this is the presenter's secret."""
        return hmac.compare_digest(hashed(secret), self.row.secret_hash)

    def new_phone(self) -> str:
        """A name for a phone that only this server can give: a random one with its seal."""
        return self.sealed(_text(secrets.token_bytes(_NAME_BYTES)))

    def sealed(self, name: str) -> str:
        """A phone's name with its seal, as its cookie holds it."""
        return f"{name}.{self._seal(name)}"

    def is_seated(self, phone: str) -> bool:
        """Whether a phone has a seat; `~` is in no other phone's name."""
        return phone.startswith("~")

    def seat_token(self, seat: int) -> str:
        """What is printed on the slip of a seat; who has it may take the seat."""
        return f"{seat}-{self._seal(f'seat {seat}')}"

    def seat_of(self, token: str) -> int:
        """The seat of a token, 0 where it is none of this class."""
        number = token[:40].partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) <= 4):
            return 0
        is_ours = hmac.compare_digest(token.encode("utf-8", "replace"), self.seat_token(int(number)).encode())
        return int(number) if is_ours else 0

    def phone_of(self, sealed: str) -> str:
        """The phone's name, where this server has given it in this class; else ""."""
        name, _, seal = sealed[:100].partition(".")
        is_ours = hmac.compare_digest(seal.encode("utf-8", "replace"), self._seal(name).encode())
        return name if is_ours and " " not in name else ""  # with a space it is the seal of a seat or a text

    def _seal(self, name: str) -> str:
        key = f"phones {self.row.code} {self.row.secret_hash}".encode()
        return _text(hmac.digest(key, name.encode("utf-8", "replace"), "sha256")[:_MAC_BYTES])


def hashed(secret: str) -> str:
    """What is kept of a secret. It has 192 random bits, so a quick hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _without_key(counted: Tally, state: ClassState, *, desk: bool) -> Tally:
    """The tally as the hall may see it: while the vote is open, not how many are right."""
    if desk or state.shows_key:
        return counted
    hidden = replace(counted, right=None, shift=None)
    return replace(hidden, first=replace(counted.first, right=None)) if counted.first else hidden


def _text(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")
