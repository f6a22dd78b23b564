"""The legend below the clock: shut it says what a dot is worth, opened what every sign of the picture means."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled
from tests.support.narrow import not_none

DAY = "/?moment=50400&events=20000&hide=charts"
SIGNS = (
    *("packet", "request", "Sent back", "Falls from", "Falls in grey"),
    *("ring", "How full", "busy", "Bars", "Names leak", "dashed rim"),
)


def visited(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    settled(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opened_by_mouse_or_key_it_explains_every_sign_beside_its_picture(new_page, app, scheme):
    page = visited(new_page(color_scheme=scheme), app + DAY)
    legend = page.locator("details.legend")
    rows = legend.locator("li")
    expect(legend.locator("summary b")).to_have_text("1 dot = 5 events")
    expect(rows.first).to_be_hidden()
    legend.locator("summary").click()
    expect(rows.first).to_be_visible()
    said = rows.all_inner_texts()
    assert len(said) == len(SIGNS)
    assert all(sign in text for sign, text in zip(SIGNS, said, strict=True))
    for row in rows.all():
        sample, words = (not_none(row.locator(part).bounding_box()) for part in (".sample", "span"))
        shapes = row.locator(".sample > *")
        assert all(not_none(shape.bounding_box())["height"] > 2 for shape in shapes.all()), row.inner_text()
        assert sample["x"] + sample["width"] <= words["x"]
        assert row.evaluate("(row) => parseFloat(getComputedStyle(row).fontSize)") >= 12
    assert not_none(page.locator("#stage-logs .tick").bounding_box())["width"] > 10  # and so is what it speaks of
    clock, lowest = (not_none(page.locator(part).bounding_box()) for part in (".living .clock", ".legend > p"))
    first = not_none(rows.first.bounding_box())
    assert clock["y"] + clock["height"] <= first["y"] < lowest["y"]
    assert serious_faults(page, ".st-key-diagram") == []
    legend.locator("summary").press("Enter")
    expect(rows.first).to_be_hidden()


def test_it_gives_way_to_what_breaks_a_stage_and_comes_back(new_page, app):
    page = visited(new_page(), app + DAY)
    legend = page.locator("details.legend")
    expect(legend).to_be_visible()
    page.locator("#stage-lake").click()
    expect(page.get_by_role("toolbar", name="Break Raw storage")).to_be_visible()
    expect(legend).to_be_hidden()
    expect(page.locator(".living .worth")).to_be_visible()
    page.locator("#stage-lake").click()
    expect(legend).to_be_visible()
