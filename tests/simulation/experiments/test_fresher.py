"""What would make it fresher is found by trying it, one thing at a time, on the same day with the same luck."""

from dataclasses import replace

import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments import fresher as trying
from lifecycle.simulation.experiments.fresher import MOST_TRIED, FresherChange, fresher
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.model.schedules import Schedule, every
from lifecycle.simulation.model.ways import WAYS
from lifecycle.simulation.readings.summary import day_age_p95_s
from tests.support.networks import chain

DAY = Scenario(Start.PULL, Size.BATCH, Size.STREAM, Arrivals.STEADY, 20_000)
LINE = chain(
    ("shop", "source"),
    ("pump", "ingestion", {"batch_interval_s": 3600.0, "job_overhead_s": 600.0, "per_event_s": 0.0, "spread": 0.0}),
    ("store", "lake", {"flush_interval_s": 0.0}),
    ("desk", "consumer", {"query_s": 0.0}),
)


def by_change(ranking):
    return {(gain.change, gain.place): gain for gain in ranking.gains}


def test_an_interval_halved_wins_half_of_it_and_a_job_halved_half_of_its_time():
    ranking = fresher(simulate(LINE, DAY))
    found = by_change(ranking)
    # the newest row is from 0 to an hour old when its job begins, and ten minutes older when that is done
    assert ranking.now_s["desk"] == pytest.approx(600 + 0.95 * 3600, abs=30)
    assert found[FresherChange.HALF_INTERVAL, "pump"].won_s["desk"] == pytest.approx(0.95 * 1800, abs=30)
    assert found[FresherChange.HALF_TIME, "pump"].won_s["desk"] == pytest.approx(300, abs=5)
    assert [gain.place for gain in ranking.gains] == ["pump", "pump"]
    assert ranking.gains[0].change is FresherChange.HALF_INTERVAL
    assert ranking.left_out == 0


def test_a_gain_is_the_difference_of_two_days_with_the_same_luck():
    run = simulate(LINE, DAY)
    for gain in fresher(run).gains:
        name, value = {
            FresherChange.HALF_TIME: ("job_overhead_s", 300.0),
            FresherChange.HALF_INTERVAL: ("batch_interval_s", 1800.0),
        }[gain.change]
        other = simulate(LINE, replace(DAY, overrides=(("pump", name, value),)))
        assert gain.p95_s["desk"] == day_age_p95_s(other, "desk")
        assert gain.won_s["desk"] == day_age_p95_s(run, "desk") - day_age_p95_s(other, "desk")


def parallel(slots):
    """Two jobs of ten minutes, neither of which waits for the other, and a report that waits for both."""
    job = (("drawn_s", 600.0), ("drawn_spread", 1.0))
    stations = (
        Station("shop", Role.SOURCE),
        *(Station(name, Role.TRANSFORM, job, schedule="night") for name in ("a", "b", "report")),
        Station("desk", Role.CONSUMER, (("query_s", 0.0),)),
    )
    links = [("shop", "a"), ("shop", "b"), ("a", "report"), ("b", "report"), ("report", "desk")]
    return Network(
        stations,
        tuple(Link(one, other) for one, other in links),
        schedules=(Schedule("night", every(3600.0, DAY_S), slots=slots),),
    )


def test_one_slot_more_lets_two_jobs_run_beside_each_other_and_a_third_slot_wins_nothing():
    tight = by_change(fresher(simulate(parallel(1), DAY)))
    assert tight[FresherChange.ONE_SLOT, "night"].won_s["desk"] == pytest.approx(600, abs=60)
    assert (FresherChange.ONE_SLOT, "night") not in by_change(fresher(simulate(parallel(2), DAY)))


def test_what_many_consumers_win_goes_before_what_one_does():
    stations = (*LINE.stations, Station("late", Role.CONSUMER, (("query_s", 0.0), ("interval_s", 5400.0))))
    both = replace(LINE, stations=stations, links=(*LINE.links, Link("store", "late")))
    gains = fresher(simulate(both, DAY)).gains
    assert [gain.total_s for gain in gains] == sorted((gain.total_s for gain in gains), reverse=True)
    assert gains[0].place == "pump"
    assert max(gains, key=lambda gain: gain.most_s).place == "late"


