"""A real day out of somebody's file: CSV, Parquet or an access log, gzipped or not, told apart by what is in it.

Whatever lies in the file, the fullest day in it is replayed, to the second. Moments with a zone are read as UTC, those
without as they stand.
"""

from __future__ import annotations

import io
import re
import zlib
from pathlib import PurePath

import numpy as np
import pandas as pd

from lifecycle.simulation.scenario import DAY_S
from lifecycle.simulation.traces import MAX_ROWS, Trace, read_trace

MAX_BYTES = 256 * 1024 * 1024
LOOK = 50  # rows by which a column is taken for one of moments
# Common Log Format: host, identity, user, then the moment in brackets (Apache HTTP Server, mod_log_config).
LOG_LINE = re.compile(r"^\S+ \S+ .*?\[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\]")
LOG_MOMENT = "%d/%b/%Y:%H:%M:%S %z"
# Whole numbers taken for seconds, or thousandths, since 1970: from 1973 to 2286.
EPOCH_S = (1e8, 1e10)


def read_trace_file(name: str, data: bytes) -> Trace:
    """Read the moments of one day; ValueError in words, with the row, for whatever cannot be read.

    `name` is only shown. The trace's `source` says which column and which day were taken.
    """
    data = _unzipped(data)
    if not data.strip():
        raise ValueError("the file is empty; give it at least one row with a moment")
    if data[:4] == b"PAR1":
        return _of_table(name, _parquet(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1:,} is not UTF-8; save the file as UTF-8 text, or as Parquet") from None
    first = next(line for line in text.splitlines() if line.strip())
    if first.startswith("#") or first.split(",")[0].strip().lower() == "time_s":
        return read_trace(text)
    if LOG_LINE.match(first):
        return _of_log(name, text)
    return _of_table(name, _csv(text))


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


def _parquet(data: bytes) -> pd.DataFrame:
    try:
        return pd.read_parquet(io.BytesIO(data))
    except Exception as error:
        raise ValueError(f"the Parquet file cannot be read ({str(error).splitlines()[0][:120]})") from None


def _csv(text: str) -> pd.DataFrame:
    try:
        separator = max(",;\t", key=text.split("\n", 1)[0].count)
        table = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, skipinitialspace=True)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"the CSV cannot be read: {str(error).strip().splitlines()[-1][:160]}") from None
    heads = pd.Series([str(column) for column in table.columns])
    if _moments(heads).notna().any():  # no header: its first row is data like the others
        table = pd.concat([heads.to_frame().T.set_axis(table.columns, axis=1), table], ignore_index=True)
        table.columns = [f"column {number}" for number in range(1, table.shape[1] + 1)]
        table.attrs["first_line"] = 1
    return table


def _of_log(name: str, text: str) -> Trace:
    lines = pd.Series(text.splitlines())
    lines = lines[lines.str.strip() != ""]
    _not_too_many(len(lines))
    moments = pd.to_datetime(lines.str.extract(LOG_LINE, expand=False), format=LOG_MOMENT, utc=True, errors="coerce")
    wrong = moments.isna()
    if wrong.any():
        number = int(lines.index[wrong][0]) + 1
        raise ValueError(f"line {number:,}: no moment such as [10/Oct/2000:13:55:36 -0700]; is the line cut short?")
    return _day(name, "access log", moments)


def _of_table(name: str, table: pd.DataFrame) -> Trace:
    """The first column whose first rows are all moments; every row of it must be one."""
    _not_too_many(len(table))
    if not len(table):
        raise ValueError("the file has a header and no rows; give it at least one row with a moment")
    for column in table.columns:
        if _moments(table[column].head(LOOK)).notna().all():
            moments = _moments(table[column])
            wrong = moments.isna().to_numpy()
            if wrong.any():
                row = int(np.flatnonzero(wrong)[0])
                line, shown = row + table.attrs.get("first_line", 2), str(table[column].iloc[row])[:40]
                raise ValueError(f"line {line:,}: {column} is {shown!r}, which is no moment; mend or remove the row")
            return _day(name, f"column {column}" if not str(column).startswith("column ") else str(column), moments)
    columns = ", ".join(map(str, table.columns[:10]))
    raise ValueError(f"no column of {columns} holds moments; write 2024-05-01T12:30:00Z, or seconds since 1970")


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


def _not_too_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise ValueError(f"{rows:,} rows are more than {MAX_ROWS:,}; cut the file to one day or thin it out")


def _day(name: str, taken: str, moments: pd.Series) -> Trace:
    """The fullest day, its events counted by the second: each second's are spread over it."""
    days = moments.dt.floor("D")
    counts = days.value_counts()
    fullest = counts[counts == counts.max()].index.min()
    seconds = (moments[days == fullest] - fullest).dt.total_seconds().to_numpy()
    ends, events = np.unique(np.minimum(np.floor(seconds) + 1.0, DAY_S), return_counts=True)
    told = f"{taken}, {fullest:%Y-%m-%d}"
    if len(counts) > 1:
        told += f", the fullest of {len(counts)} days"
    shown = re.sub(r"[^\w .-]", "·", PurePath(name).name)[:60]
    return Trace(
        times_s=tuple(ends.tolist()),
        weights=tuple(events.astype(float).tolist()),
        name=shown,
        source=told,
        spread_s=1.0,
    )
