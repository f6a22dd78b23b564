"""The package: what `pip install .` brings, used far from the source tree, and the command that serves."""

import json
import os
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config
from streamlit.testing.v1 import AppTest

from lifecycle import installed
from lifecycle.__main__ import headwaters, main
from lifecycle.cli import serve
from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us
from lifecycle.course import SHIPPED
from lifecycle.installed import Setting
from lifecycle.storage import files
from tests.support import coroutines
from tests.support.narrow import not_none
from tests.support.small_course import write_course

ROOT = Path(__file__).parent.parent
DAY = ["simulate", "--json", "--events", "2000", "--seed", "7"]

pytestmark = pytest.mark.xdist_group("wheel")  # one worker builds it, once


def python(*arguments: str | Path, **how) -> str:
    done = subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, timeout=100, **how)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel, built from this source tree without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "pip", "wheel", "-q", "--no-index", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    (built,) = folder.iterdir()
    return built


class Copy:
    """The wheel installed in a folder of its own, with a user's home, and an empty folder to call it from."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.package, self.home, self.away = (folder / name for name in ("package", "home", "away"))
        self.home.mkdir()
        self.away.mkdir()
        python("-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", self.package, wheel)
        settings = ("HEADWATERS_", "STREAMLIT_", "XDG_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
        self.env = {**kept, "PYTHONPATH": str(self.package), "HOME": str(self.home), "LOCALAPPDATA": str(self.home)}
        self.program = self.package / "bin" / "headwaters"

    def run(self, *arguments: str) -> str:
        """What the installed command prints."""
        return python(self.program, *arguments, cwd=self.away, env=self.env)


@pytest.fixture(scope="session")
def copy(wheel, tmp_path_factory):
    return Copy(wheel, tmp_path_factory.mktemp("installed"))


def test_the_wheel_puts_one_package_into_site_packages_with_all_that_it_needs_inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}

    def below(folder: str) -> Iterator[Path]:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.name != ".DS_Store":
                yield path.relative_to(ROOT)

    beside = (Path("app.py"), Path(".streamlit/config.toml"), *below("pages"), *below("content"))
    moved = {f"lifecycle/_app/{path.as_posix()}": (ROOT / path).read_bytes() for path in beside}
    assert held == {path.as_posix(): (ROOT / path).read_bytes() for path in below("lifecycle")} | moved


def figures(printed: str) -> dict[str, Any]:
    """What `simulate --json` printed, without how long it took."""
    return {name: value for name, value in json.loads(printed).items() if name != "elapsed_s"}


def test_an_installed_copy_simulates_the_shipped_course_as_the_source_tree_does(copy, capsys, monkeypatch):
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    printed = figures(copy.run(*DAY))
    assert main(DAY) == 0
    assert printed == figures(capsys.readouterr().out)


def test_an_installed_copy_checks_a_course(copy, tmp_path):
    assert copy.run("check", str(write_course(tmp_path))) == "5 places, 2 questions, 2 scenarios: all well\n"
    (tmp_path / "prices.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"prices\.yaml:1: "):
        copy.run("check", str(tmp_path))


async def opened(url: str) -> tuple[Config, str, list[str]]:
    """One visitor's session: its settings, its colour, and the errors that the page shows until it is complete."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    errors = []
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as wire:
        ask = BackMsg()
        ask.rerun_script.query_string = "stage=lake"
        await wire.send(ask.SerializeToString())
        while True:
            said = ForwardMsg.FromString(await wire.recv())
            kind = said.WhichOneof("type")
            if kind == "new_session":
                settings, colour = said.new_session.config, said.new_session.custom_theme.primary_color
            elif kind == "delta" and said.delta.new_element.WhichOneof("type") in ("exception", "alert"):
                errors.append(str(said.delta.new_element))
            elif kind == "script_finished" and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return settings, colour, errors


