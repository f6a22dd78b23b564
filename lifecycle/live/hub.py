"""The live classes of this server: one place through which phones, screens and presenters meet.

One process serves a class: what is cached here is written to the store before anybody is told of it, and read from
there when the server starts again. Every call may come from any thread; those that read or write the store wait for
it, so a coroutine makes them in a thread.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import cache
from typing import Any

from lifecycle.classroom import Ask, ClassState, Refused, Tally, ballot_json, moves, read_ballot, state_json
from lifecycle.live import limits
from lifecycle.live.lectures import Lecture, Listener, hashed, submission
from lifecycle.live.limits import Buckets
from lifecycle.live.writer import GroupWriter
from lifecycle.storage import Classes, VoteRow, place

DEFAULT_HOURS = 24.0
MOST_CHANGES = 100
# Streams of events that are open at once: of one phone, and of screens and desks of a class.
MOST_STREAMS, MOST_SCREENS = 4, 50
_STARTS = (30.0, 1 / 60)
_SECRET_BYTES = 24


class NoClass(Refused):
    """There is no class of this code, or its time is over."""


class NotPresenter(Refused):
    """The secret is not the presenter's."""


class TooOften(Refused):
    """More than is allowed; `wait_s` until it is again."""

    def __init__(self, said: str, wait_s: float) -> None:
        super().__init__(said)
        self.wait_s = wait_s


class Closed(Refused):
    """The question is not open, or another one is."""


class Replayed(Refused):
    """The key of a vote came again with another vote."""


