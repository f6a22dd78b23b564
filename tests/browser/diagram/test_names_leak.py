"""A leak on the living diagram: the stage says it, the flows on which the names came are lit, and both go with it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import READY
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled

WIDE = "?scenario=wide-grant&stage=access&view=watch"


def test_from_the_moment_of_the_first_name_on_the_path_is_lit_and_the_stage_says_so(page, app):
    page.goto(f"{app}/{WIDE}&moment=43200")
    expect(page.locator(READY).first).to_be_visible()
    settled(page)
    lake = page.locator("#stage-lake")
    expect(lake).to_contain_text("names leak")
    assert "names leak here" in (lake.get_attribute("aria-label") or "")
    expect(page.locator(".edge.leaking")).to_have_count(8)
    expect(page.locator("#flow-buffer-lake.leaking")).to_have_css("opacity", "1")
    expect(page.locator("#stage-warehouse")).not_to_contain_text("names leak")
    assert serious_faults(page, ".st-key-diagram") == []


def test_before_the_first_name_nothing_is_lit(page, app):
    page.goto(f"{app}/{WIDE}&moment=1800")
    expect(page.locator(READY).first).to_be_visible()
    settled(page)
    expect(page.locator("#stage-lake")).not_to_contain_text("names leak")
    expect(page.locator(".edge.leaking")).to_have_count(0)


def test_with_the_grant_taken_back_the_signs_go(page, app):
    page.goto(f"{app}/{WIDE}&moment=43200")
    expect(page.locator("#stage-lake")).to_contain_text("names leak")
    settled(page)
    page.locator(".st-key-guard-lake").get_by_role("combobox").click()
    page.get_by_role("option", name="those who run the pipeline").click()
    expect(page.locator("#stage-lake")).not_to_contain_text("names leak")
    expect(page.locator(".edge.leaking")).to_have_count(0)
