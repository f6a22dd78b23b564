"""What a file is, told by its content; whatever cannot be read gets a sentence of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from lifecycle.course.trace_files import logs, tables
from lifecycle.course.trace_files.columns import ColumnError
from lifecycle.course.trace_files.day import AS_WRITTEN, RealDay, file_name
from lifecycle.course.trace_files.opening import GZIP, unzipped
from lifecycle.simulation.model.traces import read_trace

HEAD = 50  # lines that may stand before the first row of a trace in seconds
LONGEST_LINE = 4_000_000  # characters
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\1\0")
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
    (b"ARROW1", "it is an Arrow (Feather) file; write the column of moments as CSV or Parquet"),
    (b"\x89HDF", "it is an HDF5 file; write the column of moments as CSV or Parquet"),
    (b"\x93NUMPY", "it is a NumPy array; write the column of moments as CSV or Parquet"),
    (b"PK\x05\x06", "it is an empty zip; save the table as CSV"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive; unpack it, or use gzip"),
    (b"Rar!", "it is a RAR archive; unpack it, or use gzip"),
    (b"\x7fELF", "it is a program, no table; choose the file with the moments"),
    *((image, "it is an image, no table; export the table behind it as CSV") for image in IMAGES),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
TAR = slice(257, 262)  # where a tar says that it is one
WIDE = 1_000  # bytes by which UTF-16 is told
_JSON = re.compile(r"""\s*(?:\[\s*)?\{\s*(?:["'}]|$)|\s*\[\s*(?:["\d{\[-]|$)""")
_MARKUP = re.compile(r"\s*<(?:!--|!doctype|html|head|body|\?xml|[a-z][\w:-]*[\s>/])", re.IGNORECASE)


def read_trace_file(name: str, data: bytes, column: str = "") -> RealDay:
    """Read the moments of one day; ValueError in words, with the line, for whatever cannot be read.

    `name` is only shown. `column` names the column of moments, "" lets it be found; ColumnError where that cannot be
    done. The trace's `source` says which column, zone, day and rows were taken.
    """
    data, notes = unzipped(data)
    if data[:4] == b"PAR1":
        from lifecycle.course.trace_files import parquet  # with pandas and Arrow, only once somebody brings such a file

        return parquet.read(name, data, column).with_notes(notes)
    return _of_text(name, _text(data), column).with_notes(notes)


def _text(data: bytes) -> str:
    for signature, words in _SIGNATURES:
        # a header may begin with the same letters: ORCID
        if data.startswith(signature) and (not signature.isalnum() or _CONTROLS.search(data[:256])):
            raise ValueError(words)
    if data[TAR] == b"ustar":
        raise ValueError("it is a tar archive; unpack it and choose the file with the moments")
    if data and not data.strip(b"\0"):
        raise ValueError("it holds zero bytes and nothing else; was it damaged, or never written?")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _two_bytes_a_letter(data[:WIDE]):
        raise ValueError("it looks like UTF-16, two bytes a letter; save the file as UTF-8 text, or as Parquet")
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


def _two_bytes_a_letter(head: bytes) -> bool:
    """Whether nearly every other byte is zero, as where Latin letters are written in UTF-16 (or in UTF-32)."""
    return len(head) > 1 and 4 * max(head[::2].count(0), head[1::2].count(0)) > 3 * (len(head) // 2)


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
    source = f"column time_s, {rows:,} rows of one day {AS_WRITTEN}, without a zone"
    trace = replace(trace, name=file_name(trace.name or name), source=source)
    return RealDay(trace, "time_s", AS_WRITTEN, "", rows)
