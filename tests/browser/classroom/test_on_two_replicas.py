"""A class whose hall and desk are on two servers of one database: the desk moves the hall, and a server may die."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support.shipped_talk import TALK, headline, press, started

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.xdist_group("storage")


def at_desk(page, link, step):
    page.goto(link)
    expect(page.locator("#headline")).to_have_text(TALK.steps[step - 1].headline)


def test_the_desk_on_one_server_moves_the_hall_on_another_and_goes_on_there_when_its_own_is_killed(
    new_page, own_server, empty_postgres, tmp_path
):
    env = {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_DATABASE_URL": empty_postgres, "HEADWATERS_CONTENT": ""}
    here, there = own_server(ROOT / "app.py", env), own_server(ROOT / "app.py", env)
    hall = new_page()
    _, link, address = started(hall, here.url)
    hall.goto(address)
    expect(headline(hall)).to_have_text(TALK.steps[0].headline)
    desk = new_page(1280, 800)
    at_desk(desk, link.replace(here.url, there.url), 1)
    press(desk, "2", "Enter")
    expect(headline(hall)).to_have_text(TALK.steps[1].headline)
    there.kill()
    again = new_page(1280, 800)
    at_desk(again, link, 2)
    press(again, "3", "Enter")
    expect(headline(hall)).to_have_text(TALK.steps[2].headline)
