"""What many tests share: a small pipeline and its runs, and a PostgreSQL for those that keep something."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.storage import Store, engines
from tools.postgres import Cluster, found
from tools.tethers import end_in_order

# The same examples in every run, so that what was green stays green; `make search` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("same")


MAIN = sys.modules["__main__"]


# Fixtures that take half a minute: the tests that use one go to the same worker, which makes it once.
COSTLY = ("papers", "drills")


def pytest_configure() -> None:
    end_in_order()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in COSTLY:
            if name in getattr(item, "fixturenames", ()) and not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group(name))


@contextmanager
def _as_if_alone(item: pytest.Item) -> Iterator[None]:
    """Hide what other tests of this process left: a browser's loop, which runs on between them, an app as `__main__`.

    Python starts no second loop in a thread, and its new processes begin by running the file of `__main__`.
    """
    sys.modules["__main__"] = MAIN
    if "chromium" in getattr(item, "fixturenames", ()):
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with _as_if_alone(item):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with _as_if_alone(item):
        return (yield)


SMALL = Pipeline(
    "A small one",
    (Zone("upstream", "Upstream"),),
    (
        Stage("shop", "upstream", "Shop", Role.SOURCE),
        Stage("pump", "upstream", "Pump", Role.INGESTION),
        Stage("dock", "upstream", "Dock <b>", Role.BUFFER),
        Stage("mill", "upstream", "=Mill", Role.TRANSFORM),
        Stage("desk", "upstream", "Desk", Role.CONSUMER),
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
    return simulate(SMALL.network, Scenario(events=5_000, start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM))


@pytest.fixture(scope="session")
def empty_run():
    return simulate(SMALL.network, Scenario(events=0))


@pytest.fixture(scope="session")
def lossy_run():
    """A buffer with room for ten, met by a batch: most is refused."""
    return simulate(SMALL.network, Scenario(events=5_000, overrides=(("dock", "capacity", 10.0),)))


@pytest.fixture(scope="session")
def cluster():
    """A throw-away server; tests that use it are of the group "storage", so that there is one."""
    programs = found()
    if programs is None:
        pytest.skip("LEFT OUT: no PostgreSQL here (python -m tools.postgres installs one)")
    with tempfile.TemporaryDirectory(prefix="hw-") as short:  # a socket's path may not be long
        Path(short).chmod(0o755)
        cluster = Cluster(programs, Path(short) / "pg")
        cluster.start()
        yield cluster
        cluster.stop()


@pytest.fixture
def empty_postgres(cluster):
    """The address of an empty database."""
    engine = sa.create_engine(Store(cluster.url).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql("DROP SCHEMA public CASCADE")
        db.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    engines.forget()
    return cluster.url
