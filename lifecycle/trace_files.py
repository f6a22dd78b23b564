"""A real day out of somebody's file: CSV, Parquet or an access log, gzipped or not, told apart by what is in it.

Whatever lies in the file, the fullest day in it is replayed, to the second. Moments with a zone are read as UTC, those
without as they stand. Files come from strangers: of a table only the column of moments is read whole, so that memory
is bounded by MAX_BYTES and MAX_ROWS however the file was made.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lifecycle.simulation.scenario import DAY_S
from lifecycle.simulation.traces import MAX_ROWS, Trace, read_trace

MAX_BYTES = 256 * 1024 * 1024
MAX_COLUMNS = 1_000
LOOK = 50  # rows by which a column is taken for one of moments
LONGEST_MOMENT = 64  # characters
# Common Log Format: host, identity, user, then the moment in brackets (Apache HTTP Server, mod_log_config).
LOG_LINE = re.compile(r"^\S+ \S+ .*?\[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\]")
LOG_MOMENT = "%d/%b/%Y:%H:%M:%S %z"
ZONED = re.compile(r"(Z|:.*[+-]\d{2}:?\d{2}|^[\d.]+)\s*$", re.IGNORECASE)  # or a plain number: since 1970, in UTC
# Whole numbers taken for seconds, or thousandths, since 1970: from 1973 to 2286.
EPOCH_S = (1e8, 1e10)


def read_trace_file(name: str, data: bytes) -> Trace:
    """Read the moments of one day; ValueError in words, with the row, for whatever cannot be read.

    `name` is only shown. The trace's `source` says which column, day and rows were taken.
    """
    data = _unzipped(data)
    if data[:4] == b"PAR1":
        return _of_parquet(name, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1:,} is not UTF-8; save the file as UTF-8 text, or as Parquet") from None
    if not text.strip():
        raise ValueError("the file is empty; give it at least one row with a moment")
    if "\n" not in text:
        text = text.replace("\r", "\n")  # as the oldest Macintosh wrote
    first = text.lstrip("\r\n").partition("\n")[0]
    if not first.strip():
        first = text.lstrip().partition("\n")[0]
    if first.startswith("#") or first.split(",")[0].strip().lower() == "time_s":
        _not_too_many(text.count("\n") - LOOK)  # some lines at its head are no rows; `read_trace` counts to the row
        trace = read_trace(text)
        told = f"column time_s, {len(trace.times_s):,} rows of one day"
        return replace(trace, name=_shown(trace.name or name), source=told)
    return _of_log(name, text) if LOG_LINE.match(first) else _of_csv(name, text, first)


def _unzipped(data: bytes) -> bytes:
    """The data itself, or what its gzip holds, never more than MAX_BYTES of it."""
    if data[:2] != b"\x1f\x8b":
        if len(data) > MAX_BYTES:
            raise ValueError(f"the file has more than {MAX_BYTES // 2**20} MB; cut it to one day")
        return data
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError(f"the gzip cannot be unpacked ({error}); was the file cut short?") from None
    if len(plain) > MAX_BYTES:
        raise ValueError(f"the gzip unpacks to more than {MAX_BYTES // 2**20} MB; cut it to one day")
    if not unpack.eof:
        raise ValueError("the gzip ends before its end; was the file cut short?")
    return plain


def _lines(text: str) -> Iterator[str]:
    """The lines one by one, as editors count them, without a copy of the whole."""
    return (match[0] for match in re.finditer(r"[^\n]*\n|[^\n]+", text))


def _not_too_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise ValueError(f"the file has more than {MAX_ROWS:,} rows; cut it to one day or thin it out")


# --- access logs


def _of_log(name: str, text: str) -> Trace:
    _not_too_many(text.count("\n"))
    lines = [line for line in _lines(text) if line.strip()]
    moments = [match[1] if (match := LOG_LINE.match(line)) else None for line in lines]
    found = pd.to_datetime(pd.Series(moments), format=LOG_MOMENT, utc=True, errors="coerce")
    if found.isna().any():
        wrong = lines[int(np.flatnonzero(found.isna())[0])]
        number = next(number for number, line in enumerate(_lines(text), 1) if line == wrong)
        raise ValueError(f"line {number:,}: no moment such as [10/Oct/2000:13:55:36 -0700]; is the line cut short?")
    return _day(name, "access log", found, zoned=True)


# --- CSV


def _of_csv(name: str, text: str, first: str) -> Trace:
    """The first column whose first rows are all moments; every row of it must be one. The header may be missing."""
    separator = max(",;\t", key=first.count)
    if first.count(separator) >= MAX_COLUMNS:
        raise ValueError(f"the first line has more than {MAX_COLUMNS:,} columns; leave in the one with the moments")
    data = text.encode()
    try:
        columns = next(csv.reader([first], delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise ValueError(f"the first line cannot be read as CSV: {error}") from None
    look = _csv(data, separator, LOOK + 1, list(range(len(columns))))
    heads = look.iloc[0].astype(str).str.strip()
    headed = not _moments(heads).notna().any()
    if headed and len(look) == 1:
        raise ValueError("the file has a header and no rows; give it at least one row with a moment")
    for place in range(len(columns)):
        if _moments(look[place].iloc[int(headed) :]).notna().all():
            column = _csv(data, separator, MAX_ROWS + 2, [place])[place].iloc[int(headed) :]
            title = _shown(heads[place]) if headed else f"column {place + 1}"
            _not_too_many(len(column))
            moments = _moments(column)
            if moments.isna().any():
                row = int(np.flatnonzero(moments.isna())[0])
                where, shown = _line(text, separator, row + headed), str(column.iloc[row])[:40]
                raise ValueError(f"{where}: {title} is {shown!r}, which is no moment; mend or remove the row")
            return _day(name, f"column {title}" if headed else title, moments, zoned=_zoned(column.iloc[0]))
    raise ValueError(_no_column(heads))


def _csv(data: bytes, separator: str, nrows: int, usecols: list[int]) -> pd.DataFrame:
    """Some columns, as texts. Cells beyond the first line's are left out, as columns that are not asked for are."""
    try:
        return pd.read_csv(
            io.BytesIO(data),
            sep=separator,
            header=None,
            dtype=str,
            na_filter=False,
            skipinitialspace=True,
            encoding="utf-8",
            nrows=nrows,
            usecols=usecols,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"the CSV cannot be read: {str(error).strip().splitlines()[-1][:160]}") from None


