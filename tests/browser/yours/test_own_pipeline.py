"""The page "Your pipeline" in a real Chromium: dropped files, a click in the picture, the keyboard, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from tests.browser.support.accessibility import serious_faults
from tests.support.narrow import not_none

READY = ".living[data-ready] g.node"


def sample(page: Page, url: str) -> Page:
    page.goto(f"{url}/pipeline")
    page.get_by_role("button", name="Open the sample").click()
    page.wait_for_selector(READY)
    return page


def assert_it_does_not_slide(page: Page) -> None:
    """Neither the document is wider than the window, nor what Streamlit scrolls instead of it."""
    too_wide = "one => one.scrollWidth > one.clientWidth"
    assert not page.locator("html").evaluate(too_wide)
    assert not page.locator(".stMain").evaluate(too_wide)


def node(page: Page, stage: str):
    return page.locator(f".living g.node[id$='stage-{stage}']:visible")


def test_files_are_dropped_and_drawn_and_a_click_in_the_picture_opens_the_form(page, app):
    page.goto(f"{app}/pipeline")
    page.locator("input[type=file]").first.set_input_files([*SAMPLE_FOLDER.iterdir()])
    page.wait_for_selector(READY)
    expect(page.locator(".st-key-draft")).to_contain_text("For 95 % of the day")
    node(page, "customers-loyal").click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("customers_loyal")
    name.fill("Friends of the shop")
    name.press("Enter")
    expect(node(page, "friends-of-the-shop")).to_be_visible()
    expect(page.get_by_role("button", name="Undo: rename customers_loyal")).to_be_enabled()


def test_the_keyboard_alone_chooses_a_node_changes_it_and_undoes_that(page, app):
    sample(page, app)
    field = page.get_by_role("combobox", name="Node", exact=False).first
    field.focus()
    page.keyboard.type("late")
    page.keyboard.press("Enter")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("late_parcels")
    name.focus()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo: rename late_parcels")
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Redo: rename late_parcels")).to_be_enabled()
    expect(name).to_have_value("late_parcels")


DOUBLED = """
window.doubled = 0;
new MutationObserver(() => { window.doubled += document.querySelectorAll("input[aria-label=Name]").length > 1; })
    .observe(document, { childList: true, subtree: true });
"""


def test_the_keys_undo_and_redo_an_edit_and_in_a_field_what_was_typed(page, app):
    page.add_init_script(DOUBLED)
    sample(page, app)
    node(page, "customers-loyal").click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("customers_loyal")
    name.fill("Friends")
    name.press("Enter")
    undo, redo = (page.get_by_role("button", name=f"{word}: rename") for word in ("Undo", "Redo"))
    expect(undo).to_be_enabled()
    name.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Control+z")
    expect(undo).to_be_enabled()
    expect(redo).to_have_count(0)
    page.get_by_role("heading", name="Your pipeline").click()
    page.keyboard.press("Control+z")
    expect(redo).to_be_enabled()
    expect(name).to_have_value("customers_loyal")
    page.keyboard.press("Control+Shift+Z")
    expect(name).to_have_value("Friends")
    node(page, "late-parcels").click()
    expect(name).to_have_value("late_parcels")
    assert page.evaluate("window.doubled") == 0  # what a field replaces leaves as it comes


def test_a_reload_finds_what_was_changed(page, app):
    sample(page, app)
    node(page, "late-parcels").click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("late_parcels")
    name.fill("Where are my socks")
    name.press("Enter")
    expect(node(page, "where-are-my-socks")).to_be_visible()
    page.reload()
    expect(node(page, "where-are-my-socks")).to_be_visible()
    expect(page.get_by_role("button", name="Undo: rename late_parcels")).to_be_enabled()


@pytest.mark.parametrize(("width", "height", "scheme"), [(1440, 900, "light"), (390, 844, "dark")])
def test_nothing_is_in_the_way_of_anybody(new_page, app, width, height, scheme):
    page = new_page(width, height, color_scheme=scheme)
    page.goto(f"{app}/pipeline")
    expect(page.get_by_role("button", name="Open the sample")).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("OpenLineage")
    assert_it_does_not_slide(page)
    assert serious_faults(page) == []
    sample(page, app)
    expect(page.locator(".st-key-draft-form")).to_contain_text("Something is missing?")
    expect(page.locator(".st-key-draft-notes").get_by_role("table")).to_contain_text("Really took")
    assert_it_does_not_slide(page)
    assert serious_faults(page) == []


def test_on_a_phone_the_picture_is_a_window_with_letters_that_can_be_read(new_page, app):
    page = sample(new_page(390, 844), app)
    stage = page.locator(".living div.stage")
    assert stage.evaluate("one => one.scrollWidth > one.clientWidth && one.clientHeight < 0.65 * innerHeight")
    sizes = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    assert min(page.locator(".living g.node .name").evaluate_all(sizes)) >= 11
    stage.evaluate("one => one.scrollTo(one.scrollWidth, one.scrollHeight)")
    box, window = node(page, "morning-sales").bounding_box(), stage.bounding_box()
    assert box
    assert window
    assert box["x"] + box["width"] <= window["x"] + window["width"] + 1
    form, figures, picture = (page.locator(f".st-key-{key}") for key in ("draft-form", "own-ages", "own-diagram"))
    expect(figures).to_be_visible()
    tops = [not_none(one.bounding_box())["y"] for one in (picture, form, figures)]
    assert tops == sorted(tops)  # who taps a node has what can be changed below it, not below all figures
