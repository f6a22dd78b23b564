"""Which event was on a wire: the one that went over it nearest to the moment, and no other."""

from dataclasses import replace

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import crossing
from lifecycle.simulation.readings.moves import moves, setting_off_s
from tests.support.followed import AS_IT_COMES, DESK, SHOP, walked
from tests.support.networks import at

NETWORK = load(SHIPPED).pipeline.network


def test_it_is_the_one_that_had_set_off_last():
    run = walked(AS_IT_COMES, [100.0, 200.0, 300.0], SHOP, DESK)
    assert [crossing(run, "shop", "desk", moment_s) for moment_s in (0.0, 120.0, 240.0, 300.0, 9_000.0)] == [
        0,
        0,
        1,
        2,
        2,
    ]


def test_where_a_stage_shares_out_its_events_it_is_one_that_went_this_way():
    stations = (Station("shop", Role.SOURCE), Station("desk", Role.CONSUMER), Station("lab", Role.CONSUMER))
    network = Network(stations, (Link("shop", "desk", 1.0), Link("shop", "lab", 1.0)))
    times_s = [60.0 * minute for minute in range(100)]
    run = simulate(network, replace(AS_IT_COMES, events=100), at(times_s))
    for target in ("desk", "lab"):
        assert all(crossing(run, "shop", target, time_s) in run.passages[target].ids for time_s in times_s)


@pytest.mark.parametrize("size", Size)
def test_on_every_wire_it_left_the_one_end_and_came_to_the_other_in_the_packet_that_is_drawn(size):
    run = simulate(NETWORK, Scenario(events=3_000, size=size))
    for link in NETWORK.links:
        if link.loop:
            continue
        feed, there = run.passages[link.source], run.passages[link.target]
        for moment_s in (30_000.0, 75_000.0):
            event = crossing(run, link.source, link.target, moment_s)
            assert event in there.ids
            drawn_s = setting_off_s(run, link.source, float(feed.out_s[feed.out_ids == event][0]))
            so_far = moves(run).left((link.source, link.target), moment_s)
            assert moves(run).left((link.source, link.target), drawn_s + 60) >= round(so_far)
            assert drawn_s <= moment_s + 60


def test_a_wire_that_there_is_not_or_that_nothing_went_over_is_said():
    run = simulate(NETWORK, Scenario(events=0))
    with pytest.raises(ValueError, match=r"^no flow leads from bi to lake; click a dot"):
        crossing(run, "bi", "lake", 0.0)
    with pytest.raises(ValueError, match=r"^nothing went from lake to transform on this day"):
        crossing(run, "lake", "transform", 0.0)
