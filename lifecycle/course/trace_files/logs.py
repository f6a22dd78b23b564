"""Logs of web servers: the common and combined form of Apache and nginx, and the W3C's of IIS and CloudFront."""

from __future__ import annotations

import re
from itertools import islice

import numpy as np

from lifecycle.course.trace_files import tables
from lifecycle.course.trace_files.columns import LOOK
from lifecycle.course.trace_files.day import RealDay, fullest
from lifecycle.course.trace_files.moments import Moments, of_texts

# Common Log Format: host, identity, user, then the moment in brackets (Apache HTTP Server, mod_log_config). A user's
# name may hold brackets, too: the moment is the last before the request, which stands in quotes.
LINE = re.compile(
    r"\S+ \S+ (?:[^\"\\\n]|\\.)*\[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\](?=\s|$)", re.ASCII
)
LONGEST_HEAD = 4_096  # characters of a line before its request, and the request itself
MOMENT = "%d/%b/%Y:%H:%M:%S %z"
ACCESS, FIELDS = "the log's time", "date and time"
COLUMNS = (ACCESS, FIELDS)
_OTHERS = (
    (
        re.compile(r"\[(?:[A-Z][a-z]{2} ){2}[ \d]?\d \d{2}:\d{2}:\d{2}(?:\.\d+)? \d{4}\] \["),
        "it looks like the error log of Apache, which is not read; take the access log, or write the moments as CSV",
    ),
    (
        re.compile(r"\d{4}-\d{2}-\d{2}[ \t]\d{2}:\d{2}:\d{2}[ \t](?:[^\s,;|]+[ \t]){4}"),
        "it looks like a log of IIS or CloudFront without its line #Fields; keep the lines that begin with #",
    ),
    (
        re.compile(r'.*"(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS|CONNECT) |.*\[\d{1,2}/[A-Za-z]{3}/\d{4}'),
        "it looks like an access log, but its first line has no moment such as [10/Oct/2000:13:55:36 -0700]; write the "
        "log in the common or combined form",
    ),
    (
        re.compile(r"[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} |<\d{1,3}>"),
        "it looks like a system log, whose moments have no year; write the moments as CSV, one a line",
    ),
    (
        re.compile(r"\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}[^\s,;\t|\"]*\]? +[^\s\d+-][^,;\t|]*(?:[\s\[:]|$)"),
        "it looks like a log whose lines begin with a moment; put a comma, or a tab, after each moment",
    ),
    (
        re.compile(r"(?:https?|h2|grpcs?|wss?) \d{4}-\d{2}-\d{2}T\S+ "),
        "it looks like the log of a load balancer; write its second field as CSV, one moment a line",
    ),
)


def mostly(text: str) -> bool:
    """Whether more than half of the first lines are of an access log, though the very first is not."""
    first = [line[:LONGEST_HEAD] for line in islice(tables.lines(text), LOOK) if line.strip()]
    return 2 * sum(bool(LINE.match(line)) for line in first) > len(first)


def refuse_others(first: str) -> None:
    """ValueError in words where the first line is that of a log that is not read."""
    for form, words in _OTHERS:
        if form.match(first[:LONGEST_HEAD]):
            raise ValueError(words)


def of_access(name: str, text: str) -> RealDay:
    """The day in an access log; its moments are read as UTC."""
    import pandas as pd  # half a second, which only who brings a day need wait for

    tables.not_too_many(text.count("\n"))
    numbered = [(number, line) for number, line in enumerate(tables.lines(text), 1) if line.strip()]
    matches = (LINE.match(line[:LONGEST_HEAD]) for _, line in numbered)
    written = pd.Series([match and match[1] for match in matches], dtype=object)
    times = pd.to_datetime(written, format=MOMENT, utc=True, errors="coerce")

    def where(row: int) -> str:
        return f"line {numbered[row][0]:,}"

    if times.isna().any():
        row = int(np.flatnonzero(times.isna())[0])
        raise ValueError(f"{where(row)}: no moment such as [10/Oct/2000:13:55:36 -0700]; is the line cut short?")
    return fullest(name, ACCESS, Moments(times, np.ones(len(times), bool)), where, in_words=ACCESS)


def of_fields(name: str, text: str) -> RealDay:
    """The day in a log in the W3C's extended form, whose `#Fields:` name a date and a time, both in UTC."""
    tables.not_too_many(text.count("\n") - LOOK)
    places, numbers, written = (-1, -1), [], []
    for number, line in enumerate(tables.lines(text), 1):
        if line.startswith("#"):
            directive, _, fields = line[1:].partition(":")
            if directive.strip().lower() == "fields":
                places = _places(fields.split(), number)
        elif line.strip():
            cells = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
            date, time = ((cells[place] if place < len(cells) else "") for place in places)
            numbers.append(number)
            written.append(f"{date} {time}Z")
    if not written:
        raise ValueError("the log has fields and no lines; give it at least one line")
    moments = of_texts(written)

    def where(row: int) -> str:
        return f"line {numbers[row]:,}"

    if moments.times.isna().any():
        row = int(np.flatnonzero(moments.times.isna())[0])
        raise ValueError(f"{where(row)}: date and time are {written[row][:-1][:40]!r}; is the line cut short?")
    return fullest(name, FIELDS, moments, where, in_words=f"columns {FIELDS}")


def _places(fields: list[str], number: int) -> tuple[int, int]:
    names = [field.lower() for field in fields]
    for name in ("date", "time"):
        if name not in names:
            raise ValueError(f"line {number:,}: the log's fields have no {name}; let the server write date and time")
    return names.index("date"), names.index("time")
