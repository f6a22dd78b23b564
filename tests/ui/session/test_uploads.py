"""A learner's own day: kept under the name of its content, and replayed in place of the scenario's."""

import contextlib
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle.course import address, load
from lifecycle.course.trace_files import MAX_BYTES, packed, unpacked
from lifecycle.simulation.model.kinds import Size
from lifecycle.storage import Store, StoreError, Uploads, place
from lifecycle.ui.session import uploads
from tests.support.narrow import not_none
from tests.support.networks import at
from tests.support.small_course import write_course


@pytest.fixture(autouse=True)
def _own_store(monkeypatch, tmp_path):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(uploads, "_held", type(uploads._held)())
    monkeypatch.setattr("lifecycle.ui.session.learner.name", lambda: "ada")


@pytest.fixture
def warnings(monkeypatch):
    """What the page says of a store in trouble."""
    said: list[str] = []
    monkeypatch.setattr(uploads, "_warn", said.append)
    return said


@contextlib.contextmanager
def store_away():
    """Within it the store cannot be used."""

    def fails(*_):
        raise StoreError("it is away")

    with pytest.MonkeyPatch.context() as patch:
        for call in ("keep", "find", "use"):
            patch.setattr(Uploads, call, fails)
        yield


def be(monkeypatch, name):
    """Be another learner from now on."""
    monkeypatch.setattr("lifecycle.ui.session.learner.name", lambda: name)


def counts(*learners):
    """How many days the store has of each."""
    return [Uploads(place()).count(each) for each in learners]


def as_elsewhere():
    """What another server of the same store knows: nothing yet, as this one after a restart."""
    uploads._held.clear()


def ask_again(monkeypatch):
    """As if what is known of the store were ten seconds old."""
    monkeypatch.setattr(uploads, "ASK_AGAIN_S", 0.0)


def in_memory():
    return {name: day.trace for name, day in uploads._held.items()}


def test_a_file_has_one_name_however_often_it_comes():
    first = uploads.keep(at([1.0]), b"one")
    assert uploads.keep(at([1.0]), b"one") == first
    assert uploads.keep(at([2.0]), b"two") != first
    assert list(in_memory().values()) == [at([1.0]), at([2.0])]


def test_a_day_read_from_another_column_is_another_day():
    assert uploads.keep(at([1.0]), b"one") != uploads.keep(at([2.0]), b"one", "done")
    assert len(in_memory()) == 2


