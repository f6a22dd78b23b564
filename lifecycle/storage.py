"""Answers and predictions in SQLite: rows are only ever added; scores and progress are queries.

This is the only module with SQL. Every call opens, uses and closes its own connection, so a file that was deleted,
locked or mended while the app runs is met afresh each time, and nothing is shared between threads.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VERSION = 1
BUSY_S = 5.0

SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY,
    submission TEXT NOT NULL UNIQUE,
    learner TEXT NOT NULL,
    place TEXT NOT NULL,
    question TEXT NOT NULL,
    right INTEGER NOT NULL,
    answer TEXT NOT NULL,
    at_s REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_by_learner ON answers (learner, id);
CREATE TABLE IF NOT EXISTS predictions (
    id INTEGER PRIMARY KEY,
    submission TEXT NOT NULL UNIQUE,
    learner TEXT NOT NULL,
    points INTEGER NOT NULL,
    possible INTEGER NOT NULL,
    at_s REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS predictions_by_learner ON predictions (learner, id);
PRAGMA user_version = {VERSION};
COMMIT;
"""


class StoreError(Exception):
    """The store cannot be used just now; the message says why and what to do. Nothing that was saved is lost."""


@dataclass(frozen=True)
class AnswerRow:
    """One answer as it was given. `at_s` is for people; the order of rows is the order of answering."""

    place: str
    question: str
    right: bool
    answer: str
    at_s: float


@dataclass(frozen=True)
class PredictionScore:
    """Points earned by predicting, out of those possible, over `rounds` predictions."""

    points: int = 0
    possible: int = 0
    rounds: int = 0

    def __str__(self) -> str:
        rounds = "1 round" if self.rounds == 1 else f"{self.rounds} rounds"
        return f"{self.points} of {self.possible} points in {rounds}"


@dataclass(frozen=True)
class Store:
    """Answers and predictions of all learners in the file at `path`; `now` gives the wall clock in seconds."""

    path: Path
    now: Callable[[], float] = time.time

    def add_answer(self, submission: str, learner: str, place: str, question: str, right: bool, answer: str) -> None:
        """Keep one answer. The same `submission` twice (a double click, a lost reply) is kept once."""
        with self._connection() as db:
            db.execute(
                "INSERT OR IGNORE INTO answers (submission, learner, place, question, right, answer, at_s)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (submission, learner, place, question, int(right), answer, self.now()),
            )

    def answers(self, learner: str) -> tuple[AnswerRow, ...]:
        """Every answer of one learner, oldest first."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT place, question, right, answer, at_s FROM answers WHERE learner = ? ORDER BY id", (learner,)
            ).fetchall()
        return tuple(AnswerRow(place, question, bool(right), answer, at) for place, question, right, answer, at in rows)

    def everyone(self) -> Iterator[tuple[str, AnswerRow]]:
        """Every learner's answers, oldest first: for what is said of all of them together."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT learner, place, question, right, answer, at_s FROM answers ORDER BY id"
            ).fetchall()
        for learner, place, question, right, answer, at in rows:
            yield learner, AnswerRow(place, question, bool(right), answer, at)

    def add_prediction(self, submission: str, learner: str, points: int, possible: int) -> None:
        """Keep the points of one prediction. The same `submission` twice is kept once."""
        with self._connection() as db:
            db.execute(
                "INSERT OR IGNORE INTO predictions (submission, learner, points, possible, at_s)"
                " VALUES (?, ?, ?, ?, ?)",
                (submission, learner, points, possible, self.now()),
            )

    def prediction_score(self, learner: str) -> PredictionScore:
        """What a learner has earned by predicting so far."""
        with self._connection() as db:
            row = db.execute(
                "SELECT COALESCE(SUM(points), 0), COALESCE(SUM(possible), 0), COUNT(*)"
                " FROM predictions WHERE learner = ?",
                (learner,),
            ).fetchone()
        return PredictionScore(*row)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction; SQLite's and the disk's faults come out as `StoreError`."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=BUSY_S)
            try:
                _prepare(db, self.path)
                with db:
                    yield db
            finally:
                db.close()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(_in_words(error, self.path)) from error


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StoreError(
            f"{path.name} was written by a newer Headwaters (format {version}, this one reads up to {VERSION}): "
            "update Headwaters, or name another folder in HEADWATERS_DATA"
        )
    if version < VERSION:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(SCHEMA)


def _in_words(error: Exception, path: Path) -> str:
    said = str(error)
    if "locked" in said:
        return f"{path.name} is in use by another program: close it, then answer again"
    if "malformed" in said or "not a database" in said:
        return f"{path.name} is damaged: move it aside (nothing here deletes it) and restart, or restore a copy"
    if "full" in said:
        return f"the disk that holds {path.name} is full: free some space, then answer again"
    if "readonly" in said or "unable to open" in said or isinstance(error, OSError):
        return f"{path.name} cannot be written: check the rights of its folder, or name another in HEADWATERS_DATA"
    return f"{path.name} cannot be used ({said})"
