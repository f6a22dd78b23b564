"""What a film of the clock needs of the server: its script, the caption, and the address below it."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.course import load
from lifecycle.course.address import State
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram import living
from lifecycle.diagram.living.message import StateNote
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.ui import server
from lifecycle.ui.components import film
from lifecycle.ui.session import addressbar
from lifecycle.ui.session.naming import caption
from tests.support.message_contract import fits
from tests.ui.explorer_app import opened

COURSE = load(SHIPPED)


def test_the_script_comes_under_the_digest_of_its_bytes_and_is_kept():
    client = TestClient(Starlette(routes=server.routes()))
    answer = client.get(f"/{film.FILM}/{film.film_version()}.js")
    assert answer.text == living.film_script()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    old = client.get(f"/{film.FILM}/0123456789ab.js")
    assert (old.status_code, old.text) == (404, "This server has no such script: reload the page.")


def test_the_script_is_no_part_of_the_page_and_small():
    assert "GIF89a" in living.film_script()
    assert "GIF89a" not in living.script()
    assert len(living.film_script().encode()) < 60_000


def test_the_licences_of_what_is_bundled_lie_beside_it():
    said = (living.LIVING / "script" / "film" / "LICENSES.txt").read_text(encoding="utf-8")
    for name in ("gifenc 1.0.3", "lean-qr 2.7.4"):
        assert name in said
        assert name in living.film_script()


def test_the_caption_says_what_is_on_screen():
    worded = caption(State(scenario="normal-day", start=Start.PUSH, size=Size.STREAM), COURSE)
    assert worded == "The data lifecycle: A normal day (push, as a stream, transformed in batches)"


@pytest.mark.usefixtures("own_folders")
def test_the_explorers_diagram_is_told_where_the_script_is_and_what_the_film_shows(monkeypatch):
    monkeypatch.setattr(addressbar, "site", lambda: "http://here/learn")
    monkeypatch.setattr(addressbar, "site_for_others", lambda: "http://there/learn")
    app = opened(scenario="normal-day", size="stream", moment="7200")
    sent = [json.loads(each.proto.bytes) for each in app.get("bidi_component") if each.proto.bytes]
    (state,) = [note for note in sent if note.get("note") == "state"]
    assert fits(state, StateNote)
    assert state["film"] == {
        "source": f"http://here/learn/film/{film.film_version()}.js",
        "caption": "The data lifecycle: A normal day (pull, as a stream, transformed in batches)",
        "address": "http://there/learn/?scenario=normal-day&size=stream",  # the film adds the moment at which it begins
        "public": True,
    }
