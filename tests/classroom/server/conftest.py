"""A live class over HTTP: its store in a file, its addresses as the app serves them, and a talk of three steps."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.classroom import ask_json
from lifecycle.classroom.server import limits, routes
from lifecycle.classroom.server.hub import Hub
from lifecycle.diagram import layout
from lifecycle.storage import Classes
from lifecycle.ui import server
from tests.classroom.server.live_pages import ASK


@pytest.fixture
def no_token_comes_back(monkeypatch):
    """However slow the machine, what was used up stays so while a test runs."""
    for name in ("VOTES", "ASKS", "WRONG_CODES", "ALL_WRONG_CODES", "WRONG_SECRETS"):
        monkeypatch.setattr(limits, name, (getattr(limits, name)[0], 1e-6))


@pytest.fixture
def hub(tmp_path):
    hub = Hub(Classes(tmp_path / "headwaters.db"))
    yield hub
    hub.stop()


@pytest.fixture
def lesson(hub, pipeline):
    """A class with a talk of three steps; its code and its secret."""
    steps = [
        {"headline": "One", "notes_html": "<p>Breathe.</p>", "points": 2, "minutes": 1, "ask": None},
        {"headline": "Two", "notes_html": "", "points": 0, "minutes": 2, "ask": ask_json(ASK)},
        {"headline": "Three", "notes_html": "", "points": 0, "minutes": 1, "ask": None},
    ]
    drawn = layout.picture(pipeline).tb
    return hub.start({"id": "t", "title": "Push <or> pull", "minutes": 4, "steps": steps, "diagram": drawn})


@pytest.fixture
def app(hub):
    return Starlette(routes=routes("", hub), middleware=list(server.MIDDLEWARE))


@pytest.fixture
def browser(app):
    """`browser()` is a browser of its own, with its own cookies."""
    return lambda **how: TestClient(app, **how)
