"""Predict first: directions and points."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.learning.predictions import DIRECTIONS, direction, points

FIGURES = st.floats(min_value=1e-6, max_value=1e9)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (60, 60, "about the same"),
        (60, 65, "about the same"),
        (60, 90, "higher"),
        (10, 11, "about the same"),  # the borders belong to the nearer word
        (11, 10, "about the same"),
        (60, 120, "higher"),
        (60, 121, "far higher"),
        (60, 30, "lower"),
        (60, 40, "lower"),
        (60, 29, "far lower"),
        (0, 0, "about the same"),
        (0, 1, "far higher"),
        (1, 0, "far lower"),
        (1, math.nan, "far higher"),
        (math.nan, 1, "far lower"),
        (math.nan, math.nan, "about the same"),
    ],
)
def test_a_change_is_named_by_its_ratio(before, after, expected):
    assert direction(before, after) == expected


@given(FIGURES, FIGURES)
def test_turning_a_change_round_turns_its_direction_round(before, after):
    there, back = DIRECTIONS.index(direction(before, after)), DIRECTIONS.index(direction(after, before))
    assert there + back == len(DIRECTIONS) - 1


def test_a_negative_figure_is_refused_with_its_value():
    with pytest.raises(ValueError, match="-1"):
        direction(-1, 2)


def test_the_exact_answer_earns_two_the_right_way_one_and_the_wrong_way_nothing():
    assert points("far lower", "far lower") == 2
    assert points("lower", "far lower") == 1
    assert points("higher", "far lower") == 0
    assert points("about the same", "lower") == 0
