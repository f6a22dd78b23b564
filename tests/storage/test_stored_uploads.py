"""Days that learners brought, on SQLite and PostgreSQL: kept for a day, bounded, and gone when they are erased."""

import contextlib
import sqlite3
import threading

import pytest

from lifecycle.storage import AnswerRow, StoreError, Uploads
from lifecycle.storage import uploads as kept
from lifecycle.storage.engines import transaction

pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them
HOUR_S = 3600.0


class Clock:
    """A wall clock that stands still until it is moved."""

    def __init__(self):
        self.now_s = 1e9

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def uploads(store, clock):
    return Uploads(store.where, now=clock)


def names(uploads, *asked):
    """Which of these are kept, without using them."""
    since_s = uploads.now()
    still = Uploads(uploads.where, now=lambda: since_s)
    return {name for name in asked if still.find(name) is not None}


def test_a_day_is_found_by_its_name_on_every_server_of_the_store(uploads, store):
    uploads.keep("own-1", "ada", b"\0moments\xff")
    assert Uploads(store.where, now=uploads.now).find("own-1") == b"\0moments\xff"
    assert uploads.find("own-2") is None
    assert (uploads.use("own-1"), uploads.use("own-2")) == (True, False)


def test_a_day_lasts_for_24_hours_from_its_last_use_and_is_then_deleted(uploads, clock):
    uploads.keep("own-1", "ada", b"one")
    uploads.keep("own-2", "ada", b"two")
    clock.now_s += 23 * HOUR_S
    assert uploads.find("own-1") == b"one"
    clock.now_s += 2 * HOUR_S
    assert not uploads.use("own-2")
    assert uploads.count("ada") == 2  # not used any more, and there until it is deleted
    assert uploads.erase_expired() == 1
    assert uploads.count("ada") == 1
    assert uploads.erase_expired() == 0
    clock.now_s += 22 * HOUR_S + 1
    assert uploads.use("own-1") is False
    assert uploads.erase_expired() == 1
    assert uploads.count("ada") == 0


def test_a_use_is_written_once_in_ten_minutes(uploads, clock):
    uploads.keep("own-1", "ada", b"one")
    clock.now_s += 60.0
    assert uploads.use("own-1")
    clock.now_s += 24 * HOUR_S - 30.0  # by the first use, not by the one a minute later
    assert not uploads.use("own-1")


def test_a_day_that_comes_again_is_kept_once_and_lasts_anew(uploads, clock):
    uploads.keep("own-1", "ada", b"one")
    clock.now_s += 23 * HOUR_S
    uploads.keep("own-1", "ada", b"one")
    clock.now_s += 23 * HOUR_S
    assert uploads.find("own-1") == b"one"
    assert uploads.count("ada") == 1


def test_an_expired_day_goes_when_another_comes(uploads, clock):
    uploads.keep("own-1", "ada", b"one")
    clock.now_s += 25 * HOUR_S
    uploads.keep("own-2", "ada", b"two")
    assert uploads.count("ada") == 1


def test_those_that_were_not_used_for_the_longest_time_make_room(uploads, clock, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 30)
    for name in ("own-1", "own-2", "own-3"):
        uploads.keep(name, "ada", b"x" * 10)
        clock.now_s += HOUR_S
    assert uploads.use("own-1")
    clock.now_s += HOUR_S
    uploads.keep("own-4", "bob", b"x" * 15)
    assert names(uploads, "own-1", "own-2", "own-3", "own-4") == {"own-1", "own-4"}
    assert (uploads.count("ada"), uploads.count("bob")) == (1, 1)