def _line(text: str, separator: str, row: int) -> str:
    """Where the `row`-th record that is not blank stands, as an editor counts; quoted cells may hold line ends."""
    records = csv.reader(_lines(text), delimiter=separator, skipinitialspace=True)
    filled, start = -1, 1
    try:
        for record in records if text.count("\n") <= 2 * MAX_ROWS else ():
            filled += record not in ([], [""])
            if filled == row:
                return f"line {start:,}"
            start = records.line_num + 1
    except csv.Error:
        pass
    return f"row {row + 1:,}"


# --- Parquet


def _of_parquet(name: str, data: bytes) -> Trace:
    """As of a CSV. Columns are read one at a time, texts as a dictionary, so that repeated ones are held once."""
    try:
        schema = pq.read_schema(io.BytesIO(data))
        texts = [field.name for field in schema if _is_text(field.type)]
        file = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)
        _not_too_many(file.metadata.num_rows)
        if not file.metadata.num_rows:
            raise ValueError("the file has columns and no rows; give it at least one row with a moment")
        for field in schema:
            if trace := _of_arrow(name, file, field):
                return trace
    except Exception as error:  # damaged files make Arrow raise nearly anything, some of it ValueErrors of its own
        if type(error) is ValueError:
            raise
        why = str(error).partition("\n")[0][:120]
        raise ValueError(f"the Parquet file cannot be read ({why})") from None
    raise ValueError(_no_column(pd.Series(schema.names)))


