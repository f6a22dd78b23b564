"""What tests of troubled pages share: folders of their own, and a small course that they may edit."""

import pytest

from lifecycle.ui.session import cached
from tests.support.small_course import write_course


@pytest.fixture
def own_folders(tmp_path, monkeypatch):
    """Progress in a folder of its own, the course that comes with the app, and no picture kept from before."""
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    cached.forget_pictures()
    yield
    cached.forget_pictures()


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A small course served by the app, in a folder that a test may edit."""
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "content"))
    return write_course(tmp_path / "content")
