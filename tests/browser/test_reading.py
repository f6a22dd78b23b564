"""What an eye meets on the explorer: type that can be read, labels that are whole, and the way back from a view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.explorer_page import settled

# The size in which every text is drawn, in CSS pixels: its font's, times what its picture is scaled by.
SMALL = """() => {
  const roots = [document], found = [];
  for (const root of roots) {
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) roots.push(node.shadowRoot);
    const walk = document.createTreeWalker(root === document ? document.body : root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.data.trim(), box = walk.currentNode.parentElement;
      if (!text || !box || !box.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      if (box.closest("style, script, template, noscript, title, [data-testid=stIconMaterial]")) continue;
      const rect = box.getBoundingClientRect();
      if (rect.width < 2 || rect.height < 2) continue;
      const drawn = box instanceof SVGElement && box.getScreenCTM?.();
      const scale = drawn ? Math.hypot(drawn.a, drawn.b) : 1;
      const size = parseFloat(getComputedStyle(box).fontSize) * scale;
      if (size < 11.95) found.push(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
    }
  }
  return [...new Set(found)];
}"""

# Texts of the charts that lie on one another or over the edge of their chart.
CROWDED = """() => {
  const found = [];
  for (const plot of document.querySelectorAll(".stPlotlyChart")) {
    const frame = plot.getBoundingClientRect();
    const texts = [...plot.querySelectorAll("svg text")]
      .filter((each) => each.textContent.trim() && each.checkVisibility({ checkOpacity: true }))
      .map((each) => [each.textContent, each.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
    texts.forEach(([text, box], n) => {
      const across = box.left < frame.left - 1 || box.right > frame.right + 1;
      if (across || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) found.push(`cut: ${text}`);
      for (const [other, its] of texts.slice(n + 1)) {
        const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (wide > 2 && high > 3) found.push(`${text} on ${other}`);
      }
    });
  }
  return found;
}"""


def opened(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-charts .stPlotlyChart svg.main-svg").first).to_be_visible()


def test_no_text_of_the_explorer_is_smaller_than_twelve_pixels(new_page, app):
    page = new_page()
    opened(page, f"{app}/?stage=buffer&moment=43200")
    assert not page.evaluate(SMALL)


@pytest.mark.parametrize("chart", ["Latency", "Load by stage", "Where the time goes", "Queues"])
def test_labels_of_the_charts_are_whole_and_lie_on_nothing(new_page, app, chart):
    page = new_page()
    opened(page, f"{app}/?moment=43200")
    settled(page)  # what is drawn again while it is pressed loses the press
    page.get_by_role("radio", name=chart, exact=True).click(force=True)
    expect(page.locator(f".st-key-chart-{chart.lower().replace(' ', '-')} svg.main-svg").first).to_be_visible()
    page.wait_for_function(f"() => ({CROWDED})().length === 0")


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_words_under_the_diagram_and_hours_of_the_charts_are_read_at_every_width(new_page, app, width):
    page = new_page(width)
    opened(page, f"{app}/?scenario=flash-sale&moment=43200")
    mark, legend, dot = (page.locator(css).bounding_box() for css in (".marks li", "details.legend", "summary .sample"))
    assert mark["height"] < 24  # on one line
    assert mark["y"] >= legend["y"] + legend["height"] - 1 or mark["x"] + mark["width"] <= legend["x"]
    assert (dot["width"], dot["height"]) == (26, 16)
    hours = page.locator(".st-key-charts .xaxislayer-above .xtick text")
    assert "06:00" in hours.all_text_contents()
    turned = hours.evaluate_all("all => all.map((one) => one.getAttribute('transform') ?? '')")
    assert all("rotate" not in each or "rotate(0" in each for each in turned), turned
    if width == 1440:
        meaning = page.locator(".st-key-controls [data-testid=stCaptionContainer]").bounding_box()
        assert meaning["height"] < 40


def test_past_the_controls_the_panel_takes_the_room_that_they_had(new_page, app):
    page = new_page()
    opened(page, f"{app}/?moment=43200")
    before = page.locator(".st-key-stage-panel").bounding_box()["height"]
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 4000)")
    grown = "document.querySelector('.st-key-stage-panel').getBoundingClientRect().height"
    page.wait_for_function(f"{grown} > {before} + 20")


def test_the_controls_stand_on_one_line(new_page, app):
    page = new_page()
    opened(page, f"{app}/?moment=43200")
    tops = page.evaluate(
        "() => [...document.querySelectorAll('.st-key-controls [data-testid=stWidgetLabel]')]"
        ".filter((each) => /^(Scenario|Who starts|How much|Transformation)/.test(each.textContent))"
        ".map((each) => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(tops) == 4
    assert max(tops) - min(tops) <= 2


def test_a_view_that_answers_a_wrong_answer_says_what_it_changed_and_leads_back(new_page, app):
    page = new_page()
    opened(page, f"{app}/?stage=buffer&view=quiz")
    settled(page)
    page.get_by_role("radio", name="2 ○", exact=True).click(force=True)
    page.locator(".st-key-quiz label", has_text="At once").click()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".st-key-right-answer")).to_contain_text("4 hours")
    page.get_by_role("link", name="See why it is not so").click()
    told = page.locator(".st-key-seeing")
    expect(told).to_contain_text("Scenario from A normal day to The consumer crashes")
    expect(told).to_contain_text("Who starts from pull to push")
    page.get_by_role("button", name="Back to the question").click()
    expect(page.locator(".st-key-right-answer")).to_contain_text("4 hours")
    expect(told).to_be_hidden()
    assert "scenario" not in page.url
    expect(page.locator(".st-key-story details").first).not_to_have_attribute("open", "")
    for part in (page.locator(".st-key-quiz [data-testid=stMarkdown]").first, page.get_by_text("Not yet.")):
        expect(part).to_be_in_viewport()


def test_on_a_phone_a_drill_begins_with_the_complaint(new_page, app):
    page = new_page(390, 844)
    page.goto(f"{app}/drills?drill=1-1")
    complaint = page.get_by_text("What people say")
    expect(complaint).to_be_visible(timeout=120_000)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    assert complaint.bounding_box()["y"] < 500
    assert complaint.bounding_box()["y"] < page.locator(".living").bounding_box()["y"]
    assert not page.locator(".living .faulty").count()


def test_citations_are_raised_in_the_popover_too_and_charts_side_by_side_stand_level(new_page, app):
    page = new_page()
    opened(page, f"{app}/?moment=43200")
    plots = page.locator(".st-key-charts .js-plotly-plot")
    expect(plots).to_have_count(2)
    assert plots.nth(0).bounding_box()["y"] == plots.nth(1).bounding_box()["y"]
    page.get_by_role("button", name="How it moves").click()
    cited = page.locator('a[href^="#source-transfer"]').first
    expect(cited).to_have_css("vertical-align", "super")
    page.keyboard.press("Escape")
    expect(cited).to_be_hidden()


def test_the_list_of_undercurrents_is_whole_on_a_phone(new_page, app):
    page = new_page(390, 844)
    opened(page, f"{app}/?moment=43200")
    needed, has = page.locator(".living .overlay").evaluate(
        "list => { const copy = list.cloneNode(true); copy.style.maxWidth = 'none'; list.after(copy);"
        " const sizes = [copy.offsetWidth, list.offsetWidth]; copy.remove(); return sizes; }"
    )
    assert has >= needed
