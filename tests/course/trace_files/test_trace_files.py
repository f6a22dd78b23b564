"""Real days out of files: each format is told by its content, each fault by its row."""

import gzip
import io
import time
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lifecycle.course.trace_files import MAX_BYTES
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.traces import Trace
from tests.course.trace_files.traces_brought import parquet, read_trace_file, seconds
from tests.support.networks import chain

NOON = 12 * 3600.0
LOG = '10.0.0.{} - - [01/May/2024:{} +0200] "GET / HTTP/1.1" 200 12\n'


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
        (b"name,,size\nann,,large\nbob,,small\n", "no column of name, column 2, size holds moments"),
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
    run = simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, trace="x", events=400), trace)
    born = np.histogram(run.born_s, [0, NOON, NOON + 1, 64_800, 64_801, 86_400])[0]
    assert born.tolist() == [0, 300, 0, 100, 0]
