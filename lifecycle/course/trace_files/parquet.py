"""Parquet: the column is chosen by schema and first rows, and that one alone is read."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lifecycle.course.trace_files import moments, tables
from lifecycle.course.trace_files.columns import (
    LOOK,
    MOST,
    Candidate,
    ColumnError,
    Sample,
    choose,
    passed_over,
    place_of,
)
from lifecycle.course.trace_files.day import RealDay, fullest, listed, shown
from lifecycle.course.trace_files.headers import names_time, remoteness, says_time
from lifecycle.course.trace_files.moments import Moments
from lifecycle.course.trace_files.opening import MAX_BYTES


def read(name: str, data: bytes, named: str) -> RealDay:
    """The day in the column that was named or found; ValueError in words for whatever cannot be read."""
    try:
        return _read(name, pq.ParquetFile(io.BytesIO(data)), data, named)
    except Exception as error:  # damaged files make Arrow raise nearly anything, some of it ValueErrors of its own
        if type(error) in (ValueError, ColumnError):
            raise
        why = str(error).partition("\n")[0][:120]
        raise ValueError(f"the Parquet file cannot be read ({why})") from None


def _read(name: str, file: pq.ParquetFile, data: bytes, named: str) -> RealDay:
    schema, rows = file.schema_arrow, file.metadata.num_rows
    heads = tuple(schema.names)
    tables.not_too_many(rows)
    if not rows:
        raise ValueError("the file has columns and no rows; give it at least one row with a moment")
    places, note = ([place_of(heads, named)], "") if named else _worth_a_look(schema)
    if named:
        _refuse_kind(schema.field(places[0]))
    if not places:
        raise ColumnError(f"no column of {listed(heads)} holds texts, timestamps or times in numbers", heads)
    places, alike = _with_own_names(heads, places)
    note = "; ".join(filter(None, (note, alike)))
    choice = choose(_samples(file, schema, places), heads[places[0]] if named else "", heads, note)

    def column(candidate: Candidate) -> pa.Array:
        field = schema.field(places[candidate.place])
        _not_too_large(file, field.name)
        texts = [field.name] if _is_text(field.type) else []
        reader = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts) if texts else file
        return reader.read([field.name]).column(0).combine_chunks()

    taken, settled = choice.settled(
        lambda candidates: [_moments(column(candidate), candidate.unit) for candidate in candidates]
    )
    head = shown(taken.head)
    if settled.times.isna().any():
        row = int(np.flatnonzero(settled.times.isna())[0])
        cell = column(taken)[row].as_py()
        raise ValueError(
            f"row {row + 1:,}: {head} {moments.why_none('' if cell is None else str(cell), settled.untold, taken.unit)}"
        )
    day = fullest(name, head, settled, lambda row: f"row {row + 1:,}", choice.beside(taken))
    return day.with_notes((choice.note,) if choice.note else ())


def _worth_a_look(schema: pa.Schema) -> tuple[list[int], str]:
    """Timestamps, or else texts and the numbers whose header says that they are moments, in their order.

    Of very many those are looked at whose header names a time, and the first of the others; then that is said.
    """
    places = [place for place, field in enumerate(schema) if pa.types.is_timestamp(field.type)]
    if all(remoteness(schema.field(place).name) for place in places):
        places = [
            place
            for place, field in enumerate(schema)
            if place in places or _is_text(field.type) or (_is_number(field.type) and says_time(field.name))
        ]
    if len(places) <= MOST:
        return places, ""
    places.sort(key=lambda place: not names_time(schema.field(place).name))
    return sorted(places[:MOST]), passed_over(MOST, len(schema))


def _with_own_names(heads: tuple[str, ...], places: list[int]) -> tuple[list[int], str]:
    """The places whose columns have a name of their own, by which alone they can be read, and in words what was not.

    ColumnError where no column has one.
    """
    times = Counter(heads)
    alone = [place for place in places if times[heads[place]] == 1]
    twins = dict.fromkeys(heads[place] for place in places if times[heads[place]] > 1)
    if not twins:
        return places, ""
    head = next(iter(twins))
    words = f"{times[head]} columns are called {shown(head)}"
    if not alone:
        raise ColumnError(f"{words}, and cannot be told apart; give them different names", heads)
    return alone, f"{words} and were passed over; give them different names to take one of them"


def _samples(file: pq.ParquetFile, schema: pa.Schema, places: Sequence[int]) -> list[Sample]:
    """The first rows of these columns; a timestamp alone is read whole at once."""
    fields = [schema.field(place) for place in places]
    stamps = [pa.types.is_timestamp(field.type) for field in fields]
    if len(fields) == 1 and stamps[0]:
        return [Sample(fields[0].name, (), typed=True)]
    batch = next(file.iter_batches(LOOK, columns=sorted({field.name for field in fields})))
    return [
        Sample(field.name, [_cell(value) for value in batch.column(field.name).to_pylist()], typed=stamp)
        for field, stamp in zip(fields, stamps, strict=True)
    ]


def _cell(value: object) -> str:
    """A value as a CSV would hold it."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return (
        np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)[: moments.LONGEST + 1]
    )


def _refuse_kind(field: pa.Field) -> None:
    if not (pa.types.is_timestamp(field.type) or _is_text(field.type) or _is_number(field.type)):
        raise ValueError(f"{shown(field.name)} is of the kind {field.type}; name a column of timestamps or texts")


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _not_too_large(file: pq.ParquetFile, name: str) -> None:
    meta = file.metadata
    places = [place for place in range(meta.num_columns) if meta.schema.column(place).path == name]
    groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
    if sum(group.column(place).total_uncompressed_size for group in groups for place in places) > MAX_BYTES:
        raise ValueError(f"column {shown(name)} unpacks to more than {MAX_BYTES // 2**20} MB; cut the file to one day")


def _moments(column: pa.Array, unit: str) -> Moments:
    if pa.types.is_timestamp(column.type):
        times = pd.to_datetime(column.to_pandas(), utc=True)
        return Moments(times, np.full(len(times), column.type.tz is not None))
    if unit:
        if pa.types.is_float16(column.type) or pa.types.is_float32(column.type):
            raise ValueError(
                f"its numbers are of the kind {column.type}, which rounds moments to minutes; write float64, or whole "
                "numbers"
            )
        values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        return moments.of_numbers(values, unit)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    of_words = moments.of_texts([_cell(value) for value in column.dictionary.to_pylist()])
    codes = column.indices.to_pandas().fillna(-1).astype(int)
    times = of_words.times.reindex(codes).reset_index(drop=True)
    zoned = np.append(of_words.zoned, False)[codes.to_numpy()]
    return Moments(times, zoned, of_words.order, of_words.untold)
