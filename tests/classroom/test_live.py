"""The live class's addresses: what phones, screens and presenters may ask, and what is refused, in words."""

import asyncio
import contextlib
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import coroutines
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_origins import BESIDE

from lifecycle.classroom import ask_json, ask_of
from lifecycle.classroom.server import is_ours, limits, pages, routes, serving, spelled
from lifecycle.classroom.server.guard import MOST_BYTES, PHONE, PRESENTER
from lifecycle.classroom.server.hub import MOST_STREAMS, Hub
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.diagram import layout
from lifecycle.storage import Classes, StoreError
from lifecycle.ui import server

QUESTION = Question(
    "q1", "lake", QuestionKind.SINGLE, "What is it?", tuple(Option(f"Option {n}", n == 0) for n in range(4))
)
ASK = ask_of(QUESTION, {}, seed="s", rounds=2)
MOST_PAGE_BYTES = 50_000


@pytest.fixture(autouse=True)
def no_token_comes_back(monkeypatch):
    """However slow the machine, what was used up stays so while a test runs."""
    for name in ("VOTES", "ASKS", "WRONG_CODES", "ALL_WRONG_CODES", "WRONG_SECRETS"):
        monkeypatch.setattr(limits, name, (getattr(limits, name)[0], 1e-6))


@pytest.fixture
def hub(tmp_path):
    hub = Hub(Classes(tmp_path / "headwaters.db"))
    yield hub
    hub.stop()


@pytest.fixture
def lesson(hub, pipeline):
    """A class with a talk of three steps; its code and its secret."""
    steps = [
        {"headline": "One", "notes_html": "<p>Breathe.</p>", "points": 2, "minutes": 1, "ask": None},
        {"headline": "Two", "notes_html": "", "points": 0, "minutes": 2, "ask": ask_json(ASK)},
        {"headline": "Three", "notes_html": "", "points": 0, "minutes": 1, "ask": None},
    ]
    drawn = layout.picture(pipeline).tb
    return hub.start({"id": "t", "title": "Push <or> pull", "minutes": 4, "steps": steps, "diagram": drawn})


@pytest.fixture
def app(hub):
    return Starlette(routes=routes("", hub), middleware=list(server.MIDDLEWARE))


@pytest.fixture
def browser(app):
    """`browser()` is a browser of its own, with its own cookies."""
    return lambda **how: TestClient(app, **how)


def as_json(sent):
    """A request's JSON in pure ASCII, lone surrogates and all, as a script may send it."""
    return {"content": json.dumps(sent).encode(), "headers": {"content-type": "application/json"}}


def asked(hub, lesson):
    code, secret = lesson
    hub.act(code, secret, "go", step=1)
    hub.act(code, secret, "ask")
    return code


def in_class(browser, code):
    phone = browser()
    assert phone.get(f"/live/{code}/state").status_code == 200
    return phone


def vote(phone, code, choice=0, key="k1", **more):
    sent = {"key": key, "poll": "q1", "round": 1, "ballot": {"chosen": [choice]}, **more}
    return phone.post(f"/live/{code}/vote", json=sent)


def presenter(browser, lesson):
    code, secret = lesson
    desk = browser()
    done = desk.post(f"/live/{code}/presenter", headers={"authorization": f"Bearer {secret}"})
    assert done.status_code == 204
    return desk


# --- pages


def test_the_whole_of_the_phones_page_weighs_less_than_fifty_kilobytes_with_the_diagram(
    browser, lesson, course_diagram, hub
):
    code, _ = hub.start({"title": "A talk", "steps": [], "diagram": course_diagram})
    phone = browser(headers={"accept-encoding": "identity"})
    page = phone.get(f"/join/{code}")
    parts = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    assert len(parts) == 3
    loaded = [page, *map(phone.get, [*parts, f"/live/{code}/state", f"/live/{code}/diagram.svg"])]
    assert all(each.status_code == 200 for each in loaded)
    assert sum(len(each.content) for each in loaded) < MOST_PAGE_BYTES
    assert phone.get(f"/live/{code}/diagram.svg").text == course_diagram


