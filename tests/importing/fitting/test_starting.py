"""When runs usually start: one time of the day, regular spacing, or nothing that the runs agree on."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.importing import Imported, ImportedEdge, ImportedNode, Observation
from lifecycle.importing.drafting import drafted
from lifecycle.importing.drafting.starting import usual_start
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.schedules import cron, cron_line, every

DAY_S, HOUR_S, MINUTE_S = 86_400.0, 3_600.0, 60.0
MAY = datetime(2026, 5, 1, tzinfo=UTC).timestamp()


def at(*clocks, day=0):
    """Moments of a day, each written `4:31`."""
    return [MAY + day * DAY_S + int(hour) * HOUR_S + int(minute) * MINUTE_S
            for hour, minute in (clock.split(":") for clock in clocks)]  # fmt: skip


def nightly(*clocks):
    return [moment for day, clock in enumerate(clocks) for moment in at(clock, day=day)]


def test_one_usual_time_is_rounded_to_five_minutes_and_says_how_many_runs_stand_behind_it():
    start = usual_start(nightly("4:31", "4:33", "4:28", "4:52"))
    assert (start.at, start.by_night) == ("30 4 * * *", False)
    assert start.why == "4 observed runs began about then (UTC)"
    strayed = usual_start(nightly("4:31", "4:33", "11:00", "4:28"))
    assert (strayed.at, strayed.why) == ("30 4 * * *", "3 of 4 observed runs began about then (UTC)")
    alone = usual_start(at("23:02"))
    assert (alone.at, alone.why) == ("0 23 * * *", "the one run that was observed began about then (UTC)")


def test_runs_that_do_not_agree_give_no_time_and_say_why():
    for clocks in (("4:30", "9:00"), ("4:30", "4:40", "9:00"), ("1:00", "8:00", "15:00", "20:00")):
        start = usual_start(nightly(*clocks))
        assert start.at == ""
        assert start.why == f"{len(clocks)} observed runs began at different times of the day"
    assert usual_start([]).why == "no run was observed"


@pytest.mark.parametrize("clocks", [("23:50", "0:10", "0:05"), ("0:00",), ("0:45", "0:40"), ("23:15",)])
def test_a_start_about_midnight_is_told_since_the_day_is_empty_then(clocks):
    assert usual_start(nightly(*clocks)).by_night
    assert not usual_start(nightly("0:50", "1:00")).by_night


def test_several_runs_a_day_at_regular_spacing_give_a_line_that_a_course_may_have():
    hourly = [MAY + 7 * MINUTE_S + hour * HOUR_S + (hour % 3) * 10 for hour in range(5)]
    assert usual_start(hourly).at == "5 * * * *"
    assert usual_start(hourly).why.startswith("5 observed runs came 1 h apart (UTC)")
    twice = [moment for day in range(3) for moment in at("3:30", "15:32", day=day)]
    assert usual_start(twice).at == "30 3,15 * * *"
    quarters = [MAY + 60 + nth * 15 * MINUTE_S for nth in range(9)]
    assert usual_start(quarters).at == "0,15,30,45 * * * *"
    office = [moment for day in range(3) for moment in at(*(f"{hour}:00" for hour in range(8, 18)), day=day)]
    assert usual_start(office).at == "0 8,9,10,11,12,13,14,15,16,17 * * *"
    with_a_gap = [moment for nth, moment in enumerate(hourly) if nth != 2]
    assert usual_start(with_a_gap).at == "5 * * * *"


@given(st.lists(st.floats(0.0, 3e9), min_size=1, max_size=30))
def test_whatever_was_observed_the_line_is_one_that_a_course_takes(moments_s):
    start = usual_start(moments_s)
    assert start.why
    assert not start.at or (cron(start.at) and len(start.at) <= 60)


@given(st.integers(0, 1_439), st.lists(st.floats(-1_300.0, 1_300.0), min_size=2, max_size=9))
def test_times_that_lie_close_are_met_whatever_time_of_the_day_it_is(minute, jitters_s):
    moments_s = [MAY + nth * DAY_S + minute * MINUTE_S + jitter_s for nth, jitter_s in enumerate(jitters_s)]
    (tick_s,) = cron(usual_start(moments_s).at)
    apart_s = abs((tick_s - minute * MINUTE_S + DAY_S / 2) % DAY_S - DAY_S / 2)
    assert apart_s <= 1_300.0 + 150.0


def test_ticks_have_a_line_of_cron_only_where_it_has_exactly_these():
    assert cron_line(cron("15 2,14 * * *")) == "15 2,14 * * *"
    assert cron_line(cron("*/20 * * * *")) == "0,20,40 * * * *"
    assert cron_line((3_600.0, 9_000.0)) == ""  # 01:00 and 02:30
    assert cron_line(every(3_600.0, DAY_S)) == ""  # its last tick is the end of the day
    assert cron_line((90.0,)) == ""


def draft(*observed, **node):
    nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x", **node))
    return drafted(Imported(nodes, (ImportedEdge("s", "a"),), observed=observed), "t")


def seen(*moments_s):
    return [Observation("a", moment_s, 60.0, "success") for moment_s in moments_s]


def test_the_jobs_start_as_was_observed_only_where_the_project_names_no_time():
    night = seen(*nightly("4:31", "4:28"))
    assert (draft(*night).at, draft(*night).stages[1].start_guessed) == ("30 4 * * *", False)
    assert draft(*night).notes[0] == (
        "its job starts at 30 4 * * * (cron): the project names no time, and 2 observed runs began about then (UTC)"
    )
    assert draft(*night, schedule="15 6 * * *").at == "15 6 * * *"
    odd = draft(*night, schedule="*/5 * * * 1-5")
    assert (odd.at, "names no time that a day can have" in odd.notes[0]) == ("30 4 * * *", True)


def test_what_does_not_agree_stays_the_night_and_is_a_guess():
    strayed = draft(*seen(*nightly("4:31", "9:28")))
    assert (strayed.at, strayed.stages[1].start_guessed) == ("0 2 * * *", True)
    assert "a guess, since the project names no time, and 2 observed runs began at different times" in strayed.notes[0]
    assert "and no run was observed" in draft().notes[0]
    midnight = draft(*seen(*nightly("0:05", "23:58")))
    assert (midnight.at, midnight.stages[1].start_guessed) == ("0 2 * * *", False)
    assert "began about midnight (UTC), when the simulated day has no rows yet, or is over" in midnight.notes[0]


def test_times_that_no_short_line_of_cron_has_give_none_and_say_so():
    often = [moment for day in range(2) for moment in every_quarter(day, 6 * 60 + 5, 23 * 60 + 50)]
    assert (usual_start(often).at, usual_start(often).is_guess) == ("", False)
    assert "no short line of cron has the times" in usual_start(often).why
    half = [moment for day in range(4) for moment in every_quarter(day, 6 * 60, 18 * 60 + 15)]
    assert "no short line of cron has the times" in usual_start(half).why


def every_quarter(day, first, last):
    return [MAY + day * DAY_S + minute * MINUTE_S for minute in range(first, last + 1, 15)]


def test_how_many_gaps_are_alike_is_said_and_a_part_of_a_day_makes_a_guess_of_the_rest():
    one_day = usual_start(at("9:00", "10:00", "11:00", "12:00", "16:00"))
    assert (one_day.at, one_day.is_guess) == ("0 * * * *", True)
    assert one_day.why == ("5 observed runs came in 3 of 4 cases 1 h apart (UTC); that they come all day is a guess")
    office = [
        moment for day in range(3) for moment in at("6:00", "7:00", "8:00", "9:00", "10:00", "11:00", "20:00", day=day)
    ]
    assert (usual_start(office).at, usual_start(office).is_guess) == ("0 6,7,8,9,10,11,20 * * *", False)
    mixed = [*nightly(*["2:00"] * 5), *at(*[f"{14 + n // 2}:{n % 2 * 30:02d}" for n in range(8)], day=2)]
    assert not usual_start(mixed).at or "30 min" not in usual_start(mixed).why


def test_nearly_all_times_of_the_day_are_all_of_them_and_office_hours_are_not():
    def hours(*skipped):
        return [
            moment
            for day in range(3)
            for hour in range(24)
            if hour not in skipped
            for moment in at(f"{hour}:0", day=day)
        ]

    assert usual_start(hours(5)).at == "0 * * * *"
    assert usual_start(hours(*range(8), *range(18, 24))).at == "0 8,9,10,11,12,13,14,15,16,17 * * *"


def test_runs_that_stray_by_more_than_a_sixth_of_their_spacing_are_not_regular():
    def hourly(late):
        return [MAY + hour * HOUR_S + (hour % 2) * late * MINUTE_S for hour in range(30)]

    assert usual_start(hourly(8)).at == "5 * * * *"
    assert usual_start(hourly(25)).at == ""
