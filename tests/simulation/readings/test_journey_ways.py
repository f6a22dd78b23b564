"""Which of an event's copies is followed where the day has several for it, and which event an order names then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.journey import DELIVERED, ON_THE_WAY, Pick, choose, follow
from tests.support.followed import AS_IT_COMES, DESK, EVEN, SHOP, walked
from tests.support.narrow import not_none
from tests.support.networks import at, networks, scenarios

PLAIN = (("per_event_s", 0.0), ("latency_s", 0.0), ("bandwidth_bytes_per_s", 0.0), ("decode_s_per_mb", 0.0))
PUMP = Station("pump", Role.INGESTION, PLAIN)
MILL = Station("mill", Role.TRANSFORM, (("reject_share", 1.0), ("per_event_s", 10.0), ("spread", 0.0)))
LIVE = Station("desk", Role.CONSUMER, (("query_s", 0.0),))


def forked(
    times_s: list[float], links: list[tuple[str, str]], *stations: Station, faults: tuple[Fault, ...] = ()
) -> Run:
    """A day pushed as it comes over any links, each of which takes a copy."""
    network = Network((Station("shop", Role.SOURCE), *stations), tuple(Link(*link) for link in links))
    day = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY, events=len(times_s), faults=faults)
    return simulate(network, day, at(times_s))


def test_the_first_delivery_is_followed():
    log = ("log", "buffer", EVEN | {"duplicate_share": 1.0, "redelivery_s": 300.0})
    run = walked(AS_IT_COMES, [5.0], SHOP, log, DESK)
    assert run.passages["desk"].ids.tolist() == [0, 0]
    assert follow(run, 0, "desk").latency_s == 10.0


def test_what_is_on_two_ways_is_followed_to_where_it_came_last():
    never = Station("slow", Role.TRANSFORM, (("micro_batch_s", 3_600.0), ("per_event_s", 10.0)))
    log = Station("log", Role.BUFFER, (("per_event_s", 10.0), ("spread", 0.0)))
    rare = Station("desk", Role.CONSUMER, (("interval_s", 2 * DAY_S),))
    for stations in ((never, log, rare), (rare, log, never)):
        links = [("shop", "slow"), ("shop", "log"), ("slow", "desk"), ("log", "desk")]
        journey = follow(forked([DAY_S - 1_000.0], links, *stations), 0, "desk")
        assert (journey.fate, [stay.stage for stay in journey.stays]) == (ON_THE_WAY, ["shop", "log", "desk"])


def test_a_loss_counts_before_a_removal_that_comes_later():
    down = (Fault(FaultKind.DOWN, "pump", 0.0, 100.0),)
    links = [("shop", "pump"), ("shop", "mill"), ("pump", "desk"), ("mill", "desk")]
    for stations in ((PUMP, MILL, LIVE), (MILL, PUMP, LIVE)):
        journey = follow(forked([5.0], links, *stations, faults=down), 0, "desk")
        assert (journey.fate, journey.stays[-1].stage) == ("refused", "pump")


def test_a_loss_on_the_way_to_the_consumer_counts_before_one_elsewhere():
    aside = Station("aside", Role.INGESTION, PLAIN)
    slow = Station("slow", Role.BUFFER, (("per_event_s", 10.0), ("spread", 0.0)))
    down = (Fault(FaultKind.DOWN, "pump", 0.0, 100.0), Fault(FaultKind.DOWN, "aside", 0.0, 100.0))
    links = [("shop", "pump"), ("pump", "desk"), ("shop", "slow"), ("slow", "aside")]
    run = forked([5.0], links, aside, slow, PUMP, LIVE, faults=down)
    assert run.passages["aside"].fate.tolist() == run.passages["pump"].fate.tolist() == [1]
    assert follow(run, 0, "desk").stays[-1].stage == "pump"


def test_the_last_lost_is_by_its_loss_and_by_no_removal_and_no_branch():
    links = [("shop", "pump"), ("shop", "mill"), ("pump", "desk"), ("mill", "desk"), ("shop", "aside")]
    aside = Station("aside", Role.INGESTION, PLAIN)
    down = (Fault(FaultKind.DOWN, "pump", 0.0, 3.0), Fault(FaultKind.DOWN, "aside", 4.0, 100.0))
    run = forked([1.0, 2.0, 50.0], links, PUMP, MILL, LIVE, aside, faults=down)
    assert [follow(run, event, "desk").fate for event in range(3)] == ["refused", "refused", DELIVERED]
    assert choose(run, Pick.LOST, "desk") == 1
    sieve = Station("sieve", Role.TRANSFORM, (("reject_share", 0.5), ("per_event_s", 10.0), ("idempotent", 0.0)))
    links = [("shop", "pump"), ("pump", "desk"), ("shop", "sieve")]
    run = forked(
        [float(second) for second in range(10)],
        links,
        PUMP,
        sieve,
        LIVE,
        faults=(Fault(FaultKind.DOWN, "pump", 0.0, 8.0),),
    )
    assert [event for event in range(10) if follow(run, event, "desk").fate == "refused"] == list(range(8))
    assert run.passages["sieve"].fate[6:8].tolist() == [6, 0]  # the last lost is not rejected, as others are later
    assert choose(run, Pick.LOST, "desk") == 7


@given(st.data())
def test_each_order_names_the_event_that_a_look_at_all_of_them_does(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    consumer = next((station.id for station in network.stations if station.role == Role.CONSUMER), None)
    if consumer is None or not 0 < run.born_s.size <= 60:
        return
    journeys = [follow(run, event, consumer) for event in range(run.born_s.size)]
    came = [journey for journey in journeys if journey.fate == DELIVERED]
    if not came:
        with pytest.raises(ValueError, match="nothing was delivered"):
            choose(run, Pick.LAST, consumer)
        return
    took = sorted(not_none(journey.latency_s) for journey in came)
    last = max(not_none(journey.stays[-1].left_s) for journey in came)
    chosen = {pick: journeys[choose(run, pick, consumer)] for pick in Pick if pick != Pick.LOST}
    assert not_none(chosen[Pick.LAST].stays[-1].left_s) == last
    assert chosen[Pick.SLOWEST].latency_s == took[-1]
    assert chosen[Pick.MEDIAN].latency_s == took[(len(took) - 1) // 2]


def test_the_last_delivered_need_not_be_the_last_born():
    run = walked(AS_IT_COMES, [float(second) for second in range(30)], ("shop", "source", {"late_share": 0.5}), DESK)
    seen_s = [not_none(follow(run, event, "desk").stays[-1].left_s) for event in range(30)]
    assert choose(run, Pick.LAST, "desk") == seen_s.index(max(seen_s)) != 29