def _of_arrow(name: str, file: pq.ParquetFile, field: pa.Field) -> Trace | None:
    """The day in one column, None where its first rows are no moments."""
    kinds = pa.types
    if not any(is_one(field.type) for is_one in (_is_text, kinds.is_timestamp, kinds.is_integer, kinds.is_floating)):
        return None
    look = next(file.iter_batches(LOOK, columns=[field.name]))
    if _arrow_moments(look.column(0)).isna().any():
        return None
    _not_too_large(file, field.name)
    column = file.read([field.name]).column(0).combine_chunks()
    moments = _arrow_moments(column)
    if moments.isna().any():
        row = int(np.flatnonzero(moments.isna())[0])
        shown = str(column[row].as_py())[:40]
        raise ValueError(f"row {row + 1:,}: {_shown(field.name)} is {shown!r}, no moment; mend or remove the row")
    zoned = field.type.tz is not None if kinds.is_timestamp(field.type) else _zoned(column[0].as_py())
    return _day(name, f"column {_shown(field.name)}", moments, zoned=zoned)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def _not_too_large(file: pq.ParquetFile, name: str) -> None:
    groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
    chunks = (group.column(place) for group in groups for place in range(group.num_columns))
    if sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema == name) > MAX_BYTES:
        raise ValueError(f"column {_shown(name)} unpacks to more than {MAX_BYTES // 2**20} MB; cut the file to one day")


def _arrow_moments(column: pa.Array) -> pd.Series:
    if not pa.types.is_dictionary(column.type):
        return _moments(column.to_pandas())
    values = pd.Series([str(value)[:LONGEST_MOMENT] for value in column.dictionary.to_pylist()], dtype=object)
    codes = column.indices.to_pandas()
    moments = _moments(values)
    return moments.reindex(codes.fillna(-1).astype(int)).reset_index(drop=True)


# --- moments


def _moments(column: pd.Series) -> pd.Series:
    """Moments as UTC, NaT for what is none: dates with times, or whole seconds or thousandths since 1970."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.to_datetime(column, utc=True)
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.notna().any():
        thousandths = numbers.abs() >= EPOCH_S[1]
        seconds = numbers.where(~thousandths, numbers / 1000)
        seconds = seconds.where((seconds >= EPOCH_S[0]) & (seconds < EPOCH_S[1]))
        return pd.to_datetime(seconds, unit="s", utc=True)
    texts = column.astype(str)
    dated = texts.where(texts.str.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"))
    return pd.to_datetime(dated, format="ISO8601", utc=True, errors="coerce")


def _zoned(moment: object) -> bool:
    """Whether a moment as it was written says where on Earth, as seconds since 1970 do."""
    return isinstance(moment, int | float) or bool(re.search(ZONED, str(moment)))


def _no_column(heads: pd.Series) -> str:
    columns = ", ".join(_shown(head) for head in heads[:10])
    return f"no column of {columns} holds moments; write 2024-05-01T12:30:00Z, or seconds since 1970"


def _shown(name: object) -> str:
    """A stranger's name made fit to show."""
    return re.sub(r"[^\w .-]", "·", PurePath(str(name)).name)[:60]


def _day(name: str, taken: str, moments: pd.Series, zoned: bool) -> Trace:
    """The fullest day, its events counted by the second: each second's are spread over it."""
    days = moments.dt.floor("D")
    counts = days.value_counts()
    fullest = counts[counts == counts.max()].index.min()
    seconds = (moments[days == fullest] - fullest).dt.total_seconds().to_numpy()
    ends, events = np.unique(np.minimum(np.floor(seconds) + 1.0, DAY_S), return_counts=True)
    told = f"{taken}, {fullest:%Y-%m-%d}{' in UTC' if zoned else ''}"
    if len(counts) > 1:
        told += f", the fullest of {len(counts):,} days ({seconds.size:,} of {len(moments):,} rows)"
    return Trace(
        times_s=tuple(ends.tolist()),
        weights=tuple(events.astype(float).tolist()),
        name=_shown(name),
        source=told,
        spread_s=1.0,
    )
