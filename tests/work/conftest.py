"""One cluster for all tests of what is done by a cluster."""

import pytest
from distributed import Client, LocalCluster

from tests.work.large_work import ANY_PORT


@pytest.fixture(scope="package")
def cluster():
    """Two processes that work, each of which is started again when it ends."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster:
        yield cluster


@pytest.fixture
def named(cluster, monkeypatch):
    """The cluster, named in the setting, with both of its workers there."""
    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
    return cluster
