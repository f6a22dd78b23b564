"""The tables, and the steps from each version of them to the next. A step is never changed once it was released."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

from lifecycle.storage.errors import StoreError

META = MetaData()
ANSWERS = Table(
    "answers",
    META,
    Column("id", Integer, primary_key=True),
    Column("submission", String(100), nullable=False, unique=True),
    Column("learner", String(100), nullable=False),
    Column("place", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("confidence", Integer),
    Column("variant", Text, nullable=False, server_default=""),
    Index("answers_by_learner", "learner", "id"),
)
PREDICTIONS = Table(
    "predictions",
    META,
    Column("id", Integer, primary_key=True),
    Column("submission", String(100), nullable=False, unique=True),
    Column("learner", String(100), nullable=False),
    Column("points", Integer, nullable=False),
    Column("possible", Integer, nullable=False),
    Column("at_s", Float, nullable=False),
    Index("predictions_by_learner", "learner", "id"),
)
DRILLS = Table(
    "drills",
    META,
    Column("id", Integer, primary_key=True),
    Column("submission", String(100), nullable=False, unique=True),
    Column("learner", String(100), nullable=False),
    Column("drill", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("stage_right", Boolean, nullable=False),
    Column("cause_right", Boolean, nullable=False),
    Column("remedy_right", Boolean, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("at_s", Float, nullable=False),
    Index("drills_by_learner", "learner", "id"),
)
CLASSES = Table(
    "classes",
    META,
    Column("id", Integer, primary_key=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False),
    Column("created_s", Float, nullable=False),
    Column("expires_s", Float, nullable=False),
    Column("state", Text, nullable=False),
    Column("talk", Text, nullable=False),
)
VOTES = Table(
    "votes",
    META,
    Column("id", Integer, primary_key=True),
    Column("submission", String(100), nullable=False, unique=True),
    Column("class_id", Integer, ForeignKey("classes.id"), nullable=False),
    Column("poll", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("phone", String(100), nullable=False),
    Column("ballot", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Index("votes_by_class", "class_id", "id"),
)
_VERSION = Table("headwaters_version", MetaData(), Column("version", Integer, nullable=False))
# Any number will do, so long as it is ours: servers that start at once take turns.
_LOCK = 4_729_118


def _to_2(db: sa.Connection) -> None:
    """Version 1 was the first file, in SQLite alone: answers without confidence and variant, no drills."""
    if sa.inspect(db).has_table("answers"):
        db.execute(sa.text("ALTER TABLE answers ADD COLUMN confidence INTEGER"))
        db.execute(sa.text("ALTER TABLE answers ADD COLUMN variant TEXT NOT NULL DEFAULT ''"))
    META.create_all(db, tables=[ANSWERS, PREDICTIONS, DRILLS])


def _to_3(db: sa.Connection) -> None:
    """Version 2 knew learners alone, no classes and their votes."""
    META.create_all(db, tables=[CLASSES, VOTES])


# The step to each version from the one before; a new database takes all of them.
STEPS: dict[int, Callable[[sa.Connection], None]] = {2: _to_2, 3: _to_3}
VERSION = max(STEPS)


def prepare(db: sa.Connection, called: str) -> None:
    """Bring a database to this version, in the transaction of `db`; StoreError where a newer program wrote it."""
    version = current(db)
    if version > VERSION:
        raise StoreError(
            f"{called} was written by a newer Headwaters (format {version}, this one reads up to {VERSION}): "
            "update Headwaters, or name another store in HEADWATERS_DATA or HEADWATERS_DATABASE_URL"
        )
    if version == VERSION:
        return
    if db.dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        version = current(db)  # another server may have been first; in SQLite the transaction holds the file
    for step in range(version + 1, VERSION + 1):
        if step in STEPS:
            STEPS[step](db)
    _note(db)


def current(db: sa.Connection) -> int:
    """The version of a database; 0 for an empty one."""
    if db.dialect.name == "sqlite":
        return int(db.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not sa.inspect(db).has_table(_VERSION.name):
        return 0
    return int(db.execute(sa.select(_VERSION.c.version)).scalar_one())


def _note(db: sa.Connection) -> None:
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
        return
    _VERSION.create(db, checkfirst=True)
    db.execute(sa.delete(_VERSION))
    db.execute(sa.insert(_VERSION).values(version=VERSION))
