"""What the tests of classes share: a clock that stands, a store in a file, and a hub over it."""

import pytest

from lifecycle.classroom.server.hub import Hub
from lifecycle.storage import Classes
from tests.classroom.class_votes import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "headwaters.db"


@pytest.fixture(params=["file", "empty_postgres"])
def store(request, clock):
    return Classes(request.getfixturevalue(request.param), clock)


@pytest.fixture
def hub(store):
    hub = Hub(store)
    yield hub
    hub.stop()
