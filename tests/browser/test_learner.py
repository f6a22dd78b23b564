"""Who is learning, in a real browser: a cookie that no script reads, and progress that goes where its learner goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.ui.server import YEAR_S
from lifecycle.ui.session.identity import COOKIE
from tests.browser.support.explorer_page import settled

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(serve, kinds, answers):
    return serve(ROOT / "app.py", {"HEADWATERS_CONTENT": str(kinds), "HEADWATERS_DATA": str(answers / "kinds")})


def quiz(page: Page, url: str) -> Page:
    page.goto(f"{url}/?stage=store&view=quiz&moment=40000&hide=charts")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    settled(page)  # what is drawn again while it is pressed loses the press
    return page


def about_me(page: Page) -> None:
    radio = page.get_by_role("radio", name="About me")
    radio.wait_for(state="attached")
    settled(page)
    radio.click(force=True)


def answered(page: Page) -> None:
    page.get_by_role("radio", name="3 ○").click(force=True)
    expect(page.locator(".living.pointing")).to_be_visible()  # from here a click answers; before, it selects
    page.locator("#stage-copy").click()
    expect(page.get_by_role("combobox", name="Your answer")).to_have_value("Nightly copy")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()


def test_the_server_sets_the_cookie_no_script_reads_it_and_a_reload_finds_the_answer(page, url):
    answered(quiz(page, url))
    (cookie,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] > page.evaluate("Date.now() / 1000") + 0.9 * YEAR_S
    assert COOKIE not in page.evaluate("document.cookie")
    assert cookie["value"] not in page.url
    assert cookie["value"] not in page.content()
    quiz(page, url)
    expect(page.locator(".st-key-quiz")).to_contain_text("1 of 4 right")


def test_a_copied_link_carries_nobody(new_page, url):
    first = new_page()
    answered(quiz(first, url))
    second = new_page()
    second.goto(first.url)
    expect(second.locator(".living[data-ready=true]")).to_be_visible()
    expect(second.locator(".st-key-quiz")).to_contain_text("0 of 4 right")


def test_a_cookie_that_a_script_once_set_stays_the_same_learner_and_becomes_unreadable(new_page, url):
    page = new_page()
    known = "ab" * 16
    page.context.add_cookies([{"name": COOKIE, "value": known, "url": url}])
    quiz(page, url)
    (cookie,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert cookie["value"] == known
    assert cookie["httpOnly"]


def test_whatever_other_cookies_the_host_has_a_reload_finds_the_same_learner(new_page, url):
    page = new_page()
    values = ('{"a":1}', "two words, and more", "[x]=y")
    page.context.add_cookies([{"name": f"beside{n}@x", "value": value, "url": url} for n, value in enumerate(values)])
    answered(quiz(page, url))
    for _ in range(2):
        quiz(page, url)
        expect(page.locator(".st-key-quiz")).to_contain_text("1 of 4 right")


def test_progress_goes_from_one_browser_to_another_in_a_file(new_page, url, tmp_path):
    first = new_page()
    answered(quiz(first, url))
    first.goto(f"{url}/practice")
    about_me(first)
    first.get_by_text("My data", exact=True).click()
    with first.expect_download() as coming:
        first.get_by_role("button", name="Export my data").click()
    file = tmp_path / "progress.json"
    coming.value.save_as(file)

    second = new_page(390, 844)
    second.goto(f"{url}/practice")
    about_me(second)
    second.get_by_text("My data", exact=True).click()
    second.locator("input[type=file]").set_input_files(file)
    second.get_by_role("button", name="Add it to my data").click()
    expect(second.get_by_text("1 row added.")).to_be_visible()
    expect(second.get_by_text("In all: 1 of")).to_be_visible()
    second.get_by_role("button", name="Erase my data").click()
    expect(second.get_by_text("In all: 0 of")).to_be_visible()
    second.get_by_role("button", name="Undo").click()
    expect(second.get_by_text("In all: 1 of")).to_be_visible()
