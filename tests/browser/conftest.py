"""A real server and a real Chromium, shared by every browser test of a worker process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from lifecycle.course import load
from lifecycle.outputs import offline
from lifecycle.ui.session import layers
from lifecycle.ui.session.addressbar import Layer
from tests.browser.support import windows
from tests.browser.support.live_class import Lesson, start
from tests.support.kinds_course import kinds_course
from tools.browser import found

ROOT = Path(__file__).parents[2]
READY = ".living[data-ready] g.node"
SHORT = ("normal-day", "flash-sale")

START_S = 60.0
MOST_SERVERS = 3
# Files whose tests share a server or a copy of their own: one worker runs them all, and starts it once.
SERVED = {
    "test_learner": "kinds",
    "test_questions": "kinds",
    "test_desk": "live",
    "test_desk_room": "live",
    "test_phone": "live",
    "test_phone_verdict": "live",
    "test_diagram": "diagram",
    "test_diagram_forms": "diagram",
    "test_base_path": "base",
    "test_framing": "framing",
    "test_static": "copy",
    "test_static_talks": "copy",
}
PATIENCE_MS = 60_000  # two cores shared with other work may be slow; what never comes fails all the same
LONGEST_S = 600  # of one test, with all its waits, on such a machine

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(LONGEST_S))
            if group := SERVED.get(item.path.stem):
                item.add_marker(pytest.mark.xdist_group(group))


class Server:
    """A `streamlit run` of one script on one port, with one log; it can be killed and started again."""

    def __init__(self, app_path: str | Path, env: Mapping[str, str], log: Path, base: str = "") -> None:
        self.port = free_ports(1)[0]
        self.base = base
        self.app_path = app_path
        self.env = dict(env)
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", str(self.app_path)]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1", "--server.headless", "true"]
        command += ["--browser.gatherUsageStats", "false", "--server.baseUrlPath", self.base]
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        env = {**os.environ, "PYTHONPATH": path, **self.env}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=out, stderr=out, preexec_fn=ends_with_us()
            )
        end = time.monotonic() + START_S
        while self.process.poll() is None and time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not come up:\n{self.log.read_text(errors='replace')[-4000:]}")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)


class Servers:
    """The servers of a worker that tests share, of which the last used run.

    One that nobody asks takes two hundredths of a core and a quarter of a gigabyte, and there would be thirty of them.
    """

    def __init__(self, logs: Callable[[], Path]) -> None:
        self._known: dict[object, Server] = {}  # the last used stands last
        self._logs = logs

    def of(self, app_path: str | Path, env: Mapping[str, str], base: str = "") -> Server:
        """The server of this script under these settings: as it runs or, where it was ended, started on its data."""
        key = (str(app_path), tuple(sorted(env.items())), base)
        server = self._known.pop(key, None) or Server(app_path, env, self._logs(), base)
        self._known[key] = server
        if not server.runs:
            server.start()
        for other in list(self._known.values())[:-MOST_SERVERS]:
            other.kill()
        return server

    def end(self) -> None:
        for server in self._known.values():
            server.kill()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The servers that tests share; ask for one anew in each test, since one that was long not used has ended."""
    shared = Servers(lambda: tmp_path_factory.mktemp("server") / "log.txt")
    yield shared
    shared.end()


@pytest.fixture(scope="session")
def serve(servers: Servers) -> Callable[..., str]:
    """`serve(app_path, env=None)` gives the address of a shared server of this script."""
    return lambda app_path, env=None: servers.of(app_path, env or {}).url


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the learners of `app` and `server` are kept."""
    return tmp_path_factory.mktemp("answers")


@pytest.fixture
def server(servers: Servers, answers: Path) -> Server:
    """The app with the course that comes with it; every window is another learner."""
    return servers.of(ROOT / "app.py", {"HEADWATERS_DATA": str(answers), "HEADWATERS_CONTENT": ""})


@pytest.fixture
def app(server: Server) -> str:
    """Its address."""
    return server.url


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the classes of `site` are kept."""
    return tmp_path_factory.mktemp("classes")


