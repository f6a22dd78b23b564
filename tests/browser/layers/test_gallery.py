"""The gallery of scenarios in a browser: how its cards stand."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from playwright.sync_api import expect

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from tests.browser.conftest import READY
from tests.browser.support.stillness import still
from tests.support.narrow import not_none

SCENARIOS = len(load(SHIPPED).scenarios)


@pytest.mark.parametrize(("width", "in_a_row"), [(1440, 4), (390, 1)])
def test_cards_of_a_row_are_of_one_height_and_say_what_their_curve_is(new_page, app, width, in_a_row):
    page = new_page(width, 900)
    page.goto(f"{app}/?layer=learner")
    expect(page.locator(READY).first).to_be_visible()
    page.locator(".st-key-all-scenarios button:visible").click()
    cards = page.locator("[class*=st-key-day-]:not([class*=st-key-day-open])")
    expect(cards).to_have_count(SCENARIOS)
    for nth in range(SCENARIOS):
        expect(cards.nth(nth).get_by_test_id("stCaptionContainer")).to_have_count(2)
    still(page)
    boxes = sorted(
        cards.evaluate_all("all => all.map(el => { const b = el.getBoundingClientRect(); return [b.y, b.height] })")
    )
    rows = [[height for _, height in row] for _, row in groupby(boxes, key=lambda box: round(box[0]))]
    assert max(map(len, rows)) == in_a_row
    assert all(max(row) - min(row) < 1 for row in rows), rows


def test_a_press_on_a_cards_picture_opens_its_day(page, app):
    page.goto(f"{app}/?layer=learner")
    expect(page.locator(READY).first).to_be_visible()
    page.locator(".st-key-all-scenarios button:visible").click()
    card = page.locator(".st-key-day-consumer-crash")
    card.scroll_into_view_if_needed()
    still(page)
    box = not_none(card.get_by_test_id("stMarkdown").first.bounding_box())
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("scenario=consumer-crash"))
