"""Real days out of files: each format is told by its content, each fault by its row."""

import csv
import gzip
import io
import os
import re
import socket
import time
from contextlib import suppress

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from networks import chain

from lifecycle.course.trace_files import MAX_BYTES, ColumnError, read_bytes
from lifecycle.course.trace_files import columns as columns_module
from lifecycle.course.trace_files import moments as moments_module
from lifecycle.course.trace_files import read_trace_file as read_day
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace

NOON = 12 * 3600.0
LOG = '10.0.0.{} - - [01/May/2024:{} +0200] "GET / HTTP/1.1" 200 12\n'


def read_trace_file(name, data, column=""):
    return read_day(name, data, column).trace


def seconds(trace):
    return [time for time, weight in zip(trace.times_s, trace.weights, strict=True) for _ in range(int(weight))]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("when,what\n2024-05-01T12:00:00Z,a\n2024-05-01T12:00:05Z,b\n", [NOON + 1, NOON + 6]),
        ("Zeitpunkt;Betrag\n2024-05-01 12:00:00;1\n2024-05-01 12:00:00.5;2\n", [NOON + 1, NOON + 1]),
        ("id\tat\n7\t2024-05-01T14:00:00+02:00\n8\t2024-05-01T12:00:00Z\n", [NOON + 1, NOON + 1]),
        ("ts\n1714564800\n1714564801\n", [NOON + 1, NOON + 2]),
        ("ts\n1714564800000\n1714564801999\n", [NOON + 1, NOON + 2]),
        ("2024-05-01T12:00:00Z,a\n2024-05-01T12:00:01Z,b\n", [NOON + 1, NOON + 2]),
        ("\ufeffwhen\r\n2024-05-01T23:59:59.9Z\r\n", [86_400.0]),
        ("when\r2024-05-01T12:00:00Z\r2024-05-01T12:00:01Z\r", [NOON + 1, NOON + 2]),
        ("\n\n  \nwhen,note\n\n2024-05-01T12:00:00Z,a\n", [NOON + 1]),
        ('note,when\n"two\nlines",2024-05-01T12:00:00Z\n', [NOON + 1]),
        ("n,when\n1,2024-05-01T12:00:00Z,one too many\n", [NOON + 1]),
        (LOG.format(1, "14:00:00") + LOG.format(2, "14:00:09"), [NOON + 1, NOON + 10]),
        ("# name: ours\ntime_s,weight\n60,2\n", [60.0, 60.0]),
    ],
)
def test_each_format_is_told_by_its_content(text, ends):
    assert seconds(read_trace_file("x.bin", text.encode())) == ends
    assert seconds(read_trace_file("x", gzip.compress(text.encode()))) == ends


def test_parquet_is_read_with_its_moments_or_its_numbers():
    moments = pd.to_datetime(["2024-05-01T12:00:00Z", "2024-05-01T12:00:07Z"])
    for column in (moments, moments.tz_localize(None), moments.as_unit("s").astype("int64")):
        data = io.BytesIO()
        pd.DataFrame({"value": ["a", "b"], "at": column}).to_parquet(data)
        assert seconds(read_trace_file("x", data.getvalue())) == [NOON + 1, NOON + 8]


def parquet(table: pd.DataFrame, **options) -> bytes:
    data = io.BytesIO()
    table.to_parquet(data, **options)
    return data.getvalue()


def test_a_parquet_of_texts_in_many_pieces_is_read_and_its_bad_row_named():
    moments = [f"2024-05-01T12:00:{second:02d}+02:00" for second in range(60)] * 3
    table = pd.DataFrame({"id": range(180), "at": moments})
    trace = read_trace_file("x", parquet(table, row_group_size=50))
    assert trace.weights == (3.0,) * 60
    assert trace.times_s[0] == 10 * 3600 + 1.0
    assert trace.source == "column at, 2024-05-01 in UTC"
    table.loc[133, "at"] = "soon"
    with pytest.raises(ValueError, match="row 134: at is 'soon'"):
        read_trace_file("x", parquet(table, row_group_size=50))


def test_a_parquet_that_would_fill_the_memory_is_refused_unread():
    short = pd.Timestamp("2024-05-01T12:00:00Z")
    wide = pd.DataFrame({"note": ["x" * 2**20], "at": [short]}).loc[[0] * 300]
    assert len(data := parquet(wide, compression="zstd")) < 2**20
    assert read_trace_file("x", data).weights == (300.0,)  # what is no moment is not read beyond its first rows
    long = pd.DataFrame({"at": [short]}).loc[[0] * 1_000_001]
    with pytest.raises(ValueError, match="more than 1,000,000 rows"):
        read_trace_file("x", parquet(long))
    swollen = pd.DataFrame({"at": ["2024-05-01T12:00:00Z"] * 60 + ["x" * 2**20] * 257})
    with pytest.raises(ValueError, match="column at unpacks to more than 256 MB"):
        read_trace_file("x", parquet(swollen, compression="zstd", use_dictionary=False))


def test_the_line_of_a_bad_row_is_the_one_an_editor_shows():
    row = "2024-05-01T12:00:00Z,plain\n"
    text = "at,note\n\n" + row * 60 + '2024-05-01T12:00:00Z,"two\nlines"\n  \nnoon,plain\n' + row
    assert text.split("\n")[65] == "noon,plain"
    with pytest.raises(ValueError, match="line 66: at is 'noon'"):
        read_trace_file("x", text.encode())
    log = LOG.format(1, "14:00:00") + "\n" + "10.0.0.1 - - cut\n"
    with pytest.raises(ValueError, match="line 3: no moment"):
        read_trace_file("x", log.encode())


