"""Breaking a place of the diagram in a browser: by mouse, keys and touch; what it looks like, and the way back."""

import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import ready, settled
from tests.browser.support.stillness import still
from tests.support.narrow import not_none

DAY = "/?moment=50400&events=20000"
# The middle of a wire, on the screen.
WIRE = """(hit) => {
    const { x, y } = hit.getPointAtLength(hit.getTotalLength() / 2).matrixTransform(hit.getScreenCTM());
    return [x, y];
}"""


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    ready(page)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    return page


def opened_step(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    settled(page)
    return page


def on_wire(page: Page, name: str) -> tuple[float, float]:
    """Where the middle of a wire is, once nothing moves the picture any more."""
    still(page)
    x, y = page.locator(f'[data-hit="{name}"]').evaluate(WIRE)
    return x, y


def chips(page: Page):
    return page.get_by_role("toolbar", name=re.compile("^Break "))


def card(page: Page):
    return page.locator(".st-key-broken")


def clock_s(page: Page) -> int:
    return int(page.locator(".living").get_attribute("data-moment") or 0)


def test_two_clicks_break_a_stage_the_clock_plays_from_before_it_and_a_card_says_what_came_of_it(moving_page, app):
    page = opened(moving_page, app + DAY)
    page.locator(".living .speed").select_option("60")
    expect(chips(page)).to_be_hidden()
    charts_top = page.locator(".st-key-charts").evaluate("each => each.getBoundingClientRect().top")
    page.locator("#stage-ingestion").click()
    expect(chips(page).get_by_role("button")).to_have_text(
        ["Stops", "Slows to 50 %", "Way out cut", "Column renamed", "Runs twice"]
    )
    assert page.locator(".st-key-charts").evaluate("each => each.getBoundingClientRect().top") == charts_top
    chips(page).get_by_role("button", name="Stops").click()
    expect(page.locator(".living")).to_have_attribute("data-playing", "true")
    expect(page).to_have_url(re.compile(r"faults=down.ingestion"))
    assert "moment=50100" in page.url
    assert 50_100 <= clock_s(page) < 54_000
    expect(card(page)).to_contain_text("Ingestion: it stops, 14:00 to 15:00")
    expect(page.locator("#stage-ingestion .badge")).to_be_visible()
    expect(card(page)).to_contain_text("behind at its worst")
    assert clock_s(page) >= 54_000
    stops = chips(page).get_by_role("button", name="Stops")
    expect(stops).to_have_attribute("aria-pressed", "true")
    card(page).get_by_role("button", name="Repair it", exact=True).click()
    expect(card(page)).to_have_count(0)
    expect(stops).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".living :is(.made-up, .caught)")).to_have_count(0)
    page.go_back()
    expect(card(page)).to_contain_text("Ingestion: it stops, 14:00 to 15:00")


def test_a_wire_is_cut_where_the_mouse_is_and_every_flow_that_stops_with_it_is_marked_first(page, app):
    opened(page, app + DAY)
    x, y = on_wire(page, "lake>archive")
    page.mouse.move(x - 200, y)
    page.mouse.move(x, y, steps=5)
    cutter = page.locator(".cutter")
    expect(cutter).to_be_visible()
    expect(page.locator(".card")).to_contain_text("Cut both flows out of Raw storage at once")
    expect(page.locator(".edge.aimed")).to_have_count(2)
    cutter.click()
    expect(page).to_have_url(re.compile(r"faults=cut.lake"))
    expect(page.locator(".snipped:not(.off)")).to_have_count(2)
    expect(card(page)).to_contain_text("Raw storage: its way out is cut")