def test_a_new_day_stays_even_by_a_clock_that_was_set_back(uploads, clock, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    uploads.keep("own-1", "ada", b"x" * 10)
    clock.now_s -= HOUR_S
    uploads.keep("own-2", "ada", b"x" * 10)
    assert names(uploads, "own-1", "own-2") == {"own-2"}


def test_no_more_than_so_many_are_kept_however_small(uploads, monkeypatch):
    monkeypatch.setattr(kept, "MOST_DAYS", 2)
    for name in ("own-1", "own-2", "own-3"):
        uploads.keep(name, "ada", b"")
    assert uploads.count("ada") == 2


def test_many_who_bring_days_at_once_keep_no_more_than_there_is_room_for(uploads, monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 30)
    threads = [threading.Thread(target=uploads.keep, args=(f"own-{n}", "ada", b"x" * 10)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(uploads, *(f"own-{n}" for n in range(12)))) == uploads.count("ada") == 3


def test_who_erases_what_is_kept_of_them_erases_their_days_and_nobody_elses(uploads, store):
    store.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    for learner, name in (("ada", "own-1"), ("ada", "own-both"), ("bob", "own-both"), ("bob", "own-2")):
        uploads.keep(name, learner, b"moments")
    assert store.erase("ada") == 3
    assert names(uploads, "own-1", "own-both", "own-2") == {"own-both", "own-2"}
    assert store.erase("bob") == 2
    assert names(uploads, "own-1", "own-both", "own-2") == set()


def test_a_day_that_was_erased_is_gone_from_the_disk(file):
    uploads = Uploads(file.where)
    uploads.keep("own-1", "ada", b"a-secret-that-must-go" * 1_000)
    file.erase("ada")
    assert not [path for path in file.where.parent.iterdir() if b"a-secret-that-must-go" in path.read_bytes()]


def test_an_expired_day_is_gone_from_the_disk(file, clock):
    uploads = Uploads(file.where, now=clock)
    uploads.keep("own-1", "ada", b"a-secret-that-must-go" * 1_000)
    clock.now_s += 25 * HOUR_S
    uploads.erase_expired()
    assert not [path for path in file.where.parent.iterdir() if b"a-secret-that-must-go" in path.read_bytes()]


@contextlib.contextmanager
def another_program(file):
    """One that has the file open: else SQLite itself folds the log into the file when the last one closes it."""
    with contextlib.closing(sqlite3.connect(file.where)) as other:
        other.execute("SELECT count(*) FROM uploads").fetchall()
        yield


@pytest.mark.parametrize("then", [Uploads.erase_expired, lambda uploads: uploads.keep("own-2", "ada", b"two")])
def test_an_expired_day_is_gone_from_the_disk_while_another_program_has_the_file_open(file, clock, then):
    uploads = Uploads(file.where, now=clock)
    assert uploads.count("ada") == 0
    with another_program(file):
        uploads.keep("own-1", "ada", b"a-secret-that-must-go" * 1_000)
        clock.now_s += 25 * HOUR_S
        then(uploads)
        assert not [path for path in file.where.parent.iterdir() if b"a-secret-that-must-go" in path.read_bytes()]


def test_a_day_is_found_in_one_transaction(uploads, monkeypatch):
    uploads.keep("own-1", "ada", b"one")
    begun = []

    def noted(url, *, writing):
        begun.append(writing)
        return transaction(url, writing=writing)

    monkeypatch.setattr(kept, "transaction", noted)
    assert uploads.find("own-1") == b"one"
    assert begun == [False]


def test_days_are_handed_over_and_then_the_receivers_alone(uploads, store):
    for learner, name in (("ada", "own-1"), ("ada", "own-both"), ("bob", "own-both")):
        uploads.keep(name, learner, b"moments")
    uploads.hand_over("ada", "bob")
    assert (uploads.count("ada"), uploads.count("bob")) == (0, 2)
    assert store.erase("ada") == 0
    assert names(uploads, "own-1", "own-both") == {"own-1", "own-both"}


def test_a_store_that_cannot_be_used_says_so(tmp_path):
    (tmp_path / "h.db").write_bytes(b"no database at all, and long enough to be read as one" * 50)
    uploads = Uploads(tmp_path / "h.db")
    for call in (lambda: uploads.keep("own-1", "ada", b"x"), lambda: uploads.find("own-1"), uploads.erase_expired):
        with pytest.raises(StoreError, match="damaged"):
            call()
