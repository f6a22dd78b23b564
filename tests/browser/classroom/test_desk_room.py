"""What stands where on the presenter's desk: the strip, the overview, and the room that each thing has."""

import pytest
from playwright.sync_api import expect

from tests.browser.classroom.test_desk import headline
from tests.browser.support.live_class import HEADLINES


def test_the_strip_lights_where_the_class_is_and_a_click_goes_there_unless_a_vote_is_open(desk, lesson):
    steps = desk.locator("#strip button")
    expect(steps).to_have_count(len(HEADLINES))
    assert [each.split()[1] for each in steps.all_inner_texts()] == [f"{2 * n}:00" for n in range(len(HEADLINES))]
    expect(steps.nth(0)).to_have_attribute("aria-current", "step")
    steps.nth(2).click()
    expect(headline(desk)).to_have_text(HEADLINES[2])
    expect(steps.nth(2)).to_have_attribute("aria-current", "step")
    expect(desk.locator("[aria-current]")).to_have_count(2)  # here and in the overview
    lesson.act("ask")
    expect(desk.get_by_role("button", name="Close")).to_be_enabled()
    steps.nth(3).click()
    expect(desk.get_by_role("alert")).to_contain_text("press again to leave it")
    expect(headline(desk)).to_have_text(HEADLINES[2])
    lesson.act("close")
    expect(desk.get_by_role("button", name="Close")).to_be_disabled()
    steps.nth(3).click()
    expect(headline(desk)).to_have_text(HEADLINES[3])


def test_the_overview_is_walked_by_arrows_and_goes_where_enter_says(desk):
    desk.keyboard.press("o")
    overview = desk.get_by_role("dialog", name="All steps")
    expect(overview.get_by_role("option")).to_have_count(len(HEADLINES))
    expect(overview.get_by_role("option").first).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End"):
        desk.keyboard.press(key)
    expect(overview.get_by_role("option").last).to_be_focused()
    desk.keyboard.press("Escape")
    expect(overview).to_be_hidden()
    expect(headline(desk)).to_have_text(HEADLINES[0])
    desk.keyboard.press("o")
    expect(overview.get_by_role("option").first).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(overview.get_by_role("option").nth(1)).to_be_focused()
    desk.keyboard.press("Enter")
    expect(overview).to_be_hidden()
    expect(headline(desk)).to_have_text(HEADLINES[1])


def test_a_key_that_comes_while_the_closed_overview_still_has_the_focus_is_taken(desk):
    desk.keyboard.press("o")
    overview = desk.get_by_role("dialog", name="All steps")
    option = overview.get_by_role("option").first
    expect(option).to_be_focused()
    option.evaluate("""(option) => {
        option.closest("dialog").close();
        option.dispatchEvent(new KeyboardEvent("keydown", { key: "b", bubbles: true, composed: true }));
    }""")
    expect(desk.get_by_role("button", name="Black")).to_have_attribute("aria-pressed", "true")


def test_a_number_without_a_step_is_said(desk):
    for key in ("9", "9", "Enter"):
        desk.keyboard.press(key)
    expect(desk.get_by_role("alert")).to_have_text(f"There is no step 99: the talk has {len(HEADLINES)}.")
    expect(headline(desk)).to_have_text(HEADLINES[0])


BOTTOM = "(selector) => document.querySelector(selector).getBoundingClientRect().bottom"
TOP = "(selector) => document.querySelector(selector).getBoundingClientRect().top"
LINES = """(id) => {
    const box = document.getElementById(id), style = getComputedStyle(box.firstElementChild ?? box);
    return box.clientHeight / parseFloat(style.lineHeight);
}"""
# As much as a step of a talk brings: two sentences, three points and the picture of the next step.
CROWD = """() => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="270"></svg>';
    document.getElementById('picture').src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    const said = 'A shop has its whole pipeline as a stream. The newest row is 11 seconds old at p95.';
    document.getElementById('sentence').textContent = said;
    const shown = document.getElementById('shown');
    shown.append(shown.lastChild.cloneNode(true));
}"""


