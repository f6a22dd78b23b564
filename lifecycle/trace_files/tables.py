"""CSV: comma, semicolon, tab or bar; with or without a header, comments above it, and line ends within quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from lifecycle.simulation.traces import MAX_ROWS
from lifecycle.trace_files import moments
from lifecycle.trace_files.columns import LOOK, Sample, choose
from lifecycle.trace_files.day import RealDay, fullest, shown

MAX_COLUMNS = 50_000
MAX_LINES = 4 * MAX_ROWS  # blank ones and those within quotes are no rows
_FIELDS = re.compile(r"#\s*Fields:", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"?')
Record = tuple[int, list[str]]


def lines(text: str) -> Iterator[str]:
    """The lines one by one, as editors count them, without a copy of the whole."""
    return (match[0] for match in re.finditer(r"[^\n]+\n?|\n", text))


def not_too_many(rows: int) -> None:
    """ValueError where there are more rows than a trace may have."""
    if rows > MAX_ROWS:
        raise ValueError(f"the file has more than {MAX_ROWS:,} rows; cut it to one day or thin it out")


def comments(text: str) -> tuple[int, bool]:
    """How many characters of blank lines and comments come first, and whether these name a log's fields."""
    at, fields = 0, False
    for line in lines(text):
        if line.strip() and not line.startswith("#"):
            break
        fields |= bool(_FIELDS.match(line))
        at += len(line)
    return at, fields


def read(name: str, text: str, named: str) -> RealDay:
    """The day in the column that was named or found; every row of it must be a moment."""
    if text.count("\n") > MAX_LINES:
        raise ValueError(f"the file has more than {MAX_LINES:,} lines; cut it to one day")
    above, _ = comments(text)
    first = next(line for line in lines(text[above:]) if line.strip()).rstrip("\r\n")
    bare = _QUOTED.sub("", first)
    separator = max(",;\t|", key=bare.count)
    if bare.count(separator) >= MAX_COLUMNS:
        raise ValueError(f"the first line has more than {MAX_COLUMNS:,} columns; leave in the one with the moments")
    look = list(islice(_records(text, above, separator), LOOK + 1))
    if not look:
        raise ValueError("the file has no rows; give it at least one row with a moment")
    heads, headed = _heads(text[:above], look[0][1], separator)
    if headed and len(look) == 1:
        raise ValueError("the file has a header and no rows; give it at least one row with a moment")
    rows = [cells for _, cells in look[headed:]]
    samples = [Sample(head, [_cell(cells, place) for cells in rows]) for place, head in enumerate(heads)]
    choice = choose(samples, named)
    column, head = _column(text, above, separator, choice.place, headed), shown(heads[choice.place])
    found = (
        moments.of_numbers(np.array([moments.number(cell) for cell in column]), choice.unit)
        if choice.unit
        else moments.of_texts(column)
    )

    def where(row: int) -> str:
        return f"line {next(islice(_records(text, above, separator), row + headed, None))[0]:,}"

    if found.times.isna().any():
        row = int(np.flatnonzero(found.times.isna())[0])
        raise ValueError(f"{where(row)}: {head} {moments.why_none(column[row])}")
    numbered = head if not headed and head == f"column {choice.place + 1}" else ""
    return fullest(name, head, found, where, choice.others, numbered)


def _heads(above: str, first: list[str], separator: str) -> tuple[list[str], bool]:
    """The columns' names and whether they stand in the first row; without a header they are numbered.

    A header may be the last comment: it has then as many cells as the first row.
    """
    if not any(moments.looks_dated(cell) for cell in first) and not all(map(_is_number, first)):
        return [cell.strip() for cell in first], True
    said = above.strip().rpartition("\n")[2].lstrip("# ")
    heads = next(csv.reader([said], delimiter=separator, skipinitialspace=True), [])
    if len(heads) == len(first) and not any(":" in head or moments.looks_dated(head) for head in heads):
        return [head.strip() for head in heads], False
    return [f"column {place + 1}" for place in range(len(first))], False


def _is_number(cell: str) -> bool:
    return not cell.strip() or bool(moments.NUMBER.fullmatch(cell.strip()) or moments.ROUNDED.fullmatch(cell.strip()))


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _column(text: str, above: int, separator: str, place: int, headed: bool) -> list[str]:
    rows = islice(_records(text, above, separator), int(headed), MAX_ROWS + 1 + headed)
    column = [_cell(cells, place) for _, cells in rows]
    not_too_many(len(column))
    return column


def _records(text: str, above: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records that are not blank, each with the line on which it begins; cells may hold line ends."""
    before = text.count("\n", 0, above)
    body = text[above:]
    reader = csv.reader(lines(body), delimiter=separator, skipinitialspace=True)
    start = 0
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield before + start + 1, cells
            last, start = start, reader.line_num
    except csv.Error as error:
        where = f"line {before + start + 1:,}" if start else "the first line"
        raise ValueError(f"{where} cannot be read as CSV: {error}") from None
    _closed(body, last, before, separator)


def _closed(body: str, last: int, before: int, separator: str) -> None:
    """ValueError where a quote in the last record, which begins after `last` lines, is never closed."""
    rest = islice(lines(body), last, None)
    try:
        for _ in csv.reader(rest, delimiter=separator, skipinitialspace=True, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            raise ValueError(f"line {before + last + 1:,}: a quote is opened and never closed") from None
