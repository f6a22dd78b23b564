"""The proxy before small servers of our own: who is sent where, what is passed on at once, and what survives an end."""

from __future__ import annotations

import http.client
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lifecycle.cli import proxy
from lifecycle.cli.processes import free_ports
from lifecycle.cli.tethers import ends_with_us

COOKIE = "headwaters_learner"
KEY, ACCEPTED = "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="  # of RFC 6455


class QuietServer(ThreadingHTTPServer):
    """Says nothing of callers that hang up, as the proxy's checks do."""

    def handle_error(self, *_: object) -> None:
        pass


class Stand:
    """A web server that says of each request which one it is; a page names a learner who has no name."""

    def __init__(self, name: str, port: int) -> None:
        self.name, self.port = name, port
        self.uploaded_bytes = self.posts = 0
        self.asked_by = ""
        self.go_on = threading.Event()
        self.serve()

    def serve(self) -> None:
        stand = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = f"{stand.name} {self.path}".encode()
                stand.asked_by = self.headers.get("x-forwarded-for", "")
                if self.headers.get("upgrade") == "websocket":
                    self._hold_open()
                    return
                if self.path.endswith("/events"):
                    self._stream()
                    return
                self.send_response(200)
                if self.path.partition("?")[0] in ("/", "/present", "/learn/"):
                    sent = self.headers.get("cookie", "").partition(f"{COOKIE}=")[2][:32]
                    name = sent or f"{time.monotonic_ns():032x}"
                    self.send_header("set-cookie", f"{COOKIE}={name}; Path=/; HttpOnly; SameSite=None; Partitioned")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                left = int(self.headers["content-length"])
                while left:
                    left -= len(self.rfile.read(min(left, 2**20)))
                stand.uploaded_bytes = int(self.headers["content-length"])
                stand.posts += 1
                if self.path == "/hangs-up":
                    self.close_connection = True
                    return
                self.send_response(204)
                self.end_headers()

            def _hold_open(self) -> None:
                self.send_response(101)
                self.send_header("connection", "upgrade")
                self.send_header("upgrade", "websocket")
                self.send_header("sec-websocket-accept", ACCEPTED)
                self.end_headers()
                stand.go_on.wait(60)
                self.close_connection = True

            def _stream(self) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(b"data: first\n\n")
                stand.go_on.wait(30)
                self.wfile.write(b"data: second\n\n")
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.server = QuietServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@dataclass
class Browser:
    """Asks the proxy, each time on a connection of its own, and keeps the learner's cookie."""

    port: int
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def open(self, path: str, method: str = "GET", body: bytes | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {**self.headers, **({"cookie": f"other=1; {COOKIE}={self.cookie}"} if self.cookie else {})}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        if named := response.headers.get("set-cookie", "").partition(f"{COOKIE}=")[2][:32]:
            self.cookie = named
        return response

    def get(self, path: str) -> str:
        """Which server answered."""
        response = self.open(path)
        assert response.status == 200, response.read()
        by = response.read().decode().partition(" ")[0]
        assert response.headers["x-served-by"] == by
        return by


@pytest.fixture
def stands(haproxy: str, tmp_path) -> Iterator[tuple[list[Stand], Callable[[], Browser]]]:
    front, *ports = free_ports(4)
    stands = [Stand(f"process{nth}", port) for nth, port in enumerate(ports, 1)]
    file = tmp_path / "haproxy.cfg"
    file.write_text(proxy.configuration("127.0.0.1", front, [f"127.0.0.1:{port}" for port in ports]), encoding="utf-8")
    running = subprocess.Popen([haproxy, "-db", "-q", "-f", str(file)], preexec_fn=ends_with_us())
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            Browser(front).get("/ready")
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    yield stands, lambda: Browser(front)
    running.kill()
    running.wait()
    for stand in stands:
        stand.go_on.set()
        stand.end()


def test_the_first_answer_decides_where_a_learner_stays(stands):
    _, browser = stands
    homes = set()
    for _ in range(9):
        learner = browser()
        home = learner.get("/")
        assert {learner.get(path) for path in ("/_stcore/stream", "/media/1.png", "/practice", "/")} == {home}
        homes.add(home)
    assert len(homes) == 3  # and learners are shared out


def test_many_pages_from_one_address_are_shared_out_though_its_nameless_sessions_stay_together(stands):
    _, browser = stands
    assert len({browser().get("/") for _ in range(9)}) == 3
    nameless = browser()  # a browser that keeps no cookie
    assert len({nameless.get(path) for path in ("/_stcore/stream", "/media/1.png") * 4}) == 1


def test_who_loses_a_process_stays_on_the_next_one_when_it_comes_back(stands):
    them, browser = stands
    learner = browser()
    lost = next(stand for stand in them if stand.name == learner.get("/"))
    lost.end()
    second = learner.get("/_stcore/stream")
    assert second != lost.name
    lost.serve()
    assert {learner.get(path) for path in ("/_stcore/stream", "/media/1.png") * 4} == {second}


def test_an_event_is_passed_on_before_the_stream_ends(stands):
    them, browser = stands
    response = browser().open("/live/events")
    assert response.readline() == b"data: first\n"
    for stand in them:
        stand.go_on.set()
    assert response.read() == b"\ndata: second\n\n"


def test_an_upload_of_the_largest_size_goes_through(stands):
    them, browser = stands
    size = 128 * 2**20
    assert browser().open("/_stcore/upload_file/1/2", "POST", bytes(size)).status == 204
    assert max(stand.uploaded_bytes for stand in them) == size


def test_each_process_can_be_asked_for_its_figures_and_no_other_answers_in_its_place(stands):
    them, browser = stands
    for nth in (1, 2, 3):
        answer = browser().open(f"/learn/metrics/{nth}")
        assert answer.read().decode() == f"process{nth} /learn/metrics"
    assert {browser().open(f"/learn/metrics/{nth}").status for nth in ("0", "4", "02", "12")} == {404}
    them[1].end()
    assert browser().open("/learn/metrics/2").status == 503


def test_a_server_is_told_who_asks(stands):
    them, browser = stands
    browser().get("/")
    assert {stand.asked_by for stand in them} == {"", "127.0.0.1"}


def test_what_changes_something_is_asked_once_though_its_server_hangs_up(stands):
    them, browser = stands
    with socket.create_connection(("127.0.0.1", browser().port), timeout=30) as wire:
        # in one piece: one of which the proxy sees the end only later it never asks again
        wire.sendall(b"POST /hangs-up HTTP/1.1\r\nhost: it\r\ncontent-length: 6\r\n\r\na vote")
        assert wire.recv(4096).startswith(b"HTTP/1.1 502 ")
    assert sum(stand.posts for stand in them) == 1


def test_who_comes_goes_to_the_process_that_has_least_to_do(stands):
    them, browser = stands
    streams = [browser().open("/live/events") for _ in them]
    busy = [stream.headers["x-served-by"] for stream in streams]
    assert len(set(busy)) == 3
    next(stand for stand in them if stand.name == busy[1]).go_on.set()
    streams[1].read()
    assert {browser().get("/") for _ in range(6)} == {busy[1]}


def test_a_websocket_is_closed_when_its_process_no_longer_answers(stands):
    """Else its learner would sit before a page that does nothing; so the page comes again, at another process."""
    them, browser = stands
    learner = browser()
    home = learner.get("/")
    with socket.create_connection(("127.0.0.1", learner.port), timeout=30) as wire:
        wire.sendall(
            "GET /_stcore/stream HTTP/1.1\r\nhost: it\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
            f"sec-websocket-version: 13\r\nsec-websocket-key: {KEY}\r\n"
            f"cookie: {COOKIE}={learner.cookie}\r\n\r\n".encode()
        )
        assert wire.recv(4096).startswith(b"HTTP/1.1 101 ")
        next(stand for stand in them if stand.name == home).end()  # which takes nobody new, and lets nobody go
        while wire.recv(4096):
            pass
    assert learner.get("/_stcore/stream") != home
