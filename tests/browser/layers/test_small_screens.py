"""Small screens: what Streamlit's own menu must not cover, words that must be whole, and a diagram that leaves room."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import READY
from tests.browser.support.stillness import still


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


@pytest.mark.parametrize(
    ("width", "layer", "covered"),
    [
        (390, "learner", ".st-key-follow"),
        (1024, "learner", "button[title='Keys (?)']"),
    ],
)
def test_streamlits_menu_stands_beside_what_scrolls_below_it(new_page, app, width, layer, covered):
    page = new_page(width, 768)
    page.goto(f"{app}/?layer={layer}&stage=buffer")
    expect(page.locator(READY).first).to_be_visible()
    still(page)
    menu, below = box(page, "[data-testid=stMainMenu]"), box(page, covered)
    assert below["x"] + below["width"] <= menu["x"] + 1


def test_the_words_of_the_clocks_speed_are_whole_however_narrow_the_clock(new_page, app):
    page = new_page(402, 844)
    page.goto(f"{app}/?layer=learner&stage=ingestion")
    speed = page.locator(".living .speed")
    expect(speed).to_be_visible()
    natural = """el => { const copy = el.cloneNode(true); copy.style.cssText = "position:absolute;flex:none";
        el.parentNode.append(copy);
        const width = (one) => one.getBoundingClientRect().width, whole = width(copy);
        copy.remove();
        return [width(el), whole]; }"""
    shown, whole = speed.evaluate(natural)
    assert shown >= whole - 1


@pytest.mark.parametrize("layer", ["learner", "engineer"])
def test_beside_a_panel_a_diagram_from_top_to_bottom_is_no_higher_than_the_window(new_page, app, layer):
    page = new_page(1024, 768)
    page.goto(f"{app}/?layer={layer}&stage=buffer")
    expect(page.locator(READY).first).to_be_visible()
    still(page)
    assert box(page, ".living div.stage")["height"] <= 768 - 200
    assert box(page, ".living .clock")["y"] - box(page, ".st-key-diagram")["y"] <= 768
