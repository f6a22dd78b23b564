"""The page "Why believe it" in a real Chromium: by hand, by keyboard, on a phone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.simulation.trials import CURVES, SEEDS, TRIALS

ROOT = Path(__file__).parents[2]


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".st-key-believe-two-ways [data-testid=stExpander]")).to_be_visible()
    expect(page.locator(".st-key-believe .js-plotly-plot")).to_have_count(2)
    return page


def test_the_page_is_reached_from_the_explorer_and_keeps_its_place(page, app):
    page.goto(f"{app}/?stage=lake&seed=4")
    page.locator(".st-key-header").get_by_text("Why believe it").click()
    expect(page.locator(".st-key-believe-books")).to_contain_text("seed 4")
    expect(page).to_have_url(re.compile("stage=lake"))


def test_other_seeds_move_the_points_and_the_slider_obeys_the_keyboard(page, app):
    opened(page, f"{app}/believe")
    law = page.locator(".st-key-believe-law")

    def drawn() -> str:
        return law.locator(".js-plotly-plot").evaluate("plot => JSON.stringify(plot.data[1].y)")

    before = drawn()
    law.get_by_role("button", name="Other seeds").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => { const plot = document.querySelector('.st-key-believe-law .js-plotly-plot');"
        " return plot?.data && JSON.stringify(plot.data[1].y) !== before }",
        arg=before,
    )
    slider = law.get_by_role("slider")
    slider.focus()
    slider.press("ArrowLeft")
    expect(law).to_contain_text("runs of 2,000 events")


def test_all_trials_run_again_on_other_seeds(page, app):
    opened(page, f"{app}/believe")
    laws = page.locator(".st-key-believe-laws")
    expect(laws).to_contain_text(f"of {len(TRIALS)} laws hold")
    laws.get_by_role("button", name="other seeds").click()
    expect(laws).to_contain_text(f"on seeds {SEEDS} to {2 * SEEDS - 1}")


def test_the_points_come_as_csv(page, app):
    opened(page, f"{app}/believe")
    with page.expect_download() as download:
        page.locator(".st-key-csv-law button").first.click()
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 1 + len(CURVES[0].loads)
    assert rows[0][0] == "utilisation"


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_is_wider_than_the_screen(new_page, app, width):
    page = opened(new_page(width, 844), f"{app}/believe")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for box in page.locator(".st-key-believe .js-plotly-plot, .st-key-believe button").all():
        place = box.bounding_box()
        if place and place["width"]:
            assert place["x"] + place["width"] <= width + 1
