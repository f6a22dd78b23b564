"""Pipelines that learners work on: the graph as it was read, and what they did to it, each a text, until they erase it.

Unlike what was answered, a draft is written over as it is worked on; who writes says which save it goes on from, so
that two windows do not undo each other's work unseen. What is kept is bounded, and nothing makes room by itself: what
does not fit is refused in words.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lifecycle.documents import CONTROL, has_half
from lifecycle.storage.engines import address, tidy, transaction
from lifecycle.storage.schema import DRAFTS

MOST_DRAFTS = 5  # of one learner
MOST_DRAFT_BYTES = 1_500_000  # of one draft, compressed: some ten megabytes of JSON
MOST_ALL_BYTES = 1_000_000_000  # of all learners; above it nobody begins another
MOST_TEXT_BYTES = 32_000_000  # of either text, before it is compressed
MOST_NAME = 100
# Any number will do, so long as it is ours: who begins, renames or brings drafts takes turns.
_TURN = 4_729_120


class DraftRefused(ValueError):  # noqa: N818 - a refusal, as the house calls it
    """A draft that is not kept as it was asked for: why, and what to do."""


class DraftChanged(DraftRefused):
    """A draft that somebody else has saved since it was opened, or erased."""


@dataclass(frozen=True)
class DraftHead:
    """What a list of drafts says of each: when it was last saved."""

    name: str
    at_s: float


@dataclass(frozen=True)
class DraftRow:
    """A draft as it was last saved, by its `saves`-th save; `graph` and `steps` are JSON."""

    name: str
    graph: str
    steps: str
    saves: int
    at_s: float


@dataclass(frozen=True)
class Drafts:
    """All drafts of a database, `where` as in `Store`; `now` gives the wall clock in seconds.

    What a call has kept is on the disk when it returns. Every call may raise `StoreError`.
    """

    where: Path | str
    now: Callable[[], float] = time.time

    @property
    def url(self) -> sa.URL:
        """The database's address."""
        return address(self.where)

    def heads(self, learner: str) -> tuple[DraftHead, ...]:
        """The drafts of a learner, the one that was saved last first."""
        query = sa.select(DRAFTS.c.name, DRAFTS.c.at_s).where(DRAFTS.c.learner == learner)
        with transaction(self.url, writing=False) as db:
            rows = db.execute(query.order_by(DRAFTS.c.at_s.desc(), DRAFTS.c.id.desc())).all()
        return tuple(DraftHead(*row) for row in rows)

    def find(self, learner: str, name: str) -> DraftRow | None:
        """A learner's draft of this name; None where there is none."""
        columns = (DRAFTS.c[column] for column in DraftRow.__dataclass_fields__)
        with transaction(self.url, writing=False) as db:
            row = db.execute(sa.select(*columns).where(*_is(learner, name))).one_or_none()
        if row is None:
            return None
        return DraftRow(row.name, _text(row.graph), _text(row.steps), row.saves, row.at_s)

    def begin(self, learner: str, name: str, graph: str, steps: str) -> int:
        """Keep a new draft, and return the number of this save. Raises DraftRefused."""
        row = _row(learner, name, _packed(graph), _packed(steps), self.now())
        with transaction(self.url, writing=True) as db:
            _take_turns(db)
            if row["name"] in _names(db, learner):
                raise DraftRefused(f"you have a draft called {row['name']} already: give this one another name")
            _add(db, learner, [row])
        return 1

    def save(self, learner: str, name: str, steps: str, saves: int, graph: str | None = None) -> int:
        """Keep what was done since save number `saves`, and the graph where it was read again; the number of this save.

        Raises DraftChanged where another window has saved it meanwhile, else DraftRefused.
        """
        new = {"steps": _packed(steps)} | ({} if graph is None else {"graph": _packed(graph)})
        with transaction(self.url, writing=True) as db:
            query = sa.select(DRAFTS.c.saves, sa.func.length(DRAFTS.c.graph)).where(*_is(learner, name))
            row = db.execute(query.with_for_update()).one_or_none()
            if row is None:
                raise DraftChanged(
                    f"there is no draft called {name} any more: it was renamed or deleted in another window"
                )
            kept_saves, graph_bytes = row
            if kept_saves != saves:
                raise DraftChanged(f"{name} was changed in another window, and this change was not made")
            _check_size(len(new.get("graph", b"")) or graph_bytes, len(new["steps"]))
            db.execute(sa.update(DRAFTS).where(*_is(learner, name)).values(**new, saves=saves + 1, at_s=self.now()))
        return saves + 1

    def rename(self, learner: str, name: str, new_name: str) -> None:
        """Call a draft something else. Raises DraftRefused."""
        new = _name(new_name)
        with transaction(self.url, writing=True) as db:
            _take_turns(db)
            if new != name and new in _names(db, learner):
                raise DraftRefused(f"you have a draft called {new} already: give this one another name")
            if not db.execute(sa.update(DRAFTS).where(*_is(learner, name)).values(name=new)).rowcount:
                raise DraftChanged(
                    f"there is no draft called {name} any more: it was renamed or deleted in another window"
                )

    def erase(self, learner: str, name: str) -> bool:
        """Delete a draft for good; whether there was one."""
        with transaction(self.url, writing=True) as db:
            is_gone = db.execute(sa.delete(DRAFTS).where(*_is(learner, name))).rowcount > 0
        if is_gone:
            tidy(self.url)
        return is_gone


