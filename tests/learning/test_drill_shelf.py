"""Drills that are kept: those that come with the program, and those that are made ahead."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle.learning.drills import (
    LEVELS,
    Shelf,
    shipped,
)
from lifecycle.simulation.model.kinds import Overlap
from lifecycle.simulation.model.schedules import Schedule
from lifecycle.ui.pages import drilling
from lifecycle.ui.session import cached, stocking
from tests.learning.drills_made import LABELS, NETWORK, opened, words
from tools import ship_drills

ROOT = Path(__file__).parents[2]
# Drills take seconds to make: one worker makes them, once.
pytestmark = pytest.mark.xdist_group("drills")


def test_a_kept_drill_is_the_drill_that_was_made_and_another_pipeline_finds_none(one, tmp_path):
    shelf = Shelf(tmp_path, NETWORK, LABELS)
    assert shelf.get(one.seed, one.level) is None
    shelf.put(one)
    assert shelf.has(one.seed, one.level)
    assert shelf.get(one.seed, one.level) == one
    assert Shelf(tmp_path, NETWORK, {**LABELS, "buffer": "Log"}).get(one.seed, one.level) is None
    file = next(tmp_path.rglob("*.json"))
    file.write_text(file.read_text()[:40])
    assert shelf.get(one.seed, one.level) is None


def test_a_kept_drill_holds_the_schedules_of_its_day(one, tmp_path):
    nightly = Schedule("nightly", (7_200.0, 50_400.0), slots=2, overlap=Overlap.SKIP, retries=1)
    scenario = replace(one.scenario, schedules=(nightly,), on_schedule=(("transform", "nightly"),))
    shelf = Shelf(tmp_path, NETWORK, LABELS)
    shelf.put(replace(one, scenario=scenario))
    kept = shelf.get(one.seed, one.level)
    assert kept is not None
    assert kept.scenario == scenario
    assert hash(kept.scenario) == hash(scenario)
    assert kept.scenario.schedules[0].overlap is Overlap.SKIP


def test_the_drills_that_come_with_the_program_are_those_that_are_made():
    assert shipped.FILE.read_text(encoding="utf-8") == ship_drills.made(), "run python -m tools.ship_drills"


def test_another_course_gets_none_of_them():
    kept = shipped.shipped(NETWORK, LABELS, shipped.SEED, 2)
    assert kept is not None
    assert (kept.seed, kept.level) == (shipped.SEED, 2)
    assert shipped.shipped(NETWORK, {**LABELS, "buffer": "Log"}, shipped.SEED, 2) is None
    others = tuple(each for each in NETWORK.stations if each.id != "archive")
    assert shipped.shipped(replace(NETWORK, stations=others), LABELS, shipped.SEED, 2) is None
    assert shipped.shipped(NETWORK, LABELS, shipped.SEED + 1, 2) is None


@pytest.fixture
def makings(monkeypatch):
    """The (seed, level) of every drill that is made, none of which is."""
    asked = []

    def made(network, labels, seed_and_level):
        asked.append(seed_and_level)

    cached.drill.cache_clear()
    monkeypatch.setattr(cached, "possible_drill", made)
    yield asked
    cached.drill.cache_clear()


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_made_for_the_first_drill_of_a_fresh_data_folder(store, makings, monkeypatch, level):
    monkeypatch.setattr(drilling, "level_of", lambda _: level)
    app = opened()
    assert f"{shipped.SEED}-{level}" in app.query_params["drill"]
    assert "1. Where is it broken?" in words(app)
    assert makings == []


def started():
    """Start as the server does, and wait for what that has made."""
    stocking.at_start()
    for thread in threading.enumerate():
        if thread.name == "drills":
            thread.join()


def test_a_course_of_ones_own_has_its_first_drills_made_at_the_start(store, makings, monkeypatch, tmp_path):
    started()
    assert makings == []  # the shipped course brought them along
    own = tmp_path / "own"
    shutil.copytree(ROOT / "content", own)
    pipeline = own / "pipeline.yaml"
    pipeline.write_text(pipeline.read_text().replace(f"label: {LABELS['lake']}", "label: Pond"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(own))
    started()
    assert makings == [(1, level) for level in LEVELS]
    pipeline.write_text("stages: [")
    started()  # says nothing: the page does
    assert len(makings) == len(LEVELS)


def test_a_shelf_that_cannot_be_written_keeps_nothing_and_fails_nothing(one, tmp_path):
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file", NETWORK, LABELS)
    shelf.put(one)
    assert shelf.get(one.seed, one.level) is None