@pytest.fixture
def course_diagram():
    from lifecycle.course import load

    return layout.picture(load(Path(__file__).parents[2] / "content").pipeline).tb


@pytest.mark.parametrize("path", ["/join", "/join/{code}", "/desk/{code}"])
def test_a_page_may_run_its_own_files_alone_and_stands_in_no_frame(browser, lesson, path):
    page = browser().get(path.format(code=lesson[0]))
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", page.text)
    assert "{{" not in page.text


def test_a_title_is_text(browser, lesson):
    assert "Push &lt;or&gt; pull" in browser().get(f"/join/{lesson[0]}").text


def test_no_live_page_brings_the_learners_cookie(browser, lesson):
    for path in ("/join", f"/join/{lesson[0]}", f"/desk/{lesson[0]}", "/join/WRONGCODE"):
        assert "set-cookie" not in browser().get(path).headers


def test_a_code_is_typed_as_people_type_it(browser, lesson):
    code = lesson[0]
    answer = browser().get("/join", params={"code": f" {spelled(code).lower()} "}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/join/{code}")


@pytest.mark.parametrize(
    ("pasted", "query"),
    [
        ("http://host/join/{code}", ""),
        ("https://learn.example.org:8501/some/base/path/that/is/long/enough/to/pass/eighty/signs/join/{spelled}/", ""),
        (" host/join/{code}?seat=a%2Fb-1&x=2 ", "?seat=a%2Fb-1"),
        ("http://host/join?code={spelled}", ""),
        ("http://host/desk/{code}#a-secret/of-the-desk", ""),
        ("Join at http://host/join/{lower}", ""),
        ("{half}/{rest}", ""),
    ],
)
def test_a_whole_link_may_be_pasted_into_the_field_of_the_code(browser, lesson, pasted, query):
    code = lesson[0]
    typed = pasted.format(code=code, spelled=spelled(code), lower=code.lower(), half=code[:4], rest=code[4:])
    answer = browser().get("/join", params={"code": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/join/{code}{query}")
    room = re.search(r'name="code"[^>]*maxlength="(\d+)"', browser().get("/join").text)
    assert int(room[1]) > len(typed)


@pytest.mark.parametrize(
    "pasted", ["http://host/", "http://host/join/", "http://host/join/WRONG?seat=x", "http://host/?a"]
)
def test_a_link_without_a_code_is_told_as_a_wrong_one(browser, pasted):
    page = browser().get("/join", params={"code": pasted})
    assert (page.status_code, "There is no class of this code" in page.text) == (404, True)


def test_a_wrong_code_is_told_on_the_page_that_asks_for_one(browser, lesson):
    for wrong in ("BCDFGHJK", "nonsense", "%00", "%F0%9F%92%A7"):
        page = browser().get(f"/join/{wrong}")
        assert page.status_code == 404
        assert "There is no class of this code" in page.text
        assert 'name="code"' in page.text


def test_assets_are_files_of_the_pages_and_nothing_else(browser):
    assert "immutable" in browser().get("/live/asset/phone.js").headers["cache-control"]
    for wrong in ("phone.html", "../hub.py", "..%2fhub.py", "none.js", ".", "%2fetc%2fpasswd"):
        assert browser().get(f"/live/asset/{wrong}").status_code == 404


def test_under_a_base_path_every_address_moves(hub, lesson):
    moved = TestClient(Starlette(routes=routes("/learn/", hub)))
    page = moved.get(f"/learn/join/{lesson[0]}")
    assert 'data-base="/learn"' in page.text
    assert 'src="/learn/live/asset/phone.js' in page.text
    assert f"Path=/learn/live/{lesson[0]}" in moved.get(f"/learn/live/{lesson[0]}/state").headers["set-cookie"]
    assert moved.get("/join").status_code == 404
    assert is_ours("/learn/join/X", "learn")
    assert not is_ours("/learn/", "learn")
    assert not is_ours("/joinery")


def test_the_qr_leads_to_the_phones_page_at_an_address_that_a_phone_can_reach(browser, lesson, monkeypatch):
    code = lesson[0]

    def leads_to(base_url):
        drawn = browser(base_url=base_url).get(f"/live/{code}/qr.svg")
        assert drawn.headers["content-type"] == "image/svg+xml"
        return ElementTree.fromstring(drawn.text).find("{*}title").text

    assert leads_to("https://class.example") == f"https://class.example/join/{code}"
    assert leads_to("http://[2001:db8::1]:8501") == f"http://[2001:db8::1]:8501/join/{code}"
    monkeypatch.setattr("lifecycle.classroom.server.reach.own_address", lambda: "192.0.2.9")
    assert leads_to("http://localhost:8501") == f"http://192.0.2.9:8501/join/{code}"
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", "https://go.example/hw/")
    assert leads_to("http://localhost:8501") == f"https://go.example/hw/join/{code}"


def test_health_is_told_by_the_store_too(browser, monkeypatch):
    assert browser().get("/healthz").json() == {"ok": True}

    def fails(self, code):
        raise StoreError("the disk is full")

    monkeypatch.setattr(Classes, "find", fails)
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"error": "the disk is full"})


# --- phones


def test_a_phone_gets_a_name_for_this_class_that_no_script_reads(browser, lesson):
    answer = browser().get(f"/live/{lesson[0]}/state")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{PHONE}=")
    assert {"HttpOnly", "SameSite=strict", f"Path=/live/{lesson[0]}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    safe = browser(base_url="https://testserver").get(f"/live/{lesson[0]}/state")
    assert "Secure" in safe.headers["set-cookie"]


def test_a_vote_is_recorded_and_found_again_by_the_phone_that_cast_it(browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)
    assert phone.get(f"/live/{code}/state").json()["mine"] is None
    assert vote(phone, code, 2).json() == {"recorded": True, "key": "k1", "ballot": {"chosen": [2]}}
    assert phone.get(f"/live/{code}/state").json()["mine"] == {"chosen": [2]}
    assert in_class(browser, code).get(f"/live/{code}/state").json()["mine"] is None
    assert hub.tally(code).counts == (0, 0, 1, 0)


def test_a_late_phone_falls_in_at_the_present_question(browser, hub, lesson):
    code = asked(hub, lesson)
    state = browser().get(f"/live/{code}/state").json()["state"]
    assert (state["poll"]["id"], state["open"], state["round"], state["key"]) == ("q1", True, 1, None)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"content": b"{" * 3000, "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"[" * 3000, "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"[]", "headers": {"content-type": "application/json"}}, 400, "a JSON object"),
        ({"content": b" " * (MOST_BYTES + 1), "headers": {"content-type": "application/json"}}, 413, "larger than"),
        ({"content": b"{}", "headers": {"content-type": "text/plain"}}, 415, "Send JSON"),
        ({"json": {}}, 400, "a key"),
        (as_json({"key": "k", "poll": "\ud800", "round": 1, "ballot": {}}), 409, "not open"),
        ({"json": {"key": "k", "poll": "q1", "round": 2, "ballot": {"chosen": [1]}}}, 409, "round 1 now"),
        ({"json": {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [7]}}}, 400, "that are shown"),
    ],
)
def test_nonsense_is_refused_clearly(browser, hub, lesson, sent, status, said):
    code = asked(hub, lesson)
    answer = in_class(browser, code).post(f"/live/{code}/vote", **sent)
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert hub.tally(code).voted == 0