def test_on_a_phone_times_are_whole_and_the_votes_buttons_on_the_first_screen(new_page, lesson):
    desk = new_page(390, 844)
    desk.goto(lesson.desk)
    expect(desk.locator("#strip button")).to_have_count(len(HEADLINES))
    assert desk.locator("#strip span").last.inner_text() == "10:00"
    heights = desk.evaluate("() => [...document.querySelectorAll('#strip span')].map((each) => each.clientHeight)")
    assert len(set(heights)) == 1, heights
    for step in range(1, 6):
        lesson.act("go", step=step)
        expect(headline(desk)).to_have_text(HEADLINES[step])
        desk.wait_for_function("() => scrollY === 0")
        for act in ("ask", "close", "reveal"):
            assert desk.evaluate(BOTTOM, f"[data-act={act}]") < desk.evaluate(TOP, "nav"), (step, act)
        desk.evaluate("() => scrollTo(0, document.body.scrollHeight)")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768)])
def test_notes_have_room_beside_the_points_and_the_next_picture(new_page, lesson, width, height):
    desk = new_page(width, height)
    desk.goto(lesson.desk)
    expect(desk.locator("#shown li")).to_have_count(2)
    desk.evaluate(CROWD)
    expect(desk.locator("#picture")).to_be_visible()
    assert desk.evaluate(LINES, "notes") >= 10
    assert desk.evaluate(
        "() => { const seen = document.getElementById('seen'); return seen.scrollHeight <= seen.clientHeight; }"
    )


def test_warnings_move_no_button_and_go_when_they_no_longer_hold(new_page, lesson):
    desk = new_page(1280, 800)
    desk.clock.install()
    desk.goto(lesson.desk)
    expect(desk.locator("#desk")).to_be_visible()
    lesson.ask(1)
    expect(desk.locator("[data-act=close]")).to_be_enabled()
    before = desk.evaluate(TOP, "[data-act=close]")
    warning = desk.locator("#refused")
    for press in (("9", "9", "Enter"), ("ArrowRight",)):
        for key in press:
            desk.keyboard.press(key)
        expect(warning).not_to_be_empty()
        assert desk.evaluate(TOP, "[data-act=close]") == before
        desk.clock.run_for(8_100)
        expect(warning).to_be_empty()
    desk.keyboard.press("ArrowRight")
    expect(warning).to_have_text("The vote is open: press again to leave it.")
    lesson.act("close")  # from another desk: there is nothing left to leave
    expect(warning).to_be_empty()
    assert desk.evaluate(TOP, "[data-act=close]") == before
    lesson.act("answer")  # the words below the buttons grow
    expect(desk.locator("#poll")).to_contain_text("answer shown")
    assert desk.evaluate(TOP, "[data-act=close]") == before


@pytest.mark.parametrize(("scheme", "turned"), [("light", False), ("dark", True)])
def test_the_next_picture_does_not_blind_in_a_dark_room(new_page, lesson, scheme, turned):
    desk = new_page(1280, 800, color_scheme=scheme)
    desk.goto(lesson.desk)
    expect(desk.locator("#desk")).to_be_visible()
    looks = desk.evaluate("() => getComputedStyle(document.getElementById('picture')).filter")
    assert ("invert" in looks) == turned


def test_the_answer_to_an_earlier_key_takes_no_warning_away(desk):
    for key in ("2", "Enter", "v"):
        desk.keyboard.press(key)
    expect(desk.locator("#poll")).to_contain_text("Round 1, open")
    held = []
    desk.route("**/act", lambda route: held.append(route))
    with desk.expect_request("**/act"):
        desk.keyboard.press("b")
    desk.keyboard.press("End")
    expect(desk.get_by_role("alert")).to_contain_text("press again to leave it")
    with desk.expect_response("**/act"):
        held[0].continue_()
    expect(desk.locator("#black")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("alert")).to_contain_text("press again to leave it")
