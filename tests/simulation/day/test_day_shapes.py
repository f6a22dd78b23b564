"""Users beside an extract, and the shape of a day under each of the switches."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.measures import (
    depth,
    edges,
    summary,
    user_response_s,
)
from tests.support.networks import at, chain

DEFAULT = default_network()
SWITCHES = list(product(Start, Size, Size))
SEEN = chain(("app", "source"), ("bi", "consumer", {"query_s": 10.0}))


def day(network, times, **more):
    return simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=len(times), **more), at(times))


# Users of the production database


def test_users_wait_longer_while_an_extract_shares_their_server():
    door = {"scan_s": 300.0, "per_event_s": 0.0}
    network = chain(("app", "source"), ("door", "interface", door), ("catch", "ingestion"))
    run = day(network, [100.0], start="pull", size="batch")
    response = user_response_s(run, "app", edges(run))
    assert response[12] == pytest.approx(0.02 / (1 - 0.4 - 0.3))
    assert response[11] == response[13] == pytest.approx(0.02 / (1 - 0.4))
    apart = replace(run.scenario, overrides=(("door", "same_server", 0.0),))
    assert user_response_s(simulate(network, apart, at([100.0])), "app", edges(run))[12] == pytest.approx(0.02 / 0.6)


def test_users_wait_for_ever_where_a_heavy_query_takes_all_that_is_left():
    run = day(
        SEEN,
        [100.0],
        faults=(Fault(FaultKind.CONTEND, "app", 0.0, 300.0, 0.35), Fault(FaultKind.CONTEND, "app", 600.0, 900.0, 0.6)),
    )
    response = user_response_s(run, "app", edges(run))
    assert response[:4].tolist() == pytest.approx([0.08, 0.02 / 0.6, math.inf, 0.02 / 0.6])


def test_only_a_source_has_users():
    with pytest.raises(ValueError, match="bi is a consumer; users query a source"):
        user_response_s(day(SEEN, [1.0]), "bi", np.array([0.0, 1.0]))


# What the picture must teach


def figures_of_day(start, size, transform="stream", **more):
    return summary(simulate(DEFAULT, Scenario(start, size, transform, **more)))


def test_pulled_in_hourly_batches_data_is_about_an_hour_old_and_pushed_as_a_stream_seconds():
    batch = figures_of_day("pull", "batch", "batch").deliveries["bi"]
    stream = figures_of_day("push", "stream").deliveries["bi"]
    assert 3600.0 < batch.fresh_p95_s < 2 * 3600.0
    assert 3600.0 < batch.p95_s < 2 * 3600.0
    assert 1.0 < stream.fresh_p95_s < 30.0
    assert 1.0 < stream.p95_s < 30.0


def test_a_streamed_ingestion_before_a_batch_transformation_is_as_old_as_the_transformation():
    slow = figures_of_day("push", "stream", "batch").deliveries["bi"]
    assert 600.0 < slow.fresh_p95_s < 1200.0


def test_batches_flood_the_wire_and_streams_do_not():
    pull, push = (
        figures_of_day("pull", "batch").strains["ingestion"],
        figures_of_day("push", "stream").strains["ingestion"],
    )
    assert pull.mean_per_s == pytest.approx(push.mean_per_s, rel=0.05)
    assert pull.peak_per_s > 8 * push.mean_per_s
    assert push.peak_per_s < 3 * push.mean_per_s


def test_a_crash_of_the_receiver_loses_what_is_pushed_as_a_stream_and_nothing_else():
    crash = (Fault(FaultKind.DOWN, "ingestion", 2 * 3600.0, 5 * 3600.0),)
    for start, size, _ in SWITCHES:
        lost = figures_of_day(start, size, faults=crash).lost.get("ingestion", {})
        assert (lost.get("refused", 0) > 1000) == ((start, size) == ("push", "stream"))


def test_a_backlog_drains_at_capacity_minus_arrivals():
    down = (Fault(FaultKind.DOWN, "buffer", 36_000.0, 46_800.0),)
    overrides = (("buffer", "per_event_s", 0.5),)
    run = simulate(
        DEFAULT, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.STEADY, faults=down, overrides=overrides)
    )
    rate = 120_000 / DAY_S
    backlog = int(depth(run, "buffer", np.array([46_800.0]))[0])
    drained = 46_800.0 + backlog / (2.0 - rate)
    moments = np.arange(46_800.0, DAY_S, 1.0)
    empty = moments[np.flatnonzero(depth(run, "buffer", moments) == 0)[0]]
    assert backlog == pytest.approx(3 * 3600 * rate, rel=0.05)
    assert empty == pytest.approx(drained, rel=0.02)
    assert depth(run, "buffer", np.array([DAY_S]))[0] < backlog / 100


def test_a_larger_transformation_crew_does_not_help_where_the_source_is_the_bottleneck():
    slow = (("api", "rate_per_s", 0.05), ("transform", "workers", 2.0))
    more = (("api", "rate_per_s", 0.05), ("transform", "workers", 4.0))
    few, many = (figures_of_day("push", "stream", overrides=o).deliveries["bi"] for o in (slow, more))
    assert many.p99_s == pytest.approx(few.p99_s, rel=0.001)
    assert few.p99_s > 3600.0


def test_a_day_through_a_diamond_is_delivered_twice_unless_it_is_integrated():
    stations = (
        Station("a", Role.SOURCE),
        Station("b", Role.LAKE),
        Station("c", Role.WAREHOUSE),
        Station("d", Role.CONSUMER),
    )
    links = (Link("a", "b"), Link("a", "c"), Link("b", "d"), Link("c", "d"))
    said = summary(simulate(Network(stations, links), Scenario(events=100, arrivals=Arrivals.STEADY)))
    assert said.deliveries["d"].twice == pytest.approx(100, abs=2)
