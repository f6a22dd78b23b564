"""Live classes and their votes, kept for a set time and then really deleted.

Votes are rows that are only ever added; the newest of a phone in a round counts. A class is known to others by its
code, to its presenter by a secret of which only the hash is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from lifecycle.storage.engines import address, insert_once, tidy, transaction
from lifecycle.storage.schema import CLASSES, VOTES

HOUR_S = 3600.0


@dataclass(frozen=True)
class ClassRow:
    """A class as it is kept; `state` and `talk` are JSON."""

    code: str
    secret_hash: str
    created_s: float
    expires_s: float
    state: str
    talk: str


@dataclass(frozen=True)
class VoteRow:
    """One vote; the same `submission` twice is one. `ballot` is JSON, `phone` a random name."""

    submission: str
    poll: str
    round: int
    phone: str
    ballot: str


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

    def save_state(self, code: str, state: str) -> bool:
        """Keep where a class is now; whether it is still there."""
        kept = sa.update(CLASSES).where(CLASSES.c.code == code).values(state=state)
        with transaction(self.url, writing=True) as db:
            return db.execute(kept).rowcount == 1

    def votes(self, code: str) -> tuple[VoteRow, ...]:
        """Every vote of a class, oldest first."""
        query = sa.select(*_VOTE).join(CLASSES).where(CLASSES.c.code == code).order_by(VOTES.c.id)
        with transaction(self.url, writing=False) as db:
            return tuple(VoteRow(*row) for row in db.execute(query))

    def add_votes(self, votes: Sequence[tuple[str, VoteRow]]) -> list[bool]:
        """Keep votes, each with its class's code, in one transaction; for each whether its class is there.

        A submission that is kept already stays as it is.
        """
        now_s = self.now()
        with transaction(self.url, writing=True) as db:
            ids = _ids(db, {code for code, _ in votes})
            rows = [{**row.__dict__, "class_id": ids[code], "at_s": now_s} for code, row in votes if code in ids]
            if rows:
                db.execute(insert_once(db, VOTES, "submission"), rows)
        return [code in ids for code, _ in votes]

    def erase(self, code: str) -> int:
        """Delete a class and its votes; how many rows that were."""
        return self._erase(CLASSES.c.code == code)

    def erase_expired(self) -> int:
        """Delete every class whose time is over, with its votes; how many rows that were."""
        return self._erase(CLASSES.c.expires_s <= self.now())

    def _erase(self, which: sa.ColumnElement[bool]) -> int:
        gone = sa.select(CLASSES.c.id).where(which)
        with transaction(self.url, writing=True) as db:
            votes = db.execute(sa.delete(VOTES).where(VOTES.c.class_id.in_(gone))).rowcount
            count = votes + db.execute(sa.delete(CLASSES).where(which)).rowcount
        if count:
            tidy(self.url)
        return count


def _ids(db: sa.Connection, codes: set[str]) -> dict[str, int]:
    query = sa.select(CLASSES.c.code, CLASSES.c.id).where(CLASSES.c.code.in_(codes))
    return {row.code: row.id for row in db.execute(query)}
