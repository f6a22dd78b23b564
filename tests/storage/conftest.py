"""The store that the tests of this room fill: on SQLite, and on PostgreSQL."""

import pytest

from lifecycle.storage import Store


@pytest.fixture
def file(tmp_path):
    return Store(tmp_path / "data" / "headwaters.db")


@pytest.fixture
def postgres(empty_postgres):
    return Store(empty_postgres)


@pytest.fixture(params=["file", "postgres"])
def store(request):
    return request.getfixturevalue(request.param)
