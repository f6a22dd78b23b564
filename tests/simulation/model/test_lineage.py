"""Who is downstream: by the number of flows, consumers at the end, never round a loop."""

import pytest
from hypothesis import given, settings

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.lineage import downstream, upstream
from lifecycle.simulation.model.network import Link, Network, Station
from tests.support.networks import networks

PIPELINE = load(SHIPPED).pipeline


def test_the_courses_own_lineage():
    network = PIPELINE.network
    assert downstream(network, "oltp") == (
        "jdbc", "ingestion", "buffer", "lake", "transform", "archive", "warehouse", "bi", "ml", "ai", "reverse-etl",
    )  # fmt: skip
    assert downstream(network, "bi") == ()
    assert downstream(network, "reverse-etl") == (), "the loop leads on to the external tools and is left out"
    assert upstream(network, "ingestion") == ("api", "jdbc", "logs", "oltp", "telemetry", "external")
    assert upstream(network, "oltp") == ()
    with pytest.raises(ValueError, match="no stage 'shop'; choose oltp"):
        downstream(network, "shop")


def test_a_consumer_stands_at_the_end_though_it_is_near():
    stations = (
        Station("a", Role.SOURCE),
        Station("look", Role.CONSUMER),
        Station("b", Role.LAKE),
        Station("c", Role.LAKE),
    )
    network = Network(stations, (Link("a", "look"), Link("a", "b"), Link("b", "c"), Link("c", "look")))
    assert downstream(network, "a") == ("b", "c", "look")
    assert upstream(network, "look") == ("a", "c", "b")


def paths(network, stage):
    """The lengths of all paths from a stage, walked one by one."""
    for link in network.links:
        if link.source == stage and not link.loop:
            yield link.target, 1
            yield from ((target, flows + 1) for target, flows in paths(network, link.target))


@settings(max_examples=100)
@given(networks())
def test_held_against_every_path_that_there_is(network):
    roles = {station.id: station.role for station in network.stations}
    for station in network.stations:
        shortest: dict[str, int] = {}
        for target, flows in paths(network, station.id):
            shortest[target] = min(flows, shortest.get(target, flows))
        reached = downstream(network, station.id)
        assert set(reached) == set(shortest)
        assert len(reached) == len(set(reached))
        ranks = [(roles[name] == Role.CONSUMER, shortest[name]) for name in reached]
        assert ranks == sorted(ranks)
        assert {name for name in roles if station.id in downstream(network, name)} == set(upstream(network, station.id))


def walked(stage, *, forward):
    """The stages that one comes to from flow to flow of the course's own file, loops left out."""
    reached, todo = set(), [stage]
    while todo:
        at = todo.pop()
        for flow in PIPELINE.flows:
            start, end = (flow.source, flow.target) if forward else (flow.target, flow.source)
            if start == at and end not in reached and not flow.loop:
                reached.add(end)
                todo.append(end)
    return reached


def test_the_course_knows_the_same_stages():
    for stage in PIPELINE.stages:
        assert set(downstream(PIPELINE.network, stage.id)) == walked(stage.id, forward=True)
        assert set(upstream(PIPELINE.network, stage.id)) == walked(stage.id, forward=False)
