"""`serve --processes 2` as it is used: PostgreSQL, HAProxy and two processes of the app, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from tests.browser.support.live_class import start
from tests.deployment.visitor import Visitor
from tests.support.small_course import write_course

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
QUESTION = "stage=store&view=quiz"

pytestmark = [
    pytest.mark.xdist_group("storage"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists a program's children"),
]


class Site:
    """A running `serve --processes 2`, under a path."""

    def __init__(self, folder: Path, database: str, port: int = 0, **more: str) -> None:
        self.database = database
        port = port or free_ports(1)[0]
        self.url = f"http://127.0.0.1:{port}/learn"
        course = write_course(folder / "course", {})
        settings = {"HEADWATERS_DATABASE_URL": database, "HEADWATERS_DATA": str(folder / "data")}
        settings |= {"HEADWATERS_CONTENT": str(course), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "lifecycle", "serve", "--processes", "2", "--port", str(port)]
        command += ["--server.address", "127.0.0.1", "--server.baseUrlPath", "learn"]
        self.log = folder / "log"
        with self.log.open("ab") as log:
            self.program = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **settings, **more},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=ends_with_us(),
            )
        assert self.program.stdout is not None
        lines = [line for line in (self.program.stdout.readline() for _ in range(2)) if line]
        assert f"URL: {self.url}\n" in "".join(lines), self.log.read_text()
        self.children = children(self.program.pid)  # in the order in which they were started

    def end(self) -> None:
        """End all of it, as a terminal would."""
        self.program.terminate()
        self.program.wait(PATIENCE_S)

    def kill(self, name: str) -> None:
        """Kill the process of this name, as the proxy calls it, at once."""
        os.kill(self.children[int(name.removeprefix("process")) - 1], signal.SIGKILL)


def children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def runs(process: int) -> bool:
    """Whether a process is there, and more than its parent's memory of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def comes(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def site(haproxy: str, tmp_path: Path, empty_postgres: str) -> Iterator[Site]:
    site = Site(tmp_path, empty_postgres)
    yield site
    site.end()


def test_a_process_that_is_killed_loses_no_answer_and_its_learners_go_on_at_another(site):
    learner = Visitor(site.url)
    status, _, home = learner.get("/")
    assert (status, home in ("process1", "process2")) == (200, True)
    assert learner.look(QUESTION).served_by == home  # the websocket goes where the page went

    answered = learner.answer(QUESTION, "This one")
    assert answered.served_by == home
    assert "Right." in answered.texts

    site.kill(home)
    after = learner.look(QUESTION)
    assert after.served_by not in (home, "")
    assert "Right." in after.texts
    assert any(text.startswith("1 of 1 right") for text in after.texts)

    assert comes(lambda: learner.get(f"/metrics/{home[-1]}")[::2] == (200, home))  # it was started again
    assert learner.look(QUESTION).served_by == learner.get("/")[2] == after.served_by  # and nobody is moved once more
    assert f"process {home[-1]} ended (SIGKILL)" in site.log.read_text()


def test_a_vote_that_was_acknowledged_outlives_its_process(site):
    lesson = start(site.url, site.database)
    phone, at = Visitor(site.url), f"/live/{lesson.code}"
    lesson.ask(1)
    assert comes(lambda: json.loads(phone.get(f"{at}/state")[1])["state"]["open"])  # whichever process is asked
    vote = {"key": "k1", "poll": "choice", "round": 1, "ballot": {"chosen": [0]}}
    kind = {"content-type": "application/json"}
    status, text, by = phone.get(f"{at}/vote", "POST", json.dumps(vote).encode(), **kind)
    assert status == 200, text

    site.kill(by)
    assert phone.get(f"{at}/state")[2] not in (by, "")
    assert comes(lambda: json.loads(phone.get(f"{at}/state")[1])["mine"] == vote["ballot"])  # once it has heard of it


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_ends_the_command_ends_all_of_it(site, by):
    assert len(site.children) == 3
    assert all(map(runs, site.children))
    site.program.send_signal(by)
    assert site.program.wait(PATIENCE_S) == (0 if by != signal.SIGKILL else -by)
    assert comes(lambda: not any(map(runs, site.children)))
