"""The addresses that a terminal is told are those at which the server answers."""

from __future__ import annotations

import pytest

from lifecycle import installed
from lifecycle.classroom.server import reach
from lifecycle.installed import Setting
from lifecycle.ui import whereabouts

PUBLIC = "https://learn.example.org"


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    monkeypatch.setattr(reach, "own_address", lambda: "192.0.2.7")
    monkeypatch.delenv(Setting.PUBLIC_URL, raising=False)


@pytest.mark.parametrize(
    ("options", "public", "urls"),
    [
        ({}, "", ["http://localhost:8600", "http://192.0.2.7:8600"]),
        ({"server.address": "0.0.0.0"}, "", ["http://localhost:8600", "http://192.0.2.7:8600"]),
        ({"server.address": "127.0.0.1"}, "", ["http://127.0.0.1:8600"]),
        ({"server.address": "192.0.2.9"}, "", ["http://192.0.2.9:8600"]),
        ({"server.address": "::1"}, "", ["http://[::1]:8600"]),
        ({"server.baseUrlPath": "/learn/"}, "", ["http://localhost:8600/learn", "http://192.0.2.7:8600/learn"]),
        ({"server.sslCertFile": "a.pem"}, "", ["https://localhost:8600", "https://192.0.2.7:8600"]),
        ({"server.address": "127.0.0.1"}, PUBLIC, ["http://127.0.0.1:8600", PUBLIC]),
    ],
)
def test_what_is_said_is_where_it_listens_and_where_others_find_it(monkeypatch, options, public, urls):
    monkeypatch.setattr(whereabouts, "get_option", {"server.port": 8600, **options}.get)
    if public:
        monkeypatch.setenv(Setting.PUBLIC_URL, public)
    assert [url for _, url in whereabouts.addresses()] == urls


def test_it_is_said_by_streamlit_run_alone(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["/usr/bin/uvicorn", "app:app", "--port", "9000"])
    whereabouts.tell()
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("sys.argv", [str(installed.APP)])
    whereabouts.tell()
    assert "  Local URL: http://localhost:" in capsys.readouterr().out
