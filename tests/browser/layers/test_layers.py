"""The explorer's two layers in a browser: what a first look meets, what opens beside the diagram, and a phone."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from lifecycle.ui.session.addressbar import Layer
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import choose, machine, opened, panel_title
from tests.browser.support.measures import share, smallest_type, tab_stops
from tests.browser.support.stillness import resized, still

SIZES = ((1440, 900), (1920, 1080), (1024, 768), (390, 844))
SCENE = ".living div.stage"
LEAST_PX = 12.0


def at_first_sight(page: Page, url: str) -> Page:
    """The explorer of a learner who has chosen nothing: one chart."""
    page.goto(machine(url))
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(1)
    return page


class Place(NamedTuple):
    """Where a thing stands in the window, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def foot(self) -> float:
        return self.y + self.height


def place(page: Page, selector: str) -> Place:
    box = page.locator(selector).first.bounding_box()
    assert box
    return Place(**box)


def test_a_first_look_meets_25_things_to_touch_at_most_and_the_diagram_over_nearly_half_of_it(new_page, app):
    page = at_first_sight(new_page(layer=None), app)
    assert share(page, SCENE) >= 0.45
    figures = place(page, ".st-key-headline")
    assert figures.foot <= 900
    stops, count = tab_stops(page)
    assert 15 < len(stops) <= 25, stops
    assert count > len(stops)
    order = [next(nth for nth, name in enumerate(stops) if part in name) for part in ("Scenario", "Play", "menu_book")]
    assert order == sorted(order)  # the keyboard goes the eye's way: controls, diagram, story


@pytest.mark.parametrize("layer", [None, Layer.ENGINEER], ids=["learner", "engineer"])
def test_no_letter_is_smaller_than_12_pixels_and_axe_finds_nothing_serious(new_page, app, layer):
    page = new_page(layer=layer)
    (opened if layer else at_first_sight)(page, f"{app}/?stage=transform&transform=stream")
    choose(page, "size", "Stream")
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    page.mouse.move(0, 0)
    for width, height in SIZES:
        resized(page, width, height)
        px, words = smallest_type(page)
        assert px >= LEAST_PX - 0.05, (width, px, words)
    assert serious_faults(page) == []  # as it stands on a phone
    resized(page, 1440, 900)
    assert serious_faults(page) == []


def test_a_chosen_stage_opens_beside_the_diagram_and_lets_go_of_it_again(new_page, app):
    page = at_first_sight(new_page(layer=None), app)
    wide = place(page, SCENE).width
    page.locator("#stage-transform").click()
    expect(page.locator(".st-key-of-place")).to_be_visible()
    scene, panel = place(page, SCENE), place(page, ".st-key-stage-panel")
    assert scene.right < panel.x
    assert panel.y < scene.foot
    assert place(page, ".st-key-of-place").foot <= 900  # its knobs are in sight, however long its text
    page.locator(".st-key-close-place button").click()
    expect(page.locator(".st-key-of-place")).to_have_count(0)
    page.wait_for_function("(wide) => document.querySelector('.st-key-diagram').offsetWidth >= wide", arg=wide)
    expect(page).not_to_have_url(re.compile("stage="))


def test_the_drawer_stands_beside_the_diagram_takes_the_keyboard_and_gives_it_back(new_page, app):
    page = at_first_sight(new_page(layer=None), f"{app}/?stage=transform&transform=stream")
    page.locator(".st-key-all-settings button").click()
    drawer = page.locator(".st-key-drawer")
    expect(drawer.get_by_role("heading", name="All settings")).to_be_focused()
    expect(drawer).to_contain_text("Does nothing while it transforms as a stream: there are no jobs.")
    assert place(page, SCENE).right < place(page, ".st-key-drawer").x
    seed = drawer.get_by_label("Events in the day")
    seed.fill("400000")
    seed.press("Enter")
    expect(page.locator(".st-key-figure-delivered")).to_contain_text("was")  # at once, with the drawer open
    expect(drawer).to_be_visible()
    assert serious_faults(page, ".st-key-drawer") == []
    drawer.get_by_role("button", name="Close").press("Escape")
    expect(drawer).to_have_count(0)
    expect(page.locator(".st-key-more button:visible")).to_be_focused()
    expect(panel_title(page)).to_be_visible()


def test_the_choice_is_there_at_the_next_visit(new_page, app):
    page = at_first_sight(new_page(layer=None), app)
    choose(page, "layer", "Engineer")
    expect(page).to_have_url(re.compile("layer=engineer"))
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    page.wait_for_function("document.cookie.includes('headwaters_layer=engineer')")
    opened(page, f"{app}/?seed=2")
    expect(page.locator(".st-key-layer").get_by_role("radio", name="Engineer")).to_be_checked()


def test_on_a_phone_a_window_on_the_diagram_stays_and_a_stage_is_a_sheet_over_the_lower_half(new_page, app):
    page = at_first_sight(new_page(390, 844, layer=None, has_touch=True), app)
    switches = [place(page, f".st-key-{field} [role=radiogroup]") for field in ("start", "size", "transform")]
    age = place(page, ".glance b")
    assert max(one.y for one in switches) - min(one.y for one in switches) < 4
    assert switches[0].y - 4 < age.y < switches[0].foot
    expect(page.locator(".glance b")).to_have_text(
        page.locator(".st-key-figure-freshness [data-testid=stMetricValue]").inner_text()
    )
    page.get_by_role("combobox", name="Stage").click()
    page.get_by_role("option", name="Analytics").click()
    expect(page.locator(".st-key-close-place")).to_be_visible()
    node = page.locator("#stage-bi")
    expect(node).to_have_attribute("aria-pressed", "true")
    still(page)
    sheet, window, chosen = place(page, ".st-key-stage-panel"), place(page, SCENE), place(page, "#stage-bi")
    assert sheet.y > 844 / 2 - 10
    assert window.height < 844 / 2
    assert window.y <= chosen.y
    assert chosen.foot <= window.foot < sheet.y
    page.locator(".stMain").evaluate("(main) => main.scrollBy(0, 600)")
    still(page)
    assert 0 <= place(page, SCENE).y < 100  # it stays
    page.locator(".st-key-stage-panel").get_by_role("tab", name="Explain").press("Escape")
    expect(page.locator(".st-key-close-place")).to_have_count(0)
