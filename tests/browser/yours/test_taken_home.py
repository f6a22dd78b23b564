"""A draft of one's own pipeline in a real Chromium: renamed, read again, taken home; and what the menu lies over."""

from __future__ import annotations

import zipfile

from playwright.sync_api import Page, expect

from lifecycle.course import load
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER

READY = ".living[data-ready] g.node"
# Every text that lies beneath Streamlit's menu at any place to which the page can be scrolled.
_BENEATH_MENU = """async () => {
    const main = document.querySelector("[data-testid=stMain]");
    const menu = document.querySelector("[data-testid=stMainMenu]").getBoundingClientRect();
    const over = ({ left, right, top, bottom, width }) =>
        width > 1 && left < menu.right && right > menu.left && top < menu.bottom && bottom > menu.top;
    const covered = new Set();
    for (let y = 0; y < main.scrollHeight - main.clientHeight; y += 10) {
        main.scrollTo(0, y);
        await new Promise(requestAnimationFrame);
        const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(texts.currentNode);
            if ([...range.getClientRects()].some(over)) covered.add(texts.currentNode.data.trim().slice(0, 40));
        }
    }
    return [...covered].filter(Boolean);
}"""


def sample(page: Page, url: str) -> Page:
    page.goto(f"{url}/pipeline")
    page.get_by_role("button", name="Open the sample").click()
    page.wait_for_selector(READY)
    return page


def test_a_draft_gets_another_name_and_is_taken_home_under_it(page, app, tmp_path):
    sample(page, app)
    page.get_by_role("button", name="This draft").click()
    name = page.get_by_label("Name of this draft", exact=True)
    expect(name).to_have_value("The sock shop")
    name.fill("Socks of 2027")
    name.press("Enter")
    expect(page.get_by_role("heading", name="Your pipeline: Socks of 2027")).to_be_visible()
    page.reload()
    page.wait_for_selector(READY)
    expect(page.get_by_role("heading", name="Your pipeline: Socks of 2027")).to_be_visible()
    page.get_by_role("button", name="Take it home").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the course folder").click()
    assert download.value.suggested_filename == "socks-of-2027.zip"
    download.value.save_as(tmp_path / "home.zip")
    with zipfile.ZipFile(tmp_path / "home.zip") as packed:
        packed.extractall(tmp_path)
    course = load(tmp_path / "socks-of-2027")
    assert course.pipeline.title == "Socks of 2027"
    assert course.scenarios
    assert course.questions


def test_newer_files_come_under_the_changes_of_a_draft(page, app):
    sample(page, app)
    page.locator(".living g.node[id$='stage-late-parcels']:visible").click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("late_parcels")
    name.fill("Where are my socks")
    name.press("Enter")
    renamed = page.locator(".living g.node[id$='stage-where-are-my-socks']:visible")
    expect(renamed).to_be_visible()
    page.get_by_role("button", name="This draft").click()
    again = page.get_by_test_id("stFileUploader").filter(has_text="Read newer files").locator("input[type=file]")
    again.set_input_files([SAMPLE_FOLDER / "manifest.json"])
    expect(page.locator(".st-key-draft-notes")).not_to_contain_text("run_results")
    expect(renamed).to_be_visible()
    expect(page.get_by_role("button", name="Undo: rename late_parcels")).to_be_enabled()


def test_the_menu_lies_over_no_text_of_the_page_wherever_it_is_scrolled_to(new_page, app):
    page = sample(new_page(1440, 900), app)
    page.locator(".living g.node[id$='stage-customers-loyal']:visible").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("customers_loyal")
    assert page.evaluate(_BENEATH_MENU) == []