@pytest.fixture
def site(serve: Callable[..., str], folder: Path) -> str:
    """A server whose classes are started in its folder, from outside of it."""
    return serve(ROOT / "app.py", {"HEADWATERS_DATA": str(folder), "HEADWATERS_CONTENT": ""})


@pytest.fixture
def lesson(site: str, folder: Path) -> Lesson:
    """A class of one's own on that server."""
    return start(site, folder)


@pytest.fixture
def desk(new_page: Callable[..., Page], lesson: Lesson) -> Page:
    """The presenter's desk of that class, in a window of its own."""
    page = new_page(1280, 800)
    page.goto(lesson.desk)
    expect(page.locator("#desk")).to_be_visible()
    return page


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`own_server(app_path, env)` gives a started server of the test's own, to be killed and started at will."""
    started: list[Server] = []

    def start(app_path: str | Path, env: Mapping[str, str]) -> Server:
        server = Server(app_path, env, tmp_path_factory.mktemp("server") / "log.txt")
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker, the one that `tools/browser.py` finds; without any the tests fail, they never skip."""
    executable = found()
    assert executable, "no Chromium: run `python -m tools.browser`, or name one in HEADWATERS_CHROMIUM"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", *windows.FLAGS]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def warm(chromium: Browser) -> Iterator[windows.WarmProfile]:
    """The profile of each test's first window."""
    profile = windows.WarmProfile(chromium, PATIENCE_MS)
    yield profile
    profile.close()


def _chose(context: BrowserContext, layer: Layer | None) -> None:
    """Have a profile remember a layer, as the page does; on all servers of this machine."""
    if layer:
        context.add_cookies([{"name": layers.COOKIE, "value": layer, "domain": "127.0.0.1", "path": "/"}])


@pytest.fixture
def new_page(chromium: Browser, warm: windows.WarmProfile) -> Iterator[Callable[..., Page]]:
    """`new_page(width, height, **context)` opens a fresh window, with nothing remembered; all close after the test.

    Every window is another learner's: the first stands in the warm profile, others have one of their own.
    The diagram's clock stands unless a test asks for `reduced_motion="no-preference"`: drawing without a graphics card
    takes more than half a core for each window that plays. Its learner has chosen a `layer`, None for none.
    """
    contexts: list[BrowserContext] = []
    taken = False

    def open_one(
        width: int = 1440, height: int = 900, *, layer: Layer | None = Layer.ENGINEER, **settings: object
    ) -> Page:
        nonlocal taken
        settings.setdefault("reduced_motion", "reduce")
        if not taken and settings.keys() <= {"reduced_motion", "color_scheme"}:
            taken = True
            page = warm.open(width, height, settings["reduced_motion"], settings.get("color_scheme"))
            _chose(page.context, layer)
            return page
        context = chromium.new_context(viewport={"width": width, "height": height}, **settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        _chose(context, layer)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    warm.wipe()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop window of 1440 x 900."""
    return new_page()


@pytest.fixture
def moving_page(new_page: Callable[..., Page]) -> Page:
    """The same, of somebody who has nothing against motion: the diagram's clock plays."""
    return new_page(reduced_motion="no-preference")


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a question of every kind."""
    return kinds_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def copied():
    """Our own course with two of its days: all would take half a minute."""
    whole = load(ROOT / "content")
    return replace(whole, scenarios=tuple(named for named in whole.scenarios if named.id in SHORT))


@pytest.fixture(scope="session")
def copy_url(copied, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("stick") / "copy"
    offline.save(offline.files(copied), folder)
    return (folder / offline.FILE).as_uri()


@pytest.fixture
def stick(new_page: Callable[..., Page], copy_url: str) -> Iterator[Callable[..., Page]]:
    """`stick(hash, **window)` opens the copy; whatever it says on the console or asks of a network fails the test."""
    wrong: list[str] = []

    def visit(hash: str = "", width: int = 1440, height: int = 900, **settings) -> Page:
        page = new_page(width, height, **settings)
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((copy_url, "data:")) else wrong.append(asked.url))
        page.goto(copy_url + hash)
        if settings.get("java_script_enabled", True):
            page.wait_for_selector(READY)
        return page

    yield visit
    assert wrong == []
