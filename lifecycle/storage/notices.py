"""What one replica tells the others through the database itself: PostgreSQL's NOTIFY and LISTEN.

An SQLite file has one process, which has nobody to tell: there `tell` does nothing and `Notices` never start. A notice
goes out with the commit that it belongs to, so who hears of it can read what it is about. A connection that breaks is
made anew; what was told meanwhile is not told again, so the listener then reads everything (`missed`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from enum import StrEnum

import sqlalchemy as sa

CHANNEL = "headwaters"
RETRY_S = 0.5
_LOOKS_UP_S = 0.2  # how often it sees whether it is to stop
log = logging.getLogger(__name__)


class Topic(StrEnum):
    """What a notice is about."""

    CLASS = "class"  # its state, its votes, or its end
    PHONES = "phones"  # who is around


def tell(db: sa.Connection, topic: Topic, subject: str) -> None:
    """Tell every replica once this transaction is committed; the same notice twice in it goes out once."""
    if db.dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_notify(CHANNEL, f"{topic} {subject}")))


class Notices:
    """A thread that hears what replicas tell: `hear(topic, subject)` for each notice, `missed()` after every connect.

    Both are called in that thread; where they raise, the connection is made anew.
    """

    def __init__(self, url: sa.URL, hear: Callable[[Topic, str], None], missed: Callable[[], None]) -> None:
        self._url, self._hear, self._missed = url, hear, missed
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._is_away = False

    def start(self) -> None:
        """Begin to listen, if the database can be shared and nobody has begun."""
        if self._url.get_backend_name() == "sqlite":
            return
        with self._lock:
            if self._thread is None:
                self._stopping.clear()
                self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._stopping.set()
            thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except Exception as error:  # the database may be away for an hour; votes are refused meanwhile, in words
                self._warn_once(str(error))
                self._stopping.wait(RETRY_S)

    def _warn_once(self, message: str) -> None:
        if not self._is_away:
            log.warning("not listening to other replicas just now: %s", message.strip().split("\n")[0])
        self._is_away = True

    def _listen(self) -> None:
        import psycopg

        where = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(where, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._is_away = False
            self._missed()
            while not self._stopping.is_set():
                heard = {notice.payload for notice in connection.notifies(timeout=_LOOKS_UP_S, stop_after=1)}
                for payload in sorted(heard):
                    topic, _, subject = payload.partition(" ")
                    if topic in set(Topic):
                        self._hear(Topic(topic), subject)
