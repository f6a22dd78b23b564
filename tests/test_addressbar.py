"""Where the app is, as the browser sees it: with and without a base path, on the front page and on any other."""

from types import SimpleNamespace

import pytest

from lifecycle.ui import addressbar, frame


@pytest.mark.parametrize("base", ["http://name:8501", "https://name/learn", "https://name/a/b", "http://[::1]:1/learn"])
@pytest.mark.parametrize("page", ["", "/", *(f"/{name}" for name, *_ in frame.PAGES), "/present/"])
def test_the_site_is_the_same_from_every_page(monkeypatch, base, page):
    monkeypatch.setattr(addressbar, "st", SimpleNamespace(context=SimpleNamespace(url=base + page)))
    assert addressbar.site() == base


def test_without_a_browser_there_is_no_site(monkeypatch):
    monkeypatch.setattr(addressbar, "st", SimpleNamespace(context=SimpleNamespace(url=None)))
    assert addressbar.site() == ""
