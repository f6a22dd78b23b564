"""Memory is tidied while nobody waits: Streamlit does not do it after each run, the server does it between them."""

import asyncio
import contextlib
import gc
import threading
import tomllib
import weakref
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from lifecycle.installed import Setting
from lifecycle.ui import server
from lifecycle.ui.session import collecting, writing
from tests.support.coroutines import run

ROOT = Path(__file__).parents[3]


class Ring:
    """An object that holds itself, which only a full collection lets go."""

    def __init__(self):
        self.itself = self


def test_the_options_exist_in_the_streamlit_that_is_installed_and_are_set():
    options = config._config_options_template
    assert options["runner.postScriptGC"].default_val is True
    assert "server.fileWatcherType" in options
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert settings["runner"]["postScriptGC"] is False
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["global"]["maxCachedMessageAge"] > options["global.maxCachedMessageAge"].default_val


def test_who_writes_a_course_is_followed_without_streamlits_watcher(monkeypatch):
    monkeypatch.setenv(Setting.WRITING, "1")
    assert writing.switched_on()
    assert "HEADWATERS_WRITING = 1" in (ROOT / "Makefile").read_text()


def test_a_visitors_script_is_known_by_its_thread():
    def page():
        import streamlit as st

        from lifecycle.ui.session import collecting

        st.text(str(collecting.a_script_runs()))

    assert AppTest.from_function(page, default_timeout=30).run().text[0].value == "True"
    done = [thread for thread in threading.enumerate() if thread.name == collecting.SCRIPT_THREAD]
    for thread in done:
        thread.join(10)
    assert not collecting.a_script_runs()


@pytest.fixture
def world(monkeypatch):
    """What a collector sees, to be set by hand."""

    class World:
        young, runs, now_s = 0, False, 0.0

    monkeypatch.setattr(collecting, "_collections", lambda: World.young)
    return World


def test_it_collects_when_something_was_left_and_no_script_runs(world):
    collector = collecting.Collector(lambda: world.runs, lambda: world.now_s)
    assert not collector.is_due()
    world.young, world.runs = 1, True
    assert not collector.is_due()
    world.runs = False
    assert collector.is_due()
    collector.collect()
    assert not collector.is_due()


def test_a_server_that_is_never_idle_is_tidied_all_the_same(world):
    collector = collecting.Collector(lambda: True, lambda: world.now_s)
    world.young, world.now_s = 1, collecting.LONGEST_S - 1.0
    assert not collector.is_due()
    world.now_s = collecting.LONGEST_S
    assert collector.is_due()


def test_while_the_server_runs_what_only_holds_itself_goes(world, monkeypatch):
    monkeypatch.setattr(collecting, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(collecting, "a_script_runs", lambda: False)
    gc.disable()  # so that nobody else does it
    try:

        async def serve():
            async with collecting.lifespan():
                gone = asyncio.Event()
                loop = asyncio.get_running_loop()
                ring = weakref.ref(Ring(), lambda _: loop.call_soon_threadsafe(gone.set))
                world.young = 1
                await asyncio.wait_for(gone.wait(), 20)
                return ring()

        assert run(serve()) is None
    finally:
        gc.enable()


def test_the_server_does_so_from_its_start_to_its_end(monkeypatch, tmp_path):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setattr("lifecycle.classroom.server.lifespan", contextlib.nullcontext)

    async def serve():
        before = len(asyncio.all_tasks())
        async with server.lifespan(None):
            assert len(asyncio.all_tasks()) == before + 2  # beside it, days that were brought expire
        assert len(asyncio.all_tasks()) == before

    run(serve())
