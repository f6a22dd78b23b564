"""Two replicas of one class on PostgreSQL: whatever one takes in, the other has, in one order; and one may die."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from lifecycle.classroom.server.hub import Hub
from lifecycle.classroom.server.refusals import Closed, NoClass, Replayed, SeatTaken
from lifecycle.storage import Classes, Notices, Topic
from lifecycle.storage.engines import transaction
from lifecycle.storage.notices import tell
from tests.classroom.class_votes import cast, phone, started
from tests.support.narrow import not_none

pytestmark = pytest.mark.xdist_group("storage")
PATIENCE_S = 30.0


def comes_true(says):
    """Wait for what another replica hears in its own time."""
    end = time.monotonic() + PATIENCE_S
    while not says() and time.monotonic() < end:
        time.sleep(0.005)
    assert says()


@pytest.fixture
def hubs(empty_postgres):
    pair = Hub(Classes(empty_postgres)), Hub(Classes(empty_postgres))
    yield pair
    for hub in pair:
        hub.stop()


def test_a_move_and_a_vote_at_one_replica_are_seen_at_the_other(hubs):
    here, there = hubs
    lecture, secret = started(here)
    twin = there.lecture(lecture.row.code)
    assert twin.state == lecture.state
    who = phone(twin)
    cast(there, twin, who, 1)
    comes_true(lambda: lecture.ballot(who) is not None)
    here.act(lecture.row.code, secret, "close")
    comes_true(lambda: not twin.state.open)
    with pytest.raises(Closed):
        cast(there, twin, who, 2, key="k2")
    there.act(lecture.row.code, secret, "reveal")
    comes_true(lambda: lecture.state.revealed)


def test_a_move_is_made_on_what_the_other_replica_did_though_no_word_of_it_has_come(hubs):
    here, there = hubs
    lecture, secret = started(here)
    there.lecture(lecture.row.code)
    for hub in hubs:
        hub._replicas.stop()
    there.act(lecture.row.code, secret, "black", on=True)
    assert here.act(lecture.row.code, secret, "join", on=False).black
    assert not there.act(lecture.row.code, secret, "black", on=False).joining


def test_a_key_that_comes_to_both_replicas_at_once_counts_once(hubs):
    here, there = hubs
    lecture, secret = started(here)
    there.lecture(lecture.row.code)
    code = lecture.row.code
    here.act(code, secret, "close")
    there.act(code, secret, "go", step=1)
    with ThreadPoolExecutor(2) as both:
        states = [made.result() for made in [both.submit(hub.act, code, secret, "onward") for hub in hubs]]
    assert states[0] == states[1]


def test_news_that_is_older_than_what_is_known_changes_nothing(hubs):
    here, _ = hubs
    lecture, secret = started(here)
    old = not_none(here.store.news(lecture.row.code))
    here.act(lecture.row.code, secret, "close")
    lecture.follow(old)
    assert not lecture.state.open


def test_news_that_is_read_twice_or_late_counts_no_vote_again(hubs):
    here, _ = hubs
    lecture, _ = started(here)
    who = phone(lecture)
    cast(here, lecture, who, 1, key="k1")
    old = not_none(here.store.news(lecture.row.code))
    cast(here, lecture, who, 2, key="k2")
    lecture.follow(old)
    assert not_none(lecture.ballot(who)).chosen == (2,)
    assert lecture.changes["q1", 1, who] == 2


def test_a_vote_that_is_taken_elsewhere_while_a_class_is_read_is_not_missed(hubs, monkeypatch):
    here, there = hubs
    lecture, _ = started(here)
    who, read = phone(lecture), Classes.votes

    def slow(self, code):
        rows = read(self, code)
        cast(here, lecture, who, 1)
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(Notices, "start", lambda _: None)  # no word of it comes
        patch.setattr(Classes, "votes", slow)
        assert there.lecture(lecture.row.code).ballot(who) is not None


def test_votes_of_one_class_are_numbered_in_the_order_of_their_commits(hubs, monkeypatch):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    written, go_on = threading.Event(), threading.Event()

    def slow(db, topic, code):
        if not written.is_set():
            written.set()
            go_on.wait(PATIENCE_S)
        tell(db, topic, code)

    monkeypatch.setattr("lifecycle.storage.classes.tell", slow)
    with ThreadPoolExecutor(2) as both:
        first = both.submit(cast, here, lecture, phone(lecture), 1)
        assert written.wait(PATIENCE_S)
        second = both.submit(cast, there, twin, phone(lecture), 2)
        with transaction(here.store.url, writing=False) as db:
            comes_true(lambda: waiting(db) >= 1)
        assert not second.done()
        go_on.set()
        first.result()
        second.result()
    assert [row.ballot for _, row in here.store.votes(lecture.row.code)] == ['{"chosen": [1]}', '{"chosen": [2]}']


def test_the_newest_vote_of_a_phone_counts_whichever_replica_took_it(hubs):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    who = phone(lecture)
    for n in range(20):
        hub, at = ((here, lecture), (there, twin))[n % 2]
        cast(hub, at, who, n % 4, key=f"k{n}")
    for at in (lecture, twin):
        comes_true(lambda at=at: at.last_vote == max(number for number, _ in here.store.votes(lecture.row.code)))
        assert not_none(at.ballot(who)).chosen == (3,)


def test_votes_that_are_committed_side_by_side_are_missed_by_neither(hubs):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    phones = [phone(lecture) for _ in range(100)]

    def votes_at(hub, at, those):
        for who in those:
            cast(hub, at, who, 1)

    threads = [
        threading.Thread(target=votes_at, args=(hub, at, phones[start::4]))
        for start, (hub, at) in enumerate(((here, lecture), (there, twin)) * 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for hub in hubs:
        comes_true(lambda hub=hub: not_none(hub.tally(lecture.row.code)).voted == 100)


def test_the_same_key_at_two_replicas_is_one_vote_and_another_choice_under_it_is_refused(hubs):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    who = phone(lecture)
    cast(here, lecture, who, 1)
    cast(there, twin, who, 1)
    with pytest.raises(Replayed):
        cast(there, twin, who, 2)
    assert len(here.store.votes(lecture.row.code)) == 1


def test_a_seat_is_given_once_to_whichever_replica_it_is_asked_of(hubs):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    name = here.take_seat(lecture, 7, "mine").result(timeout=PATIENCE_S)
    assert there.take_seat(twin, 7, "mine").result(timeout=PATIENCE_S) == name
    with pytest.raises(SeatTaken):
        there.take_seat(twin, 7, "another's").result(timeout=PATIENCE_S)


def test_of_a_class_that_is_gone_a_replica_remembers_no_phones(hubs):
    here, _ = hubs
    lecture, secret = started(here)
    lecture.meet(phone(lecture), here.store.now())
    here.note_phones()
    assert list(here._replicas._noted) == [lecture.row.code]
    here.erase(lecture.row.code, secret)
    here.note_phones()
    assert here._replicas._noted == {}


def test_phones_are_counted_wherever_they_are_and_once(hubs):
    here, there = hubs
    lecture, _ = started(here)
    twin = there.lecture(lecture.row.code)
    both, other = phone(lecture), phone(lecture)
    now_s = here.store.now()
    lecture.meet(both, now_s)
    twin.meet(both, now_s)
    twin.meet(other, now_s)
    for hub in hubs:
        hub.note_phones()
    for at, of_the_other in ((lecture, {both, other}), (twin, {both})):
        comes_true(lambda at=at, phones=of_the_other: [around.phones for around in at.elsewhere] == [phones])
        assert at.around(now_s) == {both, other}
        assert at.around(now_s + 2 * at.AWAY_S) == set()


def test_what_a_replica_acknowledged_before_it_was_killed_is_counted_and_the_class_goes_on(hubs):
    here, there = hubs
    lecture, secret = started(here)
    who = phone(lecture)
    cast(here, lecture, who, 2)
    here._replicas.stop()  # it says and hears nothing any more
    twin = there.lecture(lecture.row.code)
    assert not_none(there.tally(lecture.row.code)).voted == 1
    assert not there.act(lecture.row.code, secret, "close").open
    assert twin.phone_of(lecture.sealed(who)) == who


def test_a_vote_that_comes_while_its_class_is_deleted_stops_neither(hubs):
    here, _ = hubs
    lecture, _ = started(here)
    code = lecture.row.code
    erased = []
    erasing = threading.Thread(target=lambda: erased.append(here.store.erase(code)))
    with here.store.holding(code) as held:
        erasing.start()
        comes_true(lambda: waiting(not_none(held).db) == 1)
        ids = "SELECT id FROM classes"
        vote = f"INSERT INTO votes VALUES (1, 's', ({ids}), 'q1', 1, 'p', '{{}}', 0.0)"
        not_none(held).db.exec_driver_sql(vote)
    erasing.join(PATIENCE_S)
    assert erased == [2]


def waiting(db):
    """How many connections wait for what another one holds."""
    return db.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one()


def test_a_class_that_is_deleted_at_one_replica_ends_at_the_other(hubs):
    here, there = hubs
    lecture, secret = started(here)
    twin = there.lecture(lecture.row.code)
    here.erase(lecture.row.code, secret)
    comes_true(lambda: twin.state.over)
    with pytest.raises(NoClass):
        there.lecture(lecture.row.code)


def test_what_was_told_while_the_connection_was_broken_is_caught_up_with(hubs):
    here, there = hubs
    lecture, secret = started(here)
    twin = there.lecture(lecture.row.code)
    comes_true(lambda: listening(here.store, lecture.row.code) >= 2)  # hubs of tests before may, too
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"
    with here.store.holding(lecture.row.code) as held:
        not_none(held).db.exec_driver_sql(end)
    here.act(lecture.row.code, secret, "close")
    comes_true(lambda: not twin.state.open)
    here.act(lecture.row.code, secret, "reveal")
    comes_true(lambda: twin.state.revealed)


def listening(store, code):
    """How many connections listen just now."""
    with store.holding(code) as held:
        count = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"
        return not_none(held).db.exec_driver_sql(count).scalar_one()


def test_a_database_that_is_away_is_said_once_and_is_heard_again_when_it_is_back(empty_postgres, monkeypatch, caplog):
    monkeypatch.setattr("lifecycle.storage.notices.RETRY_S", 0.01)
    connect, tries, connected = psycopg.connect, [], threading.Event()

    def away_at_first(*where, **settings):
        tries.append(where)
        if len(tries) <= 3:
            raise psycopg.OperationalError("nobody there")
        return connect(*where, **settings)

    monkeypatch.setattr("psycopg.connect", away_at_first)
    notices = Notices(Classes(empty_postgres).url, lambda *_: None, connected.set)
    notices.start()
    assert connected.wait(PATIENCE_S)
    notices.stop()
    assert [record.message for record in caplog.records] == ["not listening to other replicas just now: nobody there"]


def test_a_file_has_one_process_and_no_thread_that_listens(tmp_path):
    store = Classes(tmp_path / "headwaters.db")
    notices = Notices(store.url, lambda *_: None, lambda: None)
    before = threading.active_count()
    notices.start()
    assert threading.active_count() == before
    assert not store.is_shared


def broken_off(store):
    with store.holding("CODE") as held:
        held.keep("{}", "{}")
        raise ZeroDivisionError


def test_a_notice_goes_out_with_its_commit_and_not_before(empty_postgres):
    store = Classes(empty_postgres)
    store.start("CODE", "hash", 1.0, "{}", "{}")
    heard, ready = [], threading.Event()
    notices = Notices(store.url, lambda topic, subject: heard.append((topic, subject)), ready.set)
    notices.start()
    assert ready.wait(PATIENCE_S)
    with pytest.raises(ZeroDivisionError):
        broken_off(store)
    with store.holding("CODE") as held:
        not_none(held).keep('{"a": 1}', "{}")
    comes_true(lambda: heard)
    notices.stop()
    assert heard == [(Topic.CLASS, "CODE")]
