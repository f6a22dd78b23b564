"""A server asks nobody outside of its machine: every name that it looks up and every address that it calls is noted."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from lifecycle import installed
from lifecycle.classroom.server import reach
from lifecycle.cli import serve
from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from lifecycle.installed import Setting
from tests.deployment.test_processes import QUESTION, comes
from tests.deployment.visitor import Visitor
from tests.support.small_course import write_course

# Python runs it before the server: whatever is called is written into a file, a line each.
NOTES = """\
import json, os, socket, sys

def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        if event == "socket.connect" and arguments[0].type == socket.SOCK_DGRAM:
            return  # it sends nothing, and only asks this machine which way it would go out
        host = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        with open(os.environ["CALLED"], "a", encoding="utf-8") as file:
            file.write(json.dumps(host[0] if isinstance(host, tuple) else host, default=str) + "\\n")

open(os.environ["CALLED"], "a").close()
sys.addaudithook(note)
"""
HERE = {"127.0.0.1", "::1", "localhost", "0.0.0.0", None}


@pytest.mark.timeout(200)
def test_nobody_outside_is_asked_while_it_starts_and_while_somebody_answers(tmp_path: Path):
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(NOTES, encoding="utf-8")
    called, log = tmp_path / "called", tmp_path / "log"
    (port,) = free_ports(1)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWATERS_", "STREAMLIT_"))}
    settings = {
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "hook"), str(installed.ROOT))),
        "CALLED": str(called),
        Setting.DATA: str(tmp_path / "data"),
        Setting.CONTENT: str(write_course(tmp_path / "course", {})),
    }
    with log.open("wb") as file:
        server = subprocess.Popen(
            serve.command(port, []),  # as `headwaters` and `make run` start it: at every address of the machine
            cwd=tmp_path,
            env={**kept, **settings},
            stdout=file,
            stderr=file,
            preexec_fn=ends_with_us(),
        )
    try:
        assert comes(lambda: f"Local URL: http://localhost:{port}\n" in log.read_text()), log.read_text()
        machine = reach.own_address()
        assert (f"Network URL: http://{machine}:{port}\n" in log.read_text()) == bool(machine)
        learner = Visitor(f"http://127.0.0.1:{port}")
        assert comes(lambda: answers(learner))
        stream = f"ws://127.0.0.1:{port}/_stcore/stream"
        assert "Right." in learner.answer(QUESTION, "This one").texts
        with pytest.raises(InvalidStatus, match="403"), connect(stream, origin=Origin("http://elsewhere.example")):
            pass
    finally:
        server.terminate()
        server.wait(60)
    assert {json.loads(line) for line in called.read_text(encoding="utf-8").splitlines()} <= HERE


def answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/readyz")[0] == 200
    except OSError:
        return False
