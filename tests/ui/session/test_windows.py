"""What one window of a learner changes, another of the same server shows in its next run."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.storage import AnswerRow, Store, StoreError
from lifecycle.ui.session import learner
from tests.support.user import StreamlitUser

ME = "0123456789abcdef" * 2
ROW = AnswerRow("lake", "q1", True, "[0]")
PAGE = """
import streamlit as st
from lifecycle.ui.session import learner
if "do" in st.session_state:
    call, *given = st.session_state.pop("do")
    getattr(learner, call)(*given)
st.session_state["has"] = [row.question for row in learner.answers()]
"""


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    return Store(tmp_path / "headwaters.db")


def window():
    app = AppTest.from_string(PAGE, default_timeout=30)
    app.session_state["learner"], app.session_state["learner-stays"] = ME, True
    return app


def has(app):
    """The questions that its next run shows as answered."""
    app.run()
    assert not app.exception
    return app.session_state["has"]


def does(app, *call):
    app.session_state["do"] = call
    return has(app)


def test_what_one_window_erases_and_brings_in_again_the_other_shows_so(store):
    store.add_answer("s1", ME, ROW)
    one, two = window(), window()
    assert has(one) == has(two) == ["q1"]
    exported = store.export(ME)
    does(one, "erase")
    assert has(two) == []
    does(one, "bring_in", exported)
    assert has(two) == ["q1"]


def test_what_is_taken_along_both_learners_windows_show_so(store, monkeypatch):
    user = StreamlitUser(is_logged_in=False, iss="https://who.example", sub="4711")
    monkeypatch.setattr(learner, "can_sign_in", lambda: True)
    monkeypatch.setattr("streamlit.user", user)
    store.add_answer("s1", ME, ROW)
    anonymous, one, two = window(), window(), window()
    assert has(anonymous) == ["q1"]
    user["is_logged_in"] = True
    assert has(one) == has(two) == []
    does(one, "take_along")
    assert has(two) == ["q1"]
    user["is_logged_in"] = False
    assert has(anonymous) == []


def test_what_is_written_while_a_window_reads_is_read_in_its_next_run(store, monkeypatch):
    real, late = Store.answers, iter(["s1"])

    def meanwhile(store, name):
        rows = real(store, name)
        for submission in late:
            store.add_answer(submission, name, ROW)
            learner._written(name)
        return rows

    monkeypatch.setattr(Store, "answers", meanwhile)
    app = window()
    assert has(app) == []
    assert has(app) == ["q1"]


def test_a_row_that_was_saved_although_its_reply_was_lost_is_seen_in_the_other_window(store, monkeypatch):
    real = Store.add_answer

    def lost(*row):
        real(*row)
        raise StoreError("the reply was lost")

    one, two = window(), window()
    assert has(two) == []
    monkeypatch.setattr(Store, "add_answer", lost)
    does(one, "add_answer", "s1", ROW)
    assert has(two) == ["q1"]


def test_what_was_erased_is_not_shown_again_where_the_store_then_fails(store, monkeypatch):
    def away(*_):
        raise StoreError("it is away")

    store.add_answer("s1", ME, ROW)
    app = window()
    assert has(app) == ["q1"]
    monkeypatch.setattr(Store, "answers", away)
    assert has(app) == ["q1"]
    assert does(app, "erase") == []


def test_rows_are_good_for_as_long_as_the_decisions_say():
    decisions = " ".join((Path(__file__).parents[3] / "docs/DECISIONS.md").read_text(encoding="utf-8").split())
    assert "in whichever window, and for ten seconds at most" in decisions
    assert learner.READ_AGAIN_S == 10.0
