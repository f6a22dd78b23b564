"""A hostile hall: each attack goes over the real routes, and while it does those who belong there get in and vote."""

import asyncio
import json
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle import metrics
from lifecycle.classroom import ask_json
from lifecycle.classroom.server import doors, routes, spelled
from lifecycle.classroom.server.guard import PHONE, PRESENTER, WAITING
from lifecycle.classroom.server.hub import MOST_SCREENS, Hub
from lifecycle.classroom.server.limits import ALPHABET, LENGTH, WRONG_CODES, WRONG_SECRETS
from lifecycle.storage import Classes
from tests.classroom.server.live_pages import ASK, Stream
from tests.support import coroutines
from tests.support.narrow import not_none

pytestmark = pytest.mark.usefixtures("no_token_comes_back")

STEPS = [{"headline": "One", "points": 0, "ask": ask_json(ASK)}]
HALL = 1_000  # phones behind one address


@pytest.fixture
def lesson(hub):
    """A class whose question is open; its code and its secret."""
    code, secret = hub.start({"id": "t", "title": "A talk", "steps": STEPS})
    hub.act(code, secret, "ask")
    return code, secret


@pytest.fixture
def browser(app):
    """`browser()` is a browser of its own; all of them come from one address unless told otherwise."""
    return lambda address="192.0.2.1": TestClient(app, client=(address, 1))


def joins(phone, code, **query):
    return phone.get(f"/live/{code}/state", params=query)


def votes(phone, code, choice=0, key="k1"):
    sent = {"key": key, "poll": "q1", "round": 1, "ballot": {"chosen": [choice]}}
    return phone.post(f"/live/{code}/vote", json=sent).status_code


def proves(browser, code, secret):
    return browser.post(f"/live/{code}/presenter", headers={"authorization": f"Bearer {secret}"}).status_code


# --- guessing


def test_wrong_codes_lock_nobody_out_who_has_the_right_one(browser, hub, lesson, monkeypatch):
    code, secret = lesson
    inside, guesser = browser(), browser()
    joins(inside, code)
    tries = [joins(guesser, ALPHABET[n % 25] * LENGTH).status_code for n in range(int(WRONG_CODES[0]) + 5)]
    assert (tries[0], tries[-1]) == (404, 429)
    late, desk = browser(), browser()
    assert late.get(f"/join/{code}").status_code == 200
    assert joins(late, code).status_code == 200
    assert (votes(late, code), votes(inside, code)) == (200, 200)
    assert proves(desk, code, secret) == 204
    again = TestClient(Starlette(routes=routes("", Hub(hub.store))))  # a server that has this class only in its store
    for n in range(int(WRONG_CODES[0]) + 1):
        joins(again, ALPHABET[n % 25] * LENGTH)
    assert joins(again, "BCDFGHJK").status_code == 429
    assert joins(again, code).status_code == 200


def test_who_guesses_on_costs_the_store_nothing(browser, hub, lesson, monkeypatch):
    guesser, asked = browser(), []
    for n in range(int(WRONG_CODES[0])):
        joins(guesser, ALPHABET[n % 25] * LENGTH)

    def noted(name, really):
        def asking(*given):
            asked.append(name)
            return really(*given)

        return asking

    for name in ("find", "codes"):
        monkeypatch.setattr(Classes, name, noted(name, getattr(Classes, name)))
    hub.tick = lambda: 5.0
    assert {joins(guesser, ALPHABET[n % 25] * LENGTH).status_code for n in range(100)} == {429}
    assert asked == ["codes"]  # once a second for all of them together


def test_wrong_secrets_lock_no_presenter_out(browser, lesson):
    code, secret = lesson
    attacker, desk, fresh = browser(), browser(), browser()
    assert proves(desk, code, secret) == 204
    tries = [proves(attacker, code, f"{n}") for n in range(int(WRONG_SECRETS[0]) + 3)]
    assert (tries[0], tries[-1]) == (403, 429)
    assert desk.post(f"/live/{code}/act", json={"action": "close"}).status_code == 200
    assert desk.get(f"/live/{code}/talk").status_code == 200
    assert proves(fresh, code, secret) == 204  # a desk that is opened only now, from the same address


def test_a_code_is_understood_however_it_is_typed(browser, lesson):
    code = lesson[0]
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "\u2212" for letter in spelled(code).lower())
    answer = browser().get("/join", params={"code": f"\u200b{wide} "}, follow_redirects=False)
    assert answer.headers["location"] == f"/join/{code}"


# --- streams


def test_strangers_screens_take_no_place_of_the_presenters(app, browser, hub, lesson):
    code, secret = lesson
    proof = f"{PRESENTER}={secret}"

    async def play():
        strangers = [Stream(app, f"/live/{code}/events", "screen=1") for _ in range(MOST_SCREENS)]
        for each in strangers:
            await each.next()
        refused = Stream(app, f"/live/{code}/events", "screen=1")
        await asyncio.wait_for(refused.task, 20)
        assert refused.status == 429
        own = [Stream(app, f"/live/{code}/events", query, proof) for query in ("screen=1", "desk=1") * 2]
        for each in own:
            assert (await each.next())["state"]["open"]
        for each in (*strangers, *own):
            await each.close()

    coroutines.run(play())


