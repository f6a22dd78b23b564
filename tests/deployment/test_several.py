"""`serve --processes N` before it serves: what is refused, what is written, and how programs are kept running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from lifecycle import installed
from lifecycle.__main__ import main
from lifecycle.classroom.server import reachable
from lifecycle.cli import processes, proxy, serve, several
from lifecycle.cli.processes import Program
from lifecycle.installed import Setting

DATABASE = "postgresql://learn:hidden@localhost/headwaters"


@pytest.fixture
def started(monkeypatch):
    """The programs that would have been started."""
    commands: list[list[str]] = []

    def start(programs, doors):
        commands.extend([*program.command] for program in programs)
        return False

    monkeypatch.setattr(several, "start", start)
    monkeypatch.setattr(several, "listen_to_stop", lambda: None)
    monkeypatch.setattr(proxy, "program", lambda: "/usr/sbin/haproxy")
    monkeypatch.setenv(Setting.DATABASE_URL, DATABASE)
    for name in ("PORT", "ADDRESS", "BASE_URL_PATH"):
        monkeypatch.delenv(f"STREAMLIT_SERVER_{name}", raising=False)
    return commands


@pytest.mark.parametrize("url", ["", "sqlite:///headwaters.db", "postgres"])
def test_several_processes_need_a_database_that_all_of_them_reach(started, monkeypatch, capsys, url):
    monkeypatch.setenv(Setting.DATABASE_URL, url)
    assert main(["serve", "--processes", "2"]) == 2
    assert started == []
    assert capsys.readouterr().err == (
        "nothing is served: --processes 2 needs PostgreSQL, which all of them share: name it in "
        "HEADWATERS_DATABASE_URL=postgresql://user:password@host/name\n"
    )


def test_an_address_that_is_none_is_refused_before_anything_starts(started, monkeypatch, capsys):
    monkeypatch.setenv(Setting.DATABASE_URL, "postgresql://learn:hidden@host:notaport/headwaters")
    assert main(["serve", "--processes", "2"]) == 2
    assert started == []
    said = capsys.readouterr().err
    assert said.startswith("nothing is served: HEADWATERS_DATABASE_URL names no database that can be used: ")
    assert "hidden" not in said


def test_several_processes_need_a_proxy(started, monkeypatch, capsys):
    monkeypatch.setattr(proxy, "program", lambda: None)
    assert main(["serve", "--processes", "2"]) == 2
    assert started == []
    assert capsys.readouterr().err == (
        "nothing is served: --processes 2 needs HAProxy, which shares learners out among them: install it "
        "(on Debian and Ubuntu, apt install haproxy), so that it is on the PATH\n"
    )


def test_a_port_that_another_program_has_is_not_shared_with_it(started, capsys):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = str(door.getsockname()[1])
        assert main(["serve", "--processes", "2", "--port", port, "--server.address", "127.0.0.1"]) == 2
    assert started == []
    said = capsys.readouterr().err
    assert said.startswith(f"nothing is served: port {port} cannot be used (")
    assert said.endswith("): choose another with --port\n")


@pytest.mark.parametrize("count", ["0", "-1", "two", "65", ""])
def test_what_is_no_count_of_processes_is_said_in_a_line(started, capsys, count):
    with pytest.raises(SystemExit) as left:
        main(["serve", f"--processes={count}"])
    assert (left.value.code, started) == (2, [])
    assert f"{count!r} is not a count of processes: choose a number from 1 to 64" in capsys.readouterr().err


def test_one_process_is_served_without_a_proxy_or_a_database(monkeypatch):
    served: list[list[str]] = []

    def become(program):
        served.append(program)
        return 0

    monkeypatch.setattr(serve, "become", become)
    monkeypatch.delenv(Setting.DATABASE_URL, raising=False)
    monkeypatch.setattr(proxy, "program", lambda: None)
    assert main(["serve", "--processes", "1", "--port", "9000"]) == 0
    assert served == [serve.command(9000, [])]


def test_the_proxy_listens_where_streamlit_would_have_and_all_else_goes_to_every_process(started):
    (port,) = processes.free_ports(1)
    options = ["--server.address", "127.0.0.1", "--server.baseUrlPath", "learn", "--server.port", str(port)]
    assert main(["serve", "--processes", "3", *options]) == 1  # none was started
    ports = [command[command.index("--server.port") + 1] for command in started]
    assert len({*ports, str(port)}) == 4
    passed_on = ["--server.baseUrlPath", "learn", "--server.address", "127.0.0.1"]
    assert started == [serve.command(int(at), passed_on) for at in ports]


def test_the_proxy_listens_where_streamlit_s_own_variables_say(started, monkeypatch, tmp_path):
    """And nowhere else: who keeps one process to this machine keeps several to it."""
    (port,) = processes.free_ports(1)
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", str(port))
    front = several._front(None, [])[0]
    assert (front.address, front.port) == ("127.0.0.1", port)
    assert several._front(9000, ["--server.address", "0.0.0.0"])[0].address == "0.0.0.0"


@pytest.mark.parametrize("address", ["", "127.0.0.1"])
def test_links_for_others_are_those_of_one_process(monkeypatch, address):
    """Each process listens to this machine alone, and what others reach is the proxy."""
    one_process = reachable("http://localhost:9000", address)
    for name, value in installed.environment_behind(address, "made").items():
        monkeypatch.setenv(name, value)
    assert reachable("http://localhost:9000", installed.listens_at("127.0.0.1")) == one_process


def test_a_program_that_never_answers_is_not_waited_for_for_ever():
    mute = processes.Program("mute", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
    try:
        assert not processes.start([mute], [("127.0.0.1", processes.free_ports(1)[0])], within_s=0.3)
    finally:
        mute.ask_to_end()
        mute.end(0.0)


@pytest.mark.parametrize(
    ("options", "variable", "url"),
    [
        ([], "", "http://localhost:9000"),
        (["--server.baseUrlPath=/learn/"], "", "http://localhost:9000/learn"),
        (["--server.address", "::1"], "our/course", "http://[::1]:9000/our/course"),
    ],
)
def test_the_url_that_is_printed_is_the_one_that_people_open(monkeypatch, options, variable, url):
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", variable)
    assert several._front(9000, options)[0].url == url


def test_all_processes_share_one_cookie_secret_which_may_be_set_from_outside(monkeypatch):
    monkeypatch.delenv("STREAMLIT_SERVER_COOKIE_SECRET", raising=False)
    assert installed.environment_behind("", "made")["STREAMLIT_SERVER_COOKIE_SECRET"] == "made"
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "set")
    assert installed.environment_behind("", "made")["STREAMLIT_SERVER_COOKIE_SECRET"] == "set"


@pytest.mark.parametrize("address", ["", "127.0.0.1", "::1"])
@pytest.mark.parametrize("count", [2, 64])
def test_the_proxy_takes_what_is_written_for_it(haproxy, tmp_path, address, count):
    file = tmp_path / "haproxy.cfg"
    file.write_text(
        proxy.configuration(address, 8501, [f"127.0.0.1:{9_001 + nth}" for nth in range(count)]), encoding="utf-8"
    )
    checked = subprocess.run([haproxy, "-c", "-f", str(file)], capture_output=True, text=True, check=False)
    assert (checked.returncode, "WARNING" in checked.stderr) == (0, False), checked.stderr


# --- programs that are kept running


def kept(program: Program, until) -> None:
    end = time.monotonic() + 30
    while not until() and time.monotonic() < end:
        program.keep()
        time.sleep(0.01)
    assert until()


def test_a_program_that_ends_is_started_again_after_a_pause_that_grows(tmp_path, capsys):
    starts = tmp_path / "starts"
    code = f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(3)"
    program = Program("process 1", [sys.executable, "-c", code], {})
    program._pause_s = 0.01
    program.start()
    kept(program, lambda: starts.exists() and len(starts.read_text()) >= 3)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == [
        "process 1 ended (exit code 3): it starts again in 0.01 s",
        "process 1 ended (exit code 3): it starts again in 0.02 s",
    ]
    program.end(0.0)


def test_a_program_that_does_not_end_when_it_is_asked_to_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "END_S", 0.2)
    ready = tmp_path / "ready"
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"open({str(ready)!r}, 'w').close(); time.sleep(100)"
    )
    stubborn = Program("process 1", [sys.executable, "-c", code], {})
    stubborn.start()
    kept(stubborn, ready.exists)
    processes.end_all([stubborn])
    assert stubborn.ended() == -signal.SIGKILL


def test_waiting_for_a_program_that_ends_before_it_answers_comes_to_an_end():
    (port,) = processes.free_ports(1)
    assert not processes.start([Program("process 1", [sys.executable, "-c", ""], {})], [("127.0.0.1", port)])
