"""Nothing that is pressed or read as a title lies over another such thing, on any page, at any width of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from lifecycle.ui.frame import PAGES

OVERLAPS = (Path(__file__).parent / "overlaps.js").read_text(encoding="utf-8")
OVERLAPS = OVERLAPS[OVERLAPS.index("() =>") :]
WIDTHS = (
    320,
    360,
    400,
    480,
    560,
    640,
    720,
    768,
    800,
    899,
    901,
    960,
    1000,
    1024,
    1100,
    1180,
    1280,
    1366,
    1440,
    1600,
    1920,
)


@pytest.mark.parametrize("name", [name for name, *_ in PAGES])
def test_at_no_width_do_controls_lie_over_one_another(new_page, app, name):
    page = new_page(1440, 900)
    page.goto(f"{app}/?stage=lake&moment=43200" if name == "explore" else f"{app}/{name}")
    if name == "explore":
        expect(page.locator(".living[data-ready=true]")).to_be_visible(timeout=30_000)
        expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
    bad = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        try:  # the page follows its window a moment later
            page.wait_for_function(f"() => ({OVERLAPS})().length === 0", timeout=3_000)
        except Late:
            bad[width] = page.evaluate(OVERLAPS)
    assert {width: each for width, each in bad.items() if each} == {}
