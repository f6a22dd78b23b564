"""The stage panel as it is read: another text begins at its beginning, and the diagram's card steps aside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from tests.browser.support.explorer_page import without_charts

COURSE = load(SHIPPED)
AT_TOP = "document.querySelector('.st-key-stage-panel').scrollTop === 0"


def read_on(page: Page) -> None:
    """Scroll well into the panel's text."""
    page.wait_for_function("""(() => {  // the text may still be on its way
        const panel = document.querySelector('.st-key-stage-panel');
        panel.scrollTop = 300;
        return panel.scrollTop > 100;
    })()""")


def shows(page: Page, stage: str) -> None:
    expect(page.locator(".st-key-stage-panel h2").first).to_have_text(COURSE.places[stage].title)


def test_another_stage_another_view_and_another_scenario_begin_at_the_top(page, app):
    without_charts(page, f"{app}/?stage=lake")
    read_on(page)
    page.locator("#stage-oltp").click()
    shows(page, "oltp")
    page.wait_for_function(AT_TOP)
    read_on(page)
    page.locator(".st-key-stage-panel").get_by_role("tab", name="Watch").click()
    page.wait_for_function(AT_TOP)
    page.locator(".st-key-stage-panel").get_by_role("tab", name="Explain").click()
    read_on(page)
    page.locator(".st-key-scenario").get_by_role("combobox").click()
    page.keyboard.type(COURSE.scenarios[-1].title)  # of a long list only what is in view is on the page
    page.get_by_role("option", name=COURSE.scenarios[-1].title).click()
    expect(page.locator(".st-key-stage-panel")).to_contain_text(COURSE.scenarios[-1].title)
    page.wait_for_function(AT_TOP)


def test_on_a_phone_a_link_within_the_text_opens_the_other_text_at_its_beginning(new_page, app):
    page = without_charts(new_page(390, 844), f"{app}/?stage=encryption")
    link = page.locator(".st-key-stage-panel a[href='?stage=access']")
    page.locator(".st-key-stage-panel summary", has_text="Common misconception").click()
    link.click()
    shows(page, "access")
    page.wait_for_function(
        "(() => { const top = document.querySelector('.st-key-stage-panel').getBoundingClientRect().top;"
        " return top > -1 && top < 400; })()"
    )


@pytest.mark.parametrize("way", ["pointer", "key"])
def test_the_card_closes_when_a_stage_is_chosen(page, app, way):
    without_charts(page, app)
    card = page.locator(".living [role=tooltip]")
    lake = page.locator("#stage-lake")
    if way == "pointer":
        lake.hover()
        expect(card).to_be_visible()
        lake.click()
    else:
        lake.focus()
        expect(card).to_be_visible()
        lake.press("Enter")
    shows(page, "lake")
    expect(card).to_be_hidden()
