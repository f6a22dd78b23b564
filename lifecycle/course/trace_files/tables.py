"""CSV: comma, semicolon, tab or bar; with or without a header, comments above it, and line ends within quotes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from lifecycle.course.trace_files import moments
from lifecycle.course.trace_files.columns import LOOK, MOST, WIDE_LOOK, Candidate, Sample, choose, twins
from lifecycle.course.trace_files.day import RealDay, fullest, shown
from lifecycle.course.trace_files.headers import remoteness, says_time
from lifecycle.course.trace_files.moments import Moments
from lifecycle.simulation.model.traces import MAX_ROWS

SEPARATORS = ",;\t|"
MAX_COLUMNS = 50_000
MAX_LINES = 4 * MAX_ROWS  # blank ones and those within quotes are no rows
MOST_ABOVE = 10  # lines of a title above the header
# How Excel tells its separator, on the first line.
_SEPARATOR = re.compile(r'"?sep=(?P<sign>[,;\t|])"?\s*', re.IGNORECASE)
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
    """How many characters of blank lines and comments come first, and whether these name a log's fields.

    The line with which Excel tells the separator is a comment, too.
    """
    at, fields = 0, False
    for line in lines(text):
        if line.strip() and not line.startswith("#") and not _SEPARATOR.fullmatch(line):
            break
        fields |= bool(_FIELDS.match(line))
        at += len(line)
    return at, fields


def dated_below(text: str) -> bool:
    """Whether the second line that is not blank has a moment in a cell: then the first is a header, whatever it is."""
    second = next(islice((line for line in lines(text) if line.strip()), 1, None), "")
    return any(moments.looks_dated(cell.strip(' "')) for cell in re.split(r"[,;\t|]", second))


def _separator(text: str, above: int) -> str:
    """The one that Excel told, or that most lines have as often as each other."""
    signs = [match["sign"] for line in lines(text[:above]) if (match := _SEPARATOR.fullmatch(line))]
    if signs:
        return signs[-1]
    first = [_QUOTED.sub("", line) for line in islice((row for row in lines(text[above:]) if row.strip()), MOST_ABOVE)]
    if first and max(map(first[0].count, SEPARATORS)) >= MAX_COLUMNS:
        raise ValueError(f"the first line has more than {MAX_COLUMNS:,} columns; leave in the one with the moments")

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in first if (count := line.count(sign)))
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=agreement)


def read(name: str, text: str, named: str) -> RealDay:
    """The day in the column that was named or found; every row of it must be a moment."""
    if text.count("\n") > MAX_LINES:
        raise ValueError(f"the file has more than {MAX_LINES:,} lines; cut it to one day")
    above, _ = comments(text)
    separator = _separator(text, above)
    look = list(islice(_records(text, above, separator), MOST_ABOVE + 1))
    titles = _titles([cells for _, cells in look])
    rows_looked_at = LOOK if max((len(cells) for _, cells in look), default=0) <= MOST else WIDE_LOOK
    look = list(islice(_records(text, above, separator), titles, titles + rows_looked_at + 1))
    if not look:
        raise ValueError("the file has no rows; give it at least one row with a moment")
    heads, headed = _heads(text[:above], look[0][1], separator)
    if headed and len(look) == 1:
        raise ValueError("the file has a header and no rows; give it at least one row with a moment")
    rows = [cells + [""] * (len(heads) - len(cells)) for _, cells in look[headed:]]
    samples = [Sample(head, cells) for head, *cells in zip(heads, *rows, strict=False)]
    pair = day_and_time(samples)
    if pair:
        samples.append(joined(samples, pair))
    choice = choose(samples, named)
    skipped = titles + headed

    def columns(candidates: Sequence[Candidate]) -> list[list[str]]:
        places = [pair if pair and place == len(heads) else (place,) for place, *_ in candidates]
        cells_of: list[list[str]] = [[] for _ in candidates]
        for _, cells in islice(_records(text, above, separator), skipped, MAX_ROWS + 1 + skipped):
            for column, parts in zip(cells_of, places, strict=True):
                column.append(" ".join([_cell(cells, place) for place in parts]))
        not_too_many(len(cells_of[0]))
        return cells_of

    def moments_of(candidates: Sequence[Candidate]) -> list[Moments]:
        return [
            moments.of_numbers(np.array([moments.number(cell) for cell in cells]), candidate.unit)
            if candidate.unit
            else moments.of_texts(cells)
            for candidate, cells in zip(candidates, columns(candidates), strict=True)
        ]

    def where(row: int) -> str:
        return f"line {next(islice(_records(text, above, separator), row + skipped, None))[0]:,}"

    taken, taken_moments = choice.settled(moments_of)
    head = shown(taken.head)
    if taken_moments.times.isna().any():
        row = int(np.flatnonzero(taken_moments.times.isna())[0])
        raise ValueError(
            f"{where(row)}: {head} {moments.why_none(columns([taken])[0][row], taken_moments.untold, taken.unit)}"
        )
    in_words = f"columns {head}" if taken.place == len(heads) else ""
    if not headed and head == f"column {taken.place + 1}":
        in_words = head
    day = fullest(name, head, taken_moments, where, choice.beside(taken), in_words)
    places = pair if pair and taken.place == len(heads) else (taken.place,)
    alike = [twins(heads, named, place) for place in places]
    return day.with_notes((*(note for notes in alike for note in notes), *((choice.note,) if choice.note else ())))


def _titles(rows: list[list[str]]) -> int:
    """How many rows above the header are a title's: with one cell filled at most, where the header has more."""
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows[: MOST_ABOVE + 1]]
    header = next((place for place, count in enumerate(filled) if count > 1), 0)
    return 0 if header and _is_data(rows[header]) else header


