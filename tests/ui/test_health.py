"""What who watches over a server is told: alive, ready, and its figures, each counted where it happens."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from lifecycle.course import day
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.storage import Store, StoreError
from lifecycle.ui import health, server
from lifecycle.ui.session import cached


@pytest.fixture
def client(monkeypatch, tmp_path):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_DATABASE_URL", raising=False)

    async def session(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_text()

    routes = [*health.routes("/learn"), WebSocketRoute("/session", session), Route("/", lambda _: HTMLResponse(""))]
    return TestClient(Starlette(routes=routes, middleware=list(server.MIDDLEWARE)))


def figure(client: TestClient, name: str) -> float:
    """A figure as Prometheus reads it."""
    text = client.get("/learn/metrics").text
    match = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert match, text
    return float(match[1])


def test_a_server_is_alive_and_ready_where_its_store_can_be_used(client):
    assert (client.get("/learn/healthz").status_code, client.get("/learn/healthz").text) == (200, "alive\n")
    assert (client.get("/learn/readyz").status_code, client.get("/learn/readyz").text) == (200, "ready\n")
    assert client.get("/healthz").status_code == 404
    assert "set-cookie" not in client.get("/learn/readyz").headers


def test_without_its_store_it_is_alive_and_not_ready_in_one_line_that_holds_no_password(client, monkeypatch, tmp_path):
    url = f"postgresql://learn:hidden@/headwaters?host={tmp_path}"
    monkeypatch.setenv("HEADWATERS_DATABASE_URL", url)
    answer = client.get("/learn/readyz")
    assert answer.status_code == 503
    assert re.fullmatch(r"the database headwaters at this machine cannot be used just now .*\n", answer.text)
    assert "hidden" not in answer.text
    assert client.get("/learn/healthz").status_code == 200


def test_without_a_course_it_is_not_ready(client, monkeypatch, tmp_path):
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "none"))
    answer = client.get("/learn/readyz")
    assert answer.status_code == 503
    assert answer.text.startswith("there is no course to show: ")
    assert answer.text.count("\n") == 1
    assert client.get("/learn/healthz").status_code == 200


def test_figures_are_prometheus_text(client):
    answer = client.get("/learn/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "# TYPE headwaters_sessions gauge" in answer.text
    assert figure(client, "process_resident_memory_bytes") > 1e6


def test_open_pages_are_counted_while_they_are_open(client):
    before = figure(client, "headwaters_sessions")
    with client.websocket_connect("/session") as socket:
        assert figure(client, "headwaters_sessions") == before + 1
        socket.send_text("bye")
    assert figure(client, "headwaters_sessions") == before


def test_a_failing_store_is_counted(client):
    before = figure(client, "headwaters_store_errors_total")
    with pytest.raises(StoreError):
        Store(Path("/proc/none/headwaters.db")).answers("a-learner")
    assert figure(client, "headwaters_store_errors_total") == before + 1


def test_who_asks_whether_the_store_can_be_used_adds_nothing_to_its_errors(client, monkeypatch, tmp_path):
    before = figure(client, "headwaters_store_errors_total")
    monkeypatch.setenv("HEADWATERS_DATABASE_URL", f"postgresql://learn:hidden@/headwaters?host={tmp_path}")
    assert client.get("/learn/readyz").status_code == 503
    assert figure(client, "headwaters_store_errors_total") == before


def test_days_are_counted_as_simulated_or_had_from_the_cache(client, pipeline):
    simulated, hits = figure(client, "headwaters_runs_total"), figure(client, "headwaters_run_cache_hits_total")
    asked = day.Day(pipeline, Scenario(events=100, seed=987_654))
    for _ in range(3):
        cached.frames(asked)
    assert figure(client, "headwaters_runs_total") == simulated + 1
    assert figure(client, "headwaters_run_cache_hits_total") == hits + 2
