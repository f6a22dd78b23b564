"""The tables, and the steps from each version of them to the next. A step is never changed once it was released."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from lifecycle.storage import released
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
LESSONS = Table(
    "lessons",
    META,
    Column("id", Integer, primary_key=True),
    Column("submission", String(100), nullable=False, unique=True),
    Column("learner", String(100), nullable=False),
    Column("lesson", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("guess", Float),
    Column("at_s", Float, nullable=False),
    Index("lessons_by_learner", "learner", "id"),
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
    Column("pressed", Text, nullable=False, server_default="{}"),
    Column("moves", Integer, nullable=False, server_default="0"),
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
PHONES = Table(
    "phones_around",
    META,
    Column("class_id", Integer, ForeignKey("classes.id"), primary_key=True, autoincrement=False),
    Column("replica", String(32), primary_key=True),
    Column("phones", Text, nullable=False),
    Column("at_s", Float, nullable=False),
)
UPLOADS = Table(
    "uploads",
    META,
    Column("name", String(40), primary_key=True),
    Column("moments", LargeBinary, nullable=False),
    Column("used_s", Float, nullable=False),
)
UPLOADERS = Table(
    "uploaders",
    META,
    Column("name", String(40), ForeignKey("uploads.name"), primary_key=True),
    Column("learner", String(100), primary_key=True),
    Index("uploaders_by_learner", "learner"),
)
DRAFTS = Table(
    "drafts",
    META,
    Column("id", Integer, primary_key=True),
    Column("learner", String(100), nullable=False),
    Column("name", String(100), nullable=False),
    Column("graph", LargeBinary, nullable=False),
    Column("steps", LargeBinary, nullable=False),
    Column("saves", Integer, nullable=False),
    Column("at_s", Float, nullable=False),
    sa.UniqueConstraint("learner", "name"),
)
_VERSION = Table("headwaters_version", MetaData(), Column("version", Integer, nullable=False))
# Any number will do, so long as it is ours: servers that start at once take turns.
_LOCK = 4_729_118


def _make(db: sa.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        db.exec_driver_sql(statement.format(**released.WORDS[db.dialect.name]))


def add_column(db: sa.Connection, table: str, column: str, of: str) -> None:
    """Add a column that a table does not have yet; `of`: its type and what else SQL says of it."""
    if column not in {known["name"] for known in sa.inspect(db).get_columns(table)}:
        db.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} {of}")


def _to_1(db: sa.Connection) -> None:
    """Answers and predictions; released as an SQLite file only."""
    _make(db, released.OF_1)


def _to_2(db: sa.Connection) -> None:
    """How sure an answer was, and which draw of a question it was to; drills."""
    add_column(db, "answers", "confidence", "INTEGER")
    add_column(db, "answers", "variant", "TEXT DEFAULT '' NOT NULL")
    _make(db, released.OF_2)


def _to_3(db: sa.Connection) -> None:
    """Classes and their votes."""
    _make(db, released.OF_3)


def _to_4(db: sa.Connection) -> None:
    """A class on several replicas: how many moves it made, what was pressed last, which phones each of them has."""
    add_column(db, "classes", "pressed", "TEXT DEFAULT '{}' NOT NULL")
    add_column(db, "classes", "moves", "INTEGER DEFAULT 0 NOT NULL")
    _make(db, released.OF_4)


def _to_5(db: sa.Connection) -> None:
    """Days that learners brought, and who brought them."""
    _make(db, released.OF_5)


def _to_6(db: sa.Connection) -> None:
    """Where learners are in lessons, and what they did there."""
    _make(db, released.OF_6)


def _to_7(db: sa.Connection) -> None:
    """Pipelines that learners work on."""
    _make(db, released.OF_7)


# The step to each version from the one before; a new database takes all of them.
STEPS: dict[int, Callable[[sa.Connection], None]] = {
    1: _to_1,
    2: _to_2,
    3: _to_3,
    4: _to_4,
    5: _to_5,
    6: _to_6,
    7: _to_7,
}
VERSION = max(STEPS)


def up_to_date(db: sa.Connection) -> bool:
    """Whether a database is of this version."""
    return current(db) == VERSION


def prepare(db: sa.Connection, called: str) -> None:
    """Bring a database to this version, in the transaction of `db`; StoreError where a newer program wrote it."""
    if (
        db.dialect.name == "postgresql"
    ):  # servers that start at once take turns; in SQLite the transaction holds the file
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    version = current(db)
    if version > VERSION:
        raise StoreError(
            f"{called} was written by a newer Headwaters (format {version}, this one reads up to {VERSION}): "
            "update Headwaters, or name another store in HEADWATERS_DATA or HEADWATERS_DATABASE_URL"
        )
    if version == VERSION:
        return
    for step in range(version + 1, VERSION + 1):
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
