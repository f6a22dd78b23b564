"""What stands beside or over the learner's diagram: a story, a quiz on a phone, the pages behind a button."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.ui.session.addressbar import Layer
from tests.browser.layers.test_layers import place
from tests.browser.support.explorer_page import without_charts

COURSE = load(SHIPPED)
PHONE = (390, 844)


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=str)
def test_a_scenarios_story_has_the_width_of_its_panel_below_the_button_that_closes_it(new_page, app, size):
    page = without_charts(new_page(*size, layer=Layer.LEARNER), f"{app}/?stage=buffer&scenario=consumer-crash")
    page.locator(".st-key-story summary").first.click()
    text, close = ".st-key-story [data-testid=stExpanderDetails]", ".st-key-close-place"
    expect(page.locator(text).first).to_be_visible()
    expect(page.locator(".st-key-story p", has_text="dies at 02:00")).to_be_visible()
    assert place(page, text).right >= place(page, close).right - 12
    assert place(page, text).y >= place(page, close).foot - 6
    title = place(page, ".st-key-story summary")
    assert title.right <= place(page, close).x, "the button covers no title"


def test_the_pages_behind_a_button_are_put_away_once_one_is_chosen(new_page, app):
    page = without_charts(new_page(*PHONE, layer=Layer.LEARNER), f"{app}/?seed=1")
    page.get_by_role("button", name="More pages").click()
    page.get_by_role("link", name="Sweep").click()
    expect(page.get_by_role("heading", name="Sweep", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Compare")).to_have_count(0)


def first_line_and_check(page: Page) -> tuple[float, float]:
    """Where the question begins, and where the button that answers it ends."""
    stem = page.locator(".st-key-quiz .stMarkdown p", has_text=re.compile(r"\?$")).first
    expect(stem).to_be_visible()
    box = stem.bounding_box()
    assert box
    page.locator(".st-key-quiz").get_by_role("button", name="Check").scroll_into_view_if_needed()
    return box["y"] + box["height"], place(page, ".st-key-quiz [data-testid=stFormSubmitButton]").foot


def test_on_a_phone_a_question_is_read_at_once_and_nothing_covers_its_answer(new_page, app):
    page = without_charts(new_page(*PHONE, layer=Layer.LEARNER), f"{app}/?stage=buffer")
    expect(page.locator(".st-key-of-place")).to_be_visible()
    page.get_by_role("tab", name="Quiz").click()
    expect(page.locator(".st-key-of-place")).to_have_count(0)
    stem, check = first_line_and_check(page)
    assert stem <= PHONE[1]
    assert check <= PHONE[1] + 1
    steps = page.locator(".st-key-quiz [role=radiogroup]").first
    assert steps.locator("button:visible").count() == 2, "the first has nothing before it"
    steps.locator("button:visible").last.click()
    expect(steps.locator("button:visible")).to_have_count(3)
    expect(steps.get_by_role("radio", checked=True)).to_contain_text("2")
    box = steps.bounding_box()
    assert box
    assert box["height"] < 50


def test_a_day_that_proves_a_belief_wrong_opens_at_the_top_where_the_belief_is_told(new_page, app):
    place_of, nth, wrong = next(
        (one, nth, option)
        for one in COURSE.places.values()
        for nth, question in enumerate(one.questions)
        for option in question.options
        if option.misconception == "streaming-is-better" and question.kind == "single" and not question.computed
    )
    page = without_charts(new_page(*PHONE, layer=Layer.LEARNER), f"{app}/?stage={place_of.id}&view=quiz")
    page.locator(".st-key-quiz [role=radiogroup]").first.get_by_role("radio", include_hidden=True).nth(
        nth
    ).dispatch_event("click")
    page.locator(".st-key-quiz label", has_text=wrong.text[:40]).click()
    page.locator(".st-key-quiz").get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Show me a day").first.click()
    told = page.locator(".st-key-seeing")
    expect(told).to_contain_text("The belief behind your answer")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    page.wait_for_timeout(1500)  # the diagram's window brings the chosen stage into sight, and leaves the page alone
    assert place(page, ".st-key-seeing").y > 0
    assert page.locator(".stMain").evaluate("(main) => main.scrollTop") == 0
