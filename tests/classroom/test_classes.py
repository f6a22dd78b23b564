"""Classes and their votes in the store, on SQLite and PostgreSQL; and the hub that phones and presenters meet in."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import coroutines
import pytest
import sqlalchemy as sa

from lifecycle.classroom import Ballot, Refused, ask_json, ask_of, moves
from lifecycle.classroom.server import limits
from lifecycle.classroom.server.hub import MOST_CHANGES, Hub, class_hours
from lifecycle.classroom.server.lectures import hashed
from lifecycle.classroom.server.refusals import Closed, NoClass, NotPresenter, Replayed, TooOften
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.storage import AnswerRow, Classes, Store, StoreError, VoteRow, engines, schema

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("storage")

QUESTION = Question(
    "q1", "lake", QuestionKind.SINGLE, "What is it?", tuple(Option(f"Option {n}", n == 0) for n in range(4))
)
ASK = ask_of(QUESTION, {}, seed="s", rounds=2)
TALK = {
    "id": "t",
    "title": "A talk",
    "steps": [{"headline": "One", "ask": None}, {"headline": "Two", "ask": ask_json(ASK)}],
}


class Clock:
    """A wall clock that is set by hand."""

    now_s = 1_000.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "headwaters.db"


@pytest.fixture(params=["file", "empty_postgres"])
def store(request, clock):
    return Classes(request.getfixturevalue(request.param), clock)


@pytest.fixture
def hub(store):
    hub = Hub(store)
    yield hub
    hub.stop()


def vote(n, phone="p", ballot=0, round_=1, poll="q1"):
    return VoteRow(f"s{n}", poll, round_, phone, json.dumps({"chosen": [ballot]}))


# --- what the store keeps


def test_a_class_and_its_votes_are_read_back_in_their_order(store):
    row = store.start("CODE", "hash", 2.0, "{}", "[1]")
    assert (row.code, row.created_s, row.expires_s, row.state, row.talk) == ("CODE", 1000.0, 8200.0, "{}", "[1]")
    assert store.find("CODE") == row
    assert store.add_votes([("CODE", vote(1)), ("CODE", vote(2, ballot=3))]) == [True, True]
    assert store.votes("CODE") == (vote(1), vote(2, ballot=3))
    assert store.save_state("CODE", '{"a":1}')
    assert store.find("CODE").state == '{"a":1}'


def test_a_code_is_given_once(store):
    assert store.start("CODE", "first", 1.0, "{}", "{}")
    assert store.start("CODE", "second", 1.0, "{}", "{}") is None
    assert store.find("CODE").secret_hash == "first"


def test_a_submission_is_kept_once_as_it_came_first(store):
    store.start("CODE", "hash", 1.0, "{}", "{}")
    store.add_votes([("CODE", vote(1))])
    store.add_votes([("CODE", vote(1, ballot=2)), ("CODE", vote(2)), ("CODE", vote(2, ballot=3))])
    assert store.votes("CODE") == (vote(1), vote(2))


def test_a_vote_for_a_class_that_is_gone_is_not_kept_and_harms_no_other(store):
    store.start("HERE", "hash", 1.0, "{}", "{}")
    assert store.add_votes([("GONE", vote(1)), ("HERE", vote(2))]) == [False, True]
    assert store.votes("GONE") == ()
    assert store.votes("HERE") == (vote(2),)
    assert not store.save_state("GONE", "{}")


def test_a_class_is_over_at_its_time_and_then_deleted_with_its_votes_and_nobody_elses(store, clock):
    store.start("SHORT", "hash", 1.0, "{}", "{}")
    store.start("LONG", "hash", 3.0, "{}", "{}")
    store.add_votes([("SHORT", vote(1)), ("LONG", vote(2))])
    clock.now_s += 3600.0
    assert store.find("SHORT") is None
    assert store.erase_expired() == 2
    assert store.erase_expired() == 0
    assert (store.votes("SHORT"), store.votes("LONG")) == ((), (vote(2),))
    assert store.erase("LONG") == 2


def test_what_was_erased_is_gone_from_the_disk(file):
    store = Classes(file)
    store.start("CODE", "hash", 1.0, "{}", "{}")
    store.add_votes([("CODE", vote(1, phone="a-phone-that-must-go"))])
    store.erase("CODE")
    assert not [path for path in file.parent.iterdir() if b"a-phone-that-must-go" in path.read_bytes()]


def test_a_store_of_version_2_gets_the_tables_and_keeps_its_rows(store):
    learners = Store(store.where)
    learners.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    engine = sa.create_engine(store.url)
    with engine.begin() as db:
        schema.VOTES.drop(db)
        schema.CLASSES.drop(db)
        back = (
            "PRAGMA user_version = 2" if engine.dialect.name == "sqlite" else "UPDATE headwaters_version SET version=2"
        )
        db.exec_driver_sql(back)
    engine.dispose()
    engines.forget()
    store.start("CODE", "hash", 1.0, "{}", "{}")
    assert [type(row) for row in learners.answers("ada")] == [AnswerRow]


# --- the hub


def started(hub):
    code, secret = hub.start(TALK)
    hub.act(code, secret, "go", step=1)
    hub.act(code, secret, "ask")
    return hub.lecture(code), secret


def phone(lecture):
    return lecture.phone_of(lecture.new_phone())


def cast(hub, lecture, who, choice, key="k1", round_=1):
    sent = {"key": key, "poll": "q1", "round": round_, "ballot": {"chosen": [choice]}}
    return hub.vote(lecture, who, sent).result(timeout=30)


def test_a_class_starts_with_a_code_to_type_and_a_secret_of_which_only_a_hash_is_kept(hub, store):
    code, secret = hub.start(TALK)
    assert limits.tidied(code) == code
    assert len(secret) == 32
    assert secret not in str(store.find(code))
    assert store.find(code).secret_hash == hashed(secret)
    assert hub.presents(code, secret)
    assert not hub.presents(code, secret[:-1])
    assert not hub.presents("BCDFGHJK", secret)


def test_what_was_acknowledged_is_in_the_store_and_a_hub_that_starts_again_goes_on(hub, store):
    lecture, secret = started(hub)
    code = lecture.row.code
    voters = [phone(lecture) for _ in range(5)]
    for n, who in enumerate(voters):
        cast(hub, lecture, who, n % 4)
    cast(hub, lecture, voters[0], 3, key="k2")
    hub.act(code, secret, "second_round")
    cast(hub, lecture, voters[0], 0, key="k3", round_=2)
    again = Hub(store)
    assert again.state(code) == hub.state(code)
    assert again.tally(code) == hub.tally(code)
    assert again.tally(code).first.counts == (1, 1, 1, 2)
    assert again.lecture(code).ballot(voters[0]) == Ballot(chosen=(0,))


def test_one_phone_has_one_vote_which_it_may_change_until_the_close(hub):
    lecture, secret = started(hub)
    who = phone(lecture)
    for n in range(3):
        cast(hub, lecture, who, n, key=f"k{n}")
    assert hub.tally(lecture.row.code).counts == (0, 0, 1, 0)
    hub.act(lecture.row.code, secret, "close")
    with pytest.raises(Closed, match="closed"):
        cast(hub, lecture, who, 0, key="late")


def test_a_vote_sent_again_is_the_same_vote_even_after_the_close_and_after_a_restart(hub, store):
    lecture, secret = started(hub)
    who = phone(lecture)
    cast(hub, lecture, who, 1)
    cast(hub, lecture, who, 2, key="k2")
    hub.act(lecture.row.code, secret, "close")
    again = Hub(store)
    for each in (hub, again):
        cast(each, each.lecture(lecture.row.code), who, 1)
        assert each.tally(lecture.row.code).counts == (0, 0, 1, 0)
    again.stop()
    assert len(store.votes(lecture.row.code)) == 2


def test_a_key_that_comes_again_with_another_choice_is_refused(hub):
    lecture, _ = started(hub)
    who = phone(lecture)
    cast(hub, lecture, who, 1)
    with pytest.raises(Replayed, match="another choice"):
        cast(hub, lecture, who, 2)
    assert hub.tally(lecture.row.code).counts == (0, 1, 0, 0)


def test_of_two_votes_under_one_key_at_once_the_first_counts(hub, monkeypatch):
    lecture, _ = started(hub)
    who = phone(lecture)
    sent = [{"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [n]}} for n in (1, 2)]
    held, keep = threading.Event(), Classes.add_votes

    def slow(self, votes):
        held.wait(30)
        return keep(self, votes)

    monkeypatch.setattr(Classes, "add_votes", slow)
    first, second = (hub.vote(lecture, who, each) for each in sent)
    held.set()
    first.result(timeout=30)
    with pytest.raises(Replayed):
        second.result(timeout=30)
    assert hub.tally(lecture.row.code).counts == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "a key, a poll, a round"),
        ({"key": "k", "poll": "q1", "round": 3}, "a round"),
        ({"key": "k", "poll": "q1", "round": True}, "a round"),
        ({"key": 5, "poll": "q1", "round": 1}, "a key"),
        ({"key": "../k", "poll": "q1", "round": 1}, "no usable key"),
        ({"key": "k" * 41, "poll": "q1", "round": 1}, "no usable key"),
        ({"key": "k", "poll": "other", "round": 1}, "not open"),
        ({"key": "k", "poll": "q1", "round": 2, "ballot": {"chosen": [0]}}, "round 1 now"),
        ({"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [9]}}, "that are shown"),
    ],
)
def test_a_vote_that_makes_no_sense_is_refused_in_words(file, sent, said):
    hub = Hub(Classes(file))
    lecture, _ = started(hub)
    with pytest.raises(Refused, match=said):
        hub.vote(lecture, phone(lecture), sent)


def test_many_votes_at_once_take_few_commits_and_each_is_kept(file, monkeypatch):
    hub = Hub(Classes(file))
    lecture, _ = started(hub)
    batches, keep, gate = [], Classes.add_votes, threading.Event()

    def counted(self, votes):
        batches.append(len(votes))
        gate.wait(30)
        return keep(self, votes)

    monkeypatch.setattr(Classes, "add_votes", counted)
    sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [0]}}
    waiting = [hub.vote(lecture, phone(lecture), sent) for _ in range(300)]
    gate.set()
    for each in waiting:
        each.result(timeout=30)
    hub.stop()
    assert len(batches) <= 3
    assert hub.tally(lecture.row.code).voted == len(hub.store.votes(lecture.row.code)) == 300


def test_a_store_that_fails_acknowledges_nothing_and_the_next_try_counts_once(file):
    hub = Hub(Classes(file))
    lecture, _ = started(hub)
    who = phone(lecture)
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="in use"):
            cast(hub, lecture, who, 1)
    finally:
        other.close()
    assert hub.tally(lecture.row.code).voted == 0
    cast(hub, lecture, who, 1)
    assert hub.tally(lecture.row.code).voted == len(hub.store.votes(lecture.row.code)) == 1


def test_a_phone_that_changes_its_mind_without_end_is_slowed_and_then_held_to_its_word(file):
    hub = Hub(Classes(file))
    lecture, _ = started(hub)
    who, other = phone(lecture), phone(lecture)
    for n in range(int(limits.VOTES[0])):
        cast(hub, lecture, who, n % 4, key=f"k{n}")
    with pytest.raises(TooOften) as slowed:
        [cast(hub, lecture, who, n % 4, key=f"more{n}") for n in range(50)]
    assert 0.0 < slowed.value.wait_s <= 1.0
    cast(hub, lecture, other, 0)
    lecture.changes["q1", 1, other] = MOST_CHANGES
    with pytest.raises(Refused, match="100 times"):
        cast(hub, lecture, other, 1, key="more")


@pytest.mark.parametrize(
    ("action", "values", "error", "said"),
    [
        ("dance", {}, Refused, "no action 'dance'"),
        ("go", {"step": 2}, Refused, "no such step"),
        ("go", {"step": "1"}, Refused, "no such step"),
        ("go", {}, Refused, "does not take"),
        ("close", {"now": 1}, Refused, "does not take"),
        ("reopen", {}, Refused, "open already"),
    ],
)
def test_an_act_that_cannot_be_is_refused_and_changes_nothing(file, action, values, error, said):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    before = lecture.state
    with pytest.raises(error, match=said):
        hub.act(lecture.row.code, secret, action, **values)
    assert hub.state(lecture.row.code) == before


def test_only_the_secret_drives_a_class(file):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    for wrong in ("", secret[:-1], secret + "x", hashed(secret), "\ud800"):
        with pytest.raises(NotPresenter):
            hub.act(lecture.row.code, wrong, "close")
    with pytest.raises(NotPresenter):
        hub.erase(lecture.row.code, "wrong")
    assert lecture.state.open


def test_every_move_is_in_the_store_before_it_is_shown(file, monkeypatch):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)

    def fails(self, code, state):
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Classes, "save_state", fails)
        with pytest.raises(StoreError):
            hub.act(lecture.row.code, secret, "close")
    assert lecture.state.open
    hub.act(lecture.row.code, secret, "close")
    assert not Hub(hub.store).state(lecture.row.code).open


def test_a_store_that_takes_its_time_over_a_move_keeps_nobody_waiting_for_the_tally(file, monkeypatch):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    begun, go_on = threading.Event(), threading.Event()

    def slow(self, code, state):
        begun.set()
        return go_on.wait(30)

    monkeypatch.setattr(Classes, "save_state", slow)
    acting = threading.Thread(target=hub.act, args=(lecture.row.code, secret, "close"))
    acting.start()
    begun.wait(30)
    seen = []
    reader = threading.Thread(target=lambda: seen.append(lecture.for_screen(0.0)), daemon=True)
    reader.start()
    reader.join(10)
    go_on.set()
    acting.join(30)
    assert seen
    assert not lecture.state.open


def test_a_class_whose_time_is_over_is_gone_for_all(file, clock):
    hub = Hub(Classes(file, clock), hours=2.0)
    lecture, secret = started(hub)
    cast(hub, lecture, phone(lecture), 1)
    clock.now_s += 2 * 3600.0
    assert hub.state(lecture.row.code) is None
    assert hub.tally(lecture.row.code) is None
    assert hub.phones(lecture.row.code) == 0
    with pytest.raises(NoClass):
        hub.act(lecture.row.code, secret, "close")
    assert hub.erase_expired() == 2
    assert lecture.state.over


def test_a_presenter_may_delete_a_class_at_once(file):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    cast(hub, lecture, phone(lecture), 1)
    hub.erase(lecture.row.code, secret)
    assert hub.state(lecture.row.code) is None
    assert hub.store.votes(lecture.row.code) == ()


def test_the_talks_clock_starts_with_the_first_move_and_can_start_anew(file):
    hub = Hub(Classes(file))
    code, secret = hub.start(TALK)
    assert hub.state(code).started_s == 0.0
    began = hub.act(code, secret, "go", step=1).started_s
    assert began > 0.0
    assert hub.act(code, secret, "go", step=0).started_s == began
    assert hub.act(code, secret, "clock").started_s >= began


def test_one_visitor_starts_a_few_classes_and_takes_nothing_of_the_others_share(file):
    hub = Hub(Classes(file))

    def start(visitor, address="192.0.2.1"):
        return hub.start(visitor=visitor, address=address)

    with pytest.raises(TooOften, match=r"Many classes .* minutes") as told:
        [start("ada") for _ in range(100)]
    assert told.value.wait_s > 60.0
    assert start("bea")
    with pytest.raises(TooOften):  # a visitor that throws its cookie away uses up its own address alone
        [start(f"v{n}") for n in range(100)]
    with pytest.raises(TooOften):
        start("cem")
    assert start("cem", "192.0.2.2")
    assert start("cem", "")  # a teacher who has proven to be one


def test_keys_of_one_kind_within_a_second_count_once_and_other_keys_do(file):
    clock = Clock()
    hub = Hub(Classes(file), tick=clock)
    code, secret = hub.start(TALK)
    hub.act(code, secret, "go", step=1)

    def after(*actions):
        state = [hub.act(code, secret, action) for action in actions][-1]
        clock.now_s += 1.0
        return state.round, state.open, state.revealed, state.answered

    assert after("onward", "onward", "onward") == (1, True, False, False)
    assert after("onward", "onward") == (1, False, False, False)  # nobody skipped the discussion
    assert after("second_round", "onward") == (2, True, False, False)
    assert after("close", "close", "onward") == (2, False, False, False)
    assert after("toggle", "unfold", "toggle") == (2, False, True, False)
    assert after("unfold", "unfold") == (2, False, True, True)
    assert after("hide", "reopen") == (2, True, False, False)  # two buttons are two wishes
    assert after("close", "reopen") == (2, True, False, False)


def test_a_move_that_was_refused_is_no_key_that_came_before(file):
    clock = Clock()
    hub = Hub(Classes(file), tick=clock)
    code, secret = hub.start(TALK)
    with pytest.raises(Refused):
        hub.act(code, secret, "onward")
    hub.act(code, secret, "go", step=1)
    assert hub.act(code, secret, "onward").open


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
        assert (hub.phones(code), hub.tally(code).voted) == (1, 1)
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


# --- codes, limits


def test_codes_are_read_however_they_are_typed_and_nonsense_is_none():
    code = limits.new_code()
    assert limits.tidied(f" {limits.spelled(code).lower()} ") == code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code.lower())
    assert limits.tidied(wide) == code
    dashes, spaces = (
        "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d\u30fc\u00b7._",
        " \u00a0\u3000\u200b\u2060\ufeff\u200e",
    )
    for dash in dashes + spaces:
        typed = f"\u200b{code[:4]}{dash}{code[4:]}\ufeff"
        assert limits.tidied(typed) == code, hex(ord(dash))
    for nonsense in ("", "short", code + "2", "AEIOU234", "../../..", "x" * 10_000, "ÄÖÜ23456", "\ud800" * 8):
        assert limits.tidied(nonsense) == ""


def test_guessing_as_fast_as_a_server_answers_for_a_whole_day_hardly_finds_a_class():
    codes = len(limits.ALPHABET) ** limits.LENGTH
    assert 1_000 * 86_400 / codes < 1e-3


def test_a_bucket_gives_its_tokens_and_fills_again():
    clock = Clock()
    bucket = limits.Buckets(3.0, 0.5, clock)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b")
    assert bucket.wait_s("a") == pytest.approx(2.0)
    clock.now_s += 2.0
    assert bucket.take("a")
    clock.now_s += 1e6
    assert bucket.left("a") == 3.0


def test_a_visitor_starts_six_classes_and_then_one_in_ten_minutes():
    clock = Clock()
    started = limits.Buckets(*limits.STARTS_OF_VISITOR, clock)
    assert [started.take("she") for _ in range(7)] == [True] * 6 + [False]
    for gone_s, may in ((599.0, False), (1.0, True), (0.0, False)):
        clock.now_s += gone_s
        assert started.take("she") is may


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_stands_for_its_line(address, whose):
    assert limits.neighbourhood(address) == whose


@pytest.mark.parametrize(
    ("text", "hours"), [("", 24), ("2", 2), ("0.5", 0.5), ("soon", 24), ("-1", 24), ("nan", 24), ("1e9", 24)]
)
def test_how_long_a_class_is_kept_is_set_in_hours(monkeypatch, text, hours):
    monkeypatch.setenv("HEADWATERS_CLASS_HOURS", text)
    assert class_hours() == hours


# --- killed at any moment

VOTER = """
import sys
from pathlib import Path
from lifecycle.classroom.server.hub import Hub
from lifecycle.storage import Classes