def test_a_first_line_that_is_none_is_refused_at_once():
    with pytest.raises(ValueError, match="more than 50,000 columns"):
        read_trace_file("x", b"," * 1_000_000)
    for odd in (b"x" * 1_000_000, b"at\rnote,b\n2024-05-01T12:00:00Z,x\n"):
        with pytest.raises(ValueError, match="the first line cannot be read as CSV"):
            read_trace_file("x", odd)


def test_equal_traces_hash_alike_at_once_however_long():
    first, second = (Trace(tuple(map(float, range(500_000))), (1.0,) * 500_000) for _ in range(2))
    assert (first == second, hash(first) == hash(second)) == (True, True)
    start = time.perf_counter()
    for _ in range(1000):
        hash(first)
    assert time.perf_counter() - start < 0.2  # walking it once takes some 5 ms


def test_of_several_days_the_fullest_is_replayed_and_said():
    text = "at\n2024-05-01T08:00:00Z\n2024-05-02T09:00:00Z\n2024-05-02T07:00:00Z\n"
    trace = read_trace_file("../../etc/<b>day.csv", text.encode())
    assert seconds(trace) == [7 * 3600 + 1, 9 * 3600 + 1]
    assert trace.source == "column at, 2024-05-02 in UTC, the fullest of 2 days (2 of 3 rows)"
    assert trace.name == "·b·day.csv"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"at\n", "no rows"),
        (b"\xff\xfe\x00", "byte 1 is not UTF-8"),
        (b"name,size\na,1\nb,2\n", "no column of name, size holds moments"),
        (b"at,x\n" + b"2024-05-01T12:00:00Z,1\n" * 60 + b"2024-05-0", "line 62: at is '2024-05-0'"),
        (b"at\n" + b"2024-05-01T12:00:00Z\n" * 60 + b"yesterday\n", "line 62: at is 'yesterday'"),
        (b"2024-05-01T12:00:00Z\n" * 60 + b"never\n", "line 61: column 1 is 'never'"),
        (b'at,x\n2024-05-01T12:00:00Z,"1\n', "line 2: a quote is opened and never closed"),
        ((LOG.format(1, "14:00:00") + "10.0.0.2 - - [01/May/20").encode(), "line 2: no moment"),
        (b"PAR1 but not really", "Parquet file cannot be read"),
        (gzip.compress(b"at\n2024-05-01T12:00:00Z\n", mtime=0)[:-9], "cut short"),
        (b"\x1f\x8b but not really", "cannot be unpacked"),
        (b"time_s\n1\n90000\n", "line 3: time_s"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_row(data, words):
    with pytest.raises(ValueError, match=words):
        read_trace_file("x", data)


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory():
    bomb = gzip.compress(b"0" * (MAX_BYTES + 2**20))
    assert len(bomb) < MAX_BYTES / 500
    with pytest.raises(ValueError, match="unpacks to more than 256 MB"):
        read_trace_file("x", bomb)


def test_a_million_rows_are_read_and_one_more_is_refused():
    row = b"2024-05-01T12:00:00Z\n"
    trace = read_trace_file("x", b"at\n" + row * 1_000_000)
    assert trace.weights == (1_000_000.0,)
    with pytest.raises(ValueError, match="more than 1,000,000 rows"):
        read_trace_file("x", b"at\n" + row * 1_000_001)


@example(b"\x1c")  # a blank to text, not to bytes
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_words(data):
    with suppress(ValueError):
        read_trace_file("x", data)


@given(st.lists(st.integers(0, 86_399), min_size=1, max_size=50))
def test_every_moment_of_a_day_comes_back_to_its_second(moments):
    text = "at\n" + "".join(f"{pd.Timestamp('2024-05-01') + pd.Timedelta(seconds=s)}\n" for s in moments)
    assert seconds(read_trace_file("x", text.encode())) == sorted(s + 1.0 for s in moments)


def test_a_file_replayed_is_born_when_it_says():
    trace = read_trace_file("x", b"at\n" + b"2024-05-01T12:00:00Z\n" * 3 + b"2024-05-01T18:00:00Z\n")
    network = chain(("shop", "source"), ("desk", "consumer"))
    run = simulate(network, Scenario(arrivals="real-day", trace="x", events=400), trace)
    born = np.histogram(run.born_s, [0, NOON, NOON + 1, 64_800, 64_801, 86_400])[0]
    assert born.tolist() == [0, 300, 0, 100, 0]


# --- which column

IDS = {
    "MMSI": "367000001",
    "order_id": "1714564800",
    "phone": "2125550123",
    "isbn": "9783161484100",
    "bytes": "1714564800",
    "user_id": "1714564800",
    "price": "1714564800.50",
    "created_by": "1714564800",
    "total time_taken": "1714564800",
}


@pytest.mark.parametrize("head", IDS)
def test_a_number_is_no_moment_because_it_could_be_one(head):
    day = read_day("x", f"{head},at\n{IDS[head]},2024-05-01T08:00:00\n".encode())
    assert (day.column, day.trace.times_s) == ("at", (8 * 3600 + 1.0,))
    with pytest.raises(ColumnError, match=re.escape(head)) as refused:
        read_day("x", f"{head}\n{IDS[head]}\n".encode())
    assert refused.value.columns == (head,)
    for kind in (int, float):
        with pytest.raises(ColumnError):
            read_day("x", parquet(pd.DataFrame({head: [kind(float(IDS[head]))]})))


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("time", ["36000"]),
        ("ts", ["17145"]),
        ("date", ["20240501"]),
        ("at", ["345600000", "4000000000"]),
        ("when", ["1"]),
    ],
)
def test_a_header_alone_makes_no_number_a_moment(head, cells):
    with pytest.raises(ColumnError):
        read_day("x", "\n".join([head, *cells]).encode())