def test_where_the_server_holds_as_many_streams_as_it_can_the_presenter_still_gets_one(app, browser, hub, lesson):
    code, secret = lesson
    phone = browser()
    joins(phone, code)
    hub.most_listening = 2

    async def play():
        name = f"{PHONE}={phone.cookies[PHONE]}"
        held = [Stream(app, f"/live/{code}/events", cookie=name) for _ in range(2)]
        for each in held:
            await each.next()
        refused = Stream(app, f"/live/{code}/events", cookie=name)
        await asyncio.wait_for(refused.task, 20)
        assert refused.status == 429
        desk = Stream(app, f"/live/{code}/events", "desk=1", f"{PRESENTER}={secret}")
        assert (await desk.next())["phones"] == 1
        for each in (*held, desk):
            await each.close()

    coroutines.run(play())


# --- names and votes


def test_a_thousand_phones_behind_one_address_join_and_vote(hub, browser, lesson):
    code = lesson[0]
    phone = browser()
    done = set()
    for n in range(HALL):
        phone.cookies.clear()
        done.add((joins(phone, code).status_code, votes(phone, code, n % 4)))
    assert done == {(200, 200)}
    assert hub.tally(code).voted == hub.phones(code) == HALL


def test_names_of_one_address_are_bounded_the_desk_is_told_and_may_allow_more(browser, hub, lesson, monkeypatch):
    code, secret = lesson
    monkeypatch.setenv("HEADWATERS_CLASS_PHONES", "3")
    inside = [browser() for _ in range(3)]
    assert [joins(each, code).status_code for each in inside] == [200] * 3
    outside = [browser() for _ in range(12)]
    for _ in range(3):  # however often they ask, each is counted once
        answers = [joins(each, code) for each in outside]
    assert {each.status_code for each in answers} == {429}
    assert "ask the presenter" in answers[0].json()["error"]
    assert all(WAITING in each.cookies for each in outside)
    assert told_desk(hub, code)["turned_away"] == 12
    assert joins(browser("198.51.100.7"), code).status_code == 200  # another address has its own share
    assert [votes(each, code) for each in inside] == [200] * 3
    hub.act(code, secret, "limit", most=15)
    assert told_desk(hub, code)["turned_away"] == 0
    assert {joins(each, code).status_code for each in outside} == {200}


def told_desk(hub, code):
    return json.loads(hub.lecture(code).for_screen(hub.store.now(), desk=True))


@pytest.mark.parametrize(
    ("text", "most"), [("", 1200), ("40", 40), ("0", 1200), ("-5", 1200), ("many", 1200), ("99999999999", 1200)]
)
def test_how_many_phones_an_address_may_have_is_set_by_the_server(hub, lesson, monkeypatch, text, most):
    monkeypatch.setenv("HEADWATERS_CLASS_PHONES", text)
    assert doors.most_phones(hub.lecture(lesson[0])) == most


def test_a_closed_door_lets_those_vote_who_are_in_and_nobody_else(browser, hub, lesson):
    code, secret = lesson
    inside = browser()
    joins(inside, code)
    hub.act(code, secret, "door", door="present")
    made = [browser() for _ in range(25)]  # one machine that makes names
    for each in made:
        answer = joins(each, code)
        assert (answer.status_code, "closed the door" in answer.json()["error"]) == (403, True)
        assert votes(each, code) == 401
    assert votes(inside, code) == 200
    assert joins(inside, code).status_code == 200
    assert hub.tally(code).voted == 1
    hub.act(code, secret, "door", door="open")
    assert joins(made[0], code).status_code == 200


def table(browser, code, secret):
    """The rows of the results as a table, without their heading."""
    desk = browser()
    proves(desk, code, secret)
    return desk.get(f"/live/{code}/results.csv").text.splitlines()[1:]


def test_each_slip_is_one_seat_of_one_device_and_only_seats_vote_from_then_on(browser, hub, lesson):
    code, secret = lesson
    early = [browser() for _ in range(25)]
    for each in early:
        joins(each, code)
        assert votes(each, code) == 200
    before = table(browser, code, secret)
    hub.act(code, secret, "door", door="seats")
    assert hub.tally(code).counts == counts({0: 25})  # what was voted before stays: in bars,
    assert table(browser, code, secret) == before  # and in results
    for each in early:
        assert votes(each, code, 1, "k2") == 403
        assert joins(each, code).json()["votes_here"] is False
    assert joins(browser(), code).status_code == 403
    slips = [hub.lecture(code).seat_token(n) for n in (1, 2)]
    votes_before = not_none(metrics.REGISTRY.get_sample_value("headwaters_votes_total"))
    seated = [browser(), early[0]]  # who was in before may take a seat, too
    for each, slip in zip(seated, slips, strict=True):
        answer = joins(each, code, seat=slip)
        assert (answer.status_code, answer.json()["votes_here"]) == (200, True)
        assert votes(each, code, 2, "k3") == 200
    assert metrics.REGISTRY.get_sample_value("headwaters_votes_total") == votes_before + 2  # a seat is no vote
    thief = browser()
    taken = joins(thief, code, seat=slips[0])
    assert (taken.status_code, "Seat 1 is taken" in taken.json()["error"]) == (409, True)
    assert votes(thief, code) == 401
    assert hub.tally(code).counts == counts({0: 24, 2: 2})  # one took a seat and changed its vote, one is new
    hub.act(code, secret, "close")
    hub.act(code, secret, "second_round")
    assert [votes(each, code, 1, "k4") for each in early[1:3]] == [403, 403]
    assert hub.tally(code).voted == 0
    assert hub.phones(code) == 2  # those for whom the second vote is


