"""Which column of a file holds its moments, and what is said of the choice."""

import io
import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.trace_files import ColumnError
from lifecycle.course.trace_files import columns as columns_module
from lifecycle.course.trace_files import moments as moments_module
from lifecycle.course.trace_files import read_trace_file as read_day
from tests.course.trace_files.traces_brought import parquet, read_trace_file, seconds

NOON = 12 * 3600.0
LOG = '10.0.0.{} - - [01/May/2024:{} +0200] "GET / HTTP/1.1" 200 12\n'
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

    def looking(cells):
        looked.append(len(cells))
        return really(cells)

    monkeypatch.setattr(columns_module, "of_texts", looking)
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


@given(st.sampled_from(sorted(IDS)), st.lists(st.integers(0, 2**62), min_size=1, max_size=60), st.sampled_from(",;\t"))
def test_no_column_of_ids_is_ever_taken(head, ids, separator):
    text = f"{head}{separator}note\n" + "".join(f"{each}{separator}x\n" for each in ids)
    with pytest.raises(ColumnError):
        read_day("x", text.encode())
    with pytest.raises(ColumnError):
        read_day("x", parquet(pd.DataFrame({head: ids, "note": "x"})))