@pytest.mark.parametrize(
    "head",
    ["ts", "Timestamp", "createdAt", "event_time_ms", "epoch", "at", "Zeitstempel", "horodatage", "fecha", "時刻"],
)
@pytest.mark.parametrize(
    "cell", ["1714564800", "1714564800.25", "1714564800000", "1714564800000000", "1714564800000000000"]
)
def test_a_number_is_a_moment_where_header_and_span_say_so(head, cell):
    day = read_day("x", f"size,{head}\n1714564800,{cell}\n".encode())
    assert (day.column, day.zone, day.day, seconds(day.trace)) == (head, "UTC", "2024-05-01", [NOON + 1])


def test_a_column_that_is_named_is_read_and_none_else():
    text = b"made,done,user_id,\n2024-05-01T08:00:00,2024-05-01T09:00:00,1714564800,x\n"
    assert read_day("x", text).column == "made"
    assert read_day("x", text).others == ("done",)
    assert seconds(read_trace_file("x", text, "DONE")) == [9 * 3600 + 1]
    assert seconds(read_trace_file("x", text, "user_id")) == [NOON + 1]
    with pytest.raises(ColumnError, match="no column 'gone'; the file has made, done, user_id") as refused:
        read_day("x", text, "gone")
    assert refused.value.columns == ("made", "done", "user_id", "")
    data = parquet(pd.DataFrame({"made": pd.to_datetime(["2024-05-01T08:00"]), "done": ["2024-05-01 09:00"], "n": [7]}))
    assert read_day("x", data).column == "made"
    assert seconds(read_trace_file("x", data, "done")) == [9 * 3600 + 1]
    with pytest.raises(ColumnError, match="n holds '7', no moment"):
        read_day("x", data, "n")
    with pytest.raises(ValueError, match="a log has no columns"):
        read_day("x", LOG.format(1, "14:00:00").encode(), "done")


def test_what_was_taken_is_told():
    text = "at\n" + "2024-05-01 08:00:00\n" + "2024-05-02 08:00:00\n" * 2
    facts = {"column": "at", "zone": "as written", "day": "2024-05-02", "rows": 2, "unused": 1}
    assert read_day("x", text.encode()).facts == facts
    assert read_day("x", text.replace(":00\n", ":00Z\n").encode()).facts == facts | {"zone": "UTC"}
    assert read_day("x", LOG.format(1, "14:00:00").encode()).facts["column"] == "the log's time"
    assert read_day("x", b"time_s\n5\n").facts == {
        "column": "time_s",
        "zone": "as written",
        "day": "",
        "rows": 1,
        "unused": 0,
    }


@pytest.mark.parametrize(
    "cell",
    [
        "2019-10-01 00:00:00 UTC",
        "2019-10-01 00:00:00Z",
        "2019-10-01 00:00:00+00",
        "2019-10-01 00:00:00 +0000",
        "2019-10-01 00:00:00+00:00",
        "2019-10-01 00:00:00 GMT",
        "2019-10-01 00:00:00 +0000 UTC",
        "2019-10-01T02:00:00+02:00[Europe/Berlin]",
        "2019-10-01 02:00:00 CEST",
        "2019-09-30 20:00:00 EDT",
        "2019/10/01 00:00:00 UTC",
        "2019-10-01 00:00:00.123456789Z",
        '"2019-10-01 00:00:00,5 UTC"',
        "2019-10-01 5:30:00 +05:30",
        "2019-09-30T19:00:00 −05:00",
        "2019-09-30T24:00:00Z",
        "2019-09-30 24:00 UTC",
        '"Tue, 01 Oct 2019 00:00:00 +0000"',
        '"Mon, 30 Sep 2019 20:00:00 -0400 (EDT)"',
        '"1 Oct 2019 02:00 CEST"',
        '"Tuesday, 1 October 2019, 12:00:00 AM GMT"',
        "01-Oct-2019 00:00:00Z",
    ],
)
def test_a_zone_may_be_written_in_many_ways(cell):
    day = read_day("x", f"at\n{cell}\n".encode())
    assert (day.zone, day.day, seconds(day.trace)) == ("UTC", "2019-10-01", [1.0])


def test_a_zone_that_means_several_is_refused_and_so_is_one_that_only_some_rows_name():
    with pytest.raises(
        ValueError, match="line 2: at is '2019-10-01 00:00:00 IST', and 'IST' names no zone, or several"
    ):
        read_day("x", b"at\n2019-10-01 00:00:00 IST\n")
    mixed = ["2019-10-01 00:00:00"] * 60 + ["2019-10-01 00:00:00Z"]
    with pytest.raises(ValueError, match="at names no zone on line 2 and names one on line 62"):
        read_day("x", "\n".join(["at", *mixed]).encode())
    with pytest.raises(ValueError, match="at names no zone on row 1 and names one on row 61"):
        read_day("x", parquet(pd.DataFrame({"at": mixed})))


