"""What a file is, told by its content; whatever cannot be read gets a sentence of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from lifecycle.simulation.traces import read_trace
from lifecycle.trace_files import logs, parquet, tables
from lifecycle.trace_files.columns import ColumnError
from lifecycle.trace_files.day import AS_WRITTEN, RealDay, file_name
from lifecycle.trace_files.opening import GZIP, unzipped

HEAD = 50  # lines that may stand before the first row of a trace in seconds
LONGEST_LINE = 4_000_000  # characters
_SIGNATURES = (
    (GZIP, "it was gzipped twice; unpack it once"),
    (b"PK\x03\x04", "it is a zip or an Excel workbook; save the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "it is an old Excel workbook; save the table as CSV"),
    (b"BZh", "it was packed by bzip2; unpack it, or use gzip"),
    (b"\xfd7zXZ", "it was packed by xz; unpack it, or use gzip"),
    (b"\x28\xb5\x2f\xfd", "it was packed by zstd; unpack it, or use gzip"),
    (b"SQLite format 3", "it is an SQLite database; export the table as CSV"),
    (b"%PDF", "it is a PDF; export the table behind it as CSV"),
    (b"Obj\x01", "it is an Avro file; write the column of moments as CSV or Parquet"),
    (b"ORC", "it is an ORC file; write the column of moments as CSV or Parquet"),
)
_JSON = re.compile(r"""\s*(?:\[\s*)?\{\s*(?:["'}]|$)|\s*\[\s*(?:["\d{\[-]|$)""")
_MARKUP = re.compile(r"\s*<(?:!--|!doctype|html|head|body|\?xml|[a-z][\w:-]*[\s>/])", re.IGNORECASE)


def read_trace_file(name: str, data: bytes, column: str = "") -> RealDay:
    """Read the moments of one day; ValueError in words, with the line, for whatever cannot be read.

    `name` is only shown. `column` names the column of moments, "" lets it be found; ColumnError where that cannot be
    done. The trace's `source` says which column, zone, day and rows were taken.
    """
    data, notes = unzipped(data)
    if data[:4] == b"PAR1":
        return parquet.read(name, data, column).with_notes(notes)
    return _of_text(name, _text(data), column).with_notes(notes)


def _text(data: bytes) -> str:
    for signature, words in _SIGNATURES:
        if data.startswith(signature):
            raise ValueError(words)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = ", and the file looks like UTF-16" * data.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise ValueError(
            f"byte {error.start + 1:,} is not UTF-8{wide}; save the file as UTF-8 text, or as Parquet"
        ) from None
    if not text.strip():
        raise ValueError("the file is empty; give it at least one row with a moment")
    return text if "\n" in text else text.replace("\r", "\n")  # as the oldest Macintosh wrote


def _of_text(name: str, text: str, column: str) -> RealDay:
    skipped, fields = tables.comments(text)
    lines = tables.lines(text[skipped:])
    first = next((line for line in lines if line.strip()), "")
    if len(first) > LONGEST_LINE:
        raise ValueError(f"the first line has more than {LONGEST_LINE:,} characters; write one row a line")
    if first.split(",")[0].strip().lower() == "time_s":
        return _of_seconds(name, text, column)
    if fields or logs.LINE.match(first[: logs.LONGEST_HEAD]) or logs.mostly(text):
        if column and column not in logs.COLUMNS:
            raise ValueError("a log has no columns to choose among; leave the column out")
        return logs.of_fields(name, text) if fields else logs.of_access(name, text)
    if not first:
        raise ValueError("the file has comments and no rows; give it at least one row with a moment")
    if _JSON.match(first):
        raise ValueError("it is JSON; write the moments as CSV, one a line below a header such as time")
    if _MARKUP.match(first) and not tables.dated_below(text[skipped:]):
        raise ValueError("it is a web page or XML, perhaps a page to sign in; download the file itself")
    logs.refuse_others(first)
    return tables.read(name, text, column)


def _of_seconds(name: str, text: str, column: str) -> RealDay:
    """The form of `traces/<id>.csv`: seconds of one day, with weights."""
    if column and column.strip().lower() != "time_s":
        raise ColumnError("its moments are the seconds of a day in time_s; leave the column out", ("time_s",))
    tables.not_too_many(text.count("\n") - HEAD)  # some lines at its head are no rows; `read_trace` counts to the row
    trace = read_trace(text)
    rows = len(trace.times_s)
    told = f"column time_s, {rows:,} rows of one day {AS_WRITTEN}, without a zone"
    trace = replace(trace, name=file_name(trace.name or name), source=told)
    return RealDay(trace, "time_s", AS_WRITTEN, "", rows)
