"""Which alarm rings first: on the course's own days, and on days small enough to follow by hand."""

from dataclasses import replace

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import CheckKind, FaultKind, Size
from lifecycle.simulation.model.network import Link, Network
from lifecycle.simulation.model.scenario import DAY_S, Fault
from lifecycle.simulation.readings.alarms import Check, first, rings
from lifecycle.simulation.readings.alarms.checks import usual_checks
from lifecycle.simulation.readings.alarms.ringing import ring_of
from tests.support.days import kept
from tests.support.followed import AS_IT_COMES, DESK, PLAIN_PUMP, SHOP, walked
from tests.support.networks import at, chain
from tools.golden import WAYS

COURSE = load(SHIPPED)
STORIES = {named.id: named.scenario for named in COURSE.scenarios}


@kept
def pair(scenario: str, **changes):
    day = COURSE.day(replace(STORIES[scenario], **changes))
    return day.simulated(), day.calm.simulated()


def rung(scenario: str, **changes):
    return rings(*pair(scenario, **changes))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " ".join(way.values()))
@pytest.mark.parametrize("scenario", ["normal-day", "steady-day"])
def test_nothing_rings_on_a_day_without_faults(scenario, way):
    assert rung(scenario, **way) == ()


def test_where_the_usual_checks_stand():
    (run, _) = pair("normal-day")
    by_kind = {kind: [check.place for check in usual_checks(run) if check.kind is kind] for kind in CheckKind}
    assert by_kind == {
        CheckKind.JOB: [],
        CheckKind.SCHEMA: ["transform", "bi", "ml", "ai", "reverse-etl"],
        CheckKind.LOSS: ["jdbc", "logs", "api", "ingestion", "buffer", "transform"],
        CheckKind.LAG: ["buffer"],
        CheckKind.DISTRIBUTION: ["warehouse"],
        CheckKind.VOLUME: ["lake", "warehouse"],
        CheckKind.FRESHNESS: ["lake", "warehouse", "bi", "ml", "ai", "reverse-etl"],
    }
    (run, _) = pair("parent-fails")
    places = [check.place for check in usual_checks(run) if check.kind is CheckKind.JOB]
    assert places == ["transform"]
    assert "transform" not in [check.place for check in usual_checks(run) if check.kind is CheckKind.SCHEMA]


def test_a_contract_is_a_check_and_a_way_without_a_log_has_no_lag():
    run, _ = pair("normal-day", overrides=(("ingestion", "contract", 1.0), ("buffer", "direct", 1.0)))
    places = {(check.kind, check.place) for check in usual_checks(run)}
    assert (CheckKind.SCHEMA, "ingestion") in places
    assert (CheckKind.LAG, "buffer") not in places


def test_limits_follow_the_timetable():
    def limit_s(place, **changes):
        (check,) = (
            check
            for check in usual_checks(pair("normal-day", **changes)[0])
            if (check.kind, check.place) == (CheckKind.FRESHNESS, place)
        )
        return check.limit

    assert limit_s("bi") == 3600 + 5 + 900 + 1800
    assert limit_s("ml") == 3600 + 5 + 900 + 3600 + 1800
    assert limit_s("bi", size=Size.STREAM) == 1 + 5 + 900 + 1800
    assert limit_s("bi", size=Size.STREAM, transform=Size.STREAM) == 1 + 5 + 1800
    assert limit_s("bi", overrides=(("ingestion", "batch_interval_s", 7200.0),)) == 7200 + 5 + 900 + 1800


@pytest.mark.parametrize(
    ("scenario", "kind", "place"),
    [
        ("parent-fails", CheckKind.JOB, "transform"),
        ("renamed-column", CheckKind.SCHEMA, "transform"),
        ("consumer-crash", CheckKind.LAG, "buffer"),
        ("catcher-down", CheckKind.FRESHNESS, "lake"),
        ("double-run", CheckKind.VOLUME, "lake"),
        ("full-slot", CheckKind.LOSS, "jdbc"),
    ],
)
def test_the_first_alarm_of_a_story(scenario, kind, place):
    ring, *_ = rung(scenario)
    assert (ring.check.kind, ring.check.place) == (kind, place)
    fault = STORIES[scenario].faults[0]
    assert fault.start_s < ring.rang_s
    assert ring.rang_s % ring.check.every_s == 0.0


def test_a_failed_job_rings_after_its_last_try():
    run, calm = pair("parent-fails")
    (ring,) = (ring for ring in rings(run, calm) if ring.check.kind is CheckKind.JOB)
    (done,) = run.orchestrated.values()
    failed = [one for one in done.rounds.attempts if one.failed and one.run == 2]
    assert len(failed) == 2, "a try and its retry"
    assert failed[-1].end_s <= ring.rang_s < failed[-1].end_s + ring.check.every_s
    assert ring.value == 1.0


