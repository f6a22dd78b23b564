"""A talk on a phone or in a low window: words, diagram and charts stand one below the other, and all can be reached."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.shipped_talk import headline

# What a step shows, in the order in which it is read.
PARTS = (".st-key-talk h1", ".st-key-talk-words", ".scene", ".clock", ".st-key-talk-charts")
LEADING_PX = 10  # the white below a headline, in which its words may begin


def boxes(page: Page, scrolled_to: int) -> list[tuple[float, float]]:
    """Top and bottom of each part that the step has."""
    page.evaluate("to => { document.querySelector('.stMain').scrollTop = to; }", scrolled_to)
    found = [page.locator(part).first for part in PARTS if page.locator(part).count()]
    return [(box["y"], box["y"] + box["height"]) for part in found if (box := part.bounding_box())]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (844, 390)])
@pytest.mark.parametrize("step", [1, 5])
def test_nothing_of_a_talk_is_covered_or_out_of_reach_in_a_small_window(new_page, app, width, height, step):
    page = new_page(width, height)
    page.goto(f"{app}/present?talk=push-or-pull&step={step}")
    expect(headline(page)).to_be_visible()
    expect(page.locator(".st-key-talk-diagram-box .front .node:not(.off)").first).to_be_visible()
    if step == 5:
        expect(page.locator(".st-key-talk-charts .js-plotly-plot .xtick").first).to_be_visible()
    above = boxes(page, 0)
    assert len(above) == (5 if step == 5 else 4)
    assert above[0][0] >= 0
    assert all(upper[1] <= lower[0] + LEADING_PX for upper, lower in pairwise(above)), above
    assert boxes(page, 100_000)[-1][1] <= page.locator(".foot").bounding_box()["y"]
    scene = page.locator(".scene").bounding_box()
    assert scene["width"] <= width
    assert scene["height"] >= 200
