"""A real server and a real Chromium, shared by every browser test of a worker process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.browser import found

ROOT = Path(__file__).parents[2]

START_S = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not come up:\n{log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """`serve(app_path, env=None)` starts `streamlit run app_path` on a free port once, and gives its address."""
    running: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, subprocess.Popen[bytes]]] = {}

    def start(app_path: str | Path, env: Mapping[str, str] | None = None) -> str:
        key = (str(app_path), tuple(sorted((env or {}).items())))
        if key not in running:
            port = _free_port()
            url = f"http://127.0.0.1:{port}"
            log = tmp_path_factory.mktemp("server") / "log.txt"
            command = [sys.executable, "-m", "streamlit", "run", str(app_path)]
            command += ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
            command += ["--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
            path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
            with log.open("wb") as out:
                process = subprocess.Popen(
                    command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path, **(env or {})}, stdout=out, stderr=out
                )
            running[key] = (url, process)
            _wait_until_healthy(url, process, log)
        return running[key][0]

    yield start
    for _, process in running.values():
        process.terminate()
    for _, process in running.values():
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker, the one that `tools/browser.py` finds; without any the tests fail, they never skip."""
    executable = found()
    assert executable, "no Chromium: run `python tools/browser.py`, or name one in HEADWATERS_CHROMIUM"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`new_page(width, height, **context)` opens a fresh window, with nothing remembered; all close after the test."""
    contexts: list[BrowserContext] = []

    def open_one(width: int = 1440, height: int = 900, **settings: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **settings)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop window of 1440 x 900."""
    return new_page()
