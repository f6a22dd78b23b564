"""The app under a path of a larger site: explorer, talk with a class, phone and desk, links, cookies and downloads."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from lifecycle.ui.session import layers
from lifecycle.ui.session.identity import COOKIE
from tests.browser.support.live_class import HEADLINES, start
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
TALK = not_none(COURSE.talk("push-or-pull"))
BASE = "/learn"


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("based")


@pytest.fixture
def server(servers, data):
    return servers.of(ROOT / "app.py", {"HEADWATERS_DATA": str(data), "HEADWATERS_CONTENT": ""}, BASE)


def living(page: Page) -> Page:
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    return page


@pytest.mark.parametrize("front", ["", "/"])
def test_the_explorer_works_and_every_page_is_found_and_keeps_the_learner(page, server, front):
    page.goto(f"{server.url}{front}?moment=43200")
    living(page).locator("#stage-lake").click()
    expect(page).to_have_url(re.compile(rf"{BASE}/\?.*stage=lake"))
    expect(page.locator(".st-key-stage-panel h2").first).to_have_text(COURSE.places["lake"].title)
    (cookie,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert cookie["path"] == BASE
    csv = page.locator(".st-key-charts .stDownloadButton button").first
    with page.expect_download() as coming:
        csv.click()
    assert Path(coming.value.path()).stat().st_size > 100
    header = page.locator(".st-key-header")
    header.get_by_text("Practice").click()
    expect(page).to_have_url(re.compile(rf"{BASE}/practice\?moment=43200"))
    expect(page.get_by_role("radio", name="By place")).to_be_visible()
    header.get_by_text("Explore").click()
    living(page)
    expect(page).to_have_url(re.compile(rf"{BASE}/\?moment=43200"))


def test_the_link_for_learners_leads_back_here(page, server):
    living_at = f"{server.url}/?stage=lake&moment=43200"
    page.goto(living_at)
    living(page).get_by_role("button", name="More", exact=True).click()
    page.get_by_text("A link for learners", exact=True).click()
    link = page.locator(".st-key-hand-out-link code").inner_text()
    assert link.startswith(f"{server.url}/?")
    page.goto(link)
    expect(living(page).locator(".st-key-stage-panel h2").first).to_have_text(COURSE.places["lake"].title)


def test_a_class_is_started_on_the_page_and_its_code_leads_phones_here(page, new_page, server):
    page.goto(f"{server.url}/present")
    page.locator(f".st-key-class-{TALK.id}").get_by_role("button", name="With a class").first.click()
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join b")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    code = page.locator(".join b").inner_text().replace("-", "")
    expect(page.locator(".join img")).to_have_attribute("src", re.compile("^data:image/svg"))
    expect(page.locator(".join")).to_contain_text(f"{BASE}/join")
    phone = new_page(390, 844)
    phone.goto(f"{server.url}/join")
    phone.get_by_label("The code on the screen").fill(code)
    phone.get_by_role("button", name="Join").click()
    expect(phone).to_have_url(f"{server.url}/join/{code}")
    expect(page.locator(".join")).to_contain_text("1 phone")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-talk h1")).to_have_text(TALK.steps[1].headline)
    expect(page.locator(".foot .warn")).to_have_text("")  # this window drives: its secret was taken


def test_desk_and_phone_meet_here_and_nothing_of_them_is_at_the_root(new_page, server, data):
    lesson = start(server.url, data)
    desk, phone = new_page(1280, 800), new_page(390, 844)
    desk.goto(lesson.desk)
    phone.goto(lesson.phone)
    expect(desk.locator("#headline")).to_have_text(HEADLINES[0])
    expect(desk.locator("#where")).to_contain_text(f"{BASE}/join")
    desk.keyboard.press("2")
    desk.keyboard.press("Enter")
    expect(desk.locator("#headline")).to_have_text(HEADLINES[1])
    desk.keyboard.press("v")
    phone.locator("label").nth(1).click()
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#said")).to_contain_text("Recorded")
    expect(desk.locator("#votes")).to_have_text("1")
    for cookie in phone.context.cookies() + desk.context.cookies():
        if cookie["name"] != layers.COOKIE:  # which the window was opened with
            assert cookie["path"].startswith(BASE)
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(server.url.removesuffix(BASE) + f"/join/{lesson.code}", timeout=20)
