"""Where the app is, as the browser sees it: with and without a base path, on the front page and on any other."""

import json
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from streamlit.runtime.state.query_params import QueryParams

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.ui import remembered
from lifecycle.ui.pages import frame
from lifecycle.ui.session import addressbar

COURSE = load(SHIPPED)
ADDRESSES = json.loads(Path(__file__).with_name("page_addresses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("base", ["http://name:8501", "https://name/learn", "https://name/a/b", "http://[::1]:1/learn"])
@pytest.mark.parametrize("page", ["", "/", *(f"/{name}" for name, *_ in frame.PAGES), "/present/"])
def test_the_site_is_the_same_from_every_page(monkeypatch, base, page):
    monkeypatch.setattr(addressbar, "st", SimpleNamespace(context=SimpleNamespace(url=base + page)))
    assert addressbar.site() == base


def test_without_a_browser_there_is_no_site(monkeypatch):
    monkeypatch.setattr(addressbar, "st", SimpleNamespace(context=SimpleNamespace(url=None)))
    assert addressbar.site() == ""


class Params(dict[str, list[str]]):
    """Streamlit's query parameters, as far as they are used here; each `from_dict` is sent to the browser."""

    sent = 0

    def get_all(self, name: str) -> list[str]:
        return self[name]

    def to_dict(self) -> dict[str, str]:
        return {name: texts[-1] for name, texts in self.items()}

    def from_dict(self, params) -> None:
        self.sent += 1
        self.clear()
        self.update({name: [texts] if isinstance(texts, str) else list(texts) for name, texts in params.items()})


class Browser:
    """A page whose clicks reach the server with the address that it has, and which hears of what was written later."""

    def __init__(self, monkeypatch) -> None:
        self.params = Params()
        self.address: dict[str, list[str]] = {}
        monkeypatch.setattr(addressbar, "st", SimpleNamespace(query_params=self.params))
        monkeypatch.setattr(remembered, "st", SimpleNamespace(session_state={}))
        self._patch = monkeypatch

    def asks(self, *, ahead: str | None = None, **turned: str) -> dict[str, list[str]]:
        """A run of the script with what a click turns; return the address that it leaves.

        The place `ahead` is one that the page has put into its address before it asks.
        """
        self._patch.setattr(addressbar, "_run", SimpleNamespace())  # each run has a thread of its own
        if ahead:
            self.address = {"stage": [ahead]} | {name: text for name, text in self.address.items() if name != "stage"}
        self.params.from_dict(self.address)
        if turned:
            addressbar.catch_up(ahead)
            addressbar.write({name: texts[0] for name, texts in self.params.items()} | turned)
        addressbar.arrive()
        return dict(self.params)

    def chooses(self, place: str, *, ahead: bool = False) -> dict[str, list[str]]:
        """The same for a click on a place of the diagram, whether the page has put that into its address or not."""
        self._patch.setattr(addressbar, "_run", SimpleNamespace())
        if ahead:
            self.address = {**self.address, "stage": [place]}
        self.params.from_dict(self.address)
        addressbar.choose(COURSE, place)
        addressbar.arrive()
        return dict(self.params)

    def hears(self) -> None:
        self.address = {name: list(texts) for name, texts in self.params.items()}


def test_of_clicks_in_quick_succession_none_undoes_another(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(start="push")
    browser.asks(size="stream")
    assert browser.asks(stage="lake") == {"start": ["push"], "size": ["stream"], "stage": ["lake"]}
    browser.hears()
    assert list(browser.asks(start="pull")) == ["start", "size", "stage"]  # in the order in which they were written
    browser.hears()
    assert browser.asks(start="push") == {"start": ["push"], "size": ["stream"], "stage": ["lake"]}


def test_a_second_word_of_the_same_moment_writes_nothing_new(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(start="push", size="stream", moment="0")
    browser.asks(start="push", size="stream", moment="0")
    assert list(browser.params) == ["start", "size", "moment"]
    browser.hears()
    browser.params.sent = 0
    assert list(browser.asks(stage="lake")) == ["start", "size", "moment", "stage"]
    assert browser.params.sent == 2  # the page's own address, and the new one: nothing between them


def test_who_has_gone_back_stays_there(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(start="push")
    browser.hears()
    browser.address = {}
    assert browser.asks() == {}
    assert browser.asks(size="stream") == {"size": ["stream"]}


def test_a_word_that_turns_nothing_takes_up_what_was_written_last(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(start="push")
    monkeypatch.setattr(addressbar, "_run", SimpleNamespace())
    browser.params.from_dict({})
    addressbar.catch_up()
    addressbar.arrive()
    assert browser.params == {"start": ["push"]}
    assert browser.asks(size="stream") == {"start": ["push"], "size": ["stream"]}


def test_a_place_that_the_page_wrote_ahead_undoes_nothing_that_it_has_not_heard_of(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(stage="bi")
    browser.hears()
    browser.asks(start="push")
    browser.asks(ahead="lake", stage="lake")
    assert browser.asks(ahead="oltp", stage="oltp") == {"stage": ["oltp"], "start": ["push"]}
    assert browser.asks(size="stream") == {"stage": ["oltp"], "start": ["push"], "size": ["stream"]}
    browser.hears()
    assert browser.asks(ahead="lake", stage="lake") == {"stage": ["lake"], "start": ["push"], "size": ["stream"]}


def test_who_has_gone_back_and_then_chooses_a_place_that_the_page_writes_ahead_stays_there(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(start="push")
    browser.hears()
    browser.asks(size="stream")
    browser.hears()
    browser.address = {"start": ["push"]}
    browser.asks()
    assert browser.asks(ahead="lake", stage="lake") == {"start": ["push"], "stage": ["lake"]}


@pytest.mark.parametrize("ahead", [True, False])
def test_a_place_that_is_chosen_undoes_nothing_that_the_page_has_not_heard_of(monkeypatch, ahead):
    browser = Browser(monkeypatch)
    browser.asks(stage="bi")
    browser.hears()
    browser.asks(start="push")
    assert browser.chooses("lake", ahead=ahead) == {"stage": ["lake"], "start": ["push"]}


def test_a_place_in_the_address_that_is_not_the_one_chosen_was_not_written_ahead(monkeypatch):
    browser = Browser(monkeypatch)
    browser.asks(stage="bi")
    browser.hears()
    browser.asks(start="push")
    browser.address = {"stage": ["oltp"]}  # where it has gone back to: no address from before what was written
    assert browser.chooses("lake") == {"stage": ["lake"]}


@pytest.mark.parametrize("case", ADDRESSES["cases"], ids=lambda case: case["search"] or "none")
def test_a_chosen_place_is_written_as_the_page_writes_it_ahead(monkeypatch, case):
    params = QueryParams()
    params.populate_from_query_string(case["search"].removeprefix("?"))
    monkeypatch.setattr(addressbar, "st", SimpleNamespace(query_params=params))
    monkeypatch.setattr(addressbar, "_run", SimpleNamespace())
    monkeypatch.setattr(remembered, "st", SimpleNamespace(session_state={}))
    addressbar.choose(COURSE, case["place"])
    assert urlencode(params._query_params, doseq=True) == case["address"]  # as it is sent, with what is Streamlit's own


def test_the_page_knows_every_name_that_an_address_has_in_its_order():
    assert ADDRESSES["names"] == list(addressbar.NAMES)
