"""Classes and their votes in the store, on SQLite and PostgreSQL; and the hub that phones and presenters meet in."""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lifecycle.classroom import Ballot, Refused, moves
from lifecycle.classroom.server import limits
from lifecycle.classroom.server.hub import MOST_CHANGES, Hub
from lifecycle.classroom.server.lectures import hashed
from lifecycle.classroom.server.refusals import Closed, Replayed, TooOften
from lifecycle.cli.tethers import ends_with_us
from lifecycle.storage import Classes, StoreError
from tests.classroom.class_votes import TALK, cast, phone, started
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("storage")


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
    assert not_none(not_none(again.tally(code)).first).counts == (1, 1, 1, 2)
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
        assert not_none(each.tally(lecture.row.code)).counts == (0, 0, 1, 0)
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
    assert not_none(hub.tally(lecture.row.code)).voted == len(hub.store.votes(lecture.row.code)) == 300


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
    assert not_none(hub.tally(lecture.row.code)).voted == 0
    cast(hub, lecture, who, 1)
    assert not_none(hub.tally(lecture.row.code)).voted == len(hub.store.votes(lecture.row.code)) == 1


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
    assert lecture.changes["q1", 1, who] >= limits.VOTES[0]
    assert lecture.changes["q1", 1, other] == 1
    lecture.changes["q1", 1, other] = MOST_CHANGES
    with pytest.raises(Refused, match="100 times"):
        cast(hub, lecture, other, 1, key="more")


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
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=ends_with_us())
        not_none(server.stdout).readline()
        time.sleep(chance.uniform(0.0, 0.1))  # the moment of death is what is drawn here, nothing is waited for
        server.kill()
        acknowledged[nth] = 1 + len(not_none(server.stdout).read().split())
        server.wait()
    again = Hub(store)
    cast_ = again.lecture(code).votes["q1", 1]
    for nth, count in acknowledged.items():
        for number in range(count - 1):  # the last line may have been cut off with the process
            assert cast_[f"{nth}-{number}"] == Ballot(chosen=(number % 4,))
    assert not_none(again.tally(code)).voted == len(cast_) == len(store.votes(code))
    closed = again.act(code, secret, "close")
    assert closed == moves.close(lecture.state, closed.discuss_s)
