"""A check that rang, in words that are read off the ring itself."""

from dataclasses import replace

import pytest

from lifecycle.course.watching import alarm_rows, first_alarm
from lifecycle.course.watching.alarm_words import KINDS, saw
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings.alarms import Check, Ring

LABELS = {"lake": "Raw storage", "bi": "Analytics"}


def ring(kind, value, limit, *, at=36_000.0, until=None, place="lake"):
    return Ring(Check(kind, place, limit), at, value, until)


@pytest.mark.parametrize(
    ("kind", "value", "limit", "words"),
    [
        (CheckKind.JOB, 2.0, 0.0, "2 jobs failed for good in the last 1 h"),
        (CheckKind.JOB, 1.0, 0.0, "1 job failed for good in the last 1 h"),
        (CheckKind.SCHEMA, 1_234.0, 0.0, "1,234 rows with unknown columns in 1 h"),
        (CheckKind.SCHEMA, 1.0, 0.0, "1 row with unknown columns in 1 h"),
        (CheckKind.LOSS, 1.0, 0.0, "1 row lost in 1 h"),
        (CheckKind.LOSS, 17.0, 0.0, "17 rows lost in 1 h"),
        (CheckKind.LAG, 1_200.0, 900.0, "the oldest unread row has waited 20 min, limit 15 min"),
        (CheckKind.DISTRIBUTION, 0.0912, 0.05, "9.1 % of the rows have an empty column, limit 5 %"),
        (CheckKind.VOLUME, 0.4, 0.5, "40 % of the usual rows in 1 h, limits 50 % and 150 %"),
        (CheckKind.FRESHNESS, 7_260.0, 5_400.0, "the newest row is 2 h 1 min old, limit 1 h 30 min"),
    ],
)
def test_each_kind_of_check_says_what_it_saw_and_its_limit(kind, value, limit, words):
    assert saw(ring(kind, value, limit)).replace("\u00a0", " ") == words


def test_a_stage_that_stopped_is_told_as_one_and_not_as_a_row():
    still = replace(ring(CheckKind.SCHEMA, 1.0, 0.0), stopped=True)
    assert saw(still) == "it stands still over an unknown column"


def test_every_kind_has_a_name():
    assert set(KINDS) == set(CheckKind)
    assert len(set(KINDS.values())) == len(KINDS)


def test_the_first_is_told_and_all_are_listed_in_their_order():
    rung = [ring(CheckKind.LOSS, 3.0, 0.0, until=40_000.0), ring(CheckKind.LAG, 1e3, 900.0, at=50_000.0, place="bi")]
    assert first_alarm(rung, LABELS) == "The first alarm rings at 10:00: losses at Raw storage, 3 rows lost in 1 h."
    assert first_alarm(rung, LABELS, "The first of them").startswith("The first of them rings at 10:00: losses at")
    rows = alarm_rows(rung, LABELS)
    assert [(row["Rang"], row["Place"], row["Quiet again"]) for row in rows] == [
        ("10:00", "Raw storage", "11:06"),
        ("13:53", "Analytics", "not that day"),
    ]
    assert first_alarm([], LABELS) == ""
