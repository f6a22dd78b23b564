"""The store of all learners: what may be added and asked."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lifecycle.storage import drafts, transfer, uploads
from lifecycle.storage.engines import address, insert_once, tidy, transaction
from lifecycle.storage.rows import AnswerRow, DrillRow, LessonRow, PredictionRow, PredictionScore
from lifecycle.storage.schema import ANSWERS, DRILLS, LESSONS, PREDICTIONS

_ANSWER = tuple(ANSWERS.c[name] for name in ("place", "question", "right", "answer", "at_s", "confidence", "variant"))
_DRILL = tuple(
    DRILLS.c[name]
    for name in ("drill", "level", "stage_right", "cause_right", "remedy_right", "hints", "points", "at_s")
)
_LESSON = tuple(LESSONS.c[name] for name in ("lesson", "step", "done", "guess", "at_s"))
_BATCH = 1_000


@dataclass(frozen=True)
class Store:
    """Answers, predictions, drills and lessons of all learners; `now` gives the wall clock in seconds.

    `where`: the path of an SQLite file, or the URL of a database as SQLAlchemy writes it. What a call has added is on
    the disk when it returns. Every call may raise `StoreError`.
    """

    where: Path | str
    now: Callable[[], float] = time.time

    @property
    def url(self) -> sa.URL:
        """The database's address."""
        return address(self.where)

    def check(self) -> None:
        """Raise StoreError where it cannot be used. Who only asks loses nothing by that, so it is not counted."""
        with transaction(self.url, writing=False, counted=False) as db:
            db.execute(sa.select(1))

    def add_answer(self, submission: str, learner: str, row: AnswerRow) -> None:
        """Keep one answer. The same `submission` twice (a double click, a lost reply) is kept once."""
        self._add(ANSWERS, submission, learner, **vars(row))

    def answers(self, learner: str) -> tuple[AnswerRow, ...]:
        """Every answer of one learner, oldest first."""
        query = sa.select(*_ANSWER).where(ANSWERS.c.learner == learner).order_by(ANSWERS.c.id)
        with transaction(self.url, writing=False) as db:
            return tuple(AnswerRow(*row) for row in db.execute(query))

    def add_prediction(self, submission: str, learner: str, row: PredictionRow) -> None:
        """Keep what one prediction earned. The same `submission` twice is kept once."""
        self._add(PREDICTIONS, submission, learner, **vars(row))

    def prediction_score(self, learner: str) -> PredictionScore:
        """What a learner has earned by predicting so far."""
        table = PREDICTIONS.c
        sums = (sa.func.coalesce(sa.func.sum(column), 0) for column in (table.points, table.possible))
        query = sa.select(*sums, sa.func.count()).where(table.learner == learner)
        with transaction(self.url, writing=False) as db:
            return PredictionScore(*map(int, db.execute(query).one()))

    def add_drill(self, submission: str, learner: str, row: DrillRow) -> None:
        """Keep one drill's result. The same `submission` twice is kept once."""
        self._add(DRILLS, submission, learner, **vars(row))

    def drills(self, learner: str) -> tuple[DrillRow, ...]:
        """Every drill of one learner, oldest first."""
        query = sa.select(*_DRILL).where(DRILLS.c.learner == learner).order_by(DRILLS.c.id)
        with transaction(self.url, writing=False) as db:
            return tuple(DrillRow(*row) for row in db.execute(query))

    def add_lesson(self, submission: str, learner: str, row: LessonRow) -> None:
        """Keep where a learner is in a lesson. The same `submission` twice is kept once."""
        self._add(LESSONS, submission, learner, **vars(row))

    def lessons(self, learner: str) -> tuple[LessonRow, ...]:
        """Every step of a lesson that one learner came to, oldest first."""
        query = sa.select(*_LESSON).where(LESSONS.c.learner == learner).order_by(LESSONS.c.id)
        with transaction(self.url, writing=False) as db:
            return tuple(LessonRow(*row) for row in db.execute(query))

    def everyone(self) -> Iterator[tuple[str, AnswerRow]]:
        """Every answer of everyone, each learner's oldest first, under names for this call alone."""
        salt = secrets.token_bytes(16)

        def unnamed(learner: str) -> str:
            return hashlib.blake2b(learner.encode(), key=salt, digest_size=8).hexdigest()

        query = sa.select(ANSWERS.c.learner, *_ANSWER).order_by(ANSWERS.c.learner, ANSWERS.c.id)
        with transaction(self.url, writing=False) as db:
            for learner, *row in db.execution_options(yield_per=_BATCH).execute(query):
                yield unnamed(learner), AnswerRow(*row)

    def export(self, learner: str) -> dict[str, Any]:
        """All that a learner did, as JSON can hold it; `bring_in` reads it. Days that were brought are not among it."""
        with transaction(self.url, writing=False) as db:
            return transfer.exported(db, learner) | {"drafts": drafts.exported(db, learner)}

    def erase(self, learner: str) -> int:
        """Delete everything that is kept of a learner; how many rows that were. It cannot be undone."""
        with transaction(self.url, writing=True) as db:
            gone = [
                db.execute(sa.delete(table).where(table.c.learner == learner)) for table in transfer.TABLES.values()
            ]
            count = sum(result.rowcount for result in gone)
            count += uploads.erase_of(db, learner) + drafts.erase_of(db, learner)
        tidy(self.url)
        return count

    def bring_in(self, learner: str, exported: object) -> int:
        """Add what an export holds to a learner; how many rows were new. The same export twice adds nothing.

        ValueError, in words, for anything that is no export; then nothing is added.
        """
        rows, pipelines = transfer.read(exported), drafts.read(exported)
        with transaction(self.url, writing=True) as db:
            new = list(transfer.new_rows(db, learner, rows))
            for kind, row in new:
                db.execute(insert_once(db, transfer.TABLES[kind], "submission").values(**row))
            return len(new) + drafts.bring_in(db, learner, pipelines)

    def _add(self, table: sa.Table, submission: str, learner: str, **values: Any) -> None:
        row = {**values, "submission": submission, "learner": learner, "at_s": self.now()}
        with transaction(self.url, writing=True) as db:
            db.execute(insert_once(db, table, "submission").values(**row))
