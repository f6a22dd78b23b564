"""What is drawn of what moves: packets, requests, what a closed door sends back, and nobody ahead of the run."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.following.pace import drawn
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.moves import BATCH_EVENTS, HOP_S, MINUTES, moves, packed, timetable
from tests.support.days import kept
from tests.support.narrow import not_none
from tests.support.networks import networks, scenarios

NETWORK = load(SHIPPED).pipeline.network
HOUR_S = 3600.0
INTERFACES = ("jdbc", "logs", "api")


@kept
def day(start: Start, size: Size, **more) -> Run:
    return simulate(NETWORK, Scenario(start=start, size=size, **more))


@settings(max_examples=60)
@given(st.data())
def test_on_any_day_of_any_network_each_event_is_at_one_place_at_every_moment(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    shown = moves(run)
    moments = [*data.draw(st.lists(st.floats(0.0, run.horizon_s), max_size=3)), 7 * HOUR_S, run.horizon_s]
    for t in moments:
        for name in run.passages:
            assert shown.inside(name, t) >= -1e-6
        for wire in shown.wires:
            assert shown.left(wire, t) >= shown.arrived(wire, t) >= 0
            assert shown.left(wire, t) <= np.searchsorted(run.carried[wire], t + 60.0, "right")
    for name, passage in run.passages.items():
        assert shown.went(name, run.horizon_s) == passage.out_s.size - passage.copied_s.size


def test_a_batch_is_one_packet_hop_by_hop_that_leaves_only_what_it_has_come_to():
    shown = moves(day(Start.PULL, Size.BATCH))
    way = [
        ("logs", "ingestion"),
        ("ingestion", "buffer"),
        ("buffer", "lake"),
        ("lake", "transform"),
        ("transform", "warehouse"),
    ]
    for wire in way:
        assert not shown.wires[wire].sent.steady[:-1].any()
    left = [np.flatnonzero(shown.wires[wire].sent.packets) for wire in way]
    assert {len(each) for each in left} == {23}  # one an hour; the last is for after midnight
    for before, after in pairwise(left):
        assert np.all(after - before >= HOP_S / 60)


def test_a_batch_waits_until_all_of_it_has_arrived_and_goes_as_a_whole():
    sent = moves(day(Start.PULL, Size.STREAM)).wires["transform", "warehouse"].sent
    assert not sent.steady[:-1].any()
    assert np.count_nonzero(sent.packets) >= 90  # one each quarter of an hour


def test_a_batch_leaves_when_it_is_complete_and_quiet_minutes_set_it_apart():
    counts = np.zeros(MINUTES + 1, np.int64)
    counts[[10, 11, 12]] = 5, 6, 7
    assert packed(counts, 1000).packets[:16].tolist() == [0] * 12 + [18] + [0] * 3
    assert not packed(counts, 1000).steady.any()
    few = np.where(counts > 0, BATCH_EVENTS // 4, 0)
    assert not packed(few, 1000).packets.any()
    long = counts.copy()
    long[13:16] = 5
    assert not packed(long, 1000).packets.any()
    assert packed(10 * long, 60).packets[11:14].tolist() == [0, 70, 0]
    assert packed(10 * long, 60).steady[11:14].tolist() == [60, 0, 50]
    late = np.zeros(MINUTES + 1, np.int64)
    late[-1] = 5000  # no minute of the day
    assert not packed(late, 1000).packets.any()


@pytest.mark.parametrize("size", Size)
def test_only_in_a_pull_is_anything_asked_for_and_the_request_sets_off_no_sooner_than_the_run_calls(size):
    pull, push = moves(day(Start.PULL, size)), moves(day(Start.PUSH, size))
    asked = {wire for wire, moved in pull.wires.items() if moved.pulled}
    assert asked == {(name, "ingestion") for name in INTERFACES}
    assert not any(moved.pulled for moved in push.wires.values())
    run = day(Start.PULL, size)
    for wire in asked:
        for t in np.arange(HOP_S, run.horizon_s, 607.0):
            assert pull.left(wire, t) <= np.searchsorted(run.carried[wire], t - HOP_S + 60.0, "right")


def test_what_a_door_refuses_comes_back_on_the_wire_on_which_it_came_and_is_lost_there():
    down = (Fault(FaultKind.DOWN, "ingestion", 14 * HOUR_S, 15 * HOUR_S),)
    shown = moves(day(Start.PUSH, Size.STREAM, faults=down))
    back = {name: int(shown.wires[name, "ingestion"].refused.sum()) for name in INTERFACES}
    assert min(back.values()) > 100
    assert sum(back.values()) == shown.stations["ingestion"].lost.sum()
    assert all(moved.refused.sum() == 0 for wire, moved in shown.wires.items() if wire[1] != "ingestion")
    kept_back = moves(day(Start.PULL, Size.STREAM, faults=down))  # the data waits where it is
    assert all(moved.refused.sum() == 0 for moved in kept_back.wires.values())


@pytest.mark.parametrize("start", Start)
@pytest.mark.parametrize("size", Size)
def test_a_ring_is_full_when_the_packet_that_waited_for_its_tick_sets_off(start, size):
    """However many hops are drawn in front of it."""
    run = simulate(NETWORK, Scenario(events=60_000, start=start, size=size))
    station = moves(run).stations["transform"]
    every_s, at_s = not_none(station.timetable)
    early_s = -((np.flatnonzero(station.sent.packets[:MINUTES]) + 1) * 60.0 - at_s) % every_s
    assert early_s.size > 10
    assert np.median(np.minimum(early_s, every_s - early_s)) <= 60.0


def test_stages_that_wait_for_a_tick_have_a_timetable_and_others_none():
    def every_s(**changes):
        run = (
            day(Start.PULL, Size.BATCH) if not changes else simulate(NETWORK, replace(Scenario(events=100), **changes))
        )
        return {name: (timetable(run, name) or (0, 0))[0] for name in run.passages}

    batch = every_s()
    assert [batch[name] for name in (*INTERFACES, "transform", "ml")] == [3600, 3600, 3600, 900, 3600]
    assert [batch[name] for name in ("oltp", "ingestion", "buffer", "lake", "warehouse", "archive")] == [0] * 6
    assert every_s(transform=Size.STREAM)["transform"] == 0
    assert every_s(size=Size.STREAM)["jdbc"] == 0
    own = every_s(overrides=(("api", "own_interval_s", 86_400.0), ("api", "own_offset_s", 10_800.0)))
    assert (own["api"], own["logs"]) == (86_400, 3600)


@pytest.mark.parametrize("size", Size)
def test_an_event_that_is_followed_goes_with_what_is_drawn(size):
    run = day(Start.PULL, size)
    for event in (1_000, 47_113, 90_000):
        journey = follow(run, event, "bi")
        at = drawn(run, journey)
        for before, after in pairwise(journey.stays):
            (_, left_s), (came_s, _) = at[before.stage], at[after.stage]
            assert came_s == left_s + HOP_S
            packets = moves(run).wires[before.stage, after.stage].sent.packets
            if size == Size.BATCH and before.stage in (*INTERFACES, "ingestion", "buffer", "lake", "transform"):
                assert left_s % 60 == 0
                assert packets[round(left_s / 60) - 1] > 0
        assert all(left_s >= came_s for came_s, left_s in at.values())