def test_a_replayed_request_counts_once_and_with_another_choice_is_refused(browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)
    assert [vote(phone, code, 1).status_code for _ in range(3)] == [200] * 3
    answer = vote(phone, code, 2)
    assert (answer.status_code, answer.json()["error"][:20]) == (409, "This vote came befor")
    assert hub.tally(code).counts == (0, 1, 0, 0)


def test_a_closed_question_takes_no_vote(browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)
    hub.act(*lesson, "close")
    assert vote(phone, code).status_code == 409


def test_a_phone_without_a_name_or_with_a_forged_one_does_not_vote(browser, hub, lesson):
    code = asked(hub, lesson)
    assert vote(browser(), code).status_code == 401
    assert vote(browser(cookies={PHONE: "ada.forged"}), code).status_code == 401
    assert hub.tally(code).voted == 0


def test_a_phone_that_asks_without_a_pause_is_told_when_to_come_back(browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)
    answers = [vote(phone, code, n % 4, key=f"k{n}") for n in range(14)]
    late = answers[-1]
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) >= 1
    assert vote(in_class(browser, code), code).status_code == 200
    states = [phone.get(f"/live/{code}/state").status_code for _ in range(61)]
    assert states[0] == 200
    assert states[-1] == 429


def test_a_store_that_fails_is_told_and_nothing_is_acknowledged(browser, hub, lesson, monkeypatch):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    def fails(self, votes):
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Classes, "add_votes", fails)
        answer = vote(phone, code)
    assert (answer.status_code, answer.json()["error"]) == (503, "the disk is full")
    assert vote(phone, code).status_code == 200
    assert hub.tally(code).voted == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ],
)
def test_another_sites_page_neither_votes_nor_drives(browser, hub, lesson, headers):
    code = asked(hub, lesson)
    phone, desk = in_class(browser, code), presenter(browser, lesson)
    sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [0]}}
    assert phone.post(f"/live/{code}/vote", json=sent, headers=headers).status_code == 403
    assert desk.post(f"/live/{code}/act", json={"action": "close"}, headers=headers).status_code == 403
    assert hub.state(code).open
    own = {"origin": "http://testserver"} if "origin" in headers else {"sec-fetch-site": "same-origin"}
    assert phone.post(f"/live/{code}/vote", json=sent, headers=own).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://name", "host": "name:80"},
        {"origin": "http://NAME", "host": "name."},
        {"origin": "https://name", "host": "inner:8501", "x-forwarded-host": "name", "x-forwarded-proto": "https"},
        {"origin": "https://name", "host": "inner", "forwarded": "host=name;proto=https"},
        {"origin": "https://learn.example.org", "host": "inner"},
    ],
)
def test_behind_a_proxy_our_own_pages_vote_and_drive(browser, hub, lesson, monkeypatch, headers):
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", "https://learn.example.org/hw")
    code = asked(hub, lesson)
    phone, desk = in_class(browser, code), presenter(browser, lesson)
    sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [0]}}
    assert phone.post(f"/live/{code}/vote", json=sent, headers=headers).status_code == 200
    assert desk.post(f"/live/{code}/act", json={"action": "close"}, headers=headers).status_code == 200
    hostile = {**headers, "origin": "https://evil.example"}
    assert phone.post(f"/live/{code}/vote", json=sent, headers=hostile).status_code == 403