def test_a_moment_that_was_rounded_is_told_as_too_coarse():
    for text in ("ts\n1.71455E+09\n", "ts;n\n1,71455E+09;1\n", "n,ts\n5,1.71E+12\n"):
        with pytest.raises(
            ValueError, match=r"rounded to 10,000( |,000 )s, which is too coarse|rounded to 10,000,000 s"
        ):
            read_day("x", text.encode())
    with pytest.raises(ValueError, match=r"line 53: ts is '1.71455E\+09', which a spreadsheet rounded to 10,000 s"):
        read_day("x", ("ts\n" + "1714564800\n" * 51 + "1.71455E+09\n").encode())
    assert seconds(read_trace_file("x", b"ts\n1.714564800E+09\n")) == [NOON + 1]
    with pytest.raises(ValueError, match="float, which rounds moments to minutes"):
        read_day("x", parquet(pd.DataFrame({"ts": np.array([1714564800.0], "float32")})))


@pytest.mark.parametrize(
    "head",
    [
        "response_time",
        "processing_time_ns",
        "logged_in_user",
        "at_user",
        "value_at",
        "received",
        "bytes_received",
        "updated_rows",
        "cpu time",
        "time_to_first_byte",
        "ts_diff",
        "Bearbeitungszeit",
        "temps de réponse",
        "birth_date",
        "dateOfBirth",
        "expires_at",
        "due_date",
        "transaction_date_sk",
        "date_fk",
        "timestamp_key",
        "DateSK",
    ],
)
def test_a_header_that_says_how_long_who_or_when_else_makes_no_number_a_moment(head):
    numbers = range(1_500_000_000, 1_500_000_060)
    text = "\n".join([head, *map(str, numbers)]).encode()
    with pytest.raises(ColumnError, match=re.escape(head)):
        read_day("x", text)
    with pytest.raises(ColumnError, match=re.escape(head)):
        read_day("x", parquet(pd.DataFrame({head: numbers})))
    assert read_day("x", text, head).day == "2017-07-14"  # naming it is enough


@pytest.mark.parametrize(
    "head", ["received_at", "start_time", "pickup_datetime", "created_utc", "time of arrival", "ts_ms"]
)
def test_a_header_that_says_when_does(head):
    assert read_day("x", f"{head}\n1500000000\n".encode()).day == "2017-07-14"


FIRST_OF_MAY = [f"2024-05-01T08:{minute:02d}:{second:02d}" for minute in range(2) for second in range(60)]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("birth_date", ["1980-01-01 00:00:00"] * 120),
        ("date_of_birth", [f"{year}-01-01 00:00:00" for year in range(1900, 2020)]),
        ("expires_at", ["2030-01-01 00:00:00"] * 120),
        ("validUntil", [f"20{year:02d}-12-31 23:59:59" for year in range(30, 90)] * 2),
        ("exported", ["2024-06-01 00:00:00"] * 120),
        ("opened", ["2024-06-01 00:00:00"] * 119 + [""]),
    ],
)
def test_a_column_of_births_of_expiries_or_of_one_moment_alone_is_not_taken_before_one_that_moves(head, column):
    table = pd.DataFrame({head: column, "at": FIRST_OF_MAY})
    stamps = table.apply(pd.to_datetime, format="ISO8601")
    for data in (table.to_csv(index=False).encode(), parquet(table), parquet(stamps)):
        day = read_day("x", data)
        assert (day.column, day.rows, day.others) == ("at", 120, (head,))
        assert day.trace.source == f"column at, 2024-05-01 as written, without a zone; {head} holds moments, too"


EVERY_DAY = [f"{day:%Y-%m-%d} 10:00:00" for day in pd.date_range("2019-01-01", periods=120)]


@pytest.mark.parametrize(
    "head",
    ["user", "Customer", "owner", "author", "session", "device", "name", "created_by", "modifiedBy", "last login",
     "date_sk", "time_fk", "datetime_key", "Kunde"],
)  # fmt: skip
def test_a_column_that_says_who_or_what_is_taken_last_whatever_its_cells_are(head):
    for cells in (EVERY_DAY, FIRST_OF_MAY[::-1]):  # also where they all lie on one day
        table = pd.DataFrame({head: cells, "at": FIRST_OF_MAY, "birth_date": EVERY_DAY})
        for data in (table.to_csv(index=False).encode(), parquet(table), parquet(table.apply(pd.to_datetime))):
            day = read_day("x", data)
            assert (day.column, day.rows, day.unused) == ("at", 120, 0)
            assert day.others == ("birth_date", head)
    seconds_since = pd.DataFrame({head: EVERY_DAY, "ts": range(1714564800, 1714564920)})
    for data in (seconds_since.to_csv(index=False).encode(), parquet(seconds_since)):
        assert (day := read_day("x", data)).column == "ts", day
    assert read_day("x", f"{head}\n{EVERY_DAY[0]}\n".encode()).column == head  # better than nothing, and it is told


@pytest.mark.parametrize("head", ["user created at", "session_time", "customer_since_date", "device timestamp"])
def test_a_time_of_somebody_is_a_time(head):
    table = pd.DataFrame({head: FIRST_OF_MAY, "closed": FIRST_OF_MAY})
    assert read_day("x", table.to_csv(index=False).encode()).column == head


def test_a_column_that_lies_all_over_does_not_win_from_one_whose_rows_are_of_one_day():
    table = pd.DataFrame({"a": EVERY_DAY, "b": FIRST_OF_MAY})
    for data in (table.to_csv(index=False).encode(), parquet(table), parquet(table.apply(pd.to_datetime))):
        assert (read_day("x", data).column, read_day("x", data, "a").column) == ("b", "a")
    days = [f"2024-05-0{1 + nth % 2}T08:00:{nth % 60:02d}" for nth in range(120)]  # half of the rows are not far fewer
    table = pd.DataFrame({"a": days, "b": FIRST_OF_MAY})
    assert read_day("x", table.to_csv(index=False).encode()).column == "a"