def erase_of(db: sa.Connection, learner: str) -> int:
    """Delete all drafts of a learner; how many there were."""
    return db.execute(sa.delete(DRAFTS).where(DRAFTS.c.learner == learner)).rowcount


def exported(db: sa.Connection, learner: str) -> list[dict[str, Any]]:
    """The drafts of a learner as JSON can hold them: their texts as they are kept, zlib's bytes in base64."""
    rows = db.execute(sa.select(DRAFTS).where(DRAFTS.c.learner == learner).order_by(DRAFTS.c.id))
    return [
        {"name": row.name, "at_s": row.at_s}
        | {part: base64.b64encode(getattr(row, part)).decode("ascii") for part in _TEXTS}
        for row in rows
    ]


def read(document: object) -> list[dict[str, Any]]:
    """The drafts of an exported document; ValueError in words where they are none."""
    entries = document.get("drafts", []) if isinstance(document, Mapping) else []  # an earlier version has none
    if not isinstance(entries, list):
        raise ValueError("drafts of this export should be a list")
    if len(entries) > MOST_DRAFTS:
        raise ValueError(f"this export has more than {MOST_DRAFTS} drafts")
    return [_read(entry, number) for number, entry in enumerate(entries, 1)]


def bring_in(db: sa.Connection, learner: str, drafts: Sequence[Mapping[str, Any]]) -> int:
    """Add exported drafts to a learner, but for those of the same content; how many were new. Raises DraftRefused."""
    _take_turns(db)
    known = {_content(row.graph, row.steps) for row in db.execute(_of(learner))}
    names = _names(db, learner)
    rows = []
    for draft in drafts:
        content = _content(draft["graph"], draft["steps"])
        if content in known:
            continue
        known.add(content)
        name = _free(draft["name"], names)
        names.add(name)
        rows.append(_row(learner, name, draft["graph"], draft["steps"], draft["at_s"]))
    _add(db, learner, rows)
    return len(rows)


_TEXTS = ("graph", "steps")
_SIZE = sa.func.length(DRAFTS.c.graph) + sa.func.length(DRAFTS.c.steps)


