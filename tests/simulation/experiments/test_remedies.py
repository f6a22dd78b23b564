"""What would have saved the day is found by trying it, and said of the whole harm."""

from dataclasses import replace
from itertools import product

import pytest

from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.remedies import REPAIRED_S, harmful, left, remedies, saved, verdict
from lifecycle.simulation.faults import KINDS, can_happen
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.consequence import Consequence, Stale, consequence
from tests.support.narrow import not_none
from tests.support.networks import chain

HOUR_S = 3600.0
LINE = chain(
    ("shop", "source"),
    ("door", "interface", {"rate_per_s": 50.0, "scan_s": 60.0}),
    ("pump", "ingestion", {"per_event_s": 0.0, "spread": 0.0}),
    ("log", "buffer", {"per_event_s": 0.5, "spread": 0.0, "retention_s": 1800.0, "on_gone": 1.0}),
    ("mill", "transform", {"per_event_s": 0.1, "spread": 0.0, "idempotent": 0.0, "on_drift": 1.0}),
    ("desk", "consumer", {"query_s": 0.0}),
)
DAY = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, 40_000)


def tried(kind, station, *, factor=None, until_h=14, **changes):
    fault = Fault(kind, station, 10 * HOUR_S, until_h * HOUR_S, KINDS[kind].usual if factor is None else factor)
    scenario = replace(DAY, faults=(fault,), **changes)
    run, calm = simulate(LINE, scenario), simulate(LINE, replace(scenario, faults=()))
    return {(each.remedy.what, each.remedy.station): each for each in saved(run, calm)}


def against_all(scenario):
    return remedies(LINE, scenario, scenario.faults)


def test_a_day_without_faults_needs_no_remedy():
    assert against_all(DAY) == ()


def test_a_log_that_keeps_for_a_week_loses_nothing_over_an_outage_but_is_as_stale():
    found = tried("down", "log", overrides=(("log", "on_gone", 1.0),))
    kept = found["keep events for a week", "log"]
    assert kept.done.lost == 0
    assert kept.verdict == "one thing for another"  # what was lost is a backlog now
    assert found["repair it within a quarter of an hour", "log"].verdict in ("all of it", "some of it")
    assert found["twice the workers", "mill"].verdict == "nothing"


def test_a_reader_that_goes_on_at_the_oldest_saves_what_is_still_there():
    found = tried("down", "log", overrides=(("log", "on_gone", 0.0),))
    oldest = found["go on at the oldest record there is", "log"]
    assert oldest.done.lost < found["twice the workers", "mill"].done.lost - 500
    assert "go on at the oldest record there is" not in {what for what, _ in tried("down", "log")}


def test_where_no_log_stands_nothing_of_it_is_turned():
    direct = replace(
        DAY, faults=(Fault(FaultKind.DOWN, "log", 36_000.0, 50_400.0),), overrides=(("log", "direct", 1.0),)
    )
    assert "log" in {each.station for each in against_all(replace(direct, overrides=()))}
    turned = {each.what for each in against_all(direct) if each.station == "log"}
    assert turned <= {"repair it within a quarter of an hour"}


def test_pulling_saves_what_is_thrown_at_a_catcher_that_is_down():
    found = tried("down", "pump", overrides=(("log", "retention_s", 604_800.0),))
    assert found["pull instead of push", ""].done.lost == 0
    assert found["twice the consumers", "log"].verdict == "nothing"
    assert ("read from another server", "door") not in found


def test_dead_letters_save_the_day_from_a_poison_record():
    found = tried("poison", "log", until_h=11)
    saved_by = found["set a record aside after three tries", "log"]
    assert saved_by.verdict == "all of it"
    assert saved_by.done.set_aside == 1  # a single record, the poison itself
    assert next(iter(found.values())).verdict == "all of it"  # the best come first


def test_counting_once_undoes_a_second_run():
    found = tried("rerun", "pump")
    counted = found["count each event once", "mill"]
    assert counted.done.twice == 0
    assert counted.verdict == "some of it"  # the second run takes its time all the same
    assert ("repair it within a quarter of an hour", "pump") not in found


def test_a_contract_turns_empty_columns_into_dead_letters():
    found = tried("drift", "shop")
    checked = found["check the contract where data comes in", "pump"]
    assert checked.verdict == "one thing for another"
    assert (checked.done.empty, checked.done.set_aside > 1_000) == (0, True)
    stopped = found["stop at an unknown column", "mill"]
    assert stopped.done.empty == 0
    assert stopped.done.drained_s > 0