def _heads(above: str, first: list[str], separator: str) -> tuple[list[str], bool]:
    """The columns' names and whether they stand in the first row; without a header they are numbered.

    A header may be the last comment: it has then as many cells as the first row.
    """
    if not _is_data(first):
        return [cell.strip() for cell in first], True
    header = "".join(line for line in lines(above) if line.startswith("#")).strip().rpartition("\n")[2].lstrip("# ")
    heads = next(csv.reader([header], delimiter=separator, skipinitialspace=True), [])
    if len(heads) == len(first) and not any(":" in head or moments.looks_dated(head) for head in heads):
        return [head.strip() for head in heads], False
    return [f"column {place + 1}" for place in range(len(first))], False


def _is_data(cells: list[str]) -> bool:
    """Whether a row is none of names: it holds a moment, a day and a time of day, or nothing but numbers."""
    dated = any(map(moments.looks_dated, cells)) or (any(map(_is_day, cells)) and any(map(_is_time, cells)))
    return dated or all(map(_is_number, cells))


def _is_number(cell: str) -> bool:
    return not cell.strip() or bool(moments.NUMBER.fullmatch(cell.strip()) or moments.ROUNDED.fullmatch(cell.strip()))


def _is_day(cell: str) -> bool:
    return bool(moments.DAY.fullmatch(cell.strip()))


def _is_time(cell: str) -> bool:
    return bool(moments.TIME.fullmatch(cell.strip()))


def day_and_time(samples: list[Sample]) -> tuple[int, int] | None:
    """The places of two columns, one of days alone and one of times of day, that make moments together."""
    days = (place for place, sample in enumerate(samples) if _mostly(_is_day, sample) and not remoteness(sample.head))
    day = next(days, None)
    if day is None:
        return None
    times = [place for place, sample in enumerate(samples) if _mostly(_is_time, sample)]
    named = [place for place in times if says_time(samples[place].head)] or times
    return (day, named[0]) if named else None


def _mostly(fits: Callable[[str], bool], sample: Sample) -> bool:
    """Whether one of the first fits, and half of all that are filled."""
    if not any(map(fits, sample.glance())):
        return False
    filled = [cell for cell in sample.cells if cell.strip()]
    return 2 * sum(map(fits, filled)) >= len(filled)


def joined(samples: list[Sample], pair: tuple[int, int]) -> Sample:
    """Days and times as one column of moments."""
    day, time = (samples[place] for place in pair)
    cells = [f"{date} {clock}" for date, clock in zip(day.cells, time.cells, strict=True)]
    return Sample(f"{day.head} and {time.head}", cells)


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


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