def _is(learner: str, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    plain = " ".join(name.split())
    return DRAFTS.c.learner == learner, DRAFTS.c.name == plain if _is_name(plain) else sa.false()


def _of(learner: str) -> sa.Select[Any]:
    return sa.select(DRAFTS.c.graph, DRAFTS.c.steps).where(DRAFTS.c.learner == learner)


def _names(db: sa.Connection, learner: str) -> set[str]:
    return set(db.execute(sa.select(DRAFTS.c.name).where(DRAFTS.c.learner == learner)).scalars())


def _row(learner: str, name: str, graph: bytes, steps: bytes, at_s: float) -> dict[str, Any]:
    _check_size(len(graph), len(steps))
    return {"learner": learner, "name": _name(name), "graph": graph, "steps": steps, "saves": 1, "at_s": at_s}


def _add(db: sa.Connection, learner: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert drafts of a learner, if there is room for all of them."""
    if not rows:
        return
    if len(_names(db, learner)) + len(rows) > MOST_DRAFTS:
        raise DraftRefused(f"no more than {MOST_DRAFTS} drafts are kept for each learner: delete one first")
    new_bytes = sum(len(row[part]) for row in rows for part in _TEXTS)
    kept_bytes = db.execute(sa.select(sa.func.coalesce(sa.func.sum(_SIZE), 0))).scalar_one()
    if kept_bytes + new_bytes > MOST_ALL_BYTES:
        raise DraftRefused("this server has no more room for drafts: download the course, and tell who runs the server")
    db.execute(sa.insert(DRAFTS), list(rows))


def _check_size(graph_bytes: int, steps_bytes: int) -> None:
    if graph_bytes + steps_bytes > MOST_DRAFT_BYTES:
        size = (
            f"{(graph_bytes + steps_bytes) / 1e6:.1f} MB compressed, and a draft may have {MOST_DRAFT_BYTES / 1e6:.1f}"
        )
        raise DraftRefused(
            f"this pipeline is too large to be kept ({size}): import a part of it, or download the course"
        )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not _is_name(name):
        raise DraftRefused(f"a draft needs a name of 1 to {MOST_NAME} characters")
    return name


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MOST_NAME and not CONTROL.search(text) and not has_half(text)


def _free(name: str, taken: set[str]) -> str:
    """The name, or with the first number that makes it one that is not taken: `Our shop (2)`."""
    free, number = name, 1
    while free in taken:
        number += 1
        tail = f" ({number})"
        free = name[: MOST_NAME - len(tail)] + tail
    return free


def _packed(text: str) -> bytes:
    data = text.encode()
    if len(data) > MOST_TEXT_BYTES:
        raise DraftRefused(f"this pipeline is too large to be kept ({len(data) / 1e6:.0f} MB): import a part of it")
    return zlib.compress(data)


def _text(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


def _content(graph: bytes, steps: bytes) -> bytes:
    """What two drafts have in common that were saved in the same state, whichever zlib compressed them."""
    return b"".join(hashlib.sha256(zlib.decompress(packed)).digest() for packed in (graph, steps))


def _read(entry: object, number: int) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise ValueError(f"draft {number} of this export is no draft")
    name, at_s = entry.get("name"), entry.get("at_s")
    if not isinstance(name, str) or not isinstance(at_s, int | float) or isinstance(at_s, bool) or not abs(at_s) < 1e15:
        raise ValueError(f"draft {number} of this export has no usable name or at_s")
    texts = {part: _unpacked(entry.get(part), f"draft {number} of this export has no usable {part}") for part in _TEXTS}
    row = _row("", name, texts["graph"], texts["steps"], float(at_s))
    return {part: row[part] for part in ("name", "at_s", *_TEXTS)}


def _unpacked(text: object, problem: str) -> bytes:
    """The bytes of zlib that a text of base64 holds; ValueError where they are none, or would be too large a text."""
    try:
        packed = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
        reader = zlib.decompressobj()
        content = reader.decompress(packed, MOST_TEXT_BYTES + 1)
        content.decode()
    except (ValueError, binascii.Error, zlib.error) as error:
        raise ValueError(problem) from error
    if not reader.eof or reader.unused_data or len(content) > MOST_TEXT_BYTES:
        raise ValueError(problem)
    return packed


def _take_turns(db: sa.Connection) -> None:
    """Wait until nobody else adds or renames drafts: else two at once keep more than there is room for."""
    if db.dialect.name == "postgresql":  # in SQLite the transaction holds the file
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))
