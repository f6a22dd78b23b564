"""Rows that wait for the store: kept in their order, sent once, and none lost on the way."""

import pytest

from lifecycle.storage import StoreError
from lifecycle.ui.remembered import SessionKey
from lifecycle.ui.session.outbox import Outbox


@pytest.fixture
def saved():
    return {}


@pytest.fixture
def outbox(monkeypatch, saved):
    monkeypatch.setattr("streamlit.session_state", {})
    return Outbox(SessionKey("waiting"), saved.__setitem__)


def test_what_is_sent_waits_no_more_and_is_sent_in_its_order(outbox, saved):
    outbox.put("b", 1)
    outbox.put("a", 2)
    outbox.put("b", 3)  # the same form again
    assert outbox.rows == (3, 2)
    outbox.send()
    assert (list(saved.items()), outbox.rows) == ([("b", 3), ("a", 2)], ())
    saved.clear()
    outbox.send()
    assert saved == {}


def test_what_the_store_does_not_take_goes_on_waiting(outbox, saved):
    def broken(submission, row):
        if submission == "two":
            raise StoreError("away")
        saved[submission] = row

    away = Outbox(outbox.waiting, broken)
    for number, name in enumerate(("one", "two", "three")):
        away.put(name, number)
    with pytest.raises(StoreError):
        away.send()
    assert (saved, away.rows) == ({"one": 0}, (1, 2))
    outbox.send()
    assert saved == {"one": 0, "two": 1, "three": 2}


def test_every_session_has_its_own_and_can_let_them_go(outbox, monkeypatch):
    outbox.put("a", 1)
    monkeypatch.setattr("streamlit.session_state", {})
    assert outbox.rows == ()
    outbox.put("b", 2)
    outbox.clear()
    assert outbox.rows == ()
    outbox.send()
