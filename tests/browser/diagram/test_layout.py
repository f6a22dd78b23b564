"""Nothing that is pressed or read as a title lies over another such thing, on any page, at any width of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from lifecycle.ui.pages.frame import PAGES

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
        expect(page.locator(".living[data-ready=true]")).to_be_visible()
        expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    bad = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        try:  # the page follows its window a moment later
            page.wait_for_function(f"() => ({OVERLAPS})().length === 0", timeout=3_000)
        except Late:
            bad[width] = page.evaluate(OVERLAPS)
    assert {width: each for width, each in bad.items() if each} == {}


BOX = """(css) => {
    const all = [...document.querySelectorAll('*')];
    const found = document.querySelector(css) ?? all.map((each) => each.shadowRoot?.querySelector(css)).find(Boolean);
    const { top, bottom, width } = found.getBoundingClientRect();
    return { top, bottom, width };
}"""


def test_a_tall_window_of_the_explorer_has_no_void_between_the_diagram_and_the_charts(new_page, app):
    page = new_page(1440, 2000)
    page.goto(f"{app}/?moment=43200")
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    diagram, figures = page.evaluate(BOX, ".st-key-diagram"), page.evaluate(BOX, ".st-key-effect")
    assert 0 <= figures["top"] - diagram["bottom"] <= 24
    # the panel is the taller side: that is where the room came from
    assert page.evaluate(BOX, ".st-key-stage-panel")["bottom"] > page.evaluate(BOX, ".st-key-charts")["top"] + 500


def test_a_tall_window_of_a_hall_has_its_diagram_above_its_chart_and_both_are_wide(new_page, app):
    page = new_page(1440, 2000)
    page.goto(f"{app}/present?talk=push-or-pull&step=3")
    expect(page.locator(".st-key-talk-charts .js-plotly-plot")).to_have_count(1)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.st-key-talk-charts .main-svg').getBoundingClientRect().width > 1200"
    )
    scene, chart = page.evaluate(BOX, ".scene"), page.evaluate(BOX, ".st-key-talk-charts .main-svg")
    assert scene["bottom"] < chart["top"]
    assert scene["width"] > 0.8 * 1440
    assert min(scene["bottom"] - scene["top"], chart["bottom"] - chart["top"]) > 500  # both use the height
    assert chart["bottom"] > 1850
