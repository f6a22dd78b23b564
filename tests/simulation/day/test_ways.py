"""Each way of starting and moving: when what arrives, and what an outage, a limit or a slow server does to it."""

from itertools import product

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, Guarantee, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.books import books
from tests.simulation.mornings import seen
from tests.support.networks import at, chain

SWITCHES = list(product(Start, Size, Size))
# What the switches do: a source, an interface, an ingestion, a consumer, and a handful of events


PLAIN = {"per_event_s": 0.0, "malformed_share": 0.0, "lateness_s": 0.0}
CATCH = {"per_event_s": 1.0, "spread": 0.0, "job_overhead_s": 10.0, "latency_s": 0.5, "batch_interval_s": 3600.0}
MORNING = at([100.0, 200.0, 3600.0, 3601.0, 9000.0])


def test_pull_in_batches_wakes_on_the_hour_and_lands_whole_jobs():
    here = seen(Scenario(start=Start.PULL, size=Size.BATCH))
    assert here.arrived_s.tolist() == [3600.0, 3600.0, 3600.0, 7200.0, 10_800.0]
    assert here.departed_s.tolist() == [3613.5] * 3 + [7211.5, 10_811.5]


def test_pull_as_a_stream_asks_every_second_and_takes_event_by_event():
    here = seen(Scenario(start=Start.PULL, size=Size.STREAM), overrides=(("catch", "poll_interval_s", 7.0),))
    assert here.arrived_s.tolist() == [105.0, 203.0, 3605.0, 3605.0, 9002.0]
    assert here.departed_s.tolist() == [106.5, 204.5, 3606.5, 3607.5, 9003.5]


def test_push_in_batches_drops_files_when_the_source_sees_fit():
    here = seen(Scenario(start=Start.PUSH, size=Size.BATCH), overrides=(("door", "lateness_s", 500.0),))
    late = here.arrived_s - [3600.0, 3600.0, 3600.0, 7200.0, 10_800.0]
    assert late[0] == late[1] == late[2]
    assert len(set(late.tolist())) == 3
    assert np.all(late > 0.0)


def test_a_late_file_is_not_overtaken_by_the_next():
    dense = at(np.arange(0.0, 20_000.0, 60.0).tolist())
    often = (("door", "lateness_s", 5_000.0), ("catch", "batch_interval_s", 60.0))
    here = seen(Scenario(start=Start.PUSH, size=Size.BATCH), trace=dense, overrides=often)
    assert np.all(np.diff(here.ids) == 1)
    assert np.count_nonzero(np.diff(here.arrived_s) == 0.0) > 100


def test_push_as_a_stream_throws_each_event_at_once():
    here = seen(Scenario(start=Start.PUSH, size=Size.STREAM))
    assert here.arrived_s.tolist() == list(MORNING.times_s)
    assert here.departed_s.tolist() == [101.5, 201.5, 3601.5, 3602.5, 9001.5]


DOWN = (Fault(FaultKind.DOWN, "catch", 3000.0, 8000.0),)


def test_a_receiver_that_pulls_and_is_down_loses_nothing():
    for size, last in ((Size.BATCH, 10_811.5), (Size.STREAM, 9001.5)):
        here = seen(Scenario(start=Start.PULL, size=size), faults=DOWN)
        assert not here.fate.any()
        assert here.arrived_s[2] == here.arrived_s[3] == 8000.0
        assert here.departed_s[-1] == pytest.approx(last)


def test_a_file_pushed_at_a_receiver_that_is_down_waits_for_it():
    here = seen(Scenario(start=Start.PUSH, size=Size.BATCH), faults=DOWN)
    assert not here.fate.any()
    assert here.arrived_s.tolist() == [3600.0, 3600.0, 3600.0, 7200.0, 10_800.0]
    assert here.departed_s.tolist() == [8013.5] * 3 + [8024.5, 10_811.5]


