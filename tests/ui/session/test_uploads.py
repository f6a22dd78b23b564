"""A learner's own day: held for a while under the name of its content, and replayed in place of the scenario's."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle.course import address, load
from lifecycle.course.trace_files import MAX_BYTES
from lifecycle.simulation.model.kinds import Size
from lifecycle.ui.session import uploads
from tests.support.networks import at
from tests.support.small_course import write_course


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch):
    monkeypatch.setattr(uploads, "_held", type(uploads._held)())


def test_a_file_has_one_name_however_often_it_comes():
    first = uploads.keep(at([1.0]), b"one")
    assert uploads.keep(at([1.0]), b"one") == first
    assert uploads.keep(at([2.0]), b"two") != first
    assert list(uploads.held().values()) == [at([1.0]), at([2.0])]


def test_a_day_read_from_another_column_is_another_day():
    assert uploads.keep(at([1.0]), b"one") != uploads.keep(at([2.0]), b"one", "done")
    assert len(uploads.held()) == 2


def test_the_oldest_goes_where_there_is_no_room_and_one_that_came_again_is_not_the_oldest(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_TRACES", 2)
    names = [uploads.keep(at([float(n)]), str(n).encode()) for n in (1, 2, 1, 3)]
    assert set(uploads.held()) == {names[0], names[3]}


def test_a_day_that_is_larger_than_all_the_room_is_held_alone(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ROWS", 3)
    uploads.keep(at([1.0, 2.0]), b"small")
    large = uploads.keep(at([1.0, 2.0, 3.0, 4.0]), b"large")
    assert set(uploads.held()) == {large}


def test_the_address_replays_it_and_says_so_when_it_is_no_longer_held(tmp_path):
    course = load(write_course(tmp_path))
    name = uploads.keep(replace(at([5.0, 6.0, 7.0]), weights=(1.0, 2.0, 3.0)), b"mine")
    with_mine = uploads.with_held(course)
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
    assert f"**22. A file that is brought stays in memory**: {uploads.LIMIT_MB} MB at most" in decisions
