"""The frames that the diagram plays: exact counts, bucket by bucket."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind
from lifecycle.simulation.model.network import Link, Network
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.measures import busy, edges, frames, freshness
from tests.support.networks import at, chain, networks, scenarios

DEFAULT = default_network()


@settings(max_examples=120)
@given(st.data())
def test_in_every_bucket_what_came_is_what_went_was_lost_or_is_still_inside(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    played = frames(run, data.draw(st.sampled_from([1, 7, 288])))
    for name, here in played.stations.items():
        before = np.concatenate(([0], here.inside[:-1]))
        assert np.array_equal(before + here.arrived - here.departed - here.lost - here.removed, here.inside)
        assert np.all(here.inside >= 0)
        assert here.arrived.sum() == run.passages[name].ids.size
        assert here.lost.sum() + here.removed.sum() == run.passages[name].lost_s.size
        assert np.all((here.busy >= 0.0) & (here.busy <= 1.0))
        assert np.all((here.age_s >= 0.0) | np.isnan(here.age_s))
        inbound = [link for link in network.links if link.target == name and not link.loop]
        if inbound and run.passages[name].role != "source":
            assert np.array_equal(here.arrived, sum(played.flows[link.source, link.target] for link in inbound))


def test_frames_have_the_shapes_that_they_promise():
    played = frames(simulate(DEFAULT, Scenario(events=1000)), 96)
    assert played.edges_s.shape == (97,)
    assert set(played.stations) == {station.id for station in DEFAULT.stations}
    assert set(played.flows) == {(link.source, link.target) for link in DEFAULT.links}
    for here in played.stations.values():
        for field in ("arrived", "departed", "lost", "removed", "inside", "level", "busy", "age_s", "faulty"):
            assert getattr(here, field).shape == (96,)


def test_lake_warehouse_and_archive_keep_all_that_ever_came_and_others_only_what_waits():
    played = frames(simulate(DEFAULT, Scenario(events=5000)))
    for name in ("lake", "warehouse", "archive"):
        here = played.stations[name]
        assert np.array_equal(here.level, np.cumsum(here.departed))
        assert here.level[-1] > 1000
    for name in ("buffer", "logs", "transform"):
        assert np.array_equal(played.stations[name].level, played.stations[name].inside)


def test_a_day_by_hand():
    worked, flushed = {"per_event_s": 10.0, "spread": 0.0}, {"flush_interval_s": 100.0, "put_s": 0.0}
    straight = chain(("app", "source"), ("log", "buffer", worked), ("lake", "lake", flushed))
    network = Network(straight.stations, (*straight.links, Link("lake", "app", loop=True)))
    scenario = Scenario(arrivals=Arrivals.REAL_DAY, events=3)
    played = frames(simulate(network, scenario, at([0.0, 95.0, 99.0])), 864)
    log, lake = played.stations["log"], played.stations["lake"]
    assert log.arrived[:3].tolist() == [3, 0, 0]
    assert log.inside[:3].tolist() == [2, 0, 0]
    assert log.busy[:2].tolist() == pytest.approx([0.15, 0.15])
    assert lake.level[:3].tolist() == [1, 3, 3]
    assert lake.age_s[:3].tolist() == [100.0, 101.0, 201.0]
    assert played.flows["log", "lake"][:3].tolist() == [1, 2, 0]
    assert played.flows["lake", "app"][:3].tolist() == [1, 2, 0]


def test_a_fault_marks_the_buckets_that_it_touches():
    fault = Fault(FaultKind.DOWN, "buffer", 3600.0, 7200.0)
    played = frames(simulate(DEFAULT, Scenario(events=100, faults=(fault,))), 24)
    assert np.flatnonzero(played.stations["buffer"].faulty).tolist() == [1]
    assert not played.stations["lake"].faulty.any()


def test_frames_say_what_the_measures_say():
    run = simulate(DEFAULT, Scenario(events=5000))
    played = frames(run, 100)
    at_s = edges(run, 100)
    assert np.array_equal(played.edges_s, at_s)
    assert np.array_equal(played.stations["bi"].age_s, freshness(run, "bi", at_s)[1:], equal_nan=True)
    assert np.array_equal(played.stations["buffer"].busy, busy(run, "buffer", at_s))


def test_copies_travel_on_the_flow_and_do_not_leave_the_station_twice():
    network = chain(("a", "source"), ("b", "buffer", {"duplicate_share": 1.0, "per_event_s": 0.0}), ("c", "lake"))
    played = frames(simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=2), at([10.0, 20.0])), 24)
    assert played.stations["b"].departed[0] == 2
    assert played.flows["b", "c"][0] == 4
    assert played.stations["c"].arrived[0] == 4


def test_a_day_without_events_has_empty_frames():
    played = frames(simulate(DEFAULT, Scenario(events=0)), 10)
    for here in played.stations.values():
        assert not here.arrived.any()
        assert np.isnan(here.age_s).all()
    assert played.edges_s[-1] == DAY_S


def test_no_bucket_is_no_frame():
    with pytest.raises(ValueError, match="at least one bucket; got 0"):
        frames(simulate(DEFAULT, Scenario(events=0)), 0)
