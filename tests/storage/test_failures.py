"""A store that is deleted, damaged, locked, full or away: said in words, and nothing lost."""

import contextlib
import os
import shutil
import sqlite3
import time

import pytest
import sqlalchemy as sa

from lifecycle.storage import AnswerRow, PredictionScore, Store, StoreError, engines, errors
from tests.storage.store_writing import answer

pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them


def test_a_file_deleted_while_running_starts_afresh_without_an_error(file):
    answer(file)
    for path in file.where.parent.iterdir():
        path.unlink()
    answer(file, "s2")
    assert len(file.answers("ada")) == 1


def test_a_damaged_file_is_named_and_left_as_it_is(file):
    file.where.parent.mkdir()
    file.where.write_bytes(b"this is not a database at all, sorry" * 100)
    before = file.where.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        answer(file)
    assert file.where.read_bytes() == before


def test_a_file_locked_by_another_program_is_said_in_words_and_soon(file):
    answer(file)
    other = sqlite3.connect(file.where)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    try:
        with pytest.raises(StoreError, match="in use"):
            answer(file, "s2")
    finally:
        other.close()
    assert time.monotonic() - began < engines.BUSY_S + 5.0  # a bound against hanging, no measure of speed
    answer(file, "s2")
    assert len(file.answers("ada")) == 2


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        answer(Store(tmp_path / "data" / "h.db"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes where others may not")
def test_a_read_only_file_is_said_in_words(file):
    answer(file)
    file.where.chmod(0o400)
    with pytest.raises(StoreError, match="cannot be written"):
        answer(file, "s2")


def test_a_full_disk_is_said_in_words_and_keeps_what_was_saved(file, monkeypatch):
    answer(file)
    with sqlite3.connect(file.where) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.close()
    original = sqlite3.connect

    def small(*args, **kwargs):
        connection = original(*args, **kwargs)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        patch.setattr(sqlite3.dbapi2, "connect", small)
        engines.forget()
        with pytest.raises(StoreError, match="free some space"):
            file.add_answer("s2", "ada", AnswerRow("lake", "q", True, "x" * 200_000))
        engines.forget()
    assert len(file.answers("ada")) == 1


def test_a_postgresql_that_goes_and_comes_back_costs_a_message_and_no_row(postgres, cluster):
    answer(postgres)
    cluster.stop()
    try:
        with pytest.raises(StoreError, match="cannot be used just now"):
            answer(postgres, "s2")
    finally:
        cluster.start()
    answer(postgres, "s2")
    assert len(postgres.answers("ada")) == 2


def test_a_postgresql_that_comes_back_empty_is_made_ready_again(postgres):
    answer(postgres)
    engine = sa.create_engine(postgres.url)
    with engine.begin() as db:
        db.exec_driver_sql("DROP TABLE answers, predictions, drills, lessons, headwaters_version")
    engine.dispose()
    with pytest.raises(StoreError):
        answer(postgres, "s2")
    answer(postgres, "s2")
    assert len(postgres.answers("ada")) == 1


def test_who_reads_does_not_wait_for_who_writes(file):
    answer(file)
    with contextlib.closing(sqlite3.connect(file.where)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(file.answers("ada")) == len(list(file.everyone())) == 1
        assert file.drills("ada") == ()
        assert file.prediction_score("ada") == PredictionScore(0, 0, 0)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///somewhere/headwaters.db", "headwaters.db cannot be used (no such thing)"),
        (
            "postgresql+psycopg://ada@db/progress",
            "the database progress at db cannot be used just now (no such thing): see that it runs, "
            "and HEADWATERS_DATABASE_URL",
        ),
    ],
)
def test_what_has_no_words_of_its_own_is_told_by_its_first_line(url, said):
    with pytest.raises(StoreError) as caught, errors.store_errors(sa.make_url(url)):
        raise sqlite3.OperationalError("no such thing\nand more of it")
    assert caught.value.for_operator == said
    assert str(caught.value) == (errors.AWAY if "postgresql" in url else said)  # a learner is told of no machine


def test_a_message_about_a_database_tells_no_password():
    with pytest.raises(StoreError) as caught:
        Store("postgresql://ada:hunter2@127.0.0.1:1/progress").answers("ada")
    assert "progress at 127.0.0.1" in caught.value.for_operator
    assert "hunter2" not in caught.value.for_operator
    assert str(caught.value) == errors.AWAY


def test_the_programs_that_the_cluster_needs_are_those_that_were_found(cluster):
    assert shutil.which("postgres", path=str(cluster.programs))
