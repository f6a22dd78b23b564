"""What faults did is the difference to the same day without them, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.consequence import consequence
from tests.support.narrow import not_none
from tests.support.networks import chain

LINE = chain(
    ("shop", "source"),
    ("pump", "ingestion", {"per_event_s": 0.0, "spread": 0.0}),
    ("log", "buffer", {"per_event_s": 0.5, "spread": 0.0, "retention_s": 604_800.0}),
    ("desk", "consumer", {"query_s": 0.0}),
)
CALM = Scenario(arrivals=Arrivals.STEADY, events=86_400, start=Start.PUSH, size=Size.STREAM)


def told(**changes):
    scenario = replace(CALM, **changes)
    network = changes.pop("network", LINE)
    return consequence(simulate(network, scenario), simulate(network, replace(scenario, faults=())))


def test_a_day_without_faults_has_no_consequence():
    found = told()
    assert found.stale == ()
    assert (found.lost, found.twice, found.drained_s) == (0, 0, 0.0)


def test_an_hours_outage_makes_the_desk_an_hour_stale_and_drains_in_the_time_that_theory_says():
    found = told(faults=(Fault(FaultKind.DOWN, "log", 36_000.0, 39_600.0),))
    (desk,) = found.stale
    assert desk.consumer == "desk"
    assert desk.oldest_s == pytest.approx(3_600.0, abs=15.0)
    assert desk.calm_s < 30.0
    # one event a second comes, two can be worked off: an hour's backlog takes an hour
    assert found.drained_s == pytest.approx(3_600.0, rel=0.05)
    assert found.lost == 0


def test_what_expires_during_the_outage_is_lost_by_the_fault():
    short = (("log", "retention_s", 600.0), ("log", "on_gone", 1.0))
    found = told(faults=(Fault(FaultKind.DOWN, "log", 36_000.0, 39_600.0),), overrides=short)
    assert found.lost == pytest.approx(3_000, rel=0.05)


def test_a_reader_that_goes_on_at_the_newest_loses_the_whole_outage_and_has_nothing_to_catch_up_on():
    short = (("log", "retention_s", 600.0),)
    found = told(faults=(Fault(FaultKind.DOWN, "log", 36_000.0, 39_600.0),), overrides=short)
    assert found.lost == pytest.approx(3_600, rel=0.05)
    assert not_none(found.drained_s) <= 60.0  # the minute in which it is back


def test_an_outage_that_lasts_to_midnight_leaves_a_backlog():
    assert told(faults=(Fault(FaultKind.DOWN, "log", 80_000.0, 86_400.0),)).drained_s is None


def test_a_consumer_that_gets_nothing_all_day_is_a_day_stale():
    (desk,) = told(faults=(Fault(FaultKind.DOWN, "log", 0.0, 86_400.0),)).stale
    assert desk.oldest_s == 86_400.0


def test_the_worst_off_comes_first():
    faults = (Fault(FaultKind.DOWN, "log", 36_000.0, 39_600.0),)
    found = told(faults=faults)
    assert [each.oldest_s - each.calm_s for each in found.stale] == sorted(
        (each.oldest_s - each.calm_s for each in found.stale), reverse=True
    )
    assert np.isfinite(found.drained_s)


@pytest.mark.parametrize("scenario", ["catcher-down", "consumer-crash", "cut-wire", "slow-warehouse"])
def test_after_the_backlog_is_gone_the_day_goes_on_as_its_calm_twin(scenario):
    """A job that ends a minute later than on the other day holds its events longer, and has no backlog."""
    course = load(SHIPPED)
    day = not_none(course.named(scenario)).scenario
    run, calm = (simulate(course.pipeline.network, each) for each in (day, replace(day, faults=())))
    drained_s = max(fault.end_s for fault in day.faults) + not_none(consequence(run, calm).drained_s)
    quarters_s = np.arange(drained_s, 86_401.0, 900.0)
    for station, here in run.passages.items():
        if here.role in ("source", "archive"):
            continue
        most, usual = (measures.crest(each, station, quarters_s).max() for each in (run, calm))
        assert most <= 1.1 * usual + 120, station
    before_s = np.array([drained_s - 1_200.0, drained_s])
    assert any(
        measures.crest(run, station, before_s)[0] > 1.2 * measures.crest(calm, station, before_s)[0] + 100
        for station, here in run.passages.items()
        if here.role not in ("source", "archive")
    )


def test_one_fault_more_is_measured_by_the_day_that_has_the_others():
    """Of two outages far apart the second one does what it would do alone, and its backlog ends after itself."""
    first, second = (Fault(FaultKind.DOWN, "log", hour_s, hour_s + 3_600.0) for hour_s in (10_800.0, 50_400.0))
    run, calm = (simulate(LINE, replace(CALM, faults=faults)) for faults in ((first, second), (first,)))
    found, alone = consequence(run, calm), told(faults=(second,))
    assert found.drained_s == pytest.approx(alone.drained_s, rel=0.02)
    (late,), (alone_late,) = found.stale, alone.stale
    assert late.oldest_s == pytest.approx(alone_late.oldest_s)
    assert late.calm_s < 30.0, "though the day has been an hour stale before"
    long_before = (second, replace(first, end_s=11_400.0))
    found = consequence(
        simulate(LINE, replace(CALM, faults=long_before)), simulate(LINE, replace(CALM, faults=(second,)))
    )
    assert not found.stale
    assert found.drained_s == pytest.approx(600.0, rel=0.2), "counted from its own end, not from the other's"
