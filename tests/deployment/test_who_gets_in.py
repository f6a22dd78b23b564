"""Who gets in where: a port of this machine alone, and figures that no stranger reads through Caddy or the ingress."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from tests.deployment.build_files import COMPOSE, ROOT, manifest
from tests.deployment.test_affinity import Browser, Stand
from tests.deployment.test_processes import comes

REFUSED = ("/metrics", "/learn/metrics", "/%6Detrics", "/learn/%6detrics", "/_stcore/metrics")
LET_IN = ("/", "/learn/", "/healthz", "/?stage=metrics", "/learn/present", "/metrics-of-mine")

# Starts a proxy by a command and says how it is asked.
Start = Callable[[list[str | Path], int], Browser]


@pytest.fixture
def stand() -> Iterator[Stand]:
    (port,) = free_ports(1)
    stand = Stand("process1", port)
    yield stand
    stand.end()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[bytes]] = []
    log = tmp_path / "log"

    def start(command: list[str | Path], port: int) -> Browser:
        with log.open("wb") as file:
            program = subprocess.Popen(
                command, env={"HOME": str(tmp_path)}, stdout=file, stderr=file, preexec_fn=ends_with_us()
            )
        running.append(program)
        browser = Browser(port)
        assert comes(lambda: answers(browser)), log.read_text()
        return browser

    yield start
    for program in running:
        program.kill()
        program.wait()


def answers(browser: Browser) -> bool:
    try:
        return browser.open("/").status == 200
    except OSError:
        return False


def statuses(browser: Browser, paths: tuple[str, ...]) -> dict[str, int]:
    return {path: browser.open(path).status for path in paths}


def test_caddy_keeps_strangers_from_the_figures_under_a_path_too(stand, start, tmp_path):
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("LEFT OUT: no Caddy here to run the configuration on docs/DEPLOY.md")
    page = (ROOT / "docs" / "DEPLOY.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```\n(learn\.example\.org .*?)```", page, re.DOTALL)
    (front,) = free_ports(1)
    text = text.replace("learn.example.org {", f"http://127.0.0.1:{front} {{")
    text = text.replace("127.0.0.1:8501", f"127.0.0.1:{stand.port}")
    (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    browser = start([caddy, "run", "--config", tmp_path / "Caddyfile"], front)
    behind_one_port = ("/metrics/2", "/learn/metrics/12")
    assert set(statuses(browser, REFUSED + behind_one_port).values()) == {403}
    assert set(statuses(browser, LET_IN).values()) == {200}


def test_the_ingress_keeps_strangers_from_the_figures_under_a_path_too(stand, start, haproxy, tmp_path):
    snippet = manifest("Ingress")["metadata"]["annotations"]["haproxy.org/backend-config-snippet"]
    indented = "".join(f"    {line.removesuffix(' peers localinstance')}\n" for line in snippet.splitlines())
    (front,) = free_ports(1)
    file = tmp_path / "haproxy.cfg"
    file.write_text(
        "defaults\n    mode http\n    timeout connect 5s\n    timeout client 50s\n    timeout server 50s\n"
        f"frontend all\n    bind 127.0.0.1:{front}\n    default_backend headwaters\n"
        f"backend headwaters\n{indented}    server SRV_1 127.0.0.1:{stand.port}\n",
        encoding="utf-8",
    )
    browser = start([haproxy, "-db", "-q", "-f", file], front)
    assert set(statuses(browser, REFUSED).values()) == {403}
    assert set(statuses(browser, LET_IN).values()) == {200}


def test_compose_publishes_one_port_and_to_this_machine_alone_unless_told():
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"proxy": ["${ADDRESS:-127.0.0.1}:${PORT:-8501}:8501"]}