def test_no_other_site_is_granted_a_header_of_its_own(browser, lesson):
    asks = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    asks["access-control-request-headers"] = "x-forwarded-host, content-type"
    for what in ("vote", "act", "presenter"):
        answer = browser().options(f"/live/{lesson[0]}/{what}", headers=asks)
        assert answer.status_code == 405
        assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize("host", ["h" * 3_000, "[", "[::1", "a b", "name:99999"])
def test_a_host_that_can_be_none_is_refused_on_every_address(browser, hub, lesson, host):
    for route in routes("", hub):
        path = re.sub(
            r"\{(\w+)(:int)?\}", lambda part: {"code": lesson[0], "name": "phone.js"}.get(part[1], "0"), route.path
        )
        for method in route.methods - {"HEAD"}:
            assert browser().request(method, path, headers={"host": host}).status_code == 400


def test_phone_and_presenter_are_known_whatever_other_cookies_the_host_has(browser, hub, lesson):
    code = asked(hub, lesson)
    name = in_class(browser, code).cookies[PHONE]
    secret = presenter(browser, lesson).cookies[PRESENTER]
    sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [0]}}
    for beside in BESIDE:
        for ours in ("{0}; {1}={2}", "{1}={2}; {0}", "{1}=forged; {0}; {1}={2}", "{1}={2}; {1}=forged"):
            phone, desk = browser(), browser()
            header = ours.format(beside, PHONE, name).encode("latin-1")
            assert phone.post(f"/live/{code}/vote", json=sent, headers={"cookie": header}).status_code == 200
            header = ours.format(beside, PRESENTER, secret).encode("latin-1")
            assert desk.get(f"/live/{code}/talk", headers={"cookie": header}).status_code == 200
    assert hub.tally(code).voted == 1


