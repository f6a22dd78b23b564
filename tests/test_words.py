"""Figures in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.words import capital, change, clock, duration, number, tiny


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (0.0124, "12 ms"),
        (1.42, "1.4 s"),
        (2.0, "2 s"),
        (42.4, "42 s"),
        (99.4, "99 s"),
        (100, "2 min"),
        (3480, "58 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (86_400, "24 h"),
        (604_800, "7 days"),
        (math.nan, "none yet"),
        (math.inf, "forever"),
    ],
)
def test_a_duration_is_said_in_the_units_that_matter(seconds, said):
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (4e-7, "0.0000004"),
        (3.14159, "3.14"),
        (12, "12"),
        (3400, "3,400"),
        (9_999, "9,999"),
        (120_000, "120 k"),
        (1_234_567, "1.23 M"),
        (999_999, "1 M"),
        (math.nan, "none"),
        (math.inf, "no limit"),
    ],
)
def test_a_number_is_said_in_few_digits(value, said):
    assert number(value) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (3480, 1.4, "−99.9 %"),
        (100, 112, "+12 %"),
        (100, 101.26, "+1.3 %"),
        (1, 40, "40 times as much"),
        (5, 5, "no change"),
        (0, 0, "no change"),
        (0, 3, "from none"),
        (3, 0, "−100 %"),
        (math.nan, 3, "from nothing"),
        (3, math.nan, "to nothing"),
        (math.nan, math.nan, "no change"),
    ],
)
def test_a_change_is_said_as_a_ratio_or_a_share(before, after, said):
    assert change(before, after) == said


def test_a_moment_is_said_as_on_a_clock():
    assert [clock(s) for s in (0, 59, 3600 * 9 + 61, 86_400)] == ["00:00", "00:00", "09:01", "24:00"]


@given(st.floats(min_value=0, max_value=1e12))
def test_words_never_fail_on_a_figure(value):
    assert duration(value)
    assert number(value)
    assert change(value, 1.0)


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0"), (2e-13, "2 × 10⁻¹³"), (-9.6e-7, "-1 × 10⁻⁶"), (0.0034, "0.003"), (0.5, "0.5")]
)
def test_a_tiny_difference_is_written_as_people_write_it(value, said):
    assert tiny(value) == said


def test_a_name_begins_with_a_capital_unless_it_is_a_percentile():
    assert [capital(each) for each in ("peak load", "p95 freshness", "p50 latency", "cost of the day")] == [
        "Peak load",
        "p95 freshness",
        "p50 latency",
        "Cost of the day",
    ]
