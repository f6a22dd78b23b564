"""A learner's own data out of the store and into it again: one JSON document, checked as a stranger's."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from lifecycle.documents import has_half
from lifecycle.storage.schema import ANSWERS, DRILLS, LESSONS, PREDICTIONS

FORMAT = "headwaters-progress"
READS = 1  # the version of the document
MOST_ROWS = 50_000
MOST_BYTES = 20_000_000
LONGEST_TEXT = 20_000
MOST = 2**31 - 1
TABLES: Mapping[str, sa.Table] = {
    "answers": ANSWERS,
    "predictions": PREDICTIONS,
    "drills": DRILLS,
    "lessons": LESSONS,
}
_OURS = ("id", "learner")
StoredRows = dict[str, list[dict[str, Any]]]


def exported(db: sa.Connection, learner: str) -> dict[str, Any]:
    """Everything of a learner: every column but the row's number and the learner's name, which is a key to it all."""
    document: dict[str, Any] = {"format": FORMAT, "version": READS}
    for kind, table in TABLES.items():
        columns = [column for column in table.c if column.name not in _OURS]
        query = sa.select(*columns).where(table.c.learner == learner).order_by(table.c.id)
        document[kind] = [dict(row) for row in db.execute(query).mappings()]
    return document


def read(document: object) -> StoredRows:
    """The rows of an exported document; ValueError in words where it is none."""
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise ValueError("this is no export of Headwaters: bring the file that “Export my data” gave you")
    if document.get("version") != READS:
        raise ValueError(
            f"this export is of version {str(document.get('version'))[:20]}; this Headwaters reads {READS}"
        )
    rows = {kind: _list(document.get(kind, []), kind) for kind in TABLES}
    if sum(map(len, rows.values())) > MOST_ROWS:
        raise ValueError(f"this export has more than {MOST_ROWS:,} rows")
    return {kind: [_row(row, kind, n) for n, row in enumerate(entries, 1)] for kind, entries in rows.items()}


def _list(value: object, kind: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{kind} of this export should be a list")
    return value


def _row(plain: object, kind: str, number: int) -> dict[str, Any]:
    if not isinstance(plain, Mapping):
        raise ValueError(f"row {number} of {kind} is no row")
    row = {}
    for column in TABLES[kind].c:
        if column.name in _OURS:
            continue
        value = plain.get(column.name, _absent(column))  # an export of an earlier version lacks what came later
        if not _fits(value, column):
            raise ValueError(f"row {number} of {kind} has no usable {column.name}")
        row[column.name] = value
    return row


def _absent(column: sa.Column[Any]) -> object:
    """What rows that are older than a column have in it: what the table says, in SQL's own spelling."""
    default = column.server_default
    if not isinstance(default, sa.DefaultClause):
        return None
    literal = str(default.arg)
    return literal if isinstance(column.type, sa.String) else json.loads(literal.lower())


def _fits(value: object, column: sa.Column[Any]) -> bool:
    if value is None:
        return bool(column.nullable)
    match column.type:
        case sa.Boolean():
            return isinstance(value, bool)
        case sa.Integer():
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST
        case sa.Float():
            return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        case sa.String(length=longest):
            if not isinstance(value, str) or "\0" in value or has_half(value):
                return False
            return len(value) <= (longest or LONGEST_TEXT)
    return False


def new_rows(db: sa.Connection, learner: str, rows: StoredRows) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that a learner does not have yet, each under a submission that no other learner's can meet."""
    for kind, entries in rows.items():
        table = TABLES[kind]
        known = set(db.execute(sa.select(table.c.submission).where(table.c.learner == learner)).scalars())
        for row in entries:
            moved = hashlib.blake2b(f"{learner}\0{row['submission']}".encode(), digest_size=16).hexdigest()
            if not known & {row["submission"], moved}:
                known.add(moved)
                yield kind, row | {"submission": moved, "learner": learner}
