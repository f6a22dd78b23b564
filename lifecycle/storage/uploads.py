"""Days that learners brought to replay: their moments, for 24 hours after they were last used, and then deleted.

A day is known by a name made from its content, so two who bring the same file bring the same day: it is kept once, and
goes with the last of those who brought it. What is kept is bounded, and the day that was not used for the longest time
goes first. What a learner's file is called is not kept: others may have brought the same day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lifecycle.storage.engines import address, insert_once, tidy, transaction
from lifecycle.storage.schema import UPLOADERS, UPLOADS

KEPT_HOURS = 24
KEPT_S = KEPT_HOURS * 3600.0
# One day is 16 MB at most: a million moments with weights, which is as many as are read, before they are compressed.
MOST_BYTES, MOST_DAYS = 200_000_000, 2_000
# A use is noted once in so many seconds: a page that replays a day all afternoon need not write at each click.
NOTED_EVERY_S = 600.0
# Any number will do, so long as it is ours: who adds or deletes days takes turns.
_TURN = 4_729_119


@dataclass(frozen=True)
class Uploads:
    """All days of a database that learners brought, `where` as in `Store`; `now` gives the wall clock in seconds.

    Every call may raise `StoreError`.
    """

    where: Path | str
    now: Callable[[], float] = time.time

    @property
    def url(self) -> sa.URL:
        """The database's address."""
        return address(self.where)

    def keep(self, name: str, learner: str, moments: bytes) -> None:
        """Keep a day that a learner brought; the days that were not used for the longest time make room for it."""
        now_s = self.now()
        with transaction(self.url, writing=True) as db:
            _take_turns(db)
            row = {"name": name, "moments": moments, "used_s": now_s}
            db.execute(insert_once(db, UPLOADS, "name").values(**row))
            db.execute(sa.update(UPLOADS).where(UPLOADS.c.name == name).values(used_s=now_s))
            db.execute(insert_once(db, UPLOADERS, "name", "learner").values(name=name, learner=learner))
            gone = _delete(db, [*_expired(db, now_s), *_too_many(db, name)])
        if gone:
            tidy(self.url)

    def find(self, name: str) -> bytes | None:
        """The moments of a day, which is used by that; None where it is not kept, or not any longer."""
        moments: bytes | None = self._read(name, UPLOADS.c.moments)
        return moments

    def use(self, name: str) -> bool:
        """Whether a day is kept; if it is, it stays for as long again."""
        return self._read(name, UPLOADS.c.name) is not None

    def _read(self, name: str, column: sa.Column[Any]) -> Any:
        """A column of a day, which is used by that; None where it is not kept."""
        now_s = self.now()
        query = sa.select(UPLOADS.c.used_s, column).where(UPLOADS.c.name == name, UPLOADS.c.used_s > now_s - KEPT_S)
        with transaction(self.url, writing=False) as db:
            row = db.execute(query).one_or_none()
        if row is None:
            return None
        used_s, value = row
        if now_s - used_s > NOTED_EVERY_S:
            with transaction(self.url, writing=True) as db:
                db.execute(sa.update(UPLOADS).where(UPLOADS.c.name == name).values(used_s=now_s))
        return value

    def count(self, learner: str) -> int:
        """How many days of a learner are kept."""
        query = sa.select(sa.func.count()).select_from(UPLOADERS).where(UPLOADERS.c.learner == learner)
        with transaction(self.url, writing=False) as db:
            return db.execute(query).scalar_one()

    def hand_over(self, giver: str, receiver: str) -> None:
        """Make one learner's days another's."""
        with transaction(self.url, writing=True) as db:
            _take_turns(db)
            for name in db.execute(sa.select(UPLOADERS.c.name).where(UPLOADERS.c.learner == giver)).scalars().all():
                db.execute(insert_once(db, UPLOADERS, "name", "learner").values(name=name, learner=receiver))
            db.execute(sa.delete(UPLOADERS).where(UPLOADERS.c.learner == giver))

    def erase_expired(self) -> int:
        """Delete every day that was not used for 24 hours; how many."""
        with transaction(self.url, writing=True) as db:
            _take_turns(db)
            gone = _delete(db, _expired(db, self.now()))
        if gone:
            tidy(self.url)
        return gone


def erase_of(db: sa.Connection, learner: str) -> int:
    """Delete the days that a learner brought, but for those that others brought, too; how many were the learner's."""
    _take_turns(db)
    names = db.execute(sa.select(UPLOADERS.c.name).where(UPLOADERS.c.learner == learner)).scalars().all()
    db.execute(sa.delete(UPLOADERS).where(UPLOADERS.c.learner == learner))
    others = set(db.execute(sa.select(UPLOADERS.c.name).where(UPLOADERS.c.name.in_(names))).scalars())
    _delete(db, [name for name in names if name not in others])
    return len(names)


def _take_turns(db: sa.Connection) -> None:
    """Wait until nobody else adds or deletes days: else two at once keep more than there is room for."""
    if db.dialect.name == "postgresql":  # in SQLite the transaction holds the file
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


def _expired(db: sa.Connection, now_s: float) -> Sequence[str]:
    return db.execute(sa.select(UPLOADS.c.name).where(UPLOADS.c.used_s <= now_s - KEPT_S)).scalars().all()


def _too_many(db: sa.Connection, new: str) -> list[str]:
    """The days for which there is no room beside a new one and those that were used later."""
    query = sa.select(UPLOADS.c.name, sa.func.length(UPLOADS.c.moments))
    newest_first = query.order_by(UPLOADS.c.name != new, UPLOADS.c.used_s.desc(), UPLOADS.c.name)
    gone, total_bytes = [], 0
    for place, (name, size_bytes) in enumerate(db.execute(newest_first)):
        total_bytes += size_bytes
        if place >= MOST_DAYS or total_bytes > MOST_BYTES:
            gone.append(name)
    return gone


def _delete(db: sa.Connection, names: Sequence[str]) -> int:
    db.execute(sa.delete(UPLOADERS).where(UPLOADERS.c.name.in_(names)))
    return db.execute(sa.delete(UPLOADS).where(UPLOADS.c.name.in_(names))).rowcount