def test_by_keys_a_flow_has_a_name_and_is_cut_and_the_tools_are_one_stop(page, app):
    opened(page, app + DAY)
    page.locator("#stage-warehouse").focus()
    page.keyboard.press("Shift+ArrowRight")
    cutter = page.locator(".cutter")
    expect(cutter).to_be_focused()
    expect(cutter).to_have_accessible_name(re.compile("^Flow from Curated storage to Analytics. Cut all 4 flows"))
    page.keyboard.press("ArrowDown")
    expect(cutter).to_have_accessible_name(re.compile("^Flow from Curated storage to Machine learning"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stage-ml")).to_be_focused()
    expect(cutter).to_be_hidden()
    page.keyboard.press("Shift+ArrowLeft")
    expect(cutter).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#stage-warehouse")).to_be_focused()
    page.keyboard.press("Enter")
    tools = chips(page).get_by_role("button")
    expect(tools.first).to_be_visible()
    assert page.locator('.chip[tabindex="0"]').count() == 1
    tools.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tools.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"faults=slow.warehouse"))
    expect(card(page)).to_contain_text("It slows down".lower())
    assert serious_faults(page, ".stMain") == []


def test_what_is_broken_looks_pressed_and_a_second_press_takes_it_back_by_keys_too(page, app):
    opened(page, app + DAY)
    page.locator("#stage-lake").click()
    cut = chips(page).get_by_role("button", name="Way out cut")
    expect(cut).to_have_attribute("aria-pressed", "false")
    narrow = cut.bounding_box()["width"]
    cut.focus()
    page.keyboard.press("Enter")
    expect(cut).to_have_attribute("aria-pressed", "true")
    expect(cut).to_be_focused()
    expect(cut).to_have_attribute("title", "It is broken here. Press again to repair it.")
    expect(cut.locator(".pressed")).to_be_visible()  # not by its colour alone
    assert cut.bounding_box()["width"] > narrow
    expect(chips(page).get_by_role("button", pressed=True)).to_have_count(1)
    assert page.url.count("cut.lake") == 1
    x, y = on_wire(page, "lake>archive")
    page.mouse.move(x, y, steps=5)
    cutter = page.locator(".cutter")
    expect(cutter).to_have_attribute("aria-pressed", "true")
    expect(cutter).to_have_accessible_name(re.compile("It is broken here. Press again to repair it.$"))
    expect(page.locator(".card")).to_contain_text("Press again to repair it.")
    cut.press("Enter")
    expect(cut).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".living [role=status]")).to_have_text("Raw storage: repaired")
    expect(card(page)).to_have_count(0)
    assert "faults" not in page.url
    cut.press("Enter")
    expect(cut).to_have_attribute("aria-pressed", "true")
    x, y = on_wire(page, "lake>archive")
    page.mouse.move(x - 200, y)
    page.mouse.move(x, y, steps=5)
    cutter.click()
    expect(cut).to_have_attribute("aria-pressed", "false")
    expect(cutter).to_be_hidden()
    expect(page.locator(".snipped:not(.off)")).to_have_count(0)


def test_on_a_phone_a_tap_on_a_flow_brings_the_cutter_and_another_one_cuts(new_page, app):
    page = opened(new_page(390, 844, has_touch=True, is_mobile=True), app + DAY)
    page.locator("#stage-logs").evaluate("each => each.scrollIntoView({ block: 'center' })")
    page.locator("#stage-logs").tap()
    tools = chips(page)
    expect(tools).to_be_in_viewport()
    page.touchscreen.tap(*on_wire(page, "logs>ingestion"))
    page.locator(".cutter").tap()
    expect(page).to_have_url(re.compile(r"faults=cut.logs"))
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


