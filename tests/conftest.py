"""What many tests share: a small pipeline and its runs."""

from __future__ import annotations

import pytest
from hypothesis import settings

from lifecycle.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Scenario

# The same examples in every run, so that what was green stays green; `make search` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("same")

SMALL = Pipeline(
    "A small one",
    (Zone("upstream", "Upstream"),),
    (
        Stage("shop", "upstream", "Shop", "source"),
        Stage("pump", "upstream", "Pump", "ingestion"),
        Stage("dock", "upstream", "Dock <b>", "buffer"),
        Stage("mill", "upstream", "=Mill", "transform"),
        Stage("desk", "upstream", "Desk", "consumer"),
    ),
    (Flow("shop", "pump"), Flow("pump", "dock"), Flow("dock", "mill"), Flow("mill", "desk")),
)


@pytest.fixture(scope="session")
def pipeline():
    return SMALL


@pytest.fixture(scope="session")
def batch_run():
    return simulate(SMALL.network, Scenario(events=5_000))


@pytest.fixture(scope="session")
def stream_run():
    return simulate(SMALL.network, Scenario(events=5_000, start="push", size="stream", transform="stream"))


@pytest.fixture(scope="session")
def empty_run():
    return simulate(SMALL.network, Scenario(events=0))


@pytest.fixture(scope="session")
def lossy_run():
    """A buffer with room for ten, met by a batch: most is refused."""
    return simulate(SMALL.network, Scenario(events=5_000, overrides=(("dock", "capacity", 10.0),)))
