"""The live classes of this server: one place through which phones, screens and presenters meet.

What is cached here is written to the store before anybody is told of it, and read from there when the server starts
again. On PostgreSQL any number of replicas may serve one class: each hears from the database what the others have
written (`storage.notices`), and takes it in. Every call may come from any thread; those that read or write the store
wait for it, so a coroutine makes them in a thread.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import Any

from lifecycle.classroom import ClassState, Refused, Tally, moves, state_json
from lifecycle.classroom.server import acts, doors, limits
from lifecycle.classroom.server.lectures import Lecture, Pressed, hashed
from lifecycle.classroom.server.limits import Buckets
from lifecycle.classroom.server.listeners import Listener
from lifecycle.classroom.server.refusals import GONE, REPLAYED, NoClass, NotPresenter, Replayed, SeatTaken, TooOften
from lifecycle.classroom.server.replicas import Replicas
from lifecycle.classroom.server.votes import already, check_open, count_new, read_vote
from lifecycle.classroom.server.writer import GroupWriter
from lifecycle.storage import Classes, Held, VoteKept, VoteRow, place

MOST_CHANGES = 100
# Streams of events that are open at once: of one phone, and of a class's screens that came without the presenter's
# proof, and with it. Of all classes together: as the system allows open files (`serving`), less what is kept for votes
# and for presenters.
MOST_STREAMS, MOST_SCREENS, MOST_PROVEN = 4, 50, 50
MOST_LISTENING = 6_000
_KNOWN_S = 1.0
_SECRET_BYTES = 24


@dataclass(frozen=True)
class _Move:
    """A move that is kept: the state after it, what was pressed, and its number."""

    state: ClassState
    pressed: Pressed
    number: int


class Hub:
    """All classes; `hours` is how long one is kept, `tick` a clock in seconds that only goes on."""

    def __init__(
        self, store: Classes, hours: float = limits.CLASS_HOURS, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self.store, self.hours, self.tick = store, hours, tick
        self.most_listening = MOST_LISTENING
        self._lectures: dict[str, Lecture] = {}
        self._lock = threading.Lock()
        self._writer: GroupWriter[tuple[str, VoteRow]] = GroupWriter(self._write)
        self._votes = Buckets(*limits.VOTES)
        self._starts = {
            "visitor": Buckets(*limits.STARTS_OF_VISITOR),
            "address": Buckets(*limits.STARTS_OF_ADDRESS),
            "all": Buckets(*limits.STARTS_OF_ALL),
        }
        self._replicas = Replicas(store, self._lectures, self._let_go)
        self._known: tuple[float, frozenset[str]] = float("-inf"), frozenset()
        self.closing = False

    # --- the presenter's side

    def start(self, talk: Mapping[str, Any] | None = None, *, visitor: str = "", address: str = "") -> tuple[str, str]:
        """A new class: its code, and the presenter's secret, which is nowhere else.

        `talk` is plain data, kept with the class for the presenter's desk and the phones: `id`, `title`, `minutes`,
        `steps` (each `headline`, `text_html`, `notes_html`, `points`, `points_html`, `minutes`, `ask`: what
        `classroom.ask_json` gives, or None), and `diagram`, the SVG that a click is made on. `visitor` (a browser's
        cookie) and `address` say who starts it: each has a share of its own; `address` is "" for a teacher who has
        proven to be one.
        """
        self._may_start(visitor, address)
        self.erase_expired()
        talk_json = json.dumps(talk or {})
        state = ClassState(talk=str((talk or {}).get("id", "")), joining=True)
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        while True:
            code = limits.new_code()
            row = self.store.start(code, hashed(secret), self.hours, json.dumps(state_json(state)), talk_json)
            if row is not None:
                with self._lock:
                    lecture = self._lectures[code] = Lecture.of(row)
                self._replicas.follow(lecture)
                return code, secret

    def _may_start(self, visitor: str, address: str) -> None:
        shares = [("all", ""), *([("address", limits.neighbourhood(address))] if address else ())]
        shares += [("visitor", visitor)] if visitor else []
        for share, name in reversed(shares):  # who has used up his own share takes nothing of the others'
            bucket = self._starts[share]
            if bucket.left(name) < 1.0:
                wait_s = bucket.wait_s(name)
                raise TooOften(f"Many classes were started just now: wait {_minutes(wait_s)}.", wait_s)
        for share, name in shares:
            self._starts[share].take(name)

    def act(self, code: str, secret: str, action: str, **values: Any) -> ClassState:
        """What the presenter does: a name of `acts.ACTIONS` with its values; the new state is kept before it is shown.

        A key that came twice within a second is done once. Raises NoClass, NotPresenter, or Refused, in words.
        """
        lecture = self.lecture(code)
        if not lecture.is_presenter(secret):
            raise NotPresenter("Only the presenter's own link drives this class.")
        with lecture.acting:
            made = self._kept(lecture, action, values)
            if made is None:
                return lecture.state
            if made.state.most_phones != lecture.state.most_phones:
                lecture.turned_away.clear()
            lecture.pressed = made.pressed
            if made.number > lecture.moves:
                lecture.move(made.state, made.number)
            return made.state

    def _kept(self, lecture: Lecture, action: str, values: Mapping[str, Any]) -> _Move | None:
        """The move as the store has it, None for an echo; what other replicas did is known before it is decided."""
        with self.store.holding(lecture.row.code) as held:
            if held is None:
                self._let_go(lecture)
                raise NoClass(GONE)
            tick_s = self._learn(lecture, held)
            if acts.is_echo(lecture.pressed, action, tick_s):
                return None
            state = acts.acted(lecture, action, values, self.store.now())
            pressed = acts.noted(lecture.pressed, action, tick_s)
            if state == lecture.state:
                return _Move(state, pressed, held.moves)
            return _Move(state, pressed, held.keep(json.dumps(state_json(state)), json.dumps(pressed)))

    def _learn(self, lecture: Lecture, held: Held) -> float:
        """Take in what the others did; the time now, on the clock that all of them have."""
        if held.clock_s is None:
            return self.tick()
        self._replicas.learn(lecture, held)
        return held.clock_s

    def presents(self, code: str, secret: str) -> bool:
        """Whether there is such a class, and this is its presenter's secret."""
        try:
            return self.lecture(code).is_presenter(secret)
        except NoClass:
            return False

    # --- what there is to know

    def lecture(self, code: str) -> Lecture:
        """The class itself, from memory or from the store; NoClass where there is none."""
        cached = self.cached(code)
        if cached is not None:
            return cached
        code = limits.tidied(code)
        with self._lock:  # a thousand phones that come back at once read it once
            cached = self._lectures.get(code)
            if cached is None or cached.row.expires_s <= self.store.now():
                row = self.store.find(code) if code else None
                if row is None:
                    raise NoClass(GONE)
                cached = self._lectures[code] = Lecture.of(row, self.store.votes(code))
        self._replicas.follow(cached)
        return cached

    def cached(self, code: str) -> Lecture | None:
        """The class if it is in memory: costs nothing, and says nothing of one that is not."""
        lecture = self._lectures.get(limits.tidied(code))
        return lecture if lecture is not None and lecture.row.expires_s > self.store.now() else None

    def knows(self, code: str) -> bool:
        """Whether there is such a class, for who has guessed too often: all of them ask the store once a second."""
        code = limits.tidied(code)
        with self._lock:
            then_s, codes = self._known
            if self.tick() - then_s >= _KNOWN_S:
                codes = self.store.codes()
                self._known = self.tick(), codes
            return code in codes

    def state(self, code: str) -> ClassState | None:
        """Where a class is; None where there is none."""
        try:
            return self.lecture(code).state
        except NoClass:
            return None

    def tally(self, code: str) -> Tally | None:
        """The votes on the present question; None where nothing is asked, or there is no such class."""
        try:
            return self.lecture(code).tally()
        except NoClass:
            return None

    def phones(self, code: str) -> int:
        """How many phones are here or have voted on the present question."""
        try:
            return self.lecture(code).phones(self.store.now())
        except NoClass:
            return 0

    # --- the phones' side

    def vote(self, lecture: Lecture, phone: str, sent: Mapping[str, Any]) -> Future[None]:
        """Take a vote `{"key", "poll", "round", "ballot"}`; the future is done when it is on the disk.

        The same key with the same vote, again, is the same vote; with another one it is refused, as is whatever does
        not fit the open question.
        """
        doors.check_votes(lecture, phone)
        row = read_vote(lecture, phone, sent)
        before = lecture.seen.get(row.submission)
        if before is not None:
            return already(before, row)
        check_open(lecture.state, row)
        if lecture.changes[row.poll, row.round, phone] >= MOST_CHANGES:
            raise Refused(f"You have changed this vote {MOST_CHANGES} times: the last one stands.")
        if not self._votes.take(phone):
            wait_s = self._votes.wait_s(phone)
            raise TooOften("That was quick: your vote stands, change it again in a moment.", wait_s)
        lecture.meet(phone, self.store.now())
        return self._writer.put((lecture.row.code, row))

    def take_seat(self, lecture: Lecture, seat: int, device: str, before: str = "") -> Future[str]:
        """Give a device a seat; the future holds its phone's name. SeatTaken where another device has it.

        `before` is the name that it had before, if it was in the class already.
        """
        row = doors.seat_claim(lecture, seat, device, before)
        named: Future[str] = Future()
        if seat in lecture.seats:
            if lecture.seats[seat] != row.phone:
                raise SeatTaken(_taken(seat))
            named.set_result(row.phone)
            return named

        def settle(done: Future[None]) -> None:
            error = done.exception()
            if error is None:
                named.set_result(row.phone)
            else:
                named.set_exception(SeatTaken(_taken(seat)) if isinstance(error, Replayed) else error)

        self._writer.put((lecture.row.code, row)).add_done_callback(settle)
        return named

    def may_listen(self, lecture: Lecture, phone: str = "", *, proven: bool = False) -> None:
        """Raise TooOften where a phone, or a screen, listens often enough already.

        Streams with the presenter's proof have places of their own, whatever phones and strangers hold open.
        """
        most = MOST_STREAMS if phone else MOST_PROVEN if proven else MOST_SCREENS
        same = sum(listener.phone == phone and listener.proven == proven for listener in tuple(lecture.listeners))
        if same >= most:
            raise TooOften("This class is open here several times: close the others.", 5.0)
        listening = sum(len(other.listeners) for other in tuple(self._lectures.values()))
        if not proven and listening >= self.most_listening:
            raise TooOften("This server holds as many connections as it can: your page asks now and then.", 15.0)

    def listen(self, lecture: Lecture, phone: str = "", *, proven: bool = False) -> Listener:
        """Hear of everything that changes, until `leave`."""
        listener = Listener(phone, proven)
        lecture.listeners.add(listener)
        lecture.stir()
        return listener

    def leave(self, lecture: Lecture, listener: Listener) -> None:
        """Hear no more; a phone counts as here for a while yet."""
        lecture.listeners.discard(listener)
        if listener.phone:
            lecture.heard_s[listener.phone] = self.store.now()
        lecture.stir()

    # --- housekeeping

    def erase_expired(self) -> int:
        """Delete the classes whose time is over, everywhere; how many rows that were."""
        now_s = self.store.now()
        for lecture in tuple(self._lectures.values()):
            if lecture.row.expires_s <= now_s:
                self._let_go(lecture)
        return self.store.erase_expired()

    def erase(self, code: str, secret: str) -> None:
        """Delete a class now, at its presenter's wish."""
        lecture = self.lecture(code)
        if not lecture.is_presenter(secret):
            raise NotPresenter("Only the presenter's own link drives this class.")
        self._let_go(lecture)
        self.store.erase(lecture.row.code)

    def close_streams(self) -> None:
        """End every stream of events: the server is going, and would wait for them."""
        self.closing = True
        for lecture in tuple(self._lectures.values()):
            lecture.move(lecture.state, lecture.moves)

    def note_phones(self) -> None:
        """Tell other replicas which phones are here, where that has changed."""
        self._replicas.note_phones()

    def stop(self) -> None:
        """Write what waits to be written, and listen to no other replica any more."""
        self._writer.stop()
        self._replicas.stop()

    def _let_go(self, lecture: Lecture) -> None:
        with self._lock:
            self._lectures.pop(lecture.row.code, None)
        lecture.move(moves.end(lecture.state), lecture.moves)

    def _write(self, jobs: Sequence[tuple[str, VoteRow]]) -> list[Exception | None]:
        kept = self.store.add_votes(jobs)
        count_new(row for (_, row), one in zip(jobs, kept, strict=True) if one is VoteKept.NEW)
        for lecture in {id(lecture): lecture for code, _ in jobs if (lecture := self._lectures.get(code))}.values():
            self._replicas.catch_up(lecture)
        return [
            self._outcome(None if one is VoteKept.NOWHERE else self._lectures.get(code), row)
            for (code, row), one in zip(jobs, kept, strict=True)
        ]

    def _outcome(self, lecture: Lecture | None, row: VoteRow) -> Exception | None:
        """What became of a vote: the store has it, or another one under its key."""
        if lecture is None:
            return NoClass(GONE)
        return None if lecture.seen.get(row.submission) == row else Replayed(REPLAYED)


def _taken(seat: int) -> str:
    return f"Seat {seat} is taken by another phone: ask the presenter for another slip."


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60.0))
    return f"{minutes} minute{'s' * (minutes != 1)}"


@cache
def hub() -> Hub:
    """The classes of this server, in its store, kept for HEADWATERS_CLASS_HOURS."""
    return Hub(Classes(place()), limits.class_hours())
