"""What goes wrong, kind by kind: who stands still, what is lost, what comes twice, and what it leaves alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.faults import KINDS, can_happen, place_problem
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, Size, Start
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.books import books
from lifecycle.simulation.readings.consequence import consequence
from lifecycle.simulation.readings.measures import losses, summary
from lifecycle.simulation.readings.report import events
from lifecycle.simulation.roles import ROLES
from tests.support.networks import at, chain

STREAM = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY)
FLOW = {"per_event_s": 0.0, "spread": 0.0}
LINE = chain(
    ("shop", "source"),
    ("door", "interface", {"per_event_s": 0.0, "round_trip_s": 0.0}),
    ("pump", "ingestion", FLOW | {"latency_s": 0.0}),
    ("log", "buffer", {"per_event_s": 1.0, "spread": 0.0}),
    ("mill", "transform", {"per_event_s": 1.0, "spread": 0.0, "workers": 1.0, "idempotent": 0.0}),
    ("desk", "consumer", {"query_s": 0.0}),
)
TENS = [10.0 * n for n in range(1, 13)]  # 10 to 120 s


def day(*faults, times=TENS, network=LINE, knobs=(), **more):
    scenario = replace(STREAM, events=len(times), faults=faults, overrides=knobs, **more)
    return simulate(network, scenario, at(times))


# A poison record


def test_a_poison_record_holds_up_the_log_until_somebody_removes_it():
    here = day(Fault(FaultKind.POISON, "log", 35.0, 75.0)).passages["log"]
    assert here.fate.tolist() == [0, 0, 0, Fate.POISONED] + [0] * 8  # the first that comes after it has begun
    assert here.departed_s[:3].tolist() == [11.0, 21.0, 31.0]
    assert here.departed_s[4:8].tolist() == [77.0, 78.0, 79.0, 81.0]  # the poison's own second is spent, too
    assert losses(day(Fault(FaultKind.POISON, "log", 35.0, 75.0)), "log") == {"set aside": 1}


def test_a_log_that_gives_up_after_some_tries_stands_still_no_longer_than_these():
    knobs = (("log", "tries", 2.0), ("log", "try_s", 6.0))
    here = day(Fault(FaultKind.POISON, "log", 35.0, 75.0), knobs=knobs).passages["log"]
    assert here.fate[3] == Fate.POISONED
    assert here.departed_s[4] == pytest.approx(54.0)  # from 40 s twice six seconds, its own second, and one of work
    assert here.departed_s[5] == 61.0


def test_only_the_poisoned_partition_stands_still():
    knobs = (("log", "consumers", 2.0),)
    here = day(Fault(FaultKind.POISON, "log", 35.0, 75.0), knobs=knobs).passages["log"]
    untouched = day(knobs=knobs).passages["log"]
    assert here.departed_s[::2].tolist() == untouched.departed_s[::2].tolist()
    assert here.departed_s[5] == 77.0


def test_a_poison_record_that_nobody_ever_sends_does_nothing():
    np.testing.assert_array_equal(day(Fault(FaultKind.POISON, "log", 121.0, 500.0)).passages["log"].fate, np.zeros(12))


def test_until_midnight_means_that_it_is_not_repaired_on_this_day():
    here = day(Fault(FaultKind.POISON, "log", 35.0, DAY_S)).passages["log"]
    assert np.count_nonzero(here.departed_s <= DAY_S) == 3


# A job run twice, a cut wire


def test_a_second_run_sends_everything_of_the_first_once_more_at_its_end():
    run = day(Fault(FaultKind.RERUN, "pump", 35.0, 75.0))
    here = run.passages["pump"]
    assert here.copied_ids.tolist() == [3, 4, 5, 6]
    assert here.copied_from_s.tolist() == [40.0, 50.0, 60.0, 70.0]
    assert here.copied_s.tolist() == [75.0] * 4
    assert summary(run).deliveries["desk"].twice == 4
    counted_once = day(Fault(FaultKind.RERUN, "pump", 35.0, 75.0), knobs=(("mill", "idempotent", 1.0),))
    assert summary(counted_once).deliveries["desk"].twice == 0
    assert losses(counted_once, "mill") == {"duplicate removed": 4}


def test_a_transformation_that_is_idempotent_may_be_run_twice():
    fault = Fault(FaultKind.RERUN, "mill", 35.0, 75.0)
    assert day(fault).passages["mill"].copied_s.size > 0
    assert day(fault, knobs=(("mill", "idempotent", 1.0),)).passages["mill"].copied_s.size == 0


def test_behind_a_cut_wire_everything_waits_and_nothing_is_lost():
    run = day(Fault(FaultKind.CUT, "pump", 35.0, 75.0))
    here = run.passages["pump"]
    assert here.departed_s.tolist() == [10.0, 20.0, 30.0] + [75.0] * 4 + [80.0, 90.0, 100.0, 110.0, 120.0]
    assert not here.fate.any()
    assert summary(run).deliveries["desk"].delivered == 12


# A log that forgets, a clock that is wrong, a rush


def test_a_log_that_forgets_keeps_what_it_has_for_so_long_and_no_longer():
    slow = (("log", "per_event_s", 10.0),)
    crowd = [100.0 + n for n in range(60)]
    here = day(Fault(FaultKind.FORGET, "log", 300.0, 400.0, 60.0), times=crowd, knobs=slow).passages["log"]
    gone = here.fate == Fate.EXPIRED
    assert gone.any()
    assert here.lost_s.min() == 300.0  # what is older than a minute goes as soon as somebody has set it so
    assert np.all(here.departed_s[~gone] - 10.0 <= 300.0)
    assert not day(Fault(FaultKind.FORGET, "log", 300.0, 400.0, 60.0), times=[250.0, 320.0]).passages["log"].fate.any()


def test_a_spell_of_short_retention_touches_only_who_waits_through_it():
    slow = (("log", "per_event_s", 10.0),)
    crowd = [100.0 + n for n in range(30)]
    calm = day(times=crowd, knobs=slow).passages["log"]
    later = day(Fault(FaultKind.FORGET, "log", 500.0, 600.0, 60.0), times=crowd, knobs=slow).passages["log"]
    np.testing.assert_array_equal(calm.departed_s, later.departed_s)


def test_whose_brief_time_ends_after_the_spell_is_kept_as_ever():
    slow = (("log", "per_event_s", 10.0),)
    crowd = [280.0 + n for n in range(20)]
    calm = day(times=crowd, knobs=slow).passages["log"]
    spell = day(Fault(FaultKind.FORGET, "log", 300.0, 310.0, 60.0), times=crowd, knobs=slow).passages["log"]
    np.testing.assert_array_equal(calm.departed_s, spell.departed_s)


def test_at_most_once_a_crash_takes_what_is_in_hand_with_it():
    knobs = (("log", "per_event_s", 8.0), ("log", "delivery", 0.0))
    run = day(Fault(FaultKind.DOWN, "log", 45.0, 65.0), knobs=knobs)
    here = run.passages["log"]
    assert here.ids[here.fate == Fate.UNCONFIRMED].tolist() == [3]  # begun at 40 s
    assert events(run).refused == 1
    assert not day(Fault(FaultKind.DOWN, "log", 45.0, 65.0), knobs=knobs[:1]).passages["log"].fate.any()


def test_a_wire_that_is_cut_until_midnight_is_not_repaired_at_midnight():
    here = day(Fault(FaultKind.CUT, "pump", 35.0, DAY_S)).passages["pump"]
    assert np.count_nonzero(here.departed_s <= DAY_S) == 3


def test_a_clock_that_is_ahead_closes_windows_on_those_that_are_right():
    knobs = (("mill", "window_s", 60.0), ("mill", "watermark_s", 0.0), ("mill", "on_late", 1.0))
    right, wrong = day(knobs=knobs), day(Fault(FaultKind.SKEW, "shop", 5.0, 25.0, 600.0), knobs=knobs)
    assert not (right.passages["mill"].fate == Fate.LATE).any()
    assert np.count_nonzero(wrong.passages["mill"].fate == Fate.LATE) == 10  # all that come after those two
    assert events(wrong).expired == 10
    without_windows = day(Fault(FaultKind.SKEW, "shop", 5.0, 25.0, 600.0))
    np.testing.assert_array_equal(without_windows.passages["desk"].departed_s, day().passages["desk"].departed_s)


def test_a_rush_bears_so_many_times_the_events_and_leaves_the_others_as_they_were():
    scenario = replace(STREAM, arrivals=Arrivals.DAILY, events=20_000)
    calm = simulate(LINE, scenario)
    rush = simulate(LINE, replace(scenario, faults=(Fault(FaultKind.SPIKE, "shop", 36_000.0, 43_200.0, 4.0),)))
    inside = (calm.born_s >= 36_000.0) & (calm.born_s < 43_200.0)
    more = rush.born_s.size - calm.born_s.size
    assert more == pytest.approx(3 * inside.sum(), rel=0.05)
    assert np.isin(calm.born_s[~inside], rush.born_s).all()
    outside = (rush.born_s < 36_000.0) | (rush.born_s >= 43_200.0)
    np.testing.assert_array_equal(rush.born_s[outside], calm.born_s[~inside])


# A renamed column

RENAMED = Fault(FaultKind.DRIFT, "shop", 35.0, 75.0)


@pytest.mark.parametrize(
    ("knobs", "station", "aside", "empty"),
    [
        ((), "mill", 4, 0),
        ((("mill", "on_drift", 1.0),), "mill", 0, 4),
        ((("pump", "contract", 1.0), ("mill", "on_drift", 1.0)), "pump", 4, 0),
    ],
)
def test_a_renamed_column_is_set_aside_or_lost_unnoticed(knobs, station, aside, empty):
    run = day(RENAMED, knobs=knobs)
    assert losses(run, station).get("drifted", 0) == aside
    assert summary(run).deliveries["desk"].empty == empty
    assert summary(run).deliveries["desk"].delivered == 12 - aside


def test_a_transformation_that_stops_waits_for_the_repair_and_then_reads_them_all():
    here = day(RENAMED, knobs=(("mill", "on_drift", 2.0),)).passages["mill"]
    assert not here.fate.any()
    assert here.departed_s[:3].tolist() == [12.0, 22.0, 32.0]
    assert here.departed_s[3:8].tolist() == pytest.approx([76.0, 77.0, 78.0, 79.0, 82.0])


def test_a_consumer_that_meets_the_column_first_cannot_read_it():
    network = chain(("shop", "source"), ("desk", "consumer", {"query_s": 0.0}))
    assert losses(day(RENAMED, network=network), "desk") == {"drifted": 4}


# All kinds


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_belongs_to_some_role_and_is_refused_in_words_elsewhere(kind):
    places = [Station("here", role, (), schedule) for role in ROLES for schedule in ("", "nightly")]
    assert any(can_happen(kind, place) for place in places)
    for place in places:
        problem = place_problem(kind, place)
        assert (problem is None) == can_happen(kind, place)
        assert problem is None or place.role in problem[0]
        assert problem is None or "schedule" in problem[1] or KINDS[kind].roles[0] in problem[1]


FAULTS = st.builds(
    lambda where, start, length, part: Fault(
        where[0],
        where[1],
        start,
        start + length,
        KINDS[where[0]].low + part * (KINDS[where[0]].high - KINDS[where[0]].low),
    ),
    st.sampled_from([(kind, each.id) for kind in KINDS for each in LINE.stations if can_happen(kind, each)]),
    st.sampled_from([0.0, 35.0, 50.0, 80_000.0]),
    st.sampled_from([0.0, 5.0, 40.0, DAY_S]),
    st.sampled_from([0.0, 0.3, 1.0]),
)


@given(st.lists(FAULTS, max_size=4), st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([0.0, 60.0]))
def test_whatever_goes_wrong_the_books_balance_and_the_fates_add_up(faults, on_drift, window_s):
    knobs = (("mill", "on_drift", on_drift), ("mill", "on_late", 1.0), ("mill", "window_s", window_s))
    run = day(*faults, knobs=knobs)
    assert all(line.out == 0 for line in books(run))
    fates = events(run)
    assert fates.born == fates.delivered + fates.refused + fates.expired + fates.dead_lettered + fates.inside
    consequence(run, day(knobs=knobs))


@given(st.sampled_from(sorted(kind for kind in KINDS if KINDS[kind].elsewhere)))
def test_a_fault_of_no_length_is_no_fault(kind):
    station = next(each.id for each in LINE.stations if can_happen(kind, each))
    run, calm = day(Fault(kind, station, 50.0, 50.0, KINDS[kind].usual)), day()
    for name, here in calm.passages.items():
        np.testing.assert_array_equal(run.passages[name].departed_s, here.departed_s)
