"""Connections: one engine a database; what a commit returned from is on the disk."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from lifecycle.storage.errors import name, store_errors
from lifecycle.storage.schema import prepare, up_to_date

BUSY_S = 2.0  # a page waits no longer for anyone who holds the file
MAKING_S = 20.0  # but for the server beside it that is just making it, or bringing it to this version, on a slow disk
_WRITING = "headwaters_writing"
_MAKING = "headwaters_making"
_lock = threading.Lock()
_engines: dict[sa.URL, sa.Engine] = {}
# PostgreSQL databases that are known to be of this version; a SQLite file is asked each time, which costs nothing.
_prepared: set[sa.URL] = set()


def address(where: Path | str) -> sa.URL:
    """The address of a database: the path of an SQLite file, or a URL as SQLAlchemy writes it."""
    if isinstance(where, Path):
        return sa.URL.create("sqlite", database=str(where))
    url = sa.make_url(where)
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() in ("postgres", "postgresql") else url


@contextmanager
def transaction(url: sa.URL, *, writing: bool, counted: bool = True) -> Iterator[sa.Connection]:
    """A connection within one transaction, on a database of this version; faults come out as `StoreError`.

    `counted`: whether such a fault is one of the figures that the server gives of itself.
    """
    with store_errors(url, counted=counted):
        engine = _engine(url)
        try:
            if not _is_ready(engine, url):
                _make_ready(engine, url)
            with engine.connect().execution_options(**{_WRITING: writing}) as db, db.begin():
                yield db
        except (OperationalError, ProgrammingError):
            _prepared.discard(url)  # it may come back as another one, or empty
            raise


def forget() -> None:
    """Let go of every engine and of what is known about its database."""
    with _lock:
        for engine in _engines.values():
            engine.dispose()
        _engines.clear()
        _prepared.clear()


def tidy(url: sa.URL) -> None:
    """Leave nothing of what was erased in the log beside an SQLite file."""
    if url.get_backend_name() == "sqlite":
        with store_errors(url):
            _outside_transactions(_engine(url), "PRAGMA wal_checkpoint(TRUNCATE)")


def _is_ready(engine: sa.Engine, url: sa.URL) -> bool:
    if url in _prepared:
        return True
    with engine.connect() as db:
        return up_to_date(db)


def _make_ready(engine: sa.Engine, url: sa.URL) -> None:
    if engine.dialect.name == "sqlite":
        _to_write_ahead(engine)
    with engine.connect().execution_options(**{_WRITING: True, _MAKING: True}) as db, db.begin():
        prepare(db, name(url))
    if engine.dialect.name != "sqlite":
        _prepared.add(url)


def _to_write_ahead(engine: sa.Engine) -> None:
    """Let readers and a writer work side by side. Of two that ask at once SQLite refuses one without waiting."""
    end = time.monotonic() + MAKING_S
    while True:
        try:
            return _outside_transactions(engine, "PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.05)


def _outside_transactions(engine: sa.Engine, statement: str) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


def _engine(url: sa.URL) -> sa.Engine:
    with _lock:
        if url not in _engines:
            _engines[url] = _sqlite(url) if url.get_backend_name() == "sqlite" else _server(url)
        if url.get_backend_name() == "sqlite":
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        return _engines[url]


def _server(url: sa.URL) -> sa.Engine:
    """A pool that asks whether a connection still lives: the server may have been started anew in between."""
    return sa.create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=20, connect_args={"connect_timeout": 5})


def _sqlite(url: sa.URL) -> sa.Engine:
    """A connection for each call: a file that was deleted, repaired or replaced meanwhile is met afresh."""
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_S})
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where `_on_begin` says, not where the driver guesses
    connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk, not only in the operating system's hands
    connection.execute("PRAGMA secure_delete = ON")  # erased is overwritten
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(db: sa.Connection) -> None:
    if db.get_execution_options().get(_MAKING):
        db.exec_driver_sql(f"PRAGMA busy_timeout = {MAKING_S * 1000:.0f}")
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get(_WRITING) else "BEGIN")


def insert_once(db: sa.Connection, table: sa.Table, *key: str) -> Any:
    """An INSERT that leaves a row alone whose `key`, of one column or several, is there already."""
    if db.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # with every driver's dialect, which a server over SQLite never asks

        made: Any = postgresql.insert(table)
    else:
        made = sqlite.insert(table)
    return made.on_conflict_do_nothing(index_elements=key)
