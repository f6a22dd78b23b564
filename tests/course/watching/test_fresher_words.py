"""What would make it fresher is said as it was found, and what was not tried is counted."""

from lifecycle.course.watching import fresher_rows, fresher_sentence
from lifecycle.simulation.experiments.fresher import FresherChange, FreshnessGain, FreshnessRanking

LABELS = {"pump": "Ingestion", "desk": "Analytics", "model": "Machine learning"}
NOW = {"desk": 4020.0, "model": 7200.0}


def gain(change, place, **p95_s):
    return FreshnessGain(change, place, p95_s, {name: NOW[name] - age_s for name, age_s in p95_s.items()})


def ranking(*gains, left_out=0):
    return FreshnessRanking(NOW, gains, 7, left_out)


def test_the_best_change_is_said_with_both_ages_where_it_wins_most():
    found = ranking(gain(FresherChange.HALF_INTERVAL, "pump", desk=2340.0, model=7200.0))
    assert fresher_sentence(found, LABELS) == (
        "Ingestion twice as often wins most: at Analytics the data is at most 39 min old for 95 % of the day, "
        "28 min fresher than now. 6 more changes, not listed, win nothing."
    )
    both = ranking(gain(FresherChange.HALF_INTERVAL, "pump", desk=2340.0, model=7100.0))
    assert fresher_sentence(both, LABELS).endswith(
        "28 min fresher than now, and 1 other consumer wins, too. 6 more changes, not listed, win nothing."
    )


def test_each_change_has_a_row_with_what_each_consumer_wins_or_loses():
    rows = fresher_rows(
        ranking(
            gain(FresherChange.HALF_TIME, "pump", desk=3720.0, model=7320.0),
            gain(FresherChange.ONE_SLOT, "night", desk=3900.0, model=7200.0),
            gain(FresherChange.HALF_INTERVAL, "night", desk=4000.0),
        ),
        LABELS,
    )
    assert [row["Change"] for row in rows] == [
        "Ingestion in half its time",
        "One slot more for the schedule “night”",
        "The schedule “night” twice as often",
    ]
    assert [row["Analytics"] for row in rows] == ["5 min fresher", "2 min fresher", "20 s fresher"]
    assert [row["Machine learning"] for row in rows] == ["2 min older", "nothing", "nothing comes"]


def test_of_many_consumers_a_table_has_those_that_can_win_most():
    many = ranking(
        gain(FresherChange.HALF_TIME, "pump", desk=3990.0, model=7200.0),
        gain(FresherChange.ONE_SLOT, "night", model=7100.0),
    )
    rows = fresher_rows(many, LABELS, 1)
    assert [[*row] for row in rows] == [["Change", "Machine learning"]] * 2
    assert [[*row][1:] for row in fresher_rows(many, LABELS, 2)] == [["Analytics", "Machine learning"]] * 2


def test_where_nothing_wins_and_where_nothing_comes_is_said():
    assert fresher_sentence(ranking(left_out=3), LABELS) == (
        "None of the 7 changes that were tried makes the data fresher by a second. 3 changes with less time to win had "
        "no room among those that were tried."
    )
    assert "Nothing reaches a consumer" in fresher_sentence(FreshnessRanking({}, (), 0, 0), LABELS)
