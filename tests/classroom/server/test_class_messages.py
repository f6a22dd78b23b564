"""What the class's server sends and reads is what phone, hall and desk have written down."""

import json
import re
from typing import get_args

import pytest

from lifecycle.classroom import Ballot, ClassState, ask_json, ballot_json, message, moves, shown_json, tally, tally_json
from lifecycle.classroom.server import pages
from lifecycle.classroom.server.acts import ACTIONS
from lifecycle.classroom.server.routes import _ACT_VALUES
from tests.classroom.class_polls import ASKS, CHOICE, CLICKED, GUESS, SEVERAL, TIMED, one
from tests.classroom.class_votes import cast, phone, started
from tests.classroom.server.live_pages import as_json, asked, in_class, presenter
from tests.support.message_contract import differences, fits, messages
from tests.test_house import ROOT

SCRIPT = (ROOT / "js/shared/class_message.js").read_text(encoding="utf-8")


def test_both_sides_write_down_the_same_messages_with_the_same_fields_and_types():
    assert differences(SCRIPT, [message]) == []


@pytest.mark.parametrize("name", messages(message))
def test_a_field_more_or_of_another_type_on_one_side_is_found(name):
    field = re.compile(
        rf"(@typedef \{{object\}} {name}\n(?: \* @property .*\n)*? \* @property \{{).*?(\}} \[?\w+\]?\n)"
    )
    assert differences(field.sub(r"\1symbol\2", SCRIPT, count=1), [message]) != []
    assert differences(field.sub(r"\1symbol} other\n * @property {\2", SCRIPT, count=1), [message]) != []


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.poll.kind)
def test_questions_with_and_without_their_key_are_of_that_form(ask):
    state = moves.ask(ClassState(talk="t"), ask)
    assert fits(shown_json(state), message.StateShown)
    assert fits(shown_json(state, key=True), message.StateShown)
    assert shown_json(state, key=True)["key"] is not None
    assert fits(ask_json(ask), message.AskKept)


@pytest.mark.parametrize(
    ("ask", "first", "second"),
    [
        (CHOICE, one(0), one(1)),
        (SEVERAL, Ballot(chosen=(0, 2)), one(0)),
        (TIMED, Ballot(number=90.0), Ballot(number=3.0)),
        (CLICKED, Ballot(place="lake"), Ballot(place="buffer")),
        (GUESS, Ballot(number=12.0), Ballot(number=48.0)),
    ],
    ids=lambda each: each.poll.kind if hasattr(each, "poll") else "",
)
def test_votes_and_tallies_are_of_that_form_whatever_was_asked(ask, first, second):
    counted = tally_json(tally(ask, {"a": first, "b": second}, {"a": second}), ask.poll.unit)
    assert fits(json.loads(json.dumps(counted)), message.TallyShown)
    assert fits(counted["first"], message.TallyShown)
    assert fits(ballot_json(first), message.BallotSent)
    assert not fits({**counted, "voted": "2"}, message.TallyShown)


def test_a_class_sends_phone_hall_and_desk_what_they_have_written_down(hub):
    lecture, secret = started(hub)
    name = phone(lecture)
    for voted in (False, True):
        if voted:
            cast(hub, lecture, name, 0)
            hub.act(lecture.row.code, secret, "close")
            hub.act(lecture.row.code, secret, "reveal")
        assert fits(json.loads(lecture.for_phone(name, 1_000.0)), message.ToPhone)
        assert fits(json.loads(lecture.for_screen(1_000.0)), message.ToScreen)
        assert fits(json.loads(lecture.for_screen(1_000.0, desk=True)), message.ToDesk)
    assert json.loads(lecture.for_screen(1_000.0))["tally"] is not None
    hub.act(lecture.row.code, secret, "aside", text="Why?")
    hub.vote(lecture, name, {"key": "k9", "poll": "aside-1", "round": 1, "ballot": {"text": "So."}}).result(timeout=30)
    desk = json.loads(lecture.for_screen(1_000.0, desk=True))
    assert desk["texts"]
    assert fits(desk, message.ToDesk)


def test_the_answers_of_the_server_are_of_that_form(browser, hub, lesson):
    code = asked(hub, lesson)
    voter, desk = in_class(browser, code), presenter(browser, lesson)
    vote = {"key": "k1", "poll": "q1", "round": 1, "ballot": {"chosen": [1]}}
    assert fits(vote, message.VoteSent)
    live = f"/live/{code}"
    assert fits(voter.post(f"{live}/vote", **as_json(vote)).json(), message.VoteTaken)
    assert fits(voter.post(f"{live}/vote", **as_json({"key": ""})).json(), message.RefusalSent)
    assert fits(voter.get(f"{live}/state").json(), message.ToPhone)
    assert fits(desk.post(f"{live}/act", **as_json({"action": "close"})).json(), message.ToDesk)
    assert fits(desk.get("/live/mine").json(), message.ClassesListed)
    assert fits(desk.post(f"{live}/link").json(), message.DeskLink)
    assert fits(desk.get(f"{live}/talk").json(), message.DeskOpened)


def test_acts_are_named_and_take_what_both_sides_have_written_down():
    assert set(get_args(message.Action)) == set(ACTIONS)
    assert {name for name in message.ActSent.__annotations__ if name != "action"} == set(_ACT_VALUES)
    buttons = re.findall(r'data-act="(\w+)"', (pages.ASSETS / "desk.html").read_text(encoding="utf-8"))
    assert buttons
    assert set(buttons) <= set(ACTIONS)
