"""Dates, tables, logs and other files as programs write them: what is read of each, and what it is told."""

import csv
import gzip
import io
import os
import re
import socket
from contextlib import suppress

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lifecycle.course.trace_files import MAX_BYTES, read_bytes
from lifecycle.course.trace_files import read_trace_file as read_day
from tests.course.trace_files.traces_brought import parquet, read_trace_file, seconds

NOON = 12 * 3600.0
LOG = '10.0.0.{} - - [01/May/2024:{} +0200] "GET / HTTP/1.1" 200 12\n'


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

    def reading(file, names):
        read.append(names)
        return really_read(file, names)

    def looking(file, rows, columns):
        looked.append(len(columns))
        return really_look(file, rows, columns=columns)

    monkeypatch.setattr(pq.ParquetFile, "read", reading)
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", looking)
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
        ("at\n" + "2024-05-01T12:00:00Z\n" * 51 + "60\n", "line 53: at is '60', which is not a moment"),
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
        ("at\n2024-05-13 13:00 PM\n", "line 2: at is '2024-05-13 13:00 PM', which is not a moment"),
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
            "line 62: at is 'Total', which is not a moment; correct",
        ),
        (
            "at,n\n" + "2024-05-01T12:00:00Z,1\n" * 60 + "NULL,1\n",
            "line 62: at is 'NULL', which is not a moment; correct or",
        ),
        ("at\n05/13/24 08:00\n", "holds '05/13/24 08:00', a day with a year of two digits; write"),
        ("at\n05/13/24\n", "holds '05/13/24', a day without a time, and with a year of two digits; write"),
        ("at\n2024-05-13\n", "holds '2024-05-13', a day without a time; write"),
        ("at\n2024-05-01T24:00:01\n", "line 2: at is '2024-05-01T24:00:01', which is not a moment"),
        ("at\n9999-12-31T24:00:00\n", "line 2: at is '9999-12-31T24:00:00', which is not a moment"),
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


@example([[""]], ",", "")
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=60), st.sampled_from(",;\t|"), ANY)
def test_no_table_raises_anything_but_words(rows, separator, column):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    for named in ("", column):
        with suppress(ValueError):
            read_day("x", text.getvalue().encode(), named)
