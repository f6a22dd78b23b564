"""Where the app is, as the browser sees it: with and without a base path, on the front page and on any other."""

from types import SimpleNamespace

import pytest

from lifecycle.ui import remembered
from lifecycle.ui.pages import frame
from lifecycle.ui.session import addressbar


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

    def asks(self, **turned: str) -> dict[str, list[str]]:
        """A run of the script with what a click turns; return the address that it leaves."""
        self._patch.setattr(addressbar, "_run", SimpleNamespace())  # each run has a thread of its own
        self.params.from_dict(self.address)
        if turned:
            addressbar.catch_up()
            addressbar.write({name: texts[0] for name, texts in self.params.items()} | turned)
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
