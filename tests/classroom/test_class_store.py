"""Classes and votes in the store: kept once, in their order, and erased at their time."""

import json
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from lifecycle.storage import AnswerRow, Classes, Store, VoteKept, VoteRow, engines, schema

pytestmark = pytest.mark.xdist_group("storage")


def vote(n, phone="p", ballot=0, round_=1, poll="q1"):
    return VoteRow(f"s{n}", poll, round_, phone, json.dumps({"chosen": [ballot]}))


def kept(store, code):
    return tuple(row for _, row in store.votes(code))


# --- what the store keeps


def test_a_class_and_its_votes_are_read_back_in_their_order(store):
    row = store.start("CODE", "hash", 2.0, "{}", "[1]")
    assert (row.code, row.created_s, row.expires_s, row.state, row.talk) == ("CODE", 1000.0, 8200.0, "{}", "[1]")
    assert store.find("CODE") == row
    assert store.add_votes([("CODE", vote(1)), ("CODE", vote(2, ballot=3))]) == [VoteKept.NEW, VoteKept.NEW]
    assert kept(store, "CODE") == (vote(1), vote(2, ballot=3))
    with store.holding("CODE") as held:
        held.keep('{"a":1}', "{}")
    assert store.find("CODE").state == '{"a":1}'


def test_a_code_is_given_once(store):
    assert store.start("CODE", "first", 1.0, "{}", "{}")
    assert store.start("CODE", "second", 1.0, "{}", "{}") is None
    assert store.find("CODE").secret_hash == "first"


def test_a_submission_is_kept_once_as_it_came_first(store):
    store.start("CODE", "hash", 1.0, "{}", "{}")
    store.add_votes([("CODE", vote(1))])
    again = store.add_votes([("CODE", vote(1, ballot=2)), ("CODE", vote(2)), ("CODE", vote(2, ballot=3))])
    assert again == [VoteKept.BEFORE, VoteKept.NEW, VoteKept.BEFORE]
    assert kept(store, "CODE") == (vote(1), vote(2))


def test_a_vote_for_a_class_that_is_gone_is_not_kept_and_harms_no_other(store):
    store.start("HERE", "hash", 1.0, "{}", "{}")
    assert store.add_votes([("GONE", vote(1)), ("HERE", vote(2))]) == [VoteKept.NOWHERE, VoteKept.NEW]
    assert kept(store, "GONE") == ()
    assert kept(store, "HERE") == (vote(2),)
    with store.holding("GONE") as held:
        assert held is None


def test_a_class_is_over_at_its_time_and_then_deleted_with_its_votes_and_nobody_elses(store, clock):
    store.start("SHORT", "hash", 1.0, "{}", "{}")
    store.start("LONG", "hash", 3.0, "{}", "{}")
    store.add_votes([("SHORT", vote(1)), ("LONG", vote(2))])
    clock.now_s += 3600.0
    assert store.find("SHORT") is None
    assert store.erase_expired() == 2
    assert store.erase_expired() == 0
    assert (kept(store, "SHORT"), kept(store, "LONG")) == ((), (vote(2),))
    assert store.erase("LONG") == 2


def test_what_was_erased_is_gone_from_the_disk(file):
    store = Classes(file)
    store.start("CODE", "hash", 1.0, "{}", "{}")
    store.add_votes([("CODE", vote(1, phone="a-phone-that-must-go"))])
    store.erase("CODE")
    assert not [path for path in file.parent.iterdir() if b"a-phone-that-must-go" in path.read_bytes()]


def test_what_was_erased_is_gone_from_the_log_too_while_another_program_has_the_file_open(file):
    store = Classes(file)
    store.start("CODE", "hash", 1.0, "{}", "{}")
    with closing(sqlite3.connect(file)) as other:  # the last one that closes would clear the log by itself
        other.execute("SELECT count(*) FROM votes").fetchone()
        store.add_votes([("CODE", vote(1, phone="a-phone-that-must-go"))])
        store.erase("CODE")
        assert not [path for path in file.parent.iterdir() if b"a-phone-that-must-go" in path.read_bytes()]


def test_a_store_of_version_2_gets_the_tables_and_keeps_its_rows(store):
    learners = Store(store.where)
    learners.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    engine = sa.create_engine(store.url)
    with engine.begin() as db:
        schema.PHONES.drop(db)
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