def test_events_thrown_at_a_receiver_that_is_down_are_lost_and_only_those():
    here = seen(Scenario(start=Start.PUSH, size=Size.STREAM), faults=DOWN)
    assert here.fate.tolist() == [0, 0, Fate.REFUSED, Fate.REFUSED, 0]
    assert here.lost_s.tolist() == [3600.0, 3601.0]
    assert np.isnan(here.departed_s[2:4]).all()


def test_a_receiver_without_room_refuses_what_is_thrown_and_not_what_it_pulls():
    crowd = at([100.0, 100.1, 100.2, 100.3])
    room = (("catch", "capacity", 2.0),)
    thrown = seen(Scenario(start=Start.PUSH, size=Size.STREAM), trace=crowd, overrides=room)
    pulled = seen(Scenario(start=Start.PULL, size=Size.STREAM), trace=crowd, overrides=room)
    assert thrown.fate.tolist() == [0, 0, Fate.REFUSED, Fate.REFUSED]
    assert not pulled.fate.any()


def test_a_partners_file_comes_on_its_own_schedule_whatever_the_switches_say():
    own = (("door", "own_interval_s", 5000.0), ("door", "own_offset_s", 150.0))
    for start, size, _ in SWITCHES:
        here = seen(Scenario(start=start, size=size), overrides=own)
        assert here.arrived_s.tolist() == [150.0, 5150.0, 5150.0, 5150.0, 10_150.0]


def test_a_source_without_an_interface_is_called_on_itself():
    network = chain(("app", "source"), ("catch", "ingestion", CATCH))
    here = seen(Scenario(start=Start.PULL, size=Size.BATCH), network=network)
    assert here.arrived_s.tolist() == [3600.0, 3600.0, 3600.0, 7200.0, 10_800.0]


def test_an_api_lets_through_no_more_than_its_rate_and_charges_a_round_trip_a_page():
    figures = {"rate_per_s": 0.1, "burst": 2.0}
    network = chain(("app", "source"), ("door", "interface", PLAIN | figures), ("catch", "ingestion", CATCH))
    here = seen(Scenario(start=Start.PULL, size=Size.BATCH), network=network, trace=at([1.0, 2.0, 3.0, 4.0]))
    assert here.arrived_s.tolist() == pytest.approx([3600.0, 3600.0, 3610.0, 3620.0])
    paged = (("door", "rate_per_s", 0.0), ("door", "round_trip_s", 8.0), ("door", "page_events", 3.0))
    here = seen(
        Scenario(start=Start.PULL, size=Size.BATCH), network=network, trace=at([1.0, 2.0, 3.0, 4.0]), overrides=paged
    )
    assert here.arrived_s.tolist() == pytest.approx([3608.0, 3608.0, 3608.0, 3616.0])


def test_what_is_thrown_spends_its_round_trip_beside_the_others_and_what_is_called_for_one_after_the_other():
    trip = (("door", "round_trip_s", 8.0), ("door", "page_events", 1.0), ("door", "per_event_s", 0.25))
    ways = {
        (Start.PUSH, Size.STREAM): [108.25, 109.25, 110.25, 110.5],
        (Start.PULL, Size.STREAM): [108.25, 116.5, 124.75, 133.0],
        (Start.PUSH, Size.BATCH): [3608.25, 3616.5, 3624.75, 3633.0],
        (Start.PULL, Size.BATCH): [3608.25, 3616.5, 3624.75, 3633.0],
    }
    for (start, size), left_s in ways.items():
        scenario = Scenario(start=start, size=size)
        door = seen(scenario, trace=at([100.0, 101.0, 102.0, 102.0]), overrides=trip, station="door")
        assert door.departed_s.tolist() == pytest.approx(left_s), (start, size)


def test_what_is_thrown_at_once_comes_in_no_pages_so_that_each_needs_its_token():
    limit = (("rate_per_s", 0.1), ("burst", 1.0), ("on_limit", 1.0), ("page_events", 3.0))
    overrides = tuple(("door", name, value) for name, value in limit)
    pulled, pushed = (
        seen(Scenario(start=start, size=Size.STREAM), trace=at([99.5] * 3), overrides=overrides, station="door")
        for start in Start
    )
    assert pulled.departed_s.tolist() == [100.0] * 3  # one request with three records
    assert pushed.departed_s[0] == 99.5
    assert (np.diff(pushed.departed_s) > 9.0).all()