def test_the_one_unused_longest_leaves_the_memory_where_there_is_no_room_and_is_found_in_the_store(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_TRACES", 2)
    names = [uploads.keep(at([float(n)]), str(n).encode()) for n in (1, 2, 1, 3)]
    assert set(in_memory()) == {names[0], names[3]}
    assert uploads.find(names[1]) == at([2.0])
    assert set(in_memory()) == {names[1], names[3]}


def test_one_that_is_used_stays_in_memory_and_one_that_is_not_goes(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_TRACES", 2)
    first, second = (uploads.keep(at([float(n)]), str(n).encode()) for n in (1, 2))
    assert uploads.find(first) == at([1.0])
    third = uploads.keep(at([3.0]), b"3")
    assert second not in in_memory()
    assert set(in_memory()) == {first, third}


def test_a_day_that_is_larger_than_all_the_room_is_held_alone(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ROWS", 3)
    uploads.keep(at([1.0, 2.0]), b"small")
    large = uploads.keep(at([1.0, 2.0, 3.0, 4.0]), b"large")
    assert set(in_memory()) == {large}


def test_another_server_of_the_store_finds_it_and_the_file_is_not_in_the_store():
    name = uploads.keep(at([5.0, 6.0]), b"column,of,a,stranger")
    as_elsewhere()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Uploads, "keep", lambda *_: pytest.fail("it is in the store"))
        patch.setattr(uploads, "ASK_AGAIN_S", 0.0)
        assert uploads.find(name) == at([5.0, 6.0])
        assert uploads.find(name) == at([5.0, 6.0])
    files = [path.read_bytes() for path in Path(str(place())).parent.iterdir()]
    assert not any(b"column,of,a,stranger" in data for data in files)


def test_what_is_no_name_of_a_day_is_not_asked_of_the_store(monkeypatch, tmp_path):
    monkeypatch.setattr(Uploads, "find", lambda *_: pytest.fail("the store was asked"))
    traces = uploads.with_brought(load(write_course(tmp_path / "course"))).traces
    for name in ("", "own-", "own-0123456789abcdeg", "own-0123456789abcdef0", "OWN-0123456789ABCDEF"):
        assert name not in traces


def test_a_day_that_was_erased_on_another_server_is_soon_gone_from_this_one(monkeypatch):
    name = uploads.keep(at([1.0]), b"one")
    Store(place()).erase("ada")
    assert uploads.find(name) == at([1.0])  # the store was asked a moment ago
    ask_again(monkeypatch)
    assert uploads.find(name) is None
    assert in_memory() == {}


def test_a_day_that_was_erased_here_is_gone_at_once_and_one_that_others_brought_is_not(monkeypatch):
    mine, both = uploads.keep(at([1.0]), b"one"), uploads.keep(at([2.0]), b"two")
    monkeypatch.setattr("lifecycle.ui.session.learner.name", lambda: "bob")
    uploads.keep(at([2.0]), b"two")
    Store(place()).erase("ada")
    uploads.forget("ada")
    assert uploads.find(mine) is None
    assert uploads.find(both) == at([2.0])


def test_a_page_does_not_lose_half_way_what_it_has_found(monkeypatch, tmp_path):
    course = load(write_course(tmp_path / "course"))
    name = uploads.keep(at([1.0]), b"one")
    shown = uploads.with_brought(course)
    assert name in shown.traces
    Store(place()).erase("ada")
    as_elsewhere()
    assert shown.traces[name] == at([1.0])
    assert name not in uploads.with_brought(course).traces


def test_without_the_store_this_server_holds_it_and_says_so_and_keeps_it_later(monkeypatch, warnings):
    with store_away():
        name = uploads.keep(at([1.0]), b"one")
        assert uploads.find(name) == at([1.0])
        assert uploads.find("own-0123456789abcdef") is None
    assert warnings == [
        "A day of your own is held by this server alone for now: it is away",
        "A day of your own cannot be fetched just now: it is away",
    ]
    ask_again(monkeypatch)
    assert uploads.find(name) == at([1.0])
    as_elsewhere()
    assert uploads.find(name) == at([1.0])


def test_a_day_that_the_store_never_had_goes_with_its_learner(warnings):
    with store_away():
        name = uploads.keep(at([1.0]), b"one")
    uploads.forget("ada")
    assert uploads.find(name) is None


def test_each_who_brought_a_day_sees_their_own_name_for_it_and_nobody_else_any(monkeypatch, tmp_path):
    course = load(write_course(tmp_path / "course"))
    name = uploads.keep(replace(at([1.0]), name="ada.csv", licence="hers"), b"same")
    be(monkeypatch, "bob")
    assert uploads.with_brought(course).traces[name] == at([1.0])
    assert uploads.keep(replace(at([1.0]), name="bobs-secret.csv"), b"same") == name
    seen = {}
    for who in ("ada", "bob", "eve"):
        be(monkeypatch, who)
        seen[who] = uploads.with_brought(course).traces[name].name
    assert seen == {"ada": "ada.csv", "bob": "bobs-secret.csv", "eve": ""}
    uploads.forget("bob")
    be(monkeypatch, "bob")
    assert uploads.with_brought(course).traces[name] == at([1.0])
    as_elsewhere()
    be(monkeypatch, "ada")
    assert uploads.with_brought(course).traces[name] == at([1.0])
    assert unpacked(not_none(Uploads(place()).find(name))) == at([1.0])


@pytest.mark.parametrize("erasing", ["ada", "bob"])
def test_two_who_bring_a_day_while_the_store_is_away_both_have_it_there_later(monkeypatch, warnings, erasing):
    with store_away():
        for who in ("ada", "bob"):
            be(monkeypatch, who)
            name = uploads.keep(at([1.0]), b"one")
    ask_again(monkeypatch)
    for who in ("ada", "bob"):
        be(monkeypatch, who)
        assert uploads.unsaved(who) == 1
        assert uploads.find(name) == at([1.0])
        assert uploads.unsaved(who) == 0
    assert counts("ada", "bob") == [1, 1]
    Store(place()).erase(erasing)
    uploads.forget(erasing)
    assert uploads.find(name) == at([1.0])


@pytest.mark.parametrize("others_first", [True, False])
def test_who_erases_their_days_leaves_what_others_brought_while_the_store_was_away(monkeypatch, warnings, others_first):
    both = ["bob", "ada"] if others_first else ["ada", "bob"]
    with store_away():
        for who in both:
            be(monkeypatch, who)
            name = uploads.keep(at([1.0]), b"one")
    uploads.forget("ada")
    be(monkeypatch, "bob")
    assert uploads.find(name) == at([1.0])
    assert counts("ada", "bob") == [0, 1]


def test_others_who_use_a_day_do_not_put_it_into_the_store_for_a_learner_who_may_have_erased_everything(
    monkeypatch, warnings
):
    with store_away():
        name = uploads.keep(at([1.0]), b"one")
    Store(place()).erase("ada")  # on another server
    ask_again(monkeypatch)
    be(monkeypatch, "bob")
    assert uploads.find(name) == at([1.0])
    assert counts("ada", "bob") == [0, 0]


def test_a_day_that_came_before_signing_in_while_the_store_was_away_is_handed_over(monkeypatch, warnings, tmp_path):
    with store_away():
        name, other = (uploads.keep(replace(at([n]), name="mine.csv"), str(n).encode()) for n in (1.0, 2.0))
    uploads.hand_over("ada", "user")
    assert (uploads.unsaved("ada"), uploads.unsaved("user")) == (0, 2)
    ask_again(monkeypatch)
    be(monkeypatch, "user")
    shown = uploads.with_brought(load(write_course(tmp_path / "course")))
    assert shown.traces[name].name == "mine.csv"
    assert counts("ada", "user") == [0, 1]
    uploads.forget("user")
    assert uploads.find(other) is None


def test_a_day_is_packed_once_however_often_the_store_refuses_it(monkeypatch, warnings):
    times = []

    def noted(trace):
        times.append(trace)
        return packed(trace)

    monkeypatch.setattr(uploads, "packed", noted)
    ask_again(monkeypatch)
    with store_away():
        name = uploads.keep(at([1.0]), b"one")
        uploads.find(name)
        uploads.find(name)
    assert uploads.find(name) == at([1.0])
    assert times == [at([1.0])]
    assert counts("ada") == [1]
    assert uploads._held[name].moments == b""


def test_what_a_newer_version_kept_is_not_found():
    Uploads(place()).keep("own-0123456789abcdef", "ada", b"in a form of later")
    assert uploads.find("own-0123456789abcdef") is None


def test_the_address_replays_it_and_says_so_when_it_is_no_longer_kept(tmp_path):
    course = load(write_course(tmp_path / "course"))
    name = uploads.keep(replace(at([5.0, 6.0, 7.0]), weights=(1.0, 2.0, 3.0)), b"mine")
    with_mine = uploads.with_brought(course)
    state, notices = address.read({"trace": name}, with_mine)
    assert notices == ()
    scenario = address.scenario_of(state, with_mine)
    assert (scenario.arrivals, scenario.trace, scenario.events) == ("real-day", name, 6)
    assert address.scenario_of(replace(state, events=2), with_mine).events == 2
    assert address.write(state) == {"trace": name}
    state, notices = address.read({"trace": name, "size": "stream"}, course)
    assert state == address.State(size=Size.STREAM)
    assert "bring it again under More" in notices[0]


def test_every_place_that_names_the_size_of_a_file_means_the_same():
    root = Path(__file__).parents[3]
    config = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == uploads.LIMIT_MB
    guide = " ".join((root / "docs/REAL_DAYS.md").read_text(encoding="utf-8").split())
    decisions = " ".join((root / "docs/DECISIONS.md").read_text(encoding="utf-8").split())
    assert f"up to {MAX_BYTES // 1024**2} MB unpacked" in guide
    assert f"uploaded to the page: up to {uploads.LIMIT_MB} MB" in guide
    assert "asks the store every ten seconds" in decisions
    assert uploads.ASK_AGAIN_S == 10.0
    assert f"**22. Of a file that is brought the moments are kept**: {uploads.LIMIT_MB} MB at most" in decisions
