"""Whole runs: against SimPy, on any network, under every switch and fault."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.simpy_pipeline import run as run_in_simpy
from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.measures import ledger
from lifecycle.simulation.roles.timetable import ticks
from tests.simulation.mornings import seen
from tests.support.networks import at, chain, networks, scenarios, time_inside, time_spent

SWITCHES = list(product(Start, Size, Size))
DEFAULT = default_network()


def switched(start, size, transform, **more):
    return Scenario(start=start, size=size, transform=transform, **more)


# Against an event-by-event reference


def assert_same(run, reference):
    for name, here in run.passages.items():
        log = reference[name]
        done = here.departed_s <= DAY_S
        for ids, times, theirs in (
            (here.ids, here.arrived_s, log.arrived),
            (here.ids[done], here.departed_s[done], log.departed),
        ):
            ours = sorted(zip(ids.tolist(), times.tolist(), strict=True))
            assert [event for event, _ in ours] == [event for event, _ in sorted(theirs)], name
            assert [time for _, time in ours] == pytest.approx([time for _, time in sorted(theirs)], abs=1e-6), name
        assert here.lost_s.tolist() == pytest.approx(sorted(time for _, time in log.lost), abs=1e-6), name
        assert sorted(here.ids[here.fate > 0].tolist()) == sorted(event for event, _ in log.lost), name


@pytest.mark.parametrize("switches", SWITCHES, ids="-".join)
def test_the_default_pipeline_agrees_with_simpy_event_for_event(switches):
    scenario = switched(*switches, events=1500)
    assert_same(simulate(DEFAULT, scenario), run_in_simpy(DEFAULT, scenario))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_default_pipeline_agrees_with_simpy_whatever_the_knobs(data):
    # No two events may leave different servers at one instant: rounding would order them, differently in each engine.
    knobs = [
        ("telemetry", "late_share", st.sampled_from([0.0, 0.2])),
        ("jdbc", "scan_s", st.sampled_from([0.0, 700.0])),
        ("api", "rate_per_s", st.sampled_from([0.0, 0.01, 1.0])),
        ("api", "burst", st.sampled_from([1.0, 10.0])),
        ("api", "on_limit", st.sampled_from([0.0, 1.0])),
        ("api", "page_events", st.sampled_from([1.0, 3.0])),
        ("external", "event_bytes", st.sampled_from([330.0, 1e6])),
        ("ingestion", "bandwidth_bytes_per_s", st.sampled_from([0.0, 1e5])),
        ("buffer", "encrypt_s_per_mb", st.sampled_from([0.0, 5.0])),
        ("logs", "malformed_share", st.sampled_from([0.0, 0.5])),
        ("logs", "lateness_s", st.sampled_from([0.0, 9_000.0])),
        ("ingestion", "batch_interval_s", st.sampled_from([613.0, 7200.0, 100_000.0])),
        ("ingestion", "poll_interval_s", st.sampled_from([7.7, 77.0])),
        ("ingestion", "per_event_s", st.sampled_from([0.0, 10.0])),
        ("buffer", "per_event_s", st.sampled_from([0.0, 10.0])),
        ("buffer", "duplicate_share", st.sampled_from([0.0, 0.5])),
        ("buffer", "redelivery_s", st.sampled_from([0.003, 497.3])),
        ("transform", "workers", st.sampled_from([1.0, 3.0])),
        ("transform", "per_event_s", st.sampled_from([0.0, 10.0])),
        ("transform", "idempotent", st.sampled_from([0.0, 1.0])),
        ("transform", "spread", st.sampled_from([0.3, 1.0])),
        ("bi", "interval_s", st.sampled_from([0.0, 1111.0])),
        ("reverse-etl", "rate_per_s", st.sampled_from([0.0, 0.02])),
        ("reverse-etl", "bulk_rows", st.sampled_from([1.0, 7.0])),
    ]
    overrides = tuple((place, name, data.draw(values)) for place, name, values in knobs if data.draw(st.booleans()))
    scenario = switched(
        *data.draw(st.sampled_from(SWITCHES)),
        arrivals=data.draw(st.sampled_from(["daily", "spike"])),
        spike_factor=1000.0,
        events=data.draw(st.sampled_from([0, 1, 400])),
        overrides=overrides,
        seed=data.draw(st.integers(0, 9)),
    )
    assert_same(simulate(DEFAULT, scenario), run_in_simpy(DEFAULT, scenario))


# Any network


@settings(max_examples=150)
@given(st.data())
def test_on_any_network_nothing_is_made_or_lost_unseen(data):
    network = data.draw(networks())
    scenario = data.draw(scenarios(network))
    run = simulate(network, scenario)
    for entry in ledger(run):
        here = run.passages[entry.station]
        assert entry.arrived == entry.departed + sum(entry.lost.values()) + entry.inside
        inbound = [link for link in network.links if link.target == entry.station and not link.loop]
        carried = sum(run.carried[link.source, link.target].size for link in inbound)
        born = np.count_nonzero(run.source == run.sources.index(entry.station)) if here.role == "source" else 0
        assert entry.arrived == carried + born
        outbound = [link for link in network.links if link.source == entry.station]
        out = entry.departed + entry.copies
        shared = [run.carried[link.source, link.target].size for link in outbound if link.share is not None]
        assert not shared or sum(shared) == out
        assert all(run.carried[lk.source, lk.target].size == out for lk in outbound if lk.share is None)


@settings(max_examples=150)
@given(st.data())
def test_on_any_network_time_runs_forward_and_littles_law_is_exact(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    for name, here in run.passages.items():
        gone = ~np.isnan(here.departed_s)
        assert np.all(np.diff(here.arrived_s) >= 0.0)
        assert np.all(here.arrived_s <= here.started_s)
        assert np.all(here.started_s[gone] <= here.departed_s[gone])
        assert np.all(np.diff(here.out_s) >= 0.0)
        assert np.all(np.diff(here.lost_s) >= 0.0)
        assert np.all(np.diff(here.work_from_s) >= 0.0)
        assert np.all(np.diff(here.work_to_s) >= 0.0)
        assert np.all(run.born_s[here.ids] <= here.arrived_s)
        assert np.all((here.fate == 0) | np.isnan(here.departed_s))
        area = time_inside(run, name)
        assert time_spent(run, name) == pytest.approx(area, rel=1e-9, abs=1e-5)


@settings(max_examples=40)
@given(st.data())
def test_a_run_is_a_pure_function_of_its_arguments(data):
    network = data.draw(networks())
    scenario = data.draw(scenarios(network))
    first = simulate(network, scenario)
    simulate(network, replace(scenario, seed=scenario.seed + 1))
    second = simulate(network, scenario)
    for name, here in first.passages.items():
        for field in ("ids", "arrived_s", "started_s", "departed_s", "fate", "lost_s", "copied_s", "out_ids", "out_s"):
            assert np.array_equal(getattr(here, field), getattr(second.passages[name], field), equal_nan=True)


def test_what_a_run_holds_cannot_be_written_to():
    run = simulate(DEFAULT, Scenario(events=100))
    for here in run.passages.values():
        with pytest.raises(ValueError, match="read-only"):
            here.departed_s[:] = 0.0


# Common random numbers


def same(first: Run, second: Run, names):
    return all(
        np.array_equal(first.passages[n].departed_s, second.passages[n].departed_s, equal_nan=True) for n in names
    )


def test_a_knob_changes_nothing_upstream_of_it():
    before = simulate(DEFAULT, Scenario(events=2000))
    after = simulate(DEFAULT, Scenario(events=2000, overrides=(("transform", "per_event_s", 1.0),)))
    names = list(before.passages)
    upstream = [n for n in names if n not in ("transform", "warehouse", "bi", "ml", "reverse-etl")]
    assert same(before, after, upstream)
    assert not same(before, after, ["transform"])


def test_a_knob_leaves_the_luck_of_every_event_downstream_as_it_was():
    scenario = Scenario(start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM, events=3000)
    knob = (("buffer", "per_event_s", 5.0), ("logs", "malformed_share", 0.3), ("transform", "workers", 5.0))
    before, after = simulate(DEFAULT, scenario), simulate(DEFAULT, replace(scenario, overrides=knob))
    works = []
    for run in (before, after):
        here = run.passages["transform"]
        done = here.departed_s <= DAY_S
        works.append(dict(zip(here.ids[done].tolist(), (here.departed_s - here.started_s)[done], strict=True)))
    shared = works[0].keys() & works[1].keys()
    assert len(shared) > 1000
    assert [works[0][e] for e in sorted(shared)] == pytest.approx([works[1][e] for e in sorted(shared)], abs=1e-9)
    rejected = [
        set(run.passages["transform"].ids[run.passages["transform"].fate == Fate.REJECTED]) for run in (before, after)
    ]
    lost = set(after.passages["logs"].ids[after.passages["logs"].fate > 0])
    assert rejected[0] - lost == rejected[1]


# What the switches do: a source, an interface, an ingestion, a consumer, and a handful of events


MORNING = at([100.0, 200.0, 3600.0, 3601.0, 9000.0])


def test_where_flows_meet_events_are_in_order_of_time_and_an_earlier_flow_goes_first():
    stations = (Station("a", Role.SOURCE), Station("b", Role.SOURCE), Station("c", Role.CONSUMER, (("query_s", 0.0),)))
    network = Network(stations, (Link("b", "c"), Link("a", "c")))
    run = simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=4), at([5.0, 9.0]))
    here = run.passages["c"]
    assert here.arrived_s.tolist() == [5.0, 5.0, 9.0, 9.0]
    assert run.source[here.ids].tolist() == [1, 0, 1, 0]


def test_a_loop_is_counted_and_feeds_nothing_back():
    network = chain(("app", "source"), ("tool", "consumer", {"query_s": 0.0}))
    looped = Network(network.stations, (*network.links, Link("tool", "app", loop=True)))
    run = simulate(looped, Scenario(arrivals=Arrivals.REAL_DAY, events=5), MORNING)
    assert run.carried["tool", "app"].tolist() == list(MORNING.times_s)
    assert run.passages["app"].ids.size == 5


def test_a_circle_is_refused_by_name():
    network = Network((Station("a", Role.LAKE), Station("b", Role.LAKE)), (Link("a", "b"), Link("b", "a")))
    with pytest.raises(ValueError, match="circle: a → b → a"):
        simulate(network, Scenario())


# Edges


def test_a_station_alone_and_a_network_of_none_have_a_day_too():
    assert simulate(Network((), ()), Scenario()).passages == {}
    for role in set(Role) - {Role.SOURCE}:
        here = simulate(Network((Station("x", role),), ()), Scenario()).passages["x"]
        assert here.ids.size == 0
    assert simulate(Network((Station("x", Role.SOURCE),), ()), Scenario(events=7)).passages["x"].out_s.size == 7


@pytest.mark.parametrize("switches", SWITCHES, ids="-".join)
@pytest.mark.parametrize("events", [0, 1])
def test_a_day_of_no_event_and_of_one_run_through_the_default_pipeline(switches, events):
    run = simulate(DEFAULT, switched(*switches, events=events))
    assert sum(here.ids.size for here in run.passages.values() if here.role == "source") == events
    assert run.passages["bi"].out_s.size <= events


@pytest.mark.parametrize("switches", SWITCHES, ids="-".join)
def test_all_events_at_the_same_instant_come_through_in_order(switches):
    clean = (("logs", "malformed_share", 0.0), ("transform", "reject_share", 0.0), ("telemetry", "late_share", 0.0))
    scenario = switched(*switches, arrivals="real-day", events=1000, overrides=clean)
    run = simulate(DEFAULT, scenario, at([0.0]))
    assert np.all(run.born_s == 0.0)
    delivered = run.passages["bi"].out_ids
    assert sorted(delivered.tolist()) == list(range(1000))


def test_a_server_with_more_work_than_day_is_busy_to_the_end_and_keeps_the_rest_inside():
    network = chain(("a", "source"), ("b", "buffer", {"per_event_s": 10.0}), ("c", "consumer"))
    run = simulate(network, Scenario(arrivals=Arrivals.STEADY, events=20_000))
    entry = next(e for e in ledger(run) if e.station == "b")
    assert entry.departed == pytest.approx(8640, rel=0.05)
    assert entry.inside == 20_000 - entry.departed


def test_a_rate_of_nought_is_no_limit():
    network = chain(("a", "source"), ("c", "consumer", {"rate_per_s": 0.0, "query_s": 0.0}))
    run = simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=5), MORNING)
    assert run.passages["c"].departed_s.tolist() == list(MORNING.times_s)


def test_an_interval_longer_than_the_day_delivers_nothing_and_loses_nothing():
    overrides = (("ingestion", "batch_interval_s", 2 * DAY_S),)
    run = simulate(DEFAULT, Scenario(events=500, overrides=overrides))
    assert run.passages["ingestion"].ids.size == 0
    assert sum(e.inside for e in ledger(run)) == 500


@pytest.mark.parametrize("station", [s.id for s in DEFAULT.stations])
@pytest.mark.parametrize("switches", SWITCHES, ids="-".join)
def test_an_outage_over_the_whole_day_lets_nothing_through(station, switches):
    run = simulate(DEFAULT, switched(*switches, events=200, faults=(Fault(FaultKind.DOWN, station, 0.0, DAY_S),)))
    assert run.passages[station].out_s.size == 0


def test_overlapping_outages_are_as_long_as_their_union():
    once = (Fault(FaultKind.DOWN, "catch", 3000.0, 8000.0),)
    twice = (Fault(FaultKind.DOWN, "catch", 3000.0, 6000.0), Fault(FaultKind.DOWN, "catch", 5000.0, 8000.0))
    for start, size, _ in SWITCHES:
        one = seen(Scenario(start=start, size=size), faults=once)
        two = seen(Scenario(start=start, size=size), faults=twice)
        assert np.array_equal(one.departed_s, two.departed_s, equal_nan=True)


def test_a_retention_shorter_than_the_service_expires_whoever_has_to_wait():
    figures = {"per_event_s": 10.0, "spread": 0.0, "retention_s": 1.0, "on_gone": 1.0}
    network = chain(("a", "source"), ("b", "buffer", figures))
    here = seen(Scenario(), network=network, station="b", trace=at([10.0, 15.0, 20.0, 29.5]))
    assert here.fate.tolist() == [0, Fate.EXPIRED, 0, 0]


def test_an_event_on_the_tick_goes_with_it_and_one_after_it_with_the_next():
    times = np.array([0.0, 0.7, 2.1, 2.1000001, 4.2])
    assert ticks(times, 0.7).tolist() == [0, 0, 2, 3, 5]
    assert ticks(times, 2.0, 0.7).tolist() == [0, 0, 1, 1, 2]


def test_a_day_is_cut_at_midnight():
    network = chain(("a", "source"), ("c", "consumer", {"query_s": 100.0}))
    run = simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=2), at([DAY_S - 100.0, DAY_S - 99.0]))
    assert run.passages["c"].out_s.tolist() == [DAY_S]
    assert next(e for e in ledger(run) if e.station == "c").inside == 1


def test_late_events_leave_late_and_the_others_are_not_held_up():
    network = chain(("a", "source", {"late_share": 0.5, "late_s": 60.0}), ("c", "consumer", {"query_s": 0.0}))
    run = simulate(network, Scenario(events=10_000, arrivals=Arrivals.STEADY))
    delay = run.passages["a"].departed_s - run.passages["a"].arrived_s
    late = delay > 0.0
    assert abs(late.mean() - 0.5) < 4 * 0.005
    assert abs(delay[late].mean() - 60.0) < 4 * 60.0 / np.sqrt(late.sum())
    assert any(second < first for first, second in pairwise(run.passages["c"].ids.tolist()))