@pytest.fixture
def project(tmp_path):
    """The folder of another Streamlit project, whose settings and modules are none of ours."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[theme]\nprimaryColor = '#ff0000'\n", encoding="utf-8")
    for module in ("streamlit", "lifecycle", "app"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('this is another project')\n", encoding="utf-8")
    return tmp_path


def test_an_installed_copy_serves_the_app_with_its_settings_and_keeps_progress_in_the_users_home(copy, project):
    before = set(project.rglob("*"))
    port = str(free_ports(1)[0])
    command = [sys.executable, copy.program, "serve", "--port", port, "--server.address", "127.0.0.1"]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command, cwd=project, env=copy.env, stdout=subprocess.PIPE, text=True, preexec_fn=ends_with_us()
    ) as server:
        try:
            said = next((line for line in not_none(server.stdout) if "URL" in line), "it ended")
            assert url in said
            with (
                urllib.request.urlopen(url, timeout=30) as page,
                urllib.request.urlopen(f"{url}/_stcore/health") as well,
            ):
                assert (page.status, well.read()) == (200, b"ok")
                assert "headwaters_learner=" in page.headers["set-cookie"]  # ours, not a bare Streamlit
            settings, colour, errors = coroutines.run(opened(url))
        finally:
            server.terminate()
    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert errors == []
    assert colour == ours["theme"]["primaryColor"]
    assert settings.max_cached_message_age == ours["global"]["maxCachedMessageAge"]
    assert Config.ToolbarMode.Name(settings.toolbar_mode).lower() == ours["client"]["toolbarMode"]
    assert settings.hide_sidebar_nav is not ours["client"]["showSidebarNavigation"]
    assert settings.gather_usage_stats is ours["browser"]["gatherUsageStats"]
    assert [path.parent.name for path in copy.home.rglob("headwaters.db")] == ["headwaters"]
    assert [*copy.package.rglob("headwaters.db")] == []
    assert set(project.rglob("*")) == before
    with pytest.raises(OSError, match="refused"):  # who stops the command stops the server
        urllib.request.urlopen(url, timeout=5)


@pytest.mark.parametrize("named", [None, ""])
def test_in_the_source_tree_everything_lies_beside_the_package_and_progress_in_the_folder(monkeypatch, named):
    monkeypatch.delenv("HEADWATERS_DATA", raising=False)
    if named is not None:
        monkeypatch.setenv("HEADWATERS_DATA", named)
    assert not installed.IS_INSTALLED
    assert (installed.APP, installed.PAGES, SHIPPED) == (ROOT / "app.py", ROOT / "pages", ROOT / "content")
    assert files() == Path(".headwaters")
    assert (installed.SERVE, installed.COMMANDS) == ("make run", "python -m lifecycle")


def test_an_installed_copy_goes_by_the_program_that_it_brings(copy):
    ask = "from lifecycle import installed; print(installed.SERVE, installed.COMMANDS)"
    assert python("-c", ask, cwd=copy.away, env=copy.env) == "headwaters headwaters\n"


@pytest.mark.parametrize(("serving", "commands"), [("make run", "python -m lifecycle"), ("headwaters", "headwaters")])
def test_pages_name_the_commands_of_this_copy(monkeypatch, tmp_path, serving, commands):
    monkeypatch.setattr(installed, "SERVE", serving)
    monkeypatch.setattr(installed, "COMMANDS", commands)
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv(Setting.TEACHER, raising=False)
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    app = AppTest.from_file(str(installed.APP), default_timeout=30)
    app.switch_page(str(installed.PAGES / "authors.py")).run()
    assert app.code[0].value.endswith(f" {serving}")
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "empty"))
    app = AppTest.from_file(str(installed.APP), default_timeout=30).run()
    assert f"`{commands} check`" in " ".join(each.value for each in app.caption)


@pytest.fixture
def served(monkeypatch):
    """What `serve` would have run in our place."""
    calls = []

    def become(program):
        calls.append(program)
        return 0

    monkeypatch.setattr(serve, "become", become)
    return calls


def test_without_a_command_the_program_serves_and_every_option_but_the_port_is_streamlits(served, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["headwaters"])
    assert headwaters() == 0
    assert main(["serve", "--port", "9000", "--server.baseUrlPath", "learn", "--browser.serverPort=80"]) == 0
    passed_on = ["--server.baseUrlPath", "learn", "--browser.serverPort=80"]
    assert served == [serve.command(None, []), serve.command(9000, passed_on)]


def test_streamlit_is_run_as_a_program_of_its_own_and_later_options_override_ours():
    run = [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true"]
    assert serve.command(None, []) == run
    assert serve.command(9000, ["--server.port", "1"]) == [*run, "--server.port", "9000", "--server.port", "1"]
    python("-c", "import sys, lifecycle.__main__; sys.exit('streamlit' in sys.modules)", cwd=ROOT)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "8 0", "\u0663\u0663", ""])
def test_what_is_not_a_port_is_said_in_a_line(served, capsys, port):
    with pytest.raises(SystemExit) as left:
        main(["serve", f"--port={port}"])
    assert (left.value.code, served) == (2, [])
    assert capsys.readouterr().err == (
        f"python -m lifecycle serve: argument --port: {port!r} is not a port: choose a number from 1 to 65535 "
        "(see python -m lifecycle serve --help)\n"
    )


def test_a_folder_to_serve_is_sent_to_the_setting_that_names_it(monkeypatch, capsys):
    monkeypatch.setattr(os, "execv", None)
    assert main(["serve", "our-course"]) == 2
    assert capsys.readouterr().err == (
        "nothing is served: serve takes no folder: name it in HEADWATERS_CONTENT=our-course instead\n"
    )


@pytest.mark.parametrize(
    "arguments", [["check", "--strickt"], ["figures", "--port", "9000"], ["simulate", ".", "more"]]
)
def test_the_other_commands_pass_nothing_on(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("python -m lifecycle: unrecognized arguments: ")
    assert said.endswith(" (see python -m lifecycle --help)\n")


def test_the_installed_command_goes_by_its_own_name(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["headwaters", "--help"])
    with pytest.raises(SystemExit):
        headwaters()
    assert capsys.readouterr().out.startswith("usage: headwaters ")
