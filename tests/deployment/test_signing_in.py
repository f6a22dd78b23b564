"""Two processes on which everybody must sign in, by OpenID Connect: who is let in, and that both know who it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest

from lifecycle.cli.processes import free_ports
from lifecycle.installed import Setting
from tests.browser.support.live_class import start
from tests.deployment.provider import Provider
from tests.deployment.test_processes import QUESTION, Site
from tests.deployment.visitor import PATIENCE_S, Visitor

pytestmark = [
    pytest.mark.xdist_group("storage"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists a program's children"),
]


@pytest.fixture
def site(haproxy: str, tmp_path: Path, empty_postgres: str) -> Iterator[Site]:
    provider = Provider()
    (port,) = free_ports(1)
    (tmp_path / ".streamlit").mkdir()
    secrets = provider.secrets(f"http://127.0.0.1:{port}/learn")
    (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    site = Site(tmp_path, empty_postgres, port, HOME=str(tmp_path), **{Setting.SIGN_IN: "required"})
    yield site
    site.end()
    provider.end()


def sign_in(visitor: Visitor) -> None:
    """Press the button, and go wherever one is sent."""
    address = urljoin(visitor.url, visitor.press("", "Sign in").redirect)
    with httpx2.Client(follow_redirects=True, cookies=visitor.cookies, timeout=PATIENCE_S) as browser:
        assert browser.get(address).status_code == 200
        browser.get(f"{visitor.url}/_stcore/health")  # brings the token that a page sends along
        visitor.cookies.update({cookie.name: cookie.value or "" for cookie in browser.cookies.jar})


def test_who_signed_in_is_let_in_by_every_process_and_phones_are_without(site):
    learner = Visitor(site.url)
    home = learner.get("/")[2]
    outside = learner.look(QUESTION)
    assert list(outside.buttons) == ["Sign in"]
    assert outside.options == []

    sign_in(learner)
    assert "Right." in learner.answer(QUESTION, "This one").texts

    site.kill(home)
    after = learner.look(QUESTION)
    assert after.served_by not in (home, "")
    assert "Right." in after.texts

    lesson = start(site.url, site.database)
    phone = Visitor(site.url)
    assert phone.get(f"/live/{lesson.code}/state")[0] == 200
    assert list(phone.look(QUESTION).buttons) == ["Sign in"]
