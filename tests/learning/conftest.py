"""Drills that are made once for all tests of this room, and the store in which they are kept."""

import pytest

from lifecycle.learning.drills import drill
from lifecycle.storage import Store
from tests.learning.drills_made import LABELS, NETWORK, SEEDS


@pytest.fixture(scope="session")
def drills():
    return {(seed, level): drill(NETWORK, LABELS, seed, level) for seed, level in SEEDS}


@pytest.fixture(params=SEEDS, ids=str)
def one(request, drills):
    return drills[request.param]


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return Store(tmp_path / "data" / "headwaters.db")