def test_a_batch_scans_before_it_reads_and_a_stream_does_not():
    scan = (("door", "scan_s", 60.0),)
    assert seen(Scenario(start=Start.PULL, size=Size.BATCH), overrides=scan).arrived_s[0] == 3660.0
    assert seen(Scenario(start=Start.PULL, size=Size.STREAM), overrides=scan).arrived_s[0] == 100.0


# Faults


def test_half_the_speed_takes_twice_the_time_while_it_lasts():
    slow = (Fault(FaultKind.SLOW, "catch", 0.0, 300.0, 0.5),)
    here = seen(Scenario(start=Start.PUSH, size=Size.STREAM), faults=slow)
    assert here.departed_s.tolist() == pytest.approx([102.5, 202.5, 3601.5, 3602.5, 9001.5])


def test_a_heavy_query_on_the_source_slows_the_reading_on_the_same_server_only():
    trace, faults = at([10.0, 20.0]), (Fault(FaultKind.CONTEND, "app", 0.0, DAY_S, 0.75),)
    for shares, arrived in ((1.0, [14.0, 24.0]), (0.0, [11.0, 21.0])):
        overrides = (("door", "per_event_s", 1.0), ("door", "same_server", shares))
        here = seen(Scenario(start=Start.PUSH, size=Size.STREAM), trace=trace, faults=faults, overrides=overrides)
        assert here.arrived_s.tolist() == pytest.approx(arrived)


# A way without a log


def landing(start, size, *, down="", at=(36_000.0, 39_600.0), delivery=Guarantee.AT_LEAST_ONCE):
    line = chain(
        ("shop", "source"),
        ("door", "interface", {"rate_per_s": 0.0}),
        ("pump", "ingestion", {"per_event_s": 0.0, "spread": 0.0}),
        ("log", "buffer", {"per_event_s": 5.0, "retention_s": 600.0, "duplicate_share": 0.2, "direct": 1.0}),
        ("lake", "lake"),
    )
    faults = (Fault(FaultKind.DOWN, down, *at),) if down else ()
    promised = (("log", "delivery", float(delivery)),)
    day = Scenario(start, size, Size.STREAM, Arrivals.STEADY, 5_000, faults=faults, overrides=promised)
    return simulate(line, day)


@pytest.mark.parametrize("start", Start)
@pytest.mark.parametrize("size", Size)
def test_without_a_log_nothing_waits_there_and_nothing_comes_twice(start, size):
    run = landing(start, size)
    here = run.passages["log"]
    assert (here.departed_s == here.arrived_s).all()
    assert here.copied_s.size == 0
    assert not here.fate.any()
    assert all(page.out == 0 for page in books(run))


@pytest.mark.parametrize("delivery", Guarantee)
def test_without_a_log_nothing_is_promised_and_nothing_lost_or_kept_back_for_it(delivery):
    run = landing(Start.PUSH, Size.STREAM, delivery=delivery)
    here = run.passages["log"]
    assert (here.departed_s == here.arrived_s).all()
    assert not here.fate.any()


@pytest.mark.parametrize("down", ["log", "lake"])
def test_without_a_log_only_what_is_pushed_event_by_event_is_lost_while_nothing_can_land(down):
    for start, size in product(Start, Size):
        run = landing(start, size, down=down)
        here, thrown = run.passages["log"], (start, size) == (Start.PUSH, Size.STREAM)
        while_down = (here.arrived_s >= 36_000.0) & (here.arrived_s < 39_600.0)
        assert while_down.any()
        assert (here.fate[while_down] == (Fate.REFUSED if thrown else Fate.OK)).all()
        assert not here.fate[~while_down].any()
        assert thrown or (here.departed_s[while_down] == 39_600.0).all()
        assert all(page.out == 0 for page in books(run))
