"""A figure beside its goal: met or missed is decided by the numbers, and the line can be read back."""

import math

import pytest

from benchmarks.rows import MET, MISSED, NONE, Goal, Row, rows_in, say, span

MOST, LEAST = Goal("at most", 40.0, "ms"), Goal("at least", 1_000.0, "times")


@pytest.mark.parametrize(
    ("goal", "value", "verdict"),
    [
        (MOST, 39.9, MET),
        (MOST, 40.0, MET),
        (MOST, 40.1, MISSED),
        (LEAST, 999.9, MISSED),
        (LEAST, 1_000.0, MET),
        (LEAST, 1_000.1, MET),
        (MOST, math.nan, MISSED),
        (LEAST, math.nan, MISSED),
        (MOST, 0.0, MET),
        (MOST, None, NONE),
        (None, 40.0, NONE),
    ],
)
def test_a_goal_is_met_on_its_bound_and_on_one_side_of_it(goal, value, verdict):
    assert Row("an action", "in words", value, goal).verdict == verdict


def test_a_row_is_a_line_of_the_table_and_is_found_among_others(capsys):
    rows = [
        Row("an action", "41 ms", 41.0, MOST),
        Row("a day", "1,500 times", 1_500.0, LEAST),
        Row("memory", "3 MiB"),
        Row("a day beside Cimba", "not measured: Cimba is not installed", goal=LEAST),
    ]
    print("10 of 20 actions | half of them")
    say(*rows)
    print("| a table | of others | met or | so |")
    assert rows_in(capsys.readouterr().out.splitlines(keepends=True)) == [
        "| an action | 41 ms | at most 40 ms | **missed** |",
        "| a day | 1,500 times | at least 1,000 times | met |",
        "| memory | 3 MiB | none | none |",
        "| a day beside Cimba | not measured: Cimba is not installed | at least 1,000 times | none |",
    ]


def test_several_figures_are_said_by_the_least_and_the_most_of_them():
    assert span([412.0, 655.4, 2_113.0]) == "412 to 2,113"
    assert span([0.312, 0.309], ".2f") == "0.31"