class Hub:
    """All classes; `hours` is how long one is kept."""

    def __init__(self, store: Classes, hours: float = DEFAULT_HOURS) -> None:
        self.store, self.hours = store, hours
        self._lectures: dict[str, Lecture] = {}
        self._lock = threading.Lock()
        self._writer: GroupWriter[tuple[str, VoteRow]] = GroupWriter(self._write)
        self._votes = Buckets(*limits.VOTES)
        self._starts = Buckets(*_STARTS)
        self.closing = False

    # --- the presenter's side

    def start(self, talk: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """A new class: its code, and the presenter's secret, which is nowhere else.

        `talk` is plain data, kept with the class for the presenter's desk and the phones: `id`, `title`, `minutes`,
        `steps` (each `headline`, `notes_html`, `points`, `minutes`, `ask`: what `classroom.ask_json` gives, or None),
        and `diagram`, the SVG that a click is made on.
        """
        if not self._starts.take(""):
            raise TooOften("Many classes were started just now: wait a minute.", self._starts.wait_s(""))
        self.erase_expired()
        told = json.dumps(talk or {})
        state = ClassState(talk=str((talk or {}).get("id", "")))
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        while True:
            code = limits.new_code()
            row = self.store.start(code, hashed(secret), self.hours, json.dumps(state_json(state)), told)
            if row is not None:
                with self._lock:
                    self._lectures[code] = Lecture.of(row)
                return code, secret

    def act(self, code: str, secret: str, action: str, **values: Any) -> ClassState:
        """What the presenter does: a name of `ACTIONS` with its values; the new state is kept before it is shown.

        Raises NoClass, NotPresenter, or Refused, in words.
        """
        lecture = self.lecture(code)
        if not lecture.is_presenter(secret):
            raise NotPresenter("Only the presenter's own link drives this class.")
        if action not in ACTIONS:
            raise Refused(f"There is no action {action[:40]!r}: {', '.join(ACTIONS)}.")
        with lecture.acting:
            state = _acted(lecture, action, values)
            if state != lecture.state:
                if not self.store.save_state(lecture.row.code, json.dumps(state_json(state))):
                    self._let_go(lecture)
                    raise NoClass(_gone())
                lecture.move(state)
            return state

    def presents(self, code: str, secret: str) -> bool:
        """Whether there is such a class, and this is its presenter's secret."""
        try:
            return self.lecture(code).is_presenter(secret)
        except NoClass:
            return False

    # --- what there is to know

    def lecture(self, code: str) -> Lecture:
        """The class itself, from memory or from the store; NoClass where there is none."""
        found = self.cached(code)
        if found is not None:
            return found
        code = limits.tidied(code)
        with self._lock:  # a thousand phones that come back at once read it once
            found = self._lectures.get(code)
            if found is None or found.row.expires_s <= self.store.now():
                row = self.store.find(code) if code else None
                if row is None:
                    raise NoClass(_gone())
                found = self._lectures[code] = Lecture.of(row, self.store.votes(code))
            return found

    def cached(self, code: str) -> Lecture | None:
        """The class if it is in memory: costs nothing, and says nothing of one that is not."""
        found = self._lectures.get(limits.tidied(code))
        return found if found is not None and found.row.expires_s > self.store.now() else None

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
        """How many phones are connected."""
        try:
            return self.lecture(code).phones()
        except NoClass:
            return 0

    # --- the phones' side

    def vote(self, lecture: Lecture, phone: str, sent: Mapping[str, Any]) -> Future[None]:
        """Take a vote `{"key", "poll", "round", "ballot"}`; the future is done when it is on the disk.

        The same key with the same vote, again, is the same vote; with another one it is refused, as is whatever does
        not fit the open question.
        """
        row = _read_vote(lecture, phone, sent)
        before = lecture.seen.get(row.submission)
        if before is not None:
            return _already(before, row)
        _check_open(lecture.state, row)
        if lecture.changes[row.poll, row.round, phone] >= MOST_CHANGES:
            raise Refused(f"You have changed this vote {MOST_CHANGES} times: the last one stands.")
        if not self._votes.take(phone):
            wait_s = self._votes.wait_s(phone)
            raise TooOften("That was quick: your vote stands, change it again in a moment.", wait_s)
        return self._writer.put((lecture.row.code, row))

    def may_listen(self, lecture: Lecture, phone: str = "") -> None:
        """Raise TooOften where a phone, or the hall, listens often enough already."""
        most = MOST_STREAMS if phone else MOST_SCREENS
        if sum(each.phone == phone for each in tuple(lecture.listeners)) >= most:
            raise TooOften("This class is open here several times: close the others.", 5.0)

    def listen(self, lecture: Lecture, phone: str = "") -> Listener:
        """Hear of everything that changes, until `leave`."""
        listener = Listener(phone)
        lecture.listeners.add(listener)
        lecture.stir()
        return listener

    def leave(self, lecture: Lecture, listener: Listener) -> None:
        """Hear no more."""
        lecture.listeners.discard(listener)
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
            lecture.move(lecture.state)

    def stop(self) -> None:
        """Write what waits to be written."""
        self._writer.stop()

    def _let_go(self, lecture: Lecture) -> None:
        with self._lock:
            self._lectures.pop(lecture.row.code, None)
        lecture.move(moves.end(lecture.state))

    def _write(self, jobs: Sequence[tuple[str, VoteRow]]) -> list[Exception | None]:
        kept = self.store.add_votes(jobs)
        outcomes: list[Exception | None] = []
        touched: dict[str, tuple[Lecture, list[VoteRow]]] = {}
        for (code, row), is_kept in zip(jobs, kept, strict=True):
            lecture = self._lectures.get(code)
            if lecture is None or not is_kept:
                outcomes.append(NoClass(_gone()))
                continue
            touched.setdefault(code, (lecture, []))[1].append(row)
            first = lecture.seen.get(row.submission) or next(
                each for each in touched[code][1] if each.submission == row.submission
            )
            outcomes.append(None if first == row else Replayed(_REPLAYED))
        for lecture, rows in touched.values():
            lecture.count(rows)
            lecture.stir()
        return outcomes


_REPLAYED = "This vote came before, with another choice: choose again."


def _gone() -> str:
    return "There is no class of this code, or its time is over: look at the screen again."


def _read_vote(lecture: Lecture, phone: str, sent: Mapping[str, Any]) -> VoteRow:
    """The vote as it would be kept; Refused where it is none, or of a question that this class was never asked."""
    key, poll, at = sent.get("key"), sent.get("poll"), sent.get("round")
    if not isinstance(key, str) or not isinstance(poll, str) or at not in (1, 2) or isinstance(at, bool):
        raise Refused("A vote has a key, a poll, a round (1 or 2) and a ballot.")
    name = submission(lecture, phone, key)
    asked = lecture.asked(poll)
    if asked is None:
        raise Closed("This question is not open: look at the screen.")
    ballot = read_ballot(asked.poll, sent.get("ballot"))
    return VoteRow(name, poll, at, phone, json.dumps(ballot_json(ballot)))


def _check_open(state: ClassState, row: VoteRow) -> None:
    if state.ask is None or state.ask.poll.id != row.poll:
        raise Closed("This question is not open any more: look at the screen.")
    if state.round != row.round:
        raise Closed(f"This is round {state.round} now: choose again.")
    if not state.open:
        raise Closed("The vote is closed.")


def _already(before: VoteRow, row: VoteRow) -> Future[None]:
    """Acknowledge a vote that came before; the same key with another choice is no retry."""
    if before != row:
        raise Replayed(_REPLAYED)
    done: Future[None] = Future()
    done.set_result(None)
    return done


def _acted(lecture: Lecture, action: str, values: Mapping[str, Any]) -> ClassState:
    try:
        return ACTIONS[action](lecture, **values)
    except TypeError:
        raise Refused(f"{action} was called with {', '.join(values) or 'nothing'}, which it does not take.") from None


def _ask(lecture: Lecture, ask: Ask | None = None) -> ClassState:
    asked = ask or lecture.here
    if asked is None:
        raise Refused("This step asks nothing.")
    return moves.ask(lecture.state, asked)


def _go(lecture: Lecture, step: int, points: int = 0) -> ClassState:
    steps = len(lecture.talk.get("steps", ())) or moves.MOST_STEPS
    if not _is_count(step) or not _is_count(points) or step >= steps:
        raise Refused("There is no such step.")
    return moves.go(_begun(lecture), step, points)


def _begun(lecture: Lecture) -> ClassState:
    """With the talk's clock running: it starts with the first move."""
    return lecture.state if lecture.state.started_s else moves.begin(lecture.state, time.time())


def _black(lecture: Lecture, on: bool) -> ClassState:
    return moves.black(lecture.state, bool(on))


def _look(lecture: Lecture, view: str) -> ClassState:
    return moves.look(lecture.state, str(view))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


ACTIONS: dict[str, Callable[..., ClassState]] = {
    "ask": _ask,
    "close": lambda lecture: moves.close(lecture.state),
    "reopen": lambda lecture: moves.reopen(lecture.state),
    "second_round": lambda lecture: moves.second_round(lecture.state),
    "reveal": lambda lecture: moves.reveal(lecture.state),
    "hide": lambda lecture: moves.hide(lecture.state),
    "toggle": lambda lecture: moves.toggle(lecture.state),
    "onward": lambda lecture: moves.onward(lecture.state, lecture.here),
    "go": _go,
    "black": _black,
    "look": _look,
    "clock": lambda lecture: moves.begin(lecture.state, time.time()),
    "end": lambda lecture: moves.end(lecture.state),
}


@cache
def hub() -> Hub:
    """The classes of this server, in its store, kept for HEADWATERS_CLASS_HOURS."""
    return Hub(Classes(place()), class_hours())


def class_hours() -> float:
    """For how many hours a class and its votes are kept: HEADWATERS_CLASS_HOURS, or a day."""
    try:
        hours = float(os.environ.get("HEADWATERS_CLASS_HOURS", "") or DEFAULT_HOURS)
    except ValueError:
        return DEFAULT_HOURS
    return hours if 0.0 < hours <= 24 * 366 else DEFAULT_HOURS
