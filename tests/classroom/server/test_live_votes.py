"""Votes over HTTP: recorded once, refused clearly, and taken from our own pages alone."""

import re

import pytest

from lifecycle import metrics
from lifecycle.classroom.server import routes
from lifecycle.classroom.server.guard import MOST_BYTES, PHONE, PRESENTER
from lifecycle.storage import Classes, StoreError
from tests.classroom.server.live_pages import as_json, asked, in_class, presenter
from tests.classroom.server.test_origins import BESIDE
from tests.support.narrow import not_none

pytestmark = pytest.mark.usefixtures("no_token_comes_back")


def vote(phone, code, choice=0, key="k1", **more):
    sent = {"key": key, "poll": "q1", "round": 1, "ballot": {"chosen": [choice]}, **more}
    return phone.post(f"/live/{code}/vote", json=sent)


# --- phones


def test_a_phone_gets_a_name_for_this_class_that_no_script_reads(browser, lesson):
    answer = browser().get(f"/live/{lesson[0]}/state")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{PHONE}=")
    assert {"HttpOnly", "SameSite=strict", f"Path=/live/{lesson[0]}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    safe = browser(base_url="https://testserver").get(f"/live/{lesson[0]}/state")
    assert "Secure" in safe.headers["set-cookie"]


def test_votes_are_counted_once_when_they_are_kept_and_not_when_they_are_refused(browser, hub, lesson):
    def waits():
        return not_none(metrics.REGISTRY.get_sample_value("headwaters_vote_seconds_count"))

    before, waits_before = not_none(metrics.REGISTRY.get_sample_value("headwaters_votes_total")), waits()
    code = asked(hub, lesson)
    phone = in_class(browser, code)
    assert vote(phone, code, 2).status_code == 200
    assert vote(phone, code, 2).status_code == 200  # the first answer was lost on its way
    assert vote(phone, code, 2, "").status_code == 400
    assert vote(phone, code, 2, "k2", round=2).status_code == 409
    assert metrics.REGISTRY.get_sample_value("headwaters_votes_total") == before + 1
    assert waits() == waits_before + 2  # each time the phone heard that its vote is kept


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
        ({"content": b"{" * 3000, "headers": {"content-type": "application/json"}}, 400, "not JSON"),
        ({"content": b"[" * 3000, "headers": {"content-type": "application/json"}}, 400, "not JSON"),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400, "not JSON"),
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
        for method in not_none(route.methods) - {"HEAD"}:
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
