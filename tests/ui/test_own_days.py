"""A day of one's own on the page: brought, found again elsewhere, erased; and what is said while the store is away."""

import os
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.storage import Store, Uploads
from lifecycle.ui import remembered
from lifecycle.ui.session import uploads
from lifecycle.ui.session.addressbar import Layer
from tests.ui.explorer_app import MACHINE
from tests.ui.troubled_app import ROOT, opened, said, sound

pytestmark = pytest.mark.usefixtures("own_folders", "small")
ME = "0123456789abcdef" * 2
MINE = b"time_s,weight\n100,3\n40000,5\n"


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch):
    monkeypatch.setattr(uploads, "_held", type(uploads._held)())


def explorer(learner=ME, **params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(params or MACHINE)
    app.session_state[remembered.LAYER.name] = Layer.ENGINEER
    app.session_state["learner"], app.session_state["learner-stays"] = learner, True
    return app.run()


def brought(app):
    app = press(app, "More")
    app.file_uploader(key="own-day").set_value(("mine.csv", MINE, "text/csv"))
    return app.run()


def trace_of(app):
    """The name of the day that the address replays."""
    name = app.query_params["trace"]
    assert re.fullmatch("own-[0-9a-f]{16}", name)
    return name


def store():
    return Store(Path(os.environ["HEADWATERS_DATA"]) / "headwaters.db")


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def test_the_address_of_a_day_that_was_brought_shows_it_in_another_session_of_another_server():
    name = trace_of(sound(brought(explorer())))
    uploads._held.clear()
    page = said(sound(opened(trace=name)))
    assert "Replaying **a day of your own**: 8 events" in page
    assert "On screen is a day of your own, with 8 events" in page


def test_what_a_file_is_called_is_shown_to_who_brought_it_in_each_of_their_windows_and_to_nobody_else():
    name = trace_of(sound(brought(explorer())))
    page = said(sound(explorer(trace=name)))
    assert "Replaying **mine.csv**: 8 events" in page
    assert "On screen is a day of your own, **mine.csv**, with 8 events" in page
    theirs = said(sound(opened(trace=name)))
    assert "Replaying **a day of your own**: 8 events" in theirs
    assert "mine.csv" not in theirs


def test_a_day_that_nobody_keeps_is_told_in_words():
    assert "bring it again under More" in said(sound(opened(trace="own-0123456789abcdef")))


def test_while_the_store_is_away_the_day_is_replayed_and_the_page_says_who_holds_it():
    app = explorer()
    database = store().where
    for path in list(database.parent.glob("headwaters.db*")):
        path.unlink()
    database.write_bytes(b"no database at all, and long enough to be read as one" * 50)
    app = sound(brought(app))
    assert any("is held by this server alone for now: headwaters.db is damaged" in toast.value for toast in app.toast)
    assert "Replaying **mine.csv**: 8 events" in said(app)
    assert "Replaying **a day of your own**: 8 events" in said(sound(opened(trace=trace_of(app))))
    uploads._held.clear()
    app = sound(opened(trace=trace_of(app)))
    assert any("cannot be fetched just now: headwaters.db is damaged" in toast.value for toast in app.toast)


def test_who_erases_their_data_erases_the_day_and_its_address_shows_it_no_more():
    name = trace_of(sound(brought(explorer())))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["learner"], app.session_state["learner-stays"] = ME, True
    app.session_state["practice-part"] = "About me"
    app = sound(app.switch_page("pages/practice.py").run())
    assert "are kept for 24 hours after they were last used" in said(app)
    app = sound(press(app, "Erase my data"))
    assert "except for days of your own" in said(app)
    assert Uploads(store().where).count(ME) == 0
    assert "bring it again under More" in said(sound(opened(trace=name)))
