"""Who is counted as here, and what of a class screens and phones are sent."""

import json

import pytest

from lifecycle.classroom import Refused, ask_of
from lifecycle.classroom.server.hub import Hub
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.storage import Classes
from tests.classroom.class_votes import TALK, Clock, cast, phone, started
from tests.support import coroutines
from tests.support.narrow import not_none

pytestmark = pytest.mark.xdist_group("storage")
QUESTION = Question(
    "q1", "lake", QuestionKind.SINGLE, "What is it?", tuple(Option(f"Option {n}", n == 0) for n in range(4))
)
ASK = ask_of(QUESTION, {}, seed="s", rounds=2)


def test_those_count_who_joined_or_voted_and_not_the_streams_that_are_open(file):
    hub = Hub(Classes(file))
    lecture, _ = started(hub)
    voters = [phone(lecture) for _ in range(3)]
    for who in voters:
        cast(hub, lecture, who, 0)
    lecture.meet(phone(lecture), hub.store.now())
    told = json.loads(lecture.for_screen(hub.store.now()))
    assert (told["votes"], told["phones"], told["here"], len(lecture.listeners)) == (3, 4, 4, 0)
    assert hub.phones(lecture.row.code) == 4
    assert Hub(hub.store).phones(lecture.row.code) == 3  # a server that starts again knows who voted


def test_a_phone_that_is_gone_for_a_minute_counts_no_more_but_its_vote_does(file):
    """Else "3 of 8 have answered" waits for five phones that were closed, and says 4 once the server starts anew."""
    wall = Clock()
    hub = Hub(Classes(file, wall))
    lecture, secret = started(hub)
    code = lecture.row.code
    voter, gone, sleeper, awake = (phone(lecture) for _ in range(4))

    async def play():
        open_page = hub.listen(lecture, awake)
        cast(hub, lecture, voter, 0)
        for each in (gone, sleeper):
            hub.leave(lecture, hub.listen(lecture, each))
        wall.now_s += lecture.AWAY_S - 1.0
        assert hub.phones(code) == 4  # nobody vanishes because a phone slept for a moment
        lecture.meet(sleeper, wall.now_s)
        wall.now_s += 2.0
        assert lecture.around(wall.now_s) == {sleeper, awake}
        told = json.loads(lecture.for_screen(wall.now_s))
        assert (told["votes"], told["phones"], told["here"]) == (1, 3, 2)
        wall.now_s += lecture.AWAY_S
        hub.leave(lecture, open_page)
        wall.now_s += lecture.AWAY_S
        assert (hub.phones(code), not_none(hub.tally(code)).voted) == (1, 1)
        assert Hub(hub.store).phones(code) == 1  # the same as a server says that starts anew
        hub.act(code, secret, "close")
        hub.act(code, secret, "second_round")
        assert hub.phones(code) == 0  # who left is not waited for in the second vote

    coroutines.run(play())


def test_a_text_is_seen_by_the_desk_and_by_the_hall_once_it_is_approved(file):
    hub = Hub(Classes(file))
    code, secret = hub.start(TALK)
    lecture = hub.lecture(code)
    hub.act(code, secret, "aside", text="What surprised you?")
    who = phone(lecture)

    def write(text, key):
        sent = {"key": key, "poll": "aside-1", "round": 1, "ballot": {"text": text}}
        hub.vote(lecture, who, sent).result(timeout=30)

    def seen(**how):
        return [(each["text"], each["shown"]) for each in json.loads(lecture.for_screen(0.0, **how))["texts"]]

    write("The clock", "k1")
    write("The queue", "k2")
    assert (seen(), seen(desk=True)) == ([], [("The queue", False)])
    id = lecture.texts()[0].id
    hub.act(code, secret, "show_text", id=id)
    assert seen() == [("The queue", True)]
    assert who not in json.dumps(json.loads(lecture.for_screen(0.0, desk=True))["texts"])
    write("Something rude", "k3")  # who changes an approved text has written one that nobody approved
    assert (seen(), seen(desk=True)) == ([], [("Something rude", False)])
    with pytest.raises(Refused, match="is gone"):
        hub.act(code, secret, "show_text", id=id)
    write("The queue", "k4")
    assert seen() == [("The queue", True)]
    again = Hub(hub.store).lecture(code)
    assert [each.shown for each in again.texts()] == [True]
    hub.act(code, secret, "hide_text", id=id)
    assert seen() == []
    hub.act(code, secret, "show_text", id=id)
    hub.act(code, secret, "hide_texts")
    assert seen() == []
    assert "queue" not in lecture.for_phone(phone(lecture), 0.0)


def test_a_phones_name_is_sealed_for_its_class(file):
    hub = Hub(Classes(file))
    (one, _), (two, _) = started(hub), started(hub)
    sealed = one.new_phone()
    assert one.phone_of(sealed)
    assert two.phone_of(sealed) == ""
    name, _, seal = sealed.partition(".")
    for forged in ("", ".", name, f"{name}.", f"{name}.{seal[:-1]}", f"x{sealed}", "é.é", "\ud800.x"):
        assert one.phone_of(forged) == ""
    assert Hub(hub.store).lecture(one.row.code).phone_of(sealed) == name


def test_the_screen_knows_the_votes_only_once_they_are_shown_and_the_desk_before(file):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    cast(hub, lecture, phone(lecture), ASK.key.options[0])

    def told(**how):
        return json.loads(lecture.for_screen(0.0, **how))

    assert (told()["votes"], told()["tally"], told()["state"]["key"]) == (1, None, None)
    assert told(desk=True)["tally"]["right"] == 1
    assert told(desk=True)["state"]["key"]["options"] == [ASK.key.options[0]]
    hub.act(lecture.row.code, secret, "reveal")
    assert (sum(told()["tally"]["counts"]), told()["tally"]["right"], told()["state"]["key"]) == (1, None, None)
    hub.act(lecture.row.code, secret, "close")
    assert (sum(told()["tally"]["counts"]), told()["tally"]["right"], told()["state"]["key"]) == (1, None, None)
    hub.act(lecture.row.code, secret, "answer")
    assert (told()["tally"]["right"], told()["state"]["key"]["options"]) == (1, [ASK.key.options[0]])
    assert "tally" not in json.loads(lecture.for_phone("p", 0.0))