# --- codes


def test_the_right_code_costs_nothing(browser, lesson):
    for _ in range(100):
        assert browser().get(f"/join/{lesson[0]}").status_code == 200


# --- the presenter


def test_the_secret_becomes_a_cookie_of_this_class_and_then_drives_it(browser, hub, lesson):
    code, secret = lesson
    desk = browser()
    answer = desk.post(f"/live/{code}/presenter", headers={"authorization": f"Bearer {secret}"})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{PRESENTER}=")
    assert {"HttpOnly", "SameSite=strict", f"Path=/live/{code}"} <= set(cookie.split("; "))
    told = desk.post(f"/live/{code}/act", json={"action": "go", "step": 1}).json()
    assert (told["state"]["step"], hub.state(code).step) == (1, 1)
    assert desk.post(f"/live/{code}/act", json={"action": "onward"}).json()["state"]["open"]
    assert desk.get(f"/live/{code}/talk").json()["talk"]["steps"][0]["notes_html"] == "<p>Breathe.</p>"


def test_whoever_has_only_the_code_drives_nothing_and_reads_no_notes(browser, hub, lesson):
    code, secret = lesson
    phone = in_class(browser, code)
    for cookies in ({}, {PRESENTER: secret[:-1]}, {PRESENTER: "x" * 5000}):
        other = browser(cookies=cookies)
        assert other.post(f"/live/{code}/act", json={"action": "go", "step": 1}).status_code == 403
        assert other.get(f"/live/{code}/talk").status_code == 403
        assert other.get(f"/live/{code}/events?desk=1").status_code == 403
    assert phone.post(f"/live/{code}/act", json={"action": "go", "step": 1}).status_code == 403
    assert phone.post(f"/live/{code}/presenter", headers={"authorization": "Bearer wrong"}).status_code == 403
    assert hub.state(code).step == 0


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"action": "close"}, 409, "No question"),
        ({"action": "go", "step": 99}, 409, "no such step"),
        ({"action": "go", "step": True}, 400, "no such value: 'step'"),
        ({"action": "ask", "ask": {}}, 400, "no such value: 'ask'"),
        ({"action": "go", "\ud800": 1}, 400, "no such value"),
        ({"action": "\ud800"}, 409, "no action"),
        ({"action": 5}, 400, "which action"),
        ({"action": "look", "view": "?" * 3000}, 409, "too long"),
    ],
)
def test_an_act_that_cannot_be_is_refused_in_words(browser, lesson, sent, status, said):
    answer = presenter(browser, lesson).post(f"/live/{lesson[0]}/act", **as_json(sent))
    assert answer.status_code == status
    assert said in answer.json()["error"]


# --- streams of events


class Stream:
    """A stream of events, read straight from the app: the test's client would wait for its end."""

    def __init__(self, app, path, query="", cookie=""):
        self.told, self.gone, self.status, self.kept = asyncio.Queue(), asyncio.Event(), 0, b""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "client": ("testclient", 1),
            "server": ("testserver", 80),
            "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode())],
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif data := [line[6:] for line in message["body"].decode().splitlines() if line.startswith("data: {")]:
            await self.told.put(json.loads(data[0]))

    async def next(self):
        return await asyncio.wait_for(self.told.get(), 20)

    async def close(self):
        self.gone.set()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