def test_a_timetable_twice_as_often_has_a_run_in_the_middle_of_every_gap():
    night = Schedule("night", (7200.0, 50_400.0))
    often, gap_s = trying._twice_as_often(night)
    assert often.ticks_s == (7200.0, 28_800.0, 50_400.0, 72_000.0)
    assert gap_s == 43_200.0
    alone, gap_s = trying._twice_as_often(Schedule("night", (7200.0,)))
    assert alone.ticks_s == (7200.0, 50_400.0)
    assert gap_s == DAY_S


def test_a_flow_that_says_how_it_moves_is_tried_twice_as_often():
    file = replace(WAYS["nightly-file"], interval_s=14_400.0, offset_s=0.0)
    links = tuple(replace(link, way=file) if link.target == "pump" else link for link in LINE.links)
    found = by_change(fresher(simulate(replace(LINE, links=links), DAY)))
    assert found[FresherChange.HALF_FLOW_INTERVAL, "shop"].won_s["desk"] == pytest.approx(0.95 * 7200, abs=120)


def test_a_days_own_timetable_and_other_settings_of_the_day_stay_in_force():
    steady = replace(parallel(1).schedules[0], slots=1)
    alone = replace(parallel(1), schedules=(), stations=tuple(replace(s, schedule="") for s in parallel(1).stations))
    day = replace(
        DAY,
        schedules=(steady,),
        on_schedule=(("a", "night"), ("b", "night"), ("report", "night")),
        overrides=(("report", "drawn_s", 30.0),),
    )
    found = by_change(fresher(simulate(alone, day)))
    assert found[FresherChange.ONE_SLOT, "night"].won_s["desk"] == pytest.approx(600, abs=60)
    assert found[FresherChange.HALF_TIME, "report"].won_s["desk"] == pytest.approx(15, abs=5)


def test_of_too_many_changes_those_with_most_to_win_are_tried_and_the_others_counted(monkeypatch):
    monkeypatch.setattr(trying, "MOST_TRIED", 1)
    ranking = fresher(simulate(LINE, DAY))
    assert (ranking.tried, ranking.gains[0].change) == (1, FresherChange.HALF_INTERVAL)
    assert ranking.left_out >= 1


def test_a_consumer_that_nothing_reaches_is_left_out():
    unfed = replace(LINE, stations=(*LINE.stations, Station("alone", Role.CONSUMER)))
    assert set(fresher(simulate(unfed, DAY)).now_s) == {"desk"}


def test_a_job_on_a_schedule_is_tried_at_half_its_time_and_has_no_interval():
    jobs = [f"j{n}" for n in range(MOST_TRIED + 10)]
    night = Schedule("night", (2 * 3600.0,), slots=1)
    stations = (
        Station("shop", Role.SOURCE),
        *(Station(job, Role.TRANSFORM, (("drawn_s", 60.0 + n),), schedule="night") for n, job in enumerate(jobs)),
        Station("desk", Role.CONSUMER),
    )
    links = (*(Link("shop", job) for job in jobs), *(Link(job, "desk") for job in jobs))
    trials = [*trying._trials(simulate(Network(stations, links, schedules=(night,)), Scenario(events=300)))]
    assert {trial.change for trial in trials if trial.place in jobs} == {FresherChange.HALF_TIME}
    assert len([trial for trial in trials if trial.place in jobs]) == len(jobs)


def test_what_leaves_a_station_for_two_others_comes_twice_as_often_to_both():
    night = WAYS["nightly-file"]
    stations = (
        Station("shop", Role.SOURCE), Station("one", Role.INGESTION), Station("two", Role.INGESTION),
        Station("desk", Role.CONSUMER), Station("model", Role.CONSUMER),
    )  # fmt: skip
    links = (
        Link("shop", "one", way=night), Link("shop", "two", way=night), Link("one", "desk"), Link("two", "model"),
    )  # fmt: skip
    ranking = fresher(simulate(Network(stations, links), Scenario(events=2_000)))
    (often,) = [gain for gain in ranking.gains if gain.change is FresherChange.HALF_FLOW_INTERVAL]
    assert min(often.won_s.values()) > 3_600.0