def test_columns_of_one_name_are_told():
    rows = "".join(f"x,{cell},{EVERY_DAY[0]}\n" for cell in FIRST_OF_MAY)
    told = "columns 2 and 3 are both called at, and column 2 was taken; give them different names to take another"
    for named in ("", "at", "AT"):
        day = read_day("x", f"n,at,at\n{rows}".encode(), named)
        assert (day.rows, day.notes) == (120, (told,))
        assert day.trace.source.endswith(told)
    day = read_day("x", f"at,at,when\n{rows}".encode())
    assert day.notes == (told.replace("2 and 3", "1 and 2"),)
    assert read_day("x", f"x,x,at\n{rows}".encode(), "at").notes == ()
    assert read_day("x", f"n,At,at\n{rows}".encode(), "at").notes == ()
    assert read_day("x", f"n,At,at\n{rows}".encode(), "AT").notes == (told.replace("called at", "called AT"),)
    dated = "date,date,time\n2024-05-01,2024-05-02,08:00:00\n"
    assert "columns 1 and 2 are both called date" in read_day("x", dated.encode()).notes[0]


def test_columns_of_one_name_in_a_parquet_cannot_be_told_apart_and_that_is_said():
    def twins(*names):
        data = io.BytesIO()
        pq.write_table(pa.table([pa.array(FIRST_OF_MAY)] * len(names), names=names), data)
        return data.getvalue()

    for named in ("", "at"):
        with pytest.raises(ColumnError, match="2 columns are called at, and cannot be told apart; give them different"):
            read_day("x", twins("at", "at"), named)
    day = read_day("x", twins("at", "at", "when"))
    assert day.column == "when"
    assert day.notes == ("2 columns are called at and were passed over; give them different names to take one of them",)


def test_where_the_first_rows_tell_no_difference_all_of_them_do():
    first = ["2024-05-01T08:00:00"] * 60
    table = pd.DataFrame({"exported": first * 2, "at": first + FIRST_OF_MAY[:60]})
    for data in (table.to_csv(index=False).encode(), parquet(table), parquet(table.apply(pd.to_datetime))):
        assert read_day("x", data).column == "at"
    table.loc[99, "at"] = "soon"
    with pytest.raises(ValueError, match="line 101: at is 'soon'"):
        read_day("x", table.to_csv(index=False).encode())
    assert read_day("x", table[["exported"]].to_csv(index=False).encode()).rows == 120


def test_of_very_many_columns_of_moments_few_are_looked_at_and_that_is_said(monkeypatch):
    looked = []
    really = moments_module.of_texts
    monkeypatch.setattr(columns_module, "of_texts", lambda cells: looked.append(len(cells)) or really(cells))
    heads = [f"c{number}" for number in range(3_000)]
    told = "of 3,001 columns only 200 were looked at for moments; name the one you mean if it is another"
    for cell, last in (("2024-05-01T12:00:00", "time"), ("1714564800", "ts")):
        named = heads if cell[4] == "-" else [f"ts{number}" for number in range(3_000)]
        text = "\n".join([",".join([*named, last]), *[",".join([cell] * 3_001)] * 60]).encode()
        day = read_day("x", text)
        assert (day.notes, len(day.others)) == ((told,), 199)
        assert last in day.others or cell[4] != "-"  # a header that names a time goes before the others
        assert day.trace.source.endswith(told)
        assert read_day("x", text, named[2_500]).column == named[2_500]
    assert len(looked) < 1_000
    data = parquet(pd.DataFrame({head: ["x"] * 60 for head in heads}))
    with pytest.raises(ColumnError, match="no moments are found; of 3,000 columns only 200 were looked at"):
        read_day("x", data)


# --- how moments are written


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13.05.2024 08:00", "01.05.2024 08:00", "01.05.2024 08:00"], "day, month, year"),
        (["05/13/2024 08:00", "05/01/2024 08:00", "5/1/2024 08:00"], "month, day, year"),
        (["5/13/2024 8:00 AM", "5/1/2024 8:00 a.m.", "5/1/2024, 8:00 am"], "month, day, year"),
        (["2024-05-13 8:00 AM", "2024-05-01 8:00 AM", "2024-05-01 08:00"], ""),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_column(cells, order):
    cells = [cells[1]] * 60 + cells  # the first rows say nothing
    for data in ("\n".join(["at;v", *(f"{cell};1" for cell in cells)]).encode(), parquet(pd.DataFrame({"at": cells}))):
        day = read_day("x", data)
        assert (day.day, day.rows, day.unused) == ("2024-05-01", 62, 1)
        assert set(seconds(day.trace)) == {8 * 3600 + 1.0}
        assert day.trace.source.endswith(f"its dates read as {order}") if order else "read as" not in day.trace.source


def test_hours_of_noon_and_midnight_are_those_of_the_halves_of_the_day():
    text = "at\n5/13/2024 12:00 AM\n5/13/2024 12:00 PM\n5/13/2024 1:00 PM\n"
    assert seconds(read_trace_file("x", text.encode())) == [1.0, NOON + 1, NOON + 3601]


