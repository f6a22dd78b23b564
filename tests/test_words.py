"""Figures in words."""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.words import WORD_JOINER, capital, change, clock, duration, number, plural, tiny, told_apart, unlinked

CASES = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
SAY: dict[str, Callable[..., str]] = {"duration": duration, "number": number, "change": change}


@pytest.mark.parametrize(
    ("name", "given", "said"), [(name, row[:-1], row[-1]) for name, rows in CASES.items() for row in rows]
)
def test_a_figure_is_said_in_the_words_that_the_script_has_too(name, given, said):
    """The table holds js/tests/words.test.js as well."""
    assert SAY[name](*given) == said


def test_what_is_no_figure_is_said_so():
    assert (duration(math.nan), duration(math.inf)) == ("none yet", "forever")
    assert (number(math.nan), number(math.inf)) == ("none", "no limit")


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


def test_one_thing_is_one_and_more_are_counted_to_the_last():
    assert [plural(n, "row") for n in (0, 1, 2, 114_608.0)] == ["0 rows", "1 row", "2 rows", "114,608 rows"]


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


def test_no_address_becomes_a_link_and_none_loses_a_character():
    for text in ("see https://a.example", "WWW.a.example", "ann@a.example", "10:30, a: b, wwww", "C://x"):
        parted = unlinked(text)
        assert parted.replace(WORD_JOINER, "") == text
        assert not re.search(r"://|\bwww\.|@\w", parted, re.IGNORECASE)
    assert unlinked("at 10:30, a: b") == "at 10:30, a: b"


def test_two_of_one_name_say_their_ids():
    assert told_apart({"a": "sales", "b": "sales", "c": "cost"}) == {"a": "sales (a)", "b": "sales (b)", "c": "cost"}