def test_a_vote_cast_before_one_takes_a_seat_goes_on_as_the_seats_and_is_never_two(browser, hub, lesson):
    code, secret = lesson
    phone, other = browser(), browser()
    for each in (phone, other):
        joins(each, code)
        votes(each, code, 0)
    hub.act(code, secret, "door", door="seats")
    assert told_desk(hub, code)["without_slip"] == 2  # what the desk asks before, and says
    told = joins(phone, code, seat=hub.lecture(code).seat_token(1)).json()
    assert told["mine"] == {"chosen": [0]}
    assert told_desk(hub, code)["without_slip"] == 1
    assert hub.tally(code).counts == counts({0: 2})
    again = Hub(hub.store)  # a server that starts anew knows it, too
    for each in (hub, again):
        assert not_none(each.tally(code)).counts == counts({0: 2})
    assert votes(phone, code, 3, "k2") == 200
    assert hub.tally(code).counts == counts({0: 1, 3: 1})
    assert not_none(Hub(hub.store).tally(code)).counts == counts({0: 1, 3: 1})
    hub.act(code, secret, "door", door="open")  # open again: those without a slip go on with the vote they have
    assert joins(other, code).json()["mine"] == {"chosen": [0]}
    assert votes(other, code, 1, "k2") == 200
    assert hub.tally(code).counts == counts({1: 1, 3: 1})


def counts(of):
    return tuple(of.get(nth, 0) for nth in range(4))


@pytest.mark.parametrize("door", ["present", "seats", "open"])
def test_no_door_and_no_lower_limit_takes_away_what_was_voted(browser, hub, lesson, door):
    code, secret = lesson
    inside = [browser() for _ in range(4)]
    for nth, each in enumerate(inside):
        joins(each, code)
        votes(each, code, nth % 2)
    before, rows = hub.tally(code), table(browser, code, secret)
    hub.act(code, secret, "door", door=door)
    hub.act(code, secret, "limit", most=1)
    assert (hub.tally(code), table(browser, code, secret)) == (before, rows)
    expected = 403 if door == "seats" else 200
    assert [votes(each, code, 3, "k9") for each in inside] == [expected] * 4
    assert joins(browser(), code).status_code == (429 if door == "open" else 403)


def test_a_seat_stays_with_its_device_when_an_answer_was_lost_or_the_server_starts_again(browser, hub, lesson):
    code, secret = lesson
    slip = hub.lecture(code).seat_token(7)
    hub.act(code, secret, "door", door="seats")
    lost = browser()
    assert joins(lost, code, seat=slip, device="aa11").status_code == 200
    lost.cookies.clear()  # the answer with the cookie never came
    assert joins(lost, code, seat=slip, device="aa11").json()["votes_here"]
    again = TestClient(Starlette(routes=routes("", Hub(hub.store))))
    assert joins(again, code, seat=slip, device="bb22").status_code == 409
    assert joins(again, code, seat=slip, device="aa11").status_code == 200


@pytest.mark.parametrize("forge", ["1-", "2-{mac}", "0-{mac}", "~1~x", "1", "", "9999999-{mac}", "1-{mac}x", "é-ü"])
def test_a_slip_that_was_never_printed_gives_no_seat_and_true_ones_pass_all_the_same(browser, hub, lesson, forge):
    code, secret = lesson
    hub.act(code, secret, "door", door="seats")
    slip = hub.lecture(code).seat_token(1)
    forged = forge.format(mac=slip.partition("-")[2])
    attacker = browser()
    tries = {joins(attacker, code, seat=forged).status_code for _ in range(int(WRONG_SECRETS[0]) + 3)}
    assert tries <= {403, 429}
    assert joins(browser(), code, seat=slip).status_code == 200


def test_no_cookie_is_a_seat_that_was_not_taken(browser, hub, lesson):
    code, secret = lesson
    lecture = hub.lecture(code)
    hub.act(code, secret, "door", door="seats")
    slip = lecture.seat_token(3)
    for forged in (f"~3~aaaa.{slip.partition('-')[2]}", f"seat 3.{slip.partition('-')[2]}", "~3~aaaa."):
        phone = browser()
        phone.cookies.set(PHONE, forged)
        assert votes(phone, code) == 401
    assert not re.search(r"~", lecture.phone_of(lecture.new_phone()))