def test_a_column_whose_order_cannot_be_told_loses_and_where_both_numbers_are_one_it_can():
    assert read_day("x", b"when,at\n01/05/2024 12:00,2024-05-01T08:00:00\n").column == "at"
    assert read_day("x", b"at\n05/05/2024 08:00\n").day == "2024-05-05"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("sep=;\nat;v\n2024-05-01T12:00:00;1,5,5\n", "at"),
        ("\ufeffsep=;\r\nat;v\r\n2024-05-01T12:00:00;1,5,5\r\n", "at"),
        ("sep=;\n2024-05-01T12:00:00;1,5,5\n", "column 1"),
        ("My report,\n,\nat,v\n2024-05-01T12:00:00,1\n", "at"),
        ("Report for May, 2024\nat;v\n2024-05-01T12:00:00;1\n", "at"),
        ("at,\n2024-05-01T12:00:00,x\n", "at"),
        ("date,time\n2024-05-01,12:00:00\n", "date and time"),
        ("v;Datum;Uhrzeit\nx;13.05.2024;12:00\nx;01.05.2024;12:00\n", "Datum and Uhrzeit"),
        ("2024-05-01,12:00:00\n", "column 1 and column 2"),
        ("birth,day,time\n1980-01-01,2024-05-01,12:00 PM\n", "day and time"),
        ("date,time,created_at\n2024-05-02,08:00:00,2024-05-01T12:00:00\n", "created_at"),
        ("<script>alert(1)</script>\n2024-05-01T12:00:00\n", "<script>alert(1)</script>"),
    ],
)
def test_tables_as_spreadsheets_write_them_are_read(text, column):
    day = read_day("x", text.encode())
    assert (day.column, day.day, seconds(day.trace)) == (column, "2024-05-01", [NOON + 1])


def test_day_and_time_in_two_columns_are_one_column_to_name():
    day = read_day("x", b"at,date,time\n2024-05-02T08:00:00,2024-05-01,12:00:00\n", "Date and Time")
    assert (day.column, day.trace.source) == (
        "date and time",
        "columns date and time, 2024-05-01 as written, without a zone",
    )


def test_a_year_has_four_digits():
    day = read_day("x", b"at\n0001-01-01T08:00:00\n")
    assert (day.day, day.trace.source) == ("0001-01-01", "column at, 0001-01-01 as written, without a zone")


# --- the bytes


def test_all_members_of_a_gzip_are_read_and_rubbish_after_it_is_told():
    parts = [b"", b"at\n2024-05-01T12:00:00Z\n", b"", b"2024-05-01T12:00:05Z\n" * 70_000]
    data = b"".join(map(gzip.compress, parts))
    day = read_day("x", data)
    assert (day.rows, day.notes) == (70_001, ())
    assert read_day("x", data + bytes(512)).notes == ()  # padding
    told = read_day("x", data + b"rubbish")
    assert (told.rows, told.notes) == (70_001, ("7 bytes after the end of the gzip are no gzip and were left out",))
    assert told.trace.source.endswith(told.notes[0])
    with pytest.raises(ValueError, match="cut short"):
        read_day("x", data[:-3])
    with pytest.raises(ValueError, match="member 5 of the gzip cannot be unpacked"):
        read_day("x", data + b"\x1f\x8bnot so")
    half = gzip.compress(b"0" * (MAX_BYTES // 2 + 1))
    with pytest.raises(ValueError, match="unpacks to more than 256 MB"):
        read_day("x", half + half)
    with pytest.raises(ValueError, match="more than 100,000 members"):
        read_day("x", gzip.compress(b"") * 100_001)


def test_nothing_but_a_regular_file_is_opened(tmp_path, monkeypatch):
    (tmp_path / "day.csv").write_bytes(b"at\n")
    (tmp_path / "link").symlink_to(tmp_path / "day.csv")
    assert read_bytes(tmp_path / "link") == b"at\n"
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-pipe").symlink_to(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(8 * 2**30)
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's name must be short
        server.bind("socket")
        opened = []
        monkeypatch.setattr(os, "open", lambda *args: opened.append(args))
        for name, words in {
            "pipe": "it is a pipe",
            "to-pipe": "it is a pipe",
            "socket": "it is a socket",
            "/dev/zero": "it is a device",
            ".": "it is a directory",
            "large": "more than 256 MB",
            "gone": "No such file",
        }.items():
            with pytest.raises(ValueError, match=words):
                read_bytes(tmp_path / name)
        assert opened == []


def test_a_file_that_becomes_a_pipe_before_it_is_opened_is_refused_without_waiting(tmp_path, monkeypatch):
    (tmp_path / "day.csv").write_bytes(b"at\n")
    os.mkfifo(tmp_path / "pipe")
    really = os.open
    monkeypatch.setattr(os, "open", lambda _, flags: really(tmp_path / "pipe", flags))
    with pytest.raises(ValueError, match="it is a pipe"):
        read_bytes(tmp_path / "day.csv")


def test_of_a_wide_table_only_what_may_hold_moments_is_read(monkeypatch):
    wide = {f"c{n}": np.zeros(60, int) for n in range(3_000)}
    stamped = parquet(pd.DataFrame({**wide, "at": pd.to_datetime(["2024-05-01T12:00"] * 60)}))
    texts = parquet(pd.DataFrame({**{name: ["x"] * 60 for name in wide}, "at": ["2024-05-01T12:00"] * 60}))
    read, looked = [], []
    really_read, really_look = pq.ParquetFile.read, pq.ParquetFile.iter_batches
    monkeypatch.setattr(pq.ParquetFile, "read", lambda file, names: read.append(names) or really_read(file, names))
    monkeypatch.setattr(
        pq.ParquetFile,
        "iter_batches",
        lambda file, rows, columns: looked.append(len(columns)) or really_look(file, rows, columns=columns),
    )
    assert read_day("x", stamped).column == "at"
    assert (read, looked) == ([["at"]], [])
    assert read_day("x", texts).column == "at"
    assert (read, looked) == ([["at"], ["at"]], [200])
    assert read_day("x", texts, "at").column == "at"
    assert looked == [200, 1]
    header = ",".join([*wide, "at"])
    row = ",".join(["0"] * 3_000 + ["2024-05-01T12:00"])
    assert read_day("x", f"{header}\n{row}\n{row}\n".encode()).facts["rows"] == 2


# --- sentences


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "it is an image, no table"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "it is an image, no table"),
        (b"GIF89a" + bytes(20), "it is an image, no table"),
        (b"%PDF-1.7\n%\xe2\xe3", "it is a PDF"),
        (b"PK\x05\x06" + bytes(18), "it is an empty zip"),
        (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive"),
        (b"Rar!\x1a\x07", "it is a RAR archive"),
        (b"ORC\x08\x03", "it is an ORC file"),
        (b"ARROW1\0\0", "it is an Arrow (Feather) file"),
        (b"day.csv".ljust(257, b"\0") + b"ustar\0", "it is a tar archive; unpack it"),
        (bytes(100), "zero bytes and nothing else"),
        ("at\n2024-05-01T12:00:00\n".encode("utf-16-le"), "it looks like UTF-16"),
        ("at\n2024-05-01T12:00:00\n".encode("utf-16-be"), "it looks like UTF-16"),
        ("at\n2024-05-01T12:00:00\n".encode("utf-16"), "byte 1 is not UTF-8, and the file looks like UTF-16"),
    ],
)
def test_what_is_no_table_is_told_by_its_first_bytes(data, words):
    for packed in (data, gzip.compress(data)):
        with pytest.raises(ValueError, match=re.escape(words)):
            read_day("x", packed)


