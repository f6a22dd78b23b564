"""Live classes and their votes, kept for a set time and then really deleted.

Votes are rows that are only ever added; the newest of a phone in a round counts. A class is known to others by its
code, to its presenter by a secret of which only the hash is kept.

Several replicas may serve one class on PostgreSQL. Who writes holds the class's row, so that its votes are numbered in
the order of their commits, and a reader of those after the last one that is known misses none; each commit is told.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import sqlalchemy as sa

from lifecycle.storage.engines import address, insert_once, tidy, transaction
from lifecycle.storage.notices import Topic, tell
from lifecycle.storage.schema import CLASSES, PHONES, VOTES

HOUR_S = 3600.0


@dataclass(frozen=True)
class ClassRow:
    """A class as it is kept; `state`, after so many `moves`, and `talk` are JSON."""

    code: str
    secret_hash: str
    created_s: float
    expires_s: float
    state: str
    talk: str
    moves: int = 0


@dataclass(frozen=True)
class VoteRow:
    """One vote; the same `submission` twice is one. `ballot` is JSON, `phone` a random name."""

    submission: str
    poll: str
    round: int
    phone: str
    ballot: str


class VoteKept(Enum):
    """What became of a vote that was to be kept."""

    NEW = auto()
    BEFORE = auto()  # its submission was kept already, and stays as it was
    NOWHERE = auto()  # its class is gone


@dataclass(frozen=True)
class News:
    """What has become of a class: its state after so many moves, and the votes after a known one, by number."""

    moves: int
    state: str
    votes: tuple[tuple[int, VoteRow], ...]


@dataclass(frozen=True)
class Around:
    """The phones that another replica has around, and when it said so."""

    replica: str
    phones: frozenset[str]
    at_s: float


@dataclass(frozen=True)
class Held:
    """A class whose row is held until the end of the transaction: nobody else moves it meanwhile.

    `state` and `pressed` (what its presenter did last) are JSON. `clock_s` is the database's own clock, which all
    replicas have; None where there is one process, with a better clock of its own.
    """

    db: sa.Connection
    code: str
    moves: int
    state: str
    pressed: str
    clock_s: float | None

    def news(self, after: int) -> News:
        """What became of it since the vote of number `after`."""
        return News(self.moves, self.state, _votes_after(self.db, self.code, after))

    def keep(self, state: str, pressed: str) -> int:
        """Keep where it is now, tell the other replicas, and say how many moves it has made with this one."""
        kept = sa.update(CLASSES).where(CLASSES.c.code == self.code)
        self.db.execute(kept.values(state=state, pressed=pressed, moves=self.moves + 1))
        tell(self.db, Topic.CLASS, self.code)
        return self.moves + 1


_CLASS = tuple(CLASSES.c[name] for name in ClassRow.__dataclass_fields__)
_VOTE = tuple(VOTES.c[name] for name in VoteRow.__dataclass_fields__)


@dataclass(frozen=True)
class Classes:
    """All classes of a database, `where` as in `Store`. What a call has added is on the disk when it returns.

    Every call may raise `StoreError`.
    """

    where: Path | str
    now: Callable[[], float] = time.time

    @property
    def url(self) -> sa.URL:
        """The database's address."""
        return address(self.where)

    def start(self, code: str, secret_hash: str, hours: float, state: str, talk: str) -> ClassRow | None:
        """Keep a new class for so many hours; None where its code is taken."""
        now_s = self.now()
        row = ClassRow(code, secret_hash, now_s, now_s + hours * HOUR_S, state, talk)
        with transaction(self.url, writing=True) as db:
            new = insert_once(db, CLASSES, "code").values(**row.__dict__).returning(CLASSES.c.id)
            return None if db.execute(new).one_or_none() is None else row

    def find(self, code: str) -> ClassRow | None:
        """The class of this code, unless its time is over."""
        query = sa.select(*_CLASS).where(CLASSES.c.code == code, CLASSES.c.expires_s > self.now())
        with transaction(self.url, writing=False) as db:
            row = db.execute(query).one_or_none()
            return None if row is None else ClassRow(*row)

    def codes(self) -> frozenset[str]:
        """The codes of all classes whose time is not over."""
        query = sa.select(CLASSES.c.code).where(CLASSES.c.expires_s > self.now())
        with transaction(self.url, writing=False) as db:
            return frozenset(db.execute(query).scalars())

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve the same classes: a database server's, not a file's."""
        return self.url.get_backend_name() != "sqlite"

    @contextmanager
    def holding(self, code: str) -> Iterator[Held | None]:
        """The class, held for a move; None where there is none any more."""
        query = sa.select(CLASSES.c.moves, CLASSES.c.state, CLASSES.c.pressed).where(CLASSES.c.code == code)
        with transaction(self.url, writing=True) as db:
            row = db.execute(query.with_for_update()).one_or_none()
            yield None if row is None else Held(db, code, *row, _clock_s(db))

    def news(self, code: str, after: int = 0) -> News | None:
        """What became of a class since the vote of number `after`; None where there is none any more."""
        query = sa.select(CLASSES.c.moves, CLASSES.c.state)
        with transaction(self.url, writing=False) as db:
            row = db.execute(query.where(CLASSES.c.code == code, CLASSES.c.expires_s > self.now())).one_or_none()
            return None if row is None else News(row.moves, row.state, _votes_after(db, code, after))

    def votes(self, code: str) -> tuple[tuple[int, VoteRow], ...]:
        """Every vote of a class by its number, oldest first."""
        with transaction(self.url, writing=False) as db:
            return _votes_after(db, code, 0)

    def add_votes(self, votes: Sequence[tuple[str, VoteRow]]) -> list[VoteKept]:
        """Keep votes, each with its class's code, in one transaction; what became of each."""
        now_s = self.now()
        with transaction(self.url, writing=True) as db:
            ids = _ids(db, {code for code, _ in votes})
            rows = [{**row.__dict__, "class_id": ids[code], "at_s": now_s} for code, row in votes if code in ids]
            statement = insert_once(db, VOTES, "submission").returning(VOTES.c.submission)
            new = set(db.scalars(statement, rows)) if rows else set()
            for code in sorted(ids):
                tell(db, Topic.CLASS, code)
        return [_became(row.submission, new) if code in ids else VoteKept.NOWHERE for code, row in votes]

    def note_phones(self, code: str, replica: str, phones: Iterable[str]) -> None:
        """Say which phones a replica has around, in place of what it said before, and tell the others."""
        with transaction(self.url, writing=True) as db:
            class_id = _ids(db, {code}).get(code)
            if class_id is None:
                return
            db.execute(sa.delete(PHONES).where(PHONES.c.class_id == class_id, PHONES.c.replica == replica))
            row = {"class_id": class_id, "replica": replica, "phones": json.dumps(sorted(phones)), "at_s": self.now()}
            db.execute(sa.insert(PHONES).values(**row))
            tell(db, Topic.PHONES, code)

    def phones_elsewhere(self, code: str, replica: str) -> tuple[Around, ...]:
        """The phones that the other replicas have around."""
        query = sa.select(PHONES.c.replica, PHONES.c.phones, PHONES.c.at_s).join(CLASSES)
        query = query.where(CLASSES.c.code == code, PHONES.c.replica != replica)
        with transaction(self.url, writing=False) as db:
            return tuple(Around(row.replica, frozenset(json.loads(row.phones)), row.at_s) for row in db.execute(query))

    def erase(self, code: str) -> int:
        """Delete a class and its votes; how many rows that were."""
        return self._erase(CLASSES.c.code == code)

    def erase_expired(self) -> int:
        """Delete every class whose time is over, with its votes; how many rows that were."""
        return self._erase(CLASSES.c.expires_s <= self.now())

    def _erase(self, which: sa.ColumnElement[bool]) -> int:
        query = sa.select(CLASSES.c.id, CLASSES.c.code).where(which).order_by(CLASSES.c.id)
        with transaction(self.url, writing=True) as db:
            rows = db.execute(query.with_for_update()).all()  # held, so that no vote comes in between
            gone = [row.id for row in rows]
            for row in rows:
                tell(db, Topic.CLASS, row.code)
            db.execute(sa.delete(PHONES).where(PHONES.c.class_id.in_(gone)))
            votes = db.execute(sa.delete(VOTES).where(VOTES.c.class_id.in_(gone))).rowcount
            count = votes + db.execute(sa.delete(CLASSES).where(CLASSES.c.id.in_(gone))).rowcount
        if count:
            tidy(self.url)
        return count


def _became(submission: str, new: set[str]) -> VoteKept:
    """Whether a submission is new; the second one of the same transaction is not."""
    if submission not in new:
        return VoteKept.BEFORE
    new.remove(submission)
    return VoteKept.NEW


def _ids(db: sa.Connection, codes: set[str]) -> dict[str, int]:
    """The classes' keys; their rows are held, in one order for all who hold several."""
    query = sa.select(CLASSES.c.code, CLASSES.c.id).where(CLASSES.c.code.in_(codes)).order_by(CLASSES.c.id)
    return {row.code: row.id for row in db.execute(query.with_for_update())}


def _votes_after(db: sa.Connection, code: str, after: int) -> tuple[tuple[int, VoteRow], ...]:
    query = sa.select(VOTES.c.id, *_VOTE).join(CLASSES).where(CLASSES.c.code == code, VOTES.c.id > after)
    return tuple((number, VoteRow(*vote)) for number, *vote in db.execute(query.order_by(VOTES.c.id)))


def _clock_s(db: sa.Connection) -> float | None:
    if db.dialect.name == "sqlite":
        return None
    return float(db.execute(sa.select(sa.extract("epoch", sa.func.clock_timestamp()))).scalar_one())
