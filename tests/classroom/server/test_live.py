"""The live class's addresses: what phones, screens and presenters may ask, and what is refused, in words."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.classroom.server import is_ours, pages, routes, serving, spelled
from lifecycle.classroom.server.guard import PRESENTER
from lifecycle.diagram import layout
from tests.classroom.server.live_pages import as_json, in_class, presenter
from tests.support.narrow import not_none

pytestmark = pytest.mark.usefixtures("no_token_comes_back")

MOST_PAGE_BYTES = 50_000


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

    return layout.picture(load(Path(__file__).parents[3] / "content").pipeline).tb


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
    room = not_none(re.search(r'name="code"[^>]*maxlength="(\d+)"', browser().get("/join").text))
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
        return not_none(ElementTree.fromstring(drawn.text).find("{*}title")).text

    assert leads_to("https://class.example") == f"https://class.example/join/{code}"
    assert leads_to("http://[2001:db8::1]:8501") == f"http://[2001:db8::1]:8501/join/{code}"
    monkeypatch.setattr("lifecycle.classroom.server.reach.own_address", lambda: "192.0.2.9")
    assert leads_to("http://localhost:8501") == f"http://192.0.2.9:8501/join/{code}"
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", "https://go.example/hw/")
    assert leads_to("http://localhost:8501") == f"https://go.example/hw/join/{code}"


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
