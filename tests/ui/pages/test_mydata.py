"""A learner's own data on the Practice page: exported, erased, undone, imported; and who is signed in."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.storage import AnswerRow, Drafts, Store, StoreError, Uploads
from lifecycle.ui.session import learner, uploads
from tests.support.kinds_course import kinds_course
from tests.support.narrow import not_none
from tests.support.networks import at
from tests.support.user import StreamlitUser

ROOT = Path(__file__).parents[3]
ME = "0123456789abcdef" * 2


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(kinds_course(tmp_path / "course")))
    return tmp_path


@pytest.fixture
def store(folder):
    return Store(folder / "data" / "headwaters.db")


def practice(**state):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in {"learner": ME, "learner-stays": True, "practice-part": "About me", **state}.items():
        app.session_state[name] = value
    app.switch_page("pages/practice.py").run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def test_data_is_erased_at_one_click_and_comes_back_at_another(store):
    store.add_answer("s1", ME, AnswerRow("store", "pairs", True, "[0, 1]"))
    store.add_answer("s2", "somebody-else", AnswerRow("store", "pairs", True, "[0, 1]"))
    app = press(practice(), "Erase my data")
    assert store.answers(ME) == ()
    assert len(store.answers("somebody-else")) == 1
    app = press(app, "Undo")
    assert [row.question for row in store.answers(ME)] == ["pairs"]
    assert "Undo" not in labels(app)


def test_whoever_has_nothing_has_nothing_to_erase(folder):
    assert next(button for button in practice().button if button.label == "Erase my data").disabled


def test_an_export_of_another_browser_is_added_once(store):
    store.add_answer("s1", "my-other-browser", AnswerRow("store", "pairs", True, "[0, 1]"))
    exported = json.dumps(store.export("my-other-browser")).encode()
    app = practice()
    for said in ("1 row added.", "All of it was here already, so nothing was added."):
        app.file_uploader[0].set_value(("progress.json", exported, "application/json")).run()
        app = press(app, "Add it to my data")
        assert said in [each.value for each in app.success]
    assert len(store.answers(ME)) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not json", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no export of Headwaters"),
        (b"\xff", "not JSON"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_words(store, data, said):
    app = practice()
    app.file_uploader[0].set_value(("progress.json", data, "application/json")).run()
    app = press(app, "Add it to my data")
    assert said in app.error[0].value


def test_a_store_that_cannot_be_read_costs_a_message_and_erases_nothing(folder, monkeypatch):
    def refused(*_):
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "export", refused)
    assert "the disk is full" in " ".join(each.value for each in practice().warning)


def test_a_browser_without_cookies_is_told_that_it_will_be_forgotten(folder):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.switch_page("pages/practice.py").run()
    assert any("keeps no cookie" in each.value for each in app.caption)
    assert not any("keeps no cookie" in each.value for each in practice().caption)


def test_without_a_provider_nobody_is_asked_to_sign_in(folder):
    assert not {"Sign in", "Sign out"} & set(labels(practice()))


@pytest.fixture
def provider(folder, monkeypatch):
    """A server on which signing in is configured, and the user it knows."""
    user = StreamlitUser(is_logged_in=False)
    monkeypatch.setattr(learner, "can_sign_in", lambda: True)
    monkeypatch.setattr("streamlit.user", user)
    return user


def test_whoever_is_not_signed_in_is_offered_to(provider):
    assert "Sign in" in labels(practice())


def test_who_signs_in_is_a_learner_of_their_own_and_takes_along_what_they_did_before(provider, store):
    store.add_answer("s1", ME, AnswerRow("store", "pairs", True, "[0, 1]"))
    Uploads(store.where).keep("own-0123456789abcdef", ME, b"moments")
    provider.update(is_logged_in=True, iss="https://who.example", sub="4711")
    app = practice()
    assert "Sign out" in labels(app)
    press(app, "Take them along")
    assert store.answers(ME) == ()
    (mine,) = {row["learner"] for row in _learners(store)}
    assert mine.startswith("user-")
    assert "4711" not in mine
    assert Uploads(store.where).count(mine) == 1
    assert "Take them along" not in labels(app)


def test_who_only_brought_days_before_signing_in_may_take_them_along_too(provider, store, monkeypatch):
    Uploads(store.where).keep("own-0123456789abcdef", ME, b"moments")
    monkeypatch.setattr(uploads, "_held", {"own-1": uploads._Held(at([1.0]), unsaved={ME})})
    provider.update(is_logged_in=True, iss="https://who.example", sub="4711")
    app = practice()
    assert "you left 2 answers, predictions, drills, lessons, days or pipelines" in app.info[0].value
    app = press(app, "Take them along")
    assert Uploads(store.where).count(ME) == uploads.unsaved(ME) == 0
    assert "Take them along" not in labels(app)
    (mine,) = uploads._held["own-1"].unsaved
    assert Uploads(store.where).count(mine) == 1
    press(app, "Erase my data")
    assert Uploads(store.where).count(mine) == 0
    assert uploads._held == {}


def test_drafts_are_taken_along_and_where_there_is_no_room_for_them_all_stays_where_it_is(provider, store):
    drafts = Drafts(store.where)
    for number in range(3):
        drafts.begin(ME, f"Ours {number}", "graph", f"[{number}]")
    provider.update(is_logged_in=True, iss="https://who.example", sub="4711")
    assert "Take them along" not in labels(press(practice(), "Take them along"))
    assert drafts.heads(ME) == ()
    for number in range(3, 6):
        drafts.begin(ME, f"Ours {number}", "graph", f"[{number}]")
    app = press(practice(), "Take them along")
    assert "no more than 5 drafts" in " ".join(toast.value for toast in app.toast)
    assert len(drafts.heads(ME)) == 3


def test_erased_drafts_come_back_when_that_is_undone(store):
    drafts = Drafts(store.where)
    drafts.begin(ME, "Ours", "graph", "[1]")
    app = press(practice(), "Erase my data")
    assert drafts.heads(ME) == ()
    press(app, "Undo")
    assert not_none(drafts.find(ME, "Ours")).steps == "[1]"


def test_a_day_that_the_store_does_not_have_yet_can_be_erased(store, monkeypatch):
    monkeypatch.setattr(uploads, "_held", {"own-1": uploads._Held(at([1.0]), unsaved={ME})})
    press(practice(), "Erase my data")
    assert uploads._held == {}


def test_the_same_name_with_another_provider_is_another_learner(provider, store):
    for issuer in ("https://who.example", "https://other.example"):
        store.add_answer(issuer, ME, AnswerRow("store", "pairs", True, "[0, 1]"))
        provider.update(is_logged_in=True, iss=issuer, sub="4711")
        press(practice(), "Take them along")
    assert len({row["learner"] for row in _learners(store)}) == 2


def _learners(store):
    import sqlite3

    with sqlite3.connect(store.where) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT learner FROM answers").fetchall()


def test_the_page_says_that_the_pipelines_that_one_brought_are_kept(store):
    assert any("the pipelines that you brought" in caption.value for caption in practice().caption)
