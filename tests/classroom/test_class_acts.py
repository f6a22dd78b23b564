"""What a presenter does to a class: who may, what is refused, and what is kept of it."""

import threading

import pytest

from lifecycle.classroom import Refused
from lifecycle.classroom.server.hub import Hub
from lifecycle.classroom.server.lectures import hashed
from lifecycle.classroom.server.refusals import NoClass, NotPresenter, TooOften
from lifecycle.storage import Classes, Held, StoreError
from tests.classroom.class_votes import TALK, Clock, cast, phone, started
from tests.support.narrow import not_none

pytestmark = pytest.mark.xdist_group("storage")


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

    def fails(self, state, pressed):
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Held, "keep", fails)
        with pytest.raises(StoreError):
            hub.act(lecture.row.code, secret, "close")
    assert lecture.state.open
    hub.act(lecture.row.code, secret, "close")
    assert not not_none(Hub(hub.store).state(lecture.row.code)).open


def test_a_store_that_takes_its_time_over_a_move_keeps_nobody_waiting_for_the_tally(file, monkeypatch):
    hub = Hub(Classes(file))
    lecture, secret = started(hub)
    begun, go_on = threading.Event(), threading.Event()

    def slow(self, state, pressed):
        begun.set()
        go_on.wait(30)
        return self.moves + 1

    monkeypatch.setattr(Held, "keep", slow)
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
    assert not_none(hub.state(code)).started_s == 0.0
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