# By how much of a pixel or more the sign of a cut and the label of its wire lie over one another, 0 for not at all.
COVERED = """(signs) => signs.map((sign) => {
    const label = sign.parentNode.querySelector('text:not(.count)');
    const a = sign.getBoundingClientRect(), b = label.getBoundingClientRect();
    return Math.max(0, Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)));
})"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_sign_of_a_cut_covers_no_label_which_goes_back_when_that_is_over(new_page, app, size):
    cuts = ",".join(f"cut.{source}:50400-54000" for source in ("telemetry", "external", "oltp"))
    page = opened_step(new_page(*size), f"{app}/?moment=52000&events=20000&hide=charts&faults={cuts}")
    signs = page.locator(".snipped:not(.off)")
    expect(signs).to_have_count(3)
    assert signs.evaluate_all(COVERED) == [0, 0, 0]
    labels = page.locator(".all-words .edge > text:not(.count)")
    assert sum(label.get_attribute("transform") is not None for label in labels.all()) == 3
    page.get_by_role("slider", name="Time of day").fill("60000")
    expect(signs).to_have_count(0)
    assert sum(label.get_attribute("transform") is not None for label in labels.all()) == 0


def test_in_a_lesson_on_a_phone_the_picture_follows_the_words_and_who_breaks_something_far_below_sees_it(new_page, app):
    page = opened_step(new_page(390, 844, has_touch=True, is_mobile=True), f"{app}/?lesson=opening&step=5")
    places = [page.locator(part) for part in (".st-key-lesson", ".st-key-diagram", ".st-key-break-ingestion")]
    words, picture, form = (not_none(place.bounding_box()) for place in places)
    assert words["y"] + words["height"] <= picture["y"]
    assert picture["y"] + picture["height"] <= form["y"]
    button = places[2].get_by_role("button")
    button.evaluate("one => one.scrollIntoView({ block: 'start' })")
    expect(page.locator("#stage-ingestion")).not_to_be_in_viewport(ratio=0.9)
    button.tap()
    expect(page.locator("#stage-ingestion")).to_be_in_viewport(ratio=1)
    expect(page.locator("#stage-ingestion .badge")).to_be_visible()
    picture, broken = (not_none(place.bounding_box()) for place in (places[1], card(page)))
    assert picture["y"] + picture["height"] <= broken["y"]


def test_beside_a_stage_the_card_is_clear_of_the_button_that_closes_the_panel(new_page, app):
    page = new_page(layer="learner")
    page.goto(f"{app}{DAY}&stage=ingestion&faults=down.ingestion:50400-54000")
    expect(card(page)).to_contain_text("behind at its worst")
    settled(page)
    still(page)
    close, broken = (not_none(place.bounding_box()) for place in (page.locator(".st-key-close-place"), card(page)))
    assert close["y"] + close["height"] <= broken["y"]


def test_where_nothing_may_move_the_harm_is_shown_and_told_at_once(page, app):
    opened(page, app + DAY)
    page.locator("#stage-ingestion").click()
    chips(page).get_by_role("button", name="Stops").click()
    expect(card(page)).to_contain_text("behind at its worst")
    assert clock_s(page) == 53_940
    expect(page.locator("#stage-ingestion .badge")).to_be_visible()
    expect(card(page).get_by_role("button", name="Repair it within").first).to_be_visible()


@pytest.mark.parametrize("query", ["&hide=knobs", "&faults=" + ",".join(f"down.lake:{i}-{i + 1}" for i in range(20))])
def test_tools_that_may_not_be_used_are_away_or_say_why(page, app, query):
    opened(page, f"{app}{DAY}&stage=lake{query}")
    if "hide" in query:
        expect(page.locator(".chip")).to_have_count(0)
        return
    expect(chips(page)).to_contain_text("20 faults are all that a day holds. Repair one first.")
    expect(page.locator('.chip:not([aria-disabled="true"])')).to_have_text(["Stops"])  # it can be repaired
    chips(page).get_by_role("button", name="Way out cut").click(force=True)
    expect(page.locator(".living [role=status]")).to_have_text("20 faults are all that a day holds. Repair one first.")


def test_what_is_broken_before_the_server_has_heard_of_the_choice_is_broken_there_and_stays_chosen(page, server):
    opened(page, server.url + DAY)
    server.process.send_signal(signal.SIGSTOP)
    try:
        page.locator("#stage-lake").click()
        cut = chips(page).get_by_role("button", name="Way out cut")
        cut.click()
    finally:
        server.process.send_signal(signal.SIGCONT)
    expect(cut).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"stage=lake.*faults=cut.lake"))
