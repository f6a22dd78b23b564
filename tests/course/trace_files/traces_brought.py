"""Files that are brought to be replayed, as the tests write and read them."""

import io

import pandas as pd

from lifecycle.course.trace_files import read_trace_file as read_day


def read_trace_file(name, data, column=""):
    return read_day(name, data, column).trace


def seconds(trace):
    return [time for time, weight in zip(trace.times_s, trace.weights, strict=True) for _ in range(int(weight))]


def parquet(table: pd.DataFrame, **options) -> bytes:
    data = io.BytesIO()
    table.to_parquet(data, **options)
    return data.getvalue()