def test_each_remedied_day_is_measured_by_its_own_calm_day_and_its_price_by_the_calm_day_as_it_is():
    fault = Fault(FaultKind.DOWN, "pump", 10 * HOUR_S, 11 * HOUR_S)
    day = replace(DAY, start=Start.PULL, size=Size.BATCH, transform=Size.BATCH, events=10_000, faults=(fault,))
    run, calm = simulate(LINE, day), simulate(LINE, replace(day, faults=()))
    results = saved(run, calm)
    for one in results:
        own = simulate(LINE, replace(one.remedy.scenario, faults=()))
        assert one.done == consequence(simulate(LINE, one.remedy.scenario), own)
        assert one.costs == consequence(own, calm)
    streams = next(one for one in results if one.remedy.what == "streams instead of batches")
    # Streams hold other events than batches all day, faults or none. That is no backlog, and makes nothing worse.
    assert streams.costs.drained_s is None
    assert not_none(streams.done.drained_s) < HOUR_S
    assert streams.verdict == "some of it"


def test_a_remedy_that_makes_every_day_worse_does_not_pass_for_harmless():
    """Beside its own calm day, where sums wait as long, waiting longer hurts nobody; beside today's it does."""
    kept = (("mill", "window_s", 3600.0), ("mill", "watermark_s", 60.0))
    day = replace(DAY, overrides=kept, faults=(Fault(FaultKind.SKEW, "shop", 10 * HOUR_S, 14 * HOUR_S, 600.0),))
    waiting = replace(day, overrides=(kept[0], ("mill", "watermark_s", 600.0)))
    tried, own, calm = (simulate(LINE, one) for one in (waiting, replace(waiting, faults=()), replace(day, faults=())))
    remains = left(tried, own, calm)
    assert remains.stale == consequence(tried, calm).stale
    assert remains.stale[0].oldest_s - remains.stale[0].calm_s > 1_000
    assert remains.drained_s == consequence(tried, own).drained_s


def test_a_remedy_that_is_there_already_is_not_proposed():
    whats = {
        each.what
        for each in against_all(replace(DAY, start=Start.PULL, faults=(Fault(FaultKind.DOWN, "log", 0, 9e3),)))
    }
    assert "pull instead of push" not in whats
    assert "ten times the room" not in whats  # it has no limit
    assert "spill what finds no room" not in whats
    roomy = (("log", "capacity", 10.0), ("log", "retention_s", 604_800.0))
    whats = {
        each.what for each in against_all(replace(DAY, overrides=roomy, faults=(Fault(FaultKind.DOWN, "log", 0, 9e3),)))
    }
    assert {"ten times the room", "spill what finds no room"} < whats
    assert "keep events for a week" not in whats


def test_an_outage_as_short_as_a_repair_is_not_repaired_sooner():
    def proposed(end_s: float) -> set[str]:
        return {each.what for each in against_all(replace(DAY, faults=(Fault(FaultKind.DOWN, "log", 36_000, end_s),)))}

    sooner = "repair it within a quarter of an hour"
    assert proposed(36_000 + REPAIRED_S + 1.0) - proposed(36_000 + REPAIRED_S) == {sooner}


@pytest.mark.parametrize("kind", KINDS)
def test_every_remedy_for_every_fault_is_a_day_that_can_be_simulated(kind):
    for station, (start, size) in product(LINE.stations, product(Start, Size)):
        if not can_happen(kind, station):
            continue
        fault = Fault(kind, station.id, 0.0, 80_000.0, KINDS[kind].usual)
        highest = (
            ("log", "consumers", 64.0),
            ("log", "capacity", 1e7),
            ("mill", "window_s", 60.0),
            ("mill", "on_late", 1.0),
        )
        scenario = replace(DAY, start=start, size=size, faults=(fault, fault), overrides=highest)
        found = against_all(scenario)
        assert len({(each.what, each.station) for each in found}) == len(found)
        for each in found:
            assert each.scenario != scenario
            assert validate(LINE, each.scenario) == ()


CALM = Consequence((), 0, 0, 0, 0, 0.0)
BAD = Consequence((Stale("desk", 7200.0, 60.0),), 500, 0, 40, 0, None)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (CALM, "all of it"),
        (BAD, "nothing"),
        (replace(BAD, lost=100), "some of it"),
        (replace(BAD, lost=499), "nothing"),
        (replace(BAD, drained_s=3600.0), "some of it"),
        (replace(BAD, lost=0, set_aside=500), "one thing for another"),
        (replace(CALM, lost=9), "all of it"),
        (replace(BAD, lost=900), "nothing"),
        (replace(CALM, stale=(Stale("desk", 100.0, 60.0),)), "all of it"),
    ],
)
def test_what_is_saved_is_told_of_every_kind_of_harm(after, words):
    assert verdict(BAD, after) == words


def test_a_harm_is_more_than_the_days_own_unrest():
    assert harmful(BAD)
    assert not harmful(CALM)
    assert not harmful(replace(CALM, lost=10, stale=(Stale("desk", 120.0, 60.0),)))
    assert harmful(replace(CALM, empty=11))
