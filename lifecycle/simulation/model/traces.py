"""A real day as data: moments and weights read from a small CSV, with every fault named by its line."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lifecycle.simulation.model.scenario import DAY_S

MAX_ROWS = 1_000_000
MAX_WEIGHT = 1e9


@dataclass(frozen=True)
class Trace:
    """Moments of one day and how many events each stands for.

    `times_s`: seconds of the day, sorted, 0 to 86,400. `weights`: events at each, above or equal to 0. `spread_s`: the
    events of a moment are spread evenly over so many seconds before it (0: all at the moment).
    """

    times_s: tuple[float, ...]
    weights: tuple[float, ...]
    name: str = ""
    source: str = ""
    licence: str = ""
    spread_s: float = 0.0

    def __hash__(self) -> int:
        """The same for equal traces; short, since caches ask at every click and a trace may be a million long."""
        return hash((self.name, self.source, self.spread_s, len(self.times_s), self.times_s[:16], self.weights[:16]))

    @property
    def events(self) -> int:
        """How many events the whole trace stands for, at least 1."""
        return max(1, round(sum(self.weights)))


def read_trace(text: str) -> Trace:
    """Read a trace from the text of a CSV file; ValueError with the line for whatever cannot be read.

    Lines that start with `#` come first and say `name:`, `source:`, `licence:` and `spread_s:`. The header is
    `time_s`, or `time_s` and `weight` or `seats`. Rows may come in any order: they are sorted, since the order of rows
    carries nothing that the times do not. Gaps are allowed.
    """
    notes: dict[str, str] = {}
    rows: list[tuple[float, float]] = []
    columns = 0
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(":")
            notes[key.strip()] = value.strip()
        elif not columns:
            columns = _columns(line, number)
        elif len(rows) == MAX_ROWS:
            raise ValueError(f"line {number}: more than {MAX_ROWS:,} rows; cut the trace to one day or thin it out")
        else:
            rows.append(_row(line, number, columns))
    if not rows:
        raise ValueError("the trace has no rows; give a header `time_s,weight` and at least one row")
    rows.sort(key=lambda row: row[0])
    if sum(weight for _, weight in rows) <= 0.0:
        raise ValueError("all weights of the trace are 0; at least one must be above 0")
    spread = _number(notes.get("spread_s", "0"), "spread_s", 0, DAY_S)
    return Trace(
        times_s=tuple(time for time, _ in rows),
        weights=tuple(weight for _, weight in rows),
        name=notes.get("name", ""),
        source=notes.get("source", ""),
        licence=notes.get("licence", ""),
        spread_s=spread,
    )


def _columns(line: str, number: int) -> int:
    header = [cell.strip().lower() for cell in line.split(",")]
    if header[0] != "time_s" or len(header) > 2 or (len(header) == 2 and header[1] not in ("weight", "seats")):
        raise ValueError(
            f"line {number}: the header is {line[:80]!r}; write `time_s,weight` (seconds of the day, events)"
        )
    return len(header)


def _row(line: str, number: int, columns: int) -> tuple[float, float]:
    cells = line.split(",")
    if len(cells) != columns:
        raise ValueError(f"line {number}: {len(cells)} cells where the header has {columns}; is the row cut short?")
    time = _number(cells[0], "time_s", number, DAY_S)
    return time, _number(cells[1], "weight", number, MAX_WEIGHT) if columns == 2 else 1.0


def _number(cell: str, name: str, line: int, high: float) -> float:
    where = f"line {line}: " if line else ""
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{where}{name} is {cell.strip()[:40]!r}; write a number") from None
    if not (math.isfinite(value) and 0.0 <= value <= high):
        raise ValueError(f"{where}{name} is {cell.strip()[:40]}; write a number from 0 to {high:,.0f}")
    return value
