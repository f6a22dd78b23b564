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
        "jdbc", "ingestion", "buffer", "lake", "transform", "archive", "warehouse", "bi", "ml", "reverse-etl",
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


def test_the_course_knows_the_same_stages():
    for stage in PIPELINE.stages:
        assert set(downstream(PIPELINE.network, stage.id)) == PIPELINE.downstream(stage.id)
        assert set(upstream(PIPELINE.network, stage.id)) == PIPELINE.upstream(stage.id)