where, code, nth = sys.argv[1:]
hub = Hub(Classes(where if "://" in where else Path(where)))
lecture = hub.lecture(code)
number = 0
while True:
    waiting = []
    for _ in range(7):
        who = f"{nth}-{number}"
        sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [number % 4]}}
        waiting.append((number, hub.vote(lecture, who, sent)))
        number += 1
    for each, done in waiting:
        done.result()
        print(each, flush=True)
"""


def test_a_server_killed_at_any_moment_loses_no_acknowledged_vote_and_the_class_goes_on(store):
    store = Classes(store.where)  # by the real clock, as the processes go
    hub = Hub(store)
    lecture, secret = started(hub)
    code, chance, acknowledged = lecture.row.code, random.Random(5), {}
    for nth in range(3):
        command = [sys.executable, "-c", VOTER, str(store.where), code, str(nth)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ})
        server.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.1))  # the moment of death is what is drawn here, nothing is waited for
        server.kill()
        acknowledged[nth] = 1 + len(server.stdout.read().split())
        server.wait()
    again = Hub(store)
    cast_ = again.lecture(code).votes["q1", 1]
    for nth, count in acknowledged.items():
        for number in range(count - 1):  # the last line may have been cut off with the process
            assert cast_[f"{nth}-{number}"] == Ballot(chosen=(number % 4,))
    assert again.tally(code).voted == len(cast_) == len(store.votes(code))
    closed = again.act(code, secret, "close")
    assert closed == moves.close(lecture.state, closed.discuss_s)
