"""Where people must sign in, whoever has not sees that on every page, and nothing else of it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.installed import Setting
from lifecycle.ui.components import framing
from lifecycle.ui.pages import frame
from lifecycle.ui.session import learner
from tests.support.user import StreamlitUser

ROOT = Path(__file__).parents[3]
PAGES = [f"pages/{name}.py" for name, *_ in frame.PAGES]


@pytest.fixture
def user(small, tmp_path, monkeypatch):
    """A visitor of a server on which all must sign in, who has not yet."""
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv(Setting.SIGN_IN, "required")
    monkeypatch.setattr(learner, "can_sign_in", lambda: True)
    user = StreamlitUser(is_logged_in=False)
    monkeypatch.setattr("streamlit.user", user)
    return user


def opened(page):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.switch_page(page).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_shown_to_who_has_not_signed_in(user, page):
    app = opened(page)
    assert [button.label for button in app.button] == ["Sign in"]
    assert "for those who are signed in" in app.markdown[-1].value
    assert len(app.get("page_link")) == 0
    assert len(app.markdown) == 2


def test_who_is_signed_in_sees_the_pages(user):
    user.update(is_logged_in=True, iss="https://who.example", sub="4711")
    app = opened("pages/practice.py")
    assert len(app.get("page_link")) > 3
    assert not any("for those who are signed in" in each.value for each in app.markdown)


def test_somebody_whom_nobody_vouches_for_is_not_signed_in(user):
    user.update(is_logged_in=True)
    assert [button.label for button in opened("pages/practice.py").button] == ["Sign in"]


def test_in_another_sites_frame_the_way_out_is_shown(user, monkeypatch):
    monkeypatch.setattr(framing, "foreign", lambda: True)
    app = opened("pages/practice.py")
    assert "in a window of its own" in app.info[0].value
    assert len(app.button) == 0


def test_where_nobody_must_sign_in_all_is_open(user, monkeypatch):
    monkeypatch.delenv(Setting.SIGN_IN)
    assert len(opened("pages/practice.py").get("page_link")) > 3
