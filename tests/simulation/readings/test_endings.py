"""What became of what was born: the counts add up to the births, wherever delivered and lost are told together."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.simpy_pipeline import run as run_in_simpy
from benchmarks.simulate import default_network
from lifecycle.charts.headlines import headlines, worth_telling
from lifecycle.course import SHIPPED, address, load
from lifecycle.course.address import State
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.endings import endings
from lifecycle.simulation.readings.summary import day_summary
from tests.support.networks import at, chain, networks, scenarios

COURSE = load(SHIPPED)
SWITCHES = list(product(Start, Size, Size))


def days(name: str) -> list[Scenario]:
    """The scenario under all switches, each day that comes of it once, with a tenth of its events."""
    states = [State(scenario=name, start=start, size=size, transform=work) for start, size, work in SWITCHES]
    whole = dict.fromkeys(address.scenario_of(state, COURSE) for state in states)
    return [replace(day, events=max(1_000, day.events // 10)) for day in whole]


@pytest.mark.parametrize("name", [named.id for named in COURSE.scenarios])
def test_the_headlines_add_up_to_what_was_born_in_every_scenario_under_all_switches(name):
    for day in days(name):
        run = simulate(COURSE.pipeline.network, day, COURSE.traces.get(day.trace))
        told = {key: figure for key, figure in headlines(COURSE.pipeline, run).items() if worth_telling(figure)}
        count = {key: int(figure.shown.replace(",", "")) for key, figure in told.items() if key in ENDS}
        assert sum(count.values()) - 2 * count.get("twice", 0) == run.born_s.size, day
        assert "elsewhere" not in told  # every branch of this pipeline leads to the first consumer, or copies
        alone = day_summary(run, "bi")
        assert {key: alone.figures[key] for key in count} == count


ENDS = ("delivered", "on_the_way", "removed", "lost", "twice", "elsewhere")


@pytest.mark.parametrize("switches", [SWITCHES[1], SWITCHES[4], SWITCHES[7]], ids="-".join)
def test_the_endings_are_those_of_the_event_by_event_simulation(switches):
    network, (start, size, transform) = default_network(), switches
    scenario = Scenario(start=start, size=size, transform=transform, events=500)
    logs = run_in_simpy(network, scenario)
    found = endings(simulate(network, scenario), "bi")
    there = {event for event, time in logs["bi"].departed if time <= DAY_S}
    failed = {event for log in logs.values() for event, _ in log.lost} - there
    arrived = {event for log in logs.values() for event, _ in log.arrived}
    inside = {
        event
        for name, log in logs.items()
        if name not in ("archive", "ml", "reverse-etl")
        for event, _ in log.arrived
        if event not in {each for each, time in log.departed if time <= DAY_S} | {each for each, _ in log.lost}
    } - there
    assert found.delivered - found.twice == len(there)
    assert found.on_the_way == len(inside)
    assert found.removed + found.lost == len(failed - inside)
    assert found.born == len(arrived)


@given(st.data())
def test_on_any_network_the_endings_add_up_and_agree_with_the_losses(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    consumers = [station.id for station in network.stations if station.role == "consumer"]
    for consumer in [*consumers, None]:
        found = endings(run, consumer)
        total = found.delivered + found.on_the_way + found.removed + found.lost + found.elsewhere
        assert total == found.born + found.twice
        by_purpose = {True: 0, False: 0}
        for name in run.passages:
            for reason, events in measures.losses(run, name).items():
                by_purpose[reason in measures.REMOVED] += events
        assert found.lost == by_purpose[False]
        assert found.removed + found.removed_again == by_purpose[True]
        assert min(vars(found).values()) >= 0
        if consumer:
            assert found.delivered == measures.latency(run, consumer).size


def test_what_goes_down_another_branch_is_elsewhere_and_what_waits_is_on_the_way():
    network = Network(
        (
            Station("shop", Role.SOURCE),
            Station("left", Role.CONSUMER, (("interval_s", 0.0), ("query_s", 0.0))),
            Station("right", Role.CONSUMER, (("interval_s", 2 * DAY_S),)),
        ),
        (Link("shop", "left", 1.0), Link("shop", "right", 1.0)),
    )
    run = simulate(network, Scenario(events=1_000))
    left, right = endings(run, "left"), endings(run, "right")
    assert left.delivered == left.born - left.elsewhere > 0 == left.on_the_way
    assert right.on_the_way == left.elsewhere > 0 == right.delivered
    assert endings(run, None).on_the_way == left.elsewhere


def test_second_deliveries_count_twice_and_removed_copies_are_no_events():
    shop, log, end = ("shop", "source"), ("log", "buffer", {"duplicate_share": 1.0}), ("desk", "consumer")
    times = [100.0, 200.0, 300.0]
    plain = simulate(chain(shop, log, end), Scenario(arrivals=Arrivals.REAL_DAY, events=3, size=Size.STREAM), at(times))
    found = endings(plain, "desk")
    assert (found.born, found.delivered, found.twice, found.on_the_way) == (3, 6, 3, 0)
    mill = ("mill", "transform", {"idempotent": 1.0})
    clean = Scenario(arrivals=Arrivals.REAL_DAY, events=3, size=Size.STREAM, transform=Size.STREAM)
    found = endings(simulate(chain(shop, log, mill, end), clean, at(times)), "desk")
    assert (found.delivered, found.removed, found.removed_again, found.twice) == (3, 0, 3, 0)


def test_what_has_arrived_is_not_on_the_way_though_a_copy_of_it_waits():
    network = Network(
        (
            Station("shop", Role.SOURCE),
            Station("fast", Role.TRANSFORM, (("interval_s", 60.0), ("reject_share", 0.0))),
            Station("slow", Role.TRANSFORM, (("interval_s", 2 * DAY_S), ("reject_share", 0.0))),
            Station("desk", Role.CONSUMER, (("interval_s", 0.0), ("query_s", 0.0))),
        ),
        (Link("shop", "fast"), Link("shop", "slow"), Link("fast", "desk"), Link("slow", "desk")),
    )
    found = endings(simulate(network, Scenario(events=1_000)), "desk")
    assert found.delivered > 900
    assert (found.delivered + found.on_the_way, found.twice) == (found.born, 0)


def test_an_unknown_consumer_is_told_which_stations_there_are():
    run = simulate(chain(("shop", "source"), ("desk", "consumer")), Scenario(events=10))
    with pytest.raises(ValueError, match="no station 'bi'; choose shop, desk"):
        endings(run, "bi")