def test_a_header_may_begin_with_the_letters_of_another_format():
    for head in ("ORCID", "RIFFRAFF", "BZh", "GIF8"):
        assert read_day("x", f"{head},at\nx,2024-05-01T12:00:00Z\n".encode()).column == "at"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at\n" + "2024-05-01T12:00:00Z\n" * 51 + "60\n", "line 53: at is '60', which is no moment"),
        ("at\n" + "2024-05-01T12:00:00Z\n" * 9 + "soon\n2024-05-01T12:00:00Z\n", "line 11: at is 'soon'"),
        ("at,n\r\n" + '\r\n2024-05-01T12:00:00Z,"a\r\nb"\r\n' * 9 + "x,1\r\n", "line 29: at is 'x'"),
        ("at,n\n" + "2024-05-01T12:00:00Z,1\n" * 9 + ",1\n", "line 11: at is empty"),
        ("ts\n" + "1714564800\n" * 60 + "7\n", "line 62: ts is '7'"),
        ("# made by hand\nat\n2024-05-01T12:00:00Z\n2024-05-01T12:00:00Z\nnone\n", "line 5: at is 'none'"),
        ("date/time,n\n" + "2024-05-01 12:00,1\n" * 3 + "soon,1\n", "line 5: date/time is 'soon'"),
        ("date/time\n1\n", "date/time holds '1', seconds without a day; call the column time_s"),
        ("# nothing else\n", "comments and no rows"),
        ('{"at": "2024-05-01T12:00:00Z"}\n', "it is JSON"),
        ('[\n  {"at": "2024-05-01T12:00:00Z"}\n]\n', "it is JSON"),
        ("<!DOCTYPE html>\n<html></html>\n", "web page"),
        ("  <html><body>Sign in</body></html>\n", "web page"),
        ("PK\x03\x04", "Excel workbook"),
        ('1.1.1.1 - - [2024-05-01T12:00:00Z] "GET / HTTP/1.1" 200 1\n', "looks like an access log"),
        ('1.1.1.1 - - [1/May/2024:12:00:00] "GET / HTTP/1.1" 200 1\n', "looks like an access log"),
        ("May  1 12:00:00 host sshd[1]: Accepted\n", "system log, whose moments have no year"),
        ("2024/05/01 12:00:00 [error] 12#0: *1 open()\n", "begin with a moment; put a comma"),
        ("#Fields: time cs-method\n12:00:00 GET\n", "line 1: the log's fields have no date"),
        ("#Fields: date time cs-method\n2024-05-01 12:00:00 GET\n2024-05-01\n", "line 3: date and time are"),
        ("date\n2024-05-01\n", "date holds '2024-05-01', a day without a time"),
        ("at\n01/05/2024 12:00\n", "line 2: at is '01/05/2024 12:00', whose day and month cannot be told apart"),
        (
            "at\n13/05/2024 08:00\n05/13/2024 08:00\n",
            "'13/05/2024 08:00', and some rows put the day first",
        ),
        ("at\n5/1/2024 1:00 PM\n", "whose day and month cannot be told apart"),
        ("at\n2024-05-13 13:00 PM\n", "line 2: at is '2024-05-13 13:00 PM', which is no moment"),
        ("at\n05/13/24 08:00\n", "with a year of two digits"),
        ("time\n45413.0000\n45413.5000\n", "time holds '45413.0000', as Excel counts days"),
        ("time;v\n45413,25;1\n", "time holds '45413,25', as Excel counts days"),
        (
            "2024-05-01 12:00:00 10.0.0.1 GET / - 80 - 10.0.0.2 curl 200\n",
            "IIS or CloudFront without its line #Fields",
        ),
        ("[Wed May 01 08:00:00.123 2024] [core:error] x\n", "the error log of Apache"),
        ("<!-- c -->\n<html></html>\n", "web page"),
        ("<p>\nSign in\n", "web page"),
        ("date,hours\n2024-05-01,8\n", "date holds '2024-05-01', a day without a time"),
        (
            "date,time\n" + "2024-05-01,08:00\n" * 60 + "2024-05-01,soon\n",
            "line 62: date and time is '2024-05-01 so",
        ),
        ("My report,\n,\nat,v\n" + "2024-05-01T12:00:00Z,1\n" * 60 + "soon,1\n", "line 64: at is 'soon'"),
        (
            "ts\n" + "1714550400\n1714550430000\n" * 30,
            "ts mixes seconds ('1714550400') and milliseconds ('1714550430000') since 1970; write all its",
        ),
        (
            "ts\n" + "1714550400\n" * 51 + "1714550430000000\n",
            "line 53: ts is '1714550430000000', microseconds since 1970 where other rows count seconds; write all",
        ),
        ("ts\n1714550400\nsoon\nsoon\n", "ts holds 'soon' beside seconds since 1970 such as '1714550400'; correct"),
        ("ts,n\n1714550400,1\n,1\n,1\n", "ts is empty in 2 of the first 3 rows; fill them in"),
        ("at\n345600000\n4000000000\n", "at would reach from 1980 to 2096, which no file of events does"),
        (
            "at,n\n" + "2024-05-01T12:00:00Z,1\n" * 60 + "Total,60\n",
            "line 62: at is 'Total', which is no moment; correct",
        ),
        (
            "at,n\n" + "2024-05-01T12:00:00Z,1\n" * 60 + "NULL,1\n",
            "line 62: at is 'NULL', which is no moment; correct or",
        ),
        ("at\n05/13/24 08:00\n", "holds '05/13/24 08:00', a day with a year of two digits; write"),
        ("at\n05/13/24\n", "holds '05/13/24', a day without a time, and with a year of two digits; write"),
        ("at\n2024-05-13\n", "holds '2024-05-13', a day without a time; write"),
        ("at\n2024-05-01T24:00:01\n", "line 2: at is '2024-05-01T24:00:01', which is no moment"),
        ("at\n9999-12-31T24:00:00\n", "line 2: at is '9999-12-31T24:00:00', which is no moment"),
        ('at\n"Wed, 32 May 2024 08:00:00 +0000"\n', "line 2: at is 'Wed, 32 May 2024 08:00:00 +0000', which is no"),
        ('at\n"Wed, 01 May 2024 08:00:00 IST"\n', "'IST' names no zone, or several"),
    ],
)
def test_each_file_that_does_not_fit_gets_its_own_sentence(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        read_day("x", text.encode())


IIS = (
    "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2024-05-01 00:00:00\r\n"
    "#Fields: date time s-ip cs-method time-taken\r\n2024-05-01 12:00:00 10.0.0.1 GET 15\r\n"
    "#Fields: time date\r\n12:00:05 2024-05-01\r\n"
)
CLOUDFRONT = (
    "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes cs(User-Agent)\n"
    "2024-05-01\t12:00:00\tFRA2\t12\tMozilla%2F5.0\n2024-05-01\t12:00:05\tFRA2\t12\t-\n"
)


@pytest.mark.parametrize("text", [IIS, CLOUDFRONT])
def test_logs_that_name_their_fields_are_read(text):
    day = read_day("x", text.encode())
    assert seconds(day.trace) == [NOON + 1, NOON + 6]
    assert day.facts == {"column": "date and time", "zone": "UTC", "day": "2024-05-01", "rows": 2, "unused": 0}


def test_a_user_or_a_page_that_looks_like_a_date_does_not_choose_the_logs_day():
    user, page = "[01/Jan/1999:00:00:00 +0000]", "[02/Feb/2002:00:00:00 +0000]"
    line = f'1.1.1.1 - {user} [01/May/2024:12:00:00 +0000] "GET /{page} HTTP/1.1" 200 1\n'
    assert read_day("x", line.encode()).day == "2024-05-01"
    cut = "1.1.1.1 - - cut\n" + LOG.format(1, "14:00:00") * 2
    with pytest.raises(ValueError, match="line 1: no moment"):
        read_day("x", cut.encode())


def test_what_stands_in_quotes_chooses_no_separator():
    text = '"name, first, last";at\n"Doe, Jane, J.";2024-05-01T12:00:00Z\n'
    assert read_day("x", text.encode()).column == "at"


def test_comments_above_a_table_are_passed_over_and_the_last_may_be_its_header():
    assert read_day("x", b"# from the tills\nn,at\n1,2024-05-01T12:00:00Z\n").column == "at"
    assert read_day("x", b"#n,at\n1,2024-05-01T12:00:00Z\n").column == "at"


# --- any table at all

ANY = st.text(st.characters(codec="utf-8"), max_size=12)
CELL = st.one_of(
    ANY,
    st.integers(-5, 10**19).map(str),
    st.floats().map(str),
    st.datetimes().map(str),
    st.just("2024-05-01T12:00:00Z"),
)


@given(st.sampled_from(sorted(IDS)), st.lists(st.integers(0, 2**62), min_size=1, max_size=60), st.sampled_from(",;\t"))
def test_no_column_of_ids_is_ever_taken(head, ids, separator):
    text = f"{head}{separator}note\n" + "".join(f"{each}{separator}x\n" for each in ids)
    with pytest.raises(ColumnError):
        read_day("x", text.encode())
    with pytest.raises(ColumnError):
        read_day("x", parquet(pd.DataFrame({head: ids, "note": "x"})))


@example([[""]], ",", "")
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=60), st.sampled_from(",;\t|"), ANY)
def test_no_table_raises_anything_but_words(rows, separator, column):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    for named in ("", column):
        with suppress(ValueError):
            read_day("x", text.getvalue().encode(), named)
