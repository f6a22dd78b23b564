"""The store: what was saved stays, whatever happens to the file; faults come out in words."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lifecycle.storage import VERSION, PredictionScore, Store, StoreError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data" / "headwaters.db")


def answer(store, submission="s1", learner="ada", question="q1", right=True):
    store.add_answer(submission, learner, "lake", question, right, "[0]")


def test_an_answer_is_read_back_by_its_learner_only(store):
    answer(store)
    assert [(row.question, row.right) for row in store.answers("ada")] == [("q1", True)]
    assert store.answers("bob") == ()


def test_the_same_submission_twice_is_one_answer(store):
    answer(store)
    answer(store)
    assert len(store.answers("ada")) == 1


def test_answers_come_in_the_order_in_which_they_were_given_even_when_the_clock_is_set_back(tmp_path):
    moments = iter([100.0, 50.0])
    store = Store(tmp_path / "h.db", now=lambda: next(moments))
    answer(store, "s1", right=False)
    answer(store, "s2", right=True)
    assert [row.right for row in store.answers("ada")] == [False, True]


def test_predictions_add_up(store):
    store.add_prediction("p1", "ada", 3, 4)
    store.add_prediction("p2", "ada", 1, 4)
    store.add_prediction("p2", "ada", 1, 4)
    assert store.prediction_score("ada") == PredictionScore(points=4, possible=8, rounds=2)
    assert store.prediction_score("bob") == PredictionScore()


def test_fifty_writers_at_once_lose_nothing(store):
    threads = [threading.Thread(target=answer, args=(store, f"s{i}")) for i in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.answers("ada")) == 50


def test_a_writer_that_is_killed_loses_no_answer_that_was_acknowledged(store):
    script = (
        "import sys; from pathlib import Path; from lifecycle.storage import Store\n"
        "store = Store(Path(sys.argv[1])); i = 0\n"
        "while True:\n"
        "    store.add_answer(f's{i}', 'ada', 'lake', 'q', True, '[]'); i += 1; print(i, flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, store.path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    acknowledged = 0
    while acknowledged < 20:
        acknowledged = int(writer.stdout.readline())
    writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    acknowledged = int(rest[-1]) if rest else acknowledged
    assert len(store.answers("ada")) in (acknowledged, acknowledged + 1)


def test_a_file_deleted_while_running_starts_afresh_without_an_error(store):
    answer(store)
    for path in store.path.parent.iterdir():
        path.unlink()
    answer(store, "s2")
    assert len(store.answers("ada")) == 1


def test_a_damaged_file_is_named_and_left_as_it_is(store):
    store.path.parent.mkdir()
    store.path.write_bytes(b"this is not a database at all, sorry" * 100)
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        answer(store)
    assert store.path.read_bytes() == before


def test_a_file_of_a_newer_version_is_left_alone(store):
    answer(store)
    with sqlite3.connect(store.path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(StoreError, match="newer"):
        answer(store, "s2")


def test_a_file_locked_by_another_program_is_said_in_words(store, monkeypatch):
    monkeypatch.setattr("lifecycle.storage.BUSY_S", 0.05)
    answer(store)
    other = sqlite3.connect(store.path)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="in use"):
            answer(store, "s2")
    finally:
        other.close()
    answer(store, "s2")
    assert len(store.answers("ada")) == 2


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        answer(Store(tmp_path / "data" / "h.db"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes where others may not")
def test_a_read_only_file_is_said_in_words(store):
    answer(store)
    store.path.chmod(0o400)
    with pytest.raises(StoreError, match="cannot be written"):
        answer(store, "s2")


def test_a_full_disk_is_said_in_words_and_keeps_what_was_saved(store):
    answer(store)
    db = sqlite3.connect(store.path)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.close()
    full = Store(store.path)
    original = sqlite3.connect

    def small(*args, **kwargs):
        connection = original(*args, **kwargs)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    sqlite3.connect = small
    try:
        with pytest.raises(StoreError, match="free some space"):
            full.add_answer("s2", "ada", "lake", "q", True, "x" * 200_000)
    finally:
        sqlite3.connect = original
    assert len(store.answers("ada")) == 1
