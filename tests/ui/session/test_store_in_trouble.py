"""Answers while their store is locked, full or gone: none is lost, and the page says so."""

import os
import sqlite3
from pathlib import Path

import pytest

from lifecycle.storage import Store, StoreError, engines, errors
from tests.ui.troubled_app import answered, opened, sound

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture(autouse=True)
def read_at_each_run(monkeypatch):
    """As if the page had stood for a while: what was read before is not good enough any longer."""
    monkeypatch.setattr("lifecycle.ui.session.learner.READ_AGAIN_S", 0.0)


# Store


@pytest.fixture
def question(small):
    """The page with the small course's one question open, and the store that it writes to."""
    return opened(stage="store", view="quiz"), Store(Path(os.environ["HEADWATERS_DATA"]) / "headwaters.db")


def kept(store):
    """Right or not of every answer in the store, in order."""
    with sqlite3.connect(store.where) as db:
        rows = [bool(right) for (right,) in db.execute("SELECT right FROM answers ORDER BY id")]
    db.close()
    return rows


def again(app):
    return next(button for button in app.button if button.label == "Try again").click().run()


def test_an_answer_given_while_another_program_holds_the_store_is_saved_once_it_lets_go(question, monkeypatch):
    monkeypatch.setattr("lifecycle.storage.engines.BUSY_S", 0.01)
    engines.forget()
    app, store = question
    sound(answered(app, 1))
    other = sqlite3.connect(store.where)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert "in use" in again(app).toast[0].value
    assert sound(answered(app, 0)).success
    other.rollback()
    other.close()
    assert kept(store) == [False]
    assert sound(app.run()).success
    assert kept(store) == [False, True]


@pytest.mark.parametrize("words", ["attempt to write a readonly database", "database or disk is full"])
def test_an_answer_that_the_disk_refuses_stays_on_the_page_and_is_saved_later(question, monkeypatch, words):
    app, store = question
    real = Store.add_answer

    def refused(*_, **__):
        with errors.store_errors(store.url):
            raise sqlite3.OperationalError(words)

    monkeypatch.setattr(Store, "add_answer", refused)
    sound(answered(app, 0))
    assert app.success
    assert "headwaters.db" in app.toast[0].value
    assert sound(app.run()).success
    assert kept(store) == []
    monkeypatch.setattr(Store, "add_answer", real)
    sound(app.run())
    assert kept(store) == [True]
    sound(app.run())
    assert kept(store) == [True]


def test_an_answer_whose_reply_is_lost_after_the_commit_is_one_answer(question, monkeypatch):
    app, store = question
    real = Store.add_answer

    def lost(*answer, **more):
        real(*answer, **more)
        raise StoreError("the reply was lost")

    monkeypatch.setattr(Store, "add_answer", lost)
    sound(answered(app, 0))
    monkeypatch.setattr(Store, "add_answer", real)
    assert sound(app.run()).success
    assert kept(store) == [True]


def test_a_store_deleted_while_the_app_runs_starts_afresh(question):
    app, store = question
    again(answered(app, 1))
    for path in store.where.parent.iterdir():
        path.unlink()
    sound(answered(sound(app.run()), 0))
    assert app.success
    assert kept(store) == [True]


def test_a_store_that_goes_away_leaves_what_was_answered_on_the_page(question):
    app, store = question
    sound(answered(app, 0))
    away = store.where.parent.rename(store.where.parent.with_name("away"))
    store.where.parent.write_text("a file in its place")
    assert sound(app.run()).success
    assert "cannot be written" in app.toast[0].value
    store.where.parent.unlink()
    away.rename(store.where.parent)
    assert sound(app.run()).success
    assert kept(store) == [True]


def test_points_of_a_prediction_that_the_store_refuses_count_and_are_saved_later(small, monkeypatch):
    real = Store.add_prediction
    app = opened()

    def refused(*_):
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "add_prediction", refused)
    app.toggle(key="predict-first").set_value(True).run()
    app.segmented_control(key="size").set_value("stream").run()
    for guess in app.segmented_control:
        if str(guess.key).startswith("prediction-"):
            guess.set_value("far lower")
    next(button for button in app.button if button.label == "Show me").click().run()
    assert "in 1 round" in sound(app).info[0].value
    monkeypatch.setattr(Store, "add_prediction", real)
    assert "in 1 round" in sound(app.run()).info[0].value
    with sqlite3.connect(Path(os.environ["HEADWATERS_DATA"]) / "headwaters.db") as db:
        assert db.execute("SELECT COUNT(*) FROM predictions").fetchone() == (1,)
    db.close()
    monkeypatch.setattr(Store, "prediction_score", refused)
    assert "in 1 round" in sound(app.run()).info[0].value