def test_a_column_filled_with_nothing_is_seen_by_the_distribution_alone():
    filled = (("transform", "on_drift", 1.0),)
    alarms = rung("renamed-column", overrides=filled)
    assert [(ring.check.kind, ring.check.place) for ring in alarms] == [(CheckKind.DISTRIBUTION, "warehouse")]
    run, _ = pair("renamed-column", overrides=filled)
    (ring,) = alarms
    at = run.passages["warehouse"]
    came = (at.departed_s <= ring.rang_s) & (at.departed_s > ring.rang_s - ring.check.window_s)
    assert ring.value == pytest.approx(at.empty[came].mean())


def test_a_stage_that_stops_at_an_unknown_column_rings_until_the_repair():
    stops = (("transform", "on_drift", 2.0),)
    ring, *_ = rung("renamed-column", overrides=stops)
    assert (ring.check.kind, ring.check.place, ring.value) == (CheckKind.SCHEMA, "transform", 1.0)
    assert ring.until_s == 14 * 3600
    assert [one.check.place for one in rung("renamed-column", overrides=stops) if one.stopped] == ["transform"]
    assert not any(one.stopped for one in rung("renamed-column"))


PUMP = ("pump", "ingestion", PLAIN_PUMP)
LOG = ("log", "buffer", {"per_event_s": 10.0, "spread": 0.0, "duplicate_share": 0.0})


def test_a_small_day_by_hand():
    asleep = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "log", 0.0, 2000.0),))
    run = walked(asleep, [100.0, 150.0, 5000.0], SHOP, PUMP, LOG, DESK)
    lag = Check(CheckKind.LAG, "log", 900.0)
    ring = ring_of(lag, run, run)
    assert ring is not None
    # The first row has come at 100 and is read until 2,010, the second until 2,020.
    assert (ring.rang_s, ring.value, ring.until_s) == (1200.0, 1100.0, 2100.0)
    age = Check(CheckKind.FRESHNESS, "desk", 2000.0)
    ring = ring_of(age, run, run)
    assert ring is not None
    # At 2,100 the row that came at 150 is seen, and is 1,950 old; at 2,400 it is 2,250. The third is seen at 5,010.
    assert (ring.rang_s, ring.value, ring.until_s) == (2400.0, 2250.0, 5100.0)
    assert ring_of(replace(age, limit=DAY_S), run, run) is None
    assert first(()) is None


def test_what_has_never_come_is_as_old_as_the_day():
    down = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "log", 0.0, DAY_S),))
    run = walked(down, [100.0, 200.0], SHOP, PUMP, LOG, DESK)
    ring = ring_of(Check(CheckKind.FRESHNESS, "desk", 3600.0), run, run)
    assert ring is not None
    assert (ring.rang_s, ring.value, ring.until_s) == (3900.0, 3900.0, None)


def test_of_two_at_the_same_moment_the_first_of_the_usual_checks_stands_first():
    shop, desk, wall = chain(SHOP, DESK, ("wall", "consumer", {"query_s": 0.0})).stations
    for two in ((desk, wall), (wall, desk)):
        network = Network((shop, *two), tuple(Link(shop.id, station.id) for station in two))
        run = simulate(network, replace(AS_IT_COMES, events=1), at([100.0]))
        rung = rings(run, run)
        assert [ring.check.place for ring in rung] == [station.id for station in two]
        assert rung[0].rang_s == rung[1].rang_s
        assert first(rung) == rung[0]


def test_a_check_at_a_place_that_is_not_there_is_refused_in_words():
    run = walked(AS_IT_COMES, [100.0], SHOP, DESK)
    with pytest.raises(ValueError, match="no station 'shop 2'; choose shop"):
        ring_of(Check(CheckKind.FRESHNESS, "shop 2", 600.0), run, run)


def test_a_day_without_stations_that_keep_anything_has_its_checks_too():
    run = walked(AS_IT_COMES, [1.0], SHOP, DESK)
    assert [(check.kind, check.place) for check in usual_checks(run)] == [
        (CheckKind.SCHEMA, "desk"),
        (CheckKind.FRESHNESS, "desk"),
    ]


def test_failed_jobs_ring_without_a_gap_until_a_run_has_succeeded():
    (jobs,) = (ring for ring in rung("parent-fails") if ring.check.kind is CheckKind.JOB)
    # the last of the failed runs, that of 07:10, is given up at 07:20, and what fails may take a second longer
    assert (jobs.rang_s, jobs.until_s) == (2 * 3600 + 1200, 8 * 3600 + 3300)