def heard(app, hub, code, phone, play):
    """Play a scene with a phone, a screen and a desk that listen; each has heard its first message."""

    async def scene():
        lecture = hub.lecture(code)
        name = f"{PHONE}={phone.cookies[PHONE]}"
        secret = f"{PRESENTER}={play.secret}"
        streams = [
            Stream(app, f"/live/{code}/events", cookie=name),
            Stream(app, f"/live/{code}/events", "screen=1"),
            Stream(app, f"/live/{code}/events", "desk=1", secret),
        ]
        try:
            for each in streams:
                await each.next()
            await play(lecture, *streams)
        finally:
            for each in streams:
                await each.close()
        assert not lecture.listeners

    coroutines.run(scene())


def scene(lesson):
    def named(play):
        play.secret = lesson[1]
        return play

    return named


async def until(stream, holds):
    """The next message of which it holds; the ones before tell of phones that come."""
    while not holds(told := await stream.next()):
        pass
    return told


def test_a_move_is_heard_by_all_and_a_vote_by_screen_and_desk_alone(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    @scene(lesson)
    async def play(lecture, own, screen, desk):
        who = lecture.phone_of(phone.cookies[PHONE])
        sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [ASK.key.options[0]]}}
        await asyncio.wrap_future(hub.vote(lecture, who, sent))
        told = await until(screen, lambda said: said["votes"] == 1)
        assert (told["tally"], told["phones"]) == (None, 1)
        told = await until(desk, lambda said: said["votes"] == 1)
        assert told["tally"]["right"] == 1
        assert own.told.empty()
        await asyncio.to_thread(hub.act, *lesson, "toggle")
        await asyncio.to_thread(hub.act, *lesson, "close")
        await asyncio.to_thread(hub.act, *lesson, "answer")
        told = await until(own, lambda said: said["state"]["key"])
        assert told["mine"] == {"chosen": [ASK.key.options[0]]}
        assert "tally" not in told
        told = await until(screen, lambda said: said["state"]["key"])
        assert told["tally"]["right"] == 1

    heard(app, hub, code, phone, play)


def test_every_stream_ends_with_the_class_and_with_the_server(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    @scene(lesson)
    async def play(lecture, *streams):
        await asyncio.to_thread(hub.act, *lesson, "end")
        for each in streams:
            assert (await until(each, lambda said: said["state"]["over"]))["state"]["poll"] is None
            await asyncio.wait_for(each.task, 20)

    heard(app, hub, code, phone, play)
    code, secret = hub.start({"steps": []})
    phone = in_class(browser, code)

    @scene((code, secret))
    async def stop(lecture, *streams):
        hub.close_streams()
        for each in streams:
            await asyncio.wait_for(each.task, 20)

    heard(app, hub, code, phone, stop)


def test_a_phone_holds_a_few_streams_at_once_and_no_more(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    async def play():
        cookie = f"{PHONE}={phone.cookies[PHONE]}"
        streams = [Stream(app, f"/live/{code}/events", cookie=cookie) for _ in range(MOST_STREAMS)]
        for each in streams:
            await each.next()
        assert hub.phones(code) == 1
        more = Stream(app, f"/live/{code}/events", cookie=cookie)
        await asyncio.wait_for(more.task, 20)
        assert more.status == 429
        for each in streams:
            await each.close()
        assert hub.phones(code) == 1  # who has joined is still of the class

    coroutines.run(play())


def test_the_pages_files_change_their_address_when_they_change():
    assert re.fullmatch(r"[0-9a-f]{12}", pages.version())


def test_the_server_may_hold_a_connection_for_every_phone_of_a_large_hall():
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, hard), hard))
        serving.raise_open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(serving.OPEN_FILES, hard), hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_text_that_comes_late_is_told_that_its_question_is_closed(browser, hub, lesson):
    code, secret = lesson
    hub.act(code, secret, "aside", text="Why?")
    phone = in_class(browser, code)
    poll = phone.get(f"/live/{code}/state").json()["state"]["poll"]["id"]
    hub.act(code, secret, "close")
    sent = {"key": "k1", "poll": poll, "round": 1, "ballot": {"text": "Because."}}
    answer = phone.post(f"/live/{code}/vote", json=sent)
    assert (answer.status_code, answer.json()["error"]) == (409, "This question is closed.")
