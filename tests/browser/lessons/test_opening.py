"""The opening and a lesson in a browser: what is there at first sight, what completes itself, how one leaves."""

import re

from playwright.sync_api import expect

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from tests.browser.support.explorer_page import choose, panel_title
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
OPENING = not_none(COURSE.lesson("opening"))
LIVING = ".living[data-ready=true]"
# The second step, close to the moment that it waits for: the clock is there within some ten seconds.
SHORTLY_BEFORE = "/?lesson=opening&step=2&free=1&moment=76300&knobs=transform.interval_s:3600"


MOVING = {"reduced_motion": "no-preference"}


def on_step(page, number: int) -> None:
    expect(page.locator(".st-key-lesson h2")).to_have_text(OPENING.steps[number - 1].headline)
    expect(page).to_have_url(re.compile(rf"lesson=opening&step={number}\b"))


def test_a_first_visit_has_the_whole_diagram_and_little_else_and_a_click_on_a_stage_leaves_it(new_page, app):
    page = new_page(1440, 900, **MOVING)
    page.goto(app)
    expect(page.locator(LIVING)).to_be_visible()
    on_step(page, 1)
    for place in COURSE.pipeline.places:
        expect(page.locator(f"#stage-{place}")).to_be_visible()
    expect(page.locator(".st-key-stage-panel")).to_be_visible()
    for hidden in (".living .clock", ".living .tools", ".st-key-stage", ".st-key-size", ".js-plotly-plot"):
        expect(page.locator(hidden).filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Skip to the whole machine")).to_be_visible()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")  # among the answers, and no way on
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    on_step(page, 1)
    page.locator("#stage-lake").click()
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    expect(page).to_have_url(re.compile(r"/\?stage=lake$"))
    expect(page.locator(f"{LIVING}[data-playing=true] .clock")).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)


def test_clock_and_switch_complete_their_steps_keys_lead_on_and_a_reload_loses_nothing(new_page, app):
    page = new_page(1440, 900, **MOVING)
    page.goto(app + SHORTLY_BEFORE)
    expect(page.locator(f"{LIVING}[data-playing=true] .clock")).to_be_visible()
    expect(page.locator(".st-key-lesson")).to_contain_text("There it is")
    page.locator(".st-key-lesson h2").click()
    page.keyboard.press("ArrowRight")
    on_step(page, 3)
    choose(page, "size", "Stream")
    expect(page.locator(".st-key-lesson")).to_contain_text("Look at what changed")
    page.locator(".st-key-lesson h2").click()  # on a switch an arrow turns it
    page.keyboard.press("ArrowLeft")
    on_step(page, 2)
    page.get_by_role("button", name="Next", exact=True).click()
    on_step(page, 3)
    choose(page, "size", "Stream")
    expect(page).to_have_url(re.compile("size=stream"))
    page.reload()
    on_step(page, 3)
    expect(page.locator(".st-key-size [aria-checked=true]")).to_have_text("Stream")
    page.get_by_role("button", name="Skip to the whole machine").click()
    expect(page.locator(".st-key-headline")).to_be_visible()
    expect(page).to_have_url(f"{app}/")
    expect(page.locator(f"{LIVING}[data-playing=true] .clock")).to_be_visible()
    again = page.context.new_page()
    again.goto(app)
    expect(again.locator(".st-key-resume")).to_contain_text("You were at step 3 of 6 of “You press Buy”.")
    expect(again.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    again.get_by_role("button", name="Go on").click()
    on_step(again, 3)


def test_on_a_phone_the_words_stand_above_the_picture_and_nothing_is_wider_than_the_screen(new_page, app):
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    page.goto(app + SHORTLY_BEFORE)
    expect(page.locator(LIVING)).to_be_visible()
    expect(page.locator(".st-key-lesson")).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    words, picture = (not_none(page.locator(part).bounding_box()) for part in (".st-key-lesson", ".st-key-diagram"))
    assert words["y"] + words["height"] <= picture["y"]
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_on_a_phone_the_clock_that_a_lesson_tells_of_is_on_the_screen_below_a_picture_that_fades(new_page, app):
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    page.goto(app + SHORTLY_BEFORE)
    expect(page.locator(LIVING)).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(".living .clock")).to_be_in_viewport(ratio=1)
    window = page.locator(".living div.stage")
    fade = "each => Number(getComputedStyle(each, '::after').opacity)"
    assert window.evaluate("each => each.scrollHeight > each.clientHeight")
    assert window.evaluate(fade) == 1
    window.evaluate("each => { each.scrollTop = each.scrollHeight; }")
    assert (
        window.evaluate(f"async each => {{ await new Promise(requestAnimationFrame); return ({fade})(each); }}") < 0.1
    )
