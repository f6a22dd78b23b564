"""What can go wrong with a store, in words for the person in front of it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from lifecycle import metrics

log = logging.getLogger(__name__)

AWAY = "the database of this server cannot be used just now: try again in a moment, and tell who runs the server"


class StoreError(Exception):
    """The store cannot be used just now; the message says why and what to do. Nothing that was saved is lost.

    `for_operator` is the same for who runs the server: it names the database, which is no learner's business.
    """

    def __init__(self, words: str, for_operator: str = "") -> None:
        super().__init__(words)
        self.for_operator = for_operator or words


def name(url: URL) -> str:
    """What to call a store to people: the file, or the database without who may enter it."""
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").name
    return f"the database {url.database or ''} at {url.host or 'this machine'}"


@contextmanager
def store_errors(url: URL, *, counted: bool = True) -> Iterator[None]:
    """Turn faults of the database and of the disk into `StoreError`; `counted`: where somebody was in want of it."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, ModuleNotFoundError) as error:
        if counted:
            metrics.STORE_ERRORS.inc()
        words = _in_words(error, url)
        log.warning("%s", words)
        public = words if url.get_backend_name() == "sqlite" else AWAY
        raise StoreError(public, words) from error


def _in_words(error: Exception, url: URL) -> str:
    database, words = name(url), str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if isinstance(error, ModuleNotFoundError):
        return f"{database} needs a driver that is not installed ({words}): pip install 'psycopg[binary]'"
    if url.get_backend_name() != "sqlite":
        return (
            f"{database} cannot be used just now ({_first_line(words)}): see that it runs, and HEADWATERS_DATABASE_URL"
        )
    if "locked" in words:
        return f"{database} is in use by another program: close it, then answer again"
    if "malformed" in words or "not a database" in words:
        return f"{database} is damaged: move it aside (nothing here deletes it) and restart, or restore a copy"
    if "full" in words or "No space" in words:
        return f"the disk that holds {database} is full: free some space, then answer again"
    if "readonly" in words or "unable to open" in words or "disk I/O" in words or isinstance(error, OSError):
        return f"{database} cannot be written: check the rights of its folder, or name another in HEADWATERS_DATA"
    return f"{database} cannot be used ({_first_line(words)})"


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0][:200]
