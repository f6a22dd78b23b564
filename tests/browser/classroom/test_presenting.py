"""A lecture in a real Chromium: keys and clicker, the script left and found again, desk, hall and phones together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled
from tests.browser.support.shipped_talk import headline, of_talk, press, started
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
TALK = not_none(COURSE.talk("push-or-pull"))
HEADLINES = [step.headline for step in TALK.steps]
ASKS = next(n for n, step in enumerate(TALK.steps) if step.ask and step.ask.question)


def begun(page: Page, app: str, step: int = 0) -> Page:
    page.goto(f"{app}/present?talk={TALK.id}&step={step + 1}")
    expect(headline(page)).to_have_text(HEADLINES[step])
    expect(page.locator(".foot .count")).to_have_text(f"{step + 1} / {len(HEADLINES)}")
    return page


def test_keys_and_clicker_walk_through_points_and_steps_and_a_reload_stays_there(page, app):
    begun(page, app)
    points = len(TALK.steps[0].points)
    assert points
    for point in page.locator(".st-key-talk [data-testid=stMarkdownContainer] li").all():
        expect(point).to_be_hidden()
    press(page, "PageDown")
    expect(page).to_have_url(re.compile(r"step=1\.1"))
    expect(page.locator(".st-key-talk [data-testid=stMarkdownContainer] li").first).to_be_visible()
    press(page, *["ArrowRight"] * points)
    expect(headline(page)).to_have_text(HEADLINES[1])
    press(page, "ArrowLeft")
    expect(headline(page)).to_have_text(HEADLINES[0])
    for point in page.locator(".st-key-talk [data-testid=stMarkdownContainer] li").all():
        expect(point).to_be_visible()
    press(page, "4", "Enter")
    expect(headline(page)).to_have_text(HEADLINES[3])
    press(page, "End")
    expect(headline(page)).to_have_text(HEADLINES[-1])
    page.reload()
    expect(headline(page)).to_have_text(HEADLINES[-1])
    expect(page.locator(".foot .count")).to_have_text(f"{len(HEADLINES)} / {len(HEADLINES)}")
    press(page, "Home")
    expect(headline(page)).to_have_text(HEADLINES[0])


def test_the_screen_goes_black_and_comes_back_where_it_was(page, app):
    begun(page, app, 1)
    black = page.locator(".black")
    press(page, "b")
    expect(black).to_be_visible()
    press(page, "ArrowRight")  # a hand on the clicker first brings the picture back
    expect(black).to_be_hidden()
    expect(headline(page)).to_have_text(HEADLINES[1])
    press(page, ".")
    expect(black).to_be_visible()
    press(page, "b")
    expect(black).to_be_hidden()


def test_the_presenter_leaves_the_script_turns_a_switch_and_comes_back_with_one_key(page, app):
    number = next(n for n, step in enumerate(TALK.steps) if "start=push" in step.view)
    begun(page, app, number)
    press(page, "e")
    start = page.locator(".st-key-start")
    expect(start.get_by_role("radio", name="Push")).to_be_checked()
    start.get_by_text("Pull").click()
    expect(start.get_by_role("radio", name="Pull")).to_be_checked()
    expect(page).to_have_url(re.compile(f"talk={TALK.id}"))
    press(page, "ArrowRight")  # while exploring, arrows belong to the page
    expect(start).to_be_visible()
    press(page, "e")
    expect(headline(page)).to_have_text(HEADLINES[number])
    expect(page).not_to_have_url(re.compile("start="))


def test_keys_are_told_and_a_typed_number_is_shown(page, app):
    begun(page, app)
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    press(page, "Escape")
    expect(keys).to_be_hidden()
    press(page, "1", "2")
    expect(page.locator(".typed")).to_have_text("12")
    press(page, "Escape")
    expect(page.locator(".typed")).to_be_hidden()
    expect(headline(page)).to_have_text(HEADLINES[0])


def test_the_pointer_is_drawn_where_the_hand_is_and_put_away(page, app):
    begun(page, app)
    press(page, "p")
    page.mouse.move(700, 400)
    page.mouse.move(720, 410)
    canvas = page.locator("canvas.pointer")
    opacity = "(canvas) => canvas.getContext('2d').getImageData(720, 410, 1, 1).data[3]"
    for _ in range(50):
        if canvas.evaluate(opacity):
            break
        page.mouse.move(720, 410)
    assert canvas.evaluate(opacity) > 0
    press(page, "p")
    expect(canvas).to_be_hidden()


def test_a_question_keeps_its_answer_until_it_is_asked_for(page, app):
    begun(page, app, ASKS)
    options = page.locator(".options li")
    expect(options).to_have_count(len(not_none(COURSE.question(not_none(TALK.steps[ASKS].ask).question)).options))
    expect(page.locator(".options li.right")).to_have_count(0)
    press(page, "r")
    expect(page.locator(".options li.right")).to_have_count(1)
    expect(page.locator(".why")).to_be_visible()
    press(page, "r")
    expect(page.locator(".options li.right")).to_have_count(0)


def test_a_talk_fills_the_screen_without_scrolling_and_axe_finds_nothing(page, app):
    for step in (0, 2, ASKS):
        begun(page, app, step)
        page.wait_for_function("document.querySelector('.stMain').scrollHeight <= innerHeight")
        assert serious_faults(page, ".st-key-talk") == []


def test_what_a_class_just_started_needs_is_in_sight_whichever_talk_it_is(new_page, app):
    page = new_page(1280, 800)
    page.goto(f"{app}/present")
    expect(page.get_by_role("button", name="With a class")).to_have_count(len(COURSE.talks))
    page.get_by_role("button", name="With a class").last.click()
    begin = page.get_by_role("button", name="Begin on this screen")
    expect(begin).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Open the desk").last).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("is open.")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 0
    for name in ("Explore", "Present", "Practice"):  # the way back stays, and nothing lies over it
        link = page.locator(".st-key-header").get_by_role("link", name=name)
        expect(link).to_be_in_viewport(ratio=1)
        link.click(trial=True)
    expect(page.get_by_text("No phone is here yet.").first).to_be_attached()


# How much the page's head covers of the boxes that a started class brought, its card and its talk's; whole is none.
HALF_COVERED = """() => {
    const end = document.querySelector(".st-key-header").getBoundingClientRect().bottom;
    const roots = [...document.querySelectorAll("*")].flatMap((each) => each.shadowRoot ?? []);
    const running = roots.flatMap((root) => [...root.querySelectorAll(".running .card")]);
    const boxes = [...running, document.querySelector("[class*=st-key-begin-]").closest("[class*=st-key-talk-]")];
    const areas = boxes.map((each) => each.getBoundingClientRect());
    return areas.filter((at) => at.top < end && at.bottom > end).map((at) => end - at.top);
}"""


@pytest.mark.parametrize("nth", [0, -1])
def test_no_box_of_a_class_just_started_lies_half_beneath_the_pages_head(new_page, app, nth):
    page = new_page(1440, 900)
    page.goto(f"{app}/present")
    buttons = page.get_by_role("button", name="With a class")
    expect(buttons).to_have_count(len(COURSE.talks))
    buttons.nth(nth).click()
    expect(page.get_by_role("button", name="Begin on this screen")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", name=re.compile("is running"))).to_be_attached()
    page.wait_for_function("(until) => performance.now() > until", arg=page.evaluate("performance.now() + 3100"))
    assert page.evaluate(HALF_COVERED) == []  # where the page has come to rest
    if nth == 0:  # both fit, so both are seen
        expect(page.get_by_role("region", name=re.compile("^Class "))).to_be_in_viewport(ratio=1)


def test_a_question_that_nobody_answers_says_so_in_words(new_page, site, folder):
    lesson = of_talk(site, folder)
    phone, hall = new_page(390, 844), new_page(1280, 800)
    hall.goto(f"{site}/present?talk={INCIDENTS.id}&class={lesson.code}")
    lesson.act("go", step=TWICE)
    lesson.act("ask")
    said = hall.locator(".said")
    expect(said).to_contain_text("No phone is here yet")
    phone.goto(lesson.phone)
    expect(phone.locator("#ask")).to_be_visible()
    expect(said).to_contain_text("Nobody has answered yet; 1 phone can")
    for act in ("close", "second_round", "close", "answer"):
        lesson.act(act)
    expect(said).to_contain_text("Nobody answered")
    expect(hall.locator(".options li.right")).to_have_count(1)
    assert set(hall.locator(".options .count").all_inner_texts()) == {"", "✓ Right"}
    lesson.act("put_away")
    expect(said).to_have_text("1 phone is here")


def test_a_prediction_that_nobody_makes_says_so_in_its_chart(page, site, folder):
    lesson = of_talk(site, folder, TALK)
    page.goto(f"{site}/present?talk={TALK.id}&class={lesson.code}")
    lesson.act("go", step=next(nth for nth, step in enumerate(TALK.steps) if step.ask and step.ask.predict))
    lesson.act("ask")
    lesson.act("close")
    lesson.act("reveal")
    expect(page.locator(".plot .nobody")).to_have_text("Nobody answered")


ALL_OF_IT = """() => {
    const told = (root) => [...root.querySelectorAll('*')].map((each) =>
        [...each.attributes].map((one) => one.value).join(' ') + (each.value ?? '') +
        (each.shadowRoot ? told(each.shadowRoot) : '')
    ).join(' ') + root.textContent;
    return told(document);
}"""


def test_the_desks_secret_is_nowhere_on_the_projected_page(page, app):
    code, desk, _ = started(page, app)
    secret = desk.partition("#")[2]
    assert len(secret) == 32
    assert code in page.evaluate(ALL_OF_IT)  # what is searched is the whole page
    assert secret not in page.evaluate(ALL_OF_IT)
    talk = page.locator(f".st-key-talk-{TALK.id}")
    talk.get_by_role("button", name="Open the desk").hover()
    assert secret not in page.evaluate(ALL_OF_IT)
    with page.expect_popup() as opened:
        talk.get_by_role("button", name="Open the desk").click()
    expect(opened.value.locator("#desk")).to_be_visible()
    assert secret not in opened.value.url
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    assert secret not in page.evaluate(ALL_OF_IT)


def test_after_a_reload_or_a_leave_present_begins_with_the_class_that_is_running(page, new_page, app):
    code, desk_link, _ = started(page, app)
    spelled = f"{code[:4]}-{code[4:]}"
    running = page.get_by_role("region", name=f"Class {spelled}")
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    press(page, "ArrowRight")  # the first step was not seen yet: the card goes, and no more
    expect(page.locator(".join")).to_be_hidden()
    expect(page.locator(".foot .count")).to_have_text(f"1 / {len(HEADLINES)}")
    expect(page.locator(".st-key-talk [data-testid=stMarkdownContainer] li").first).to_be_hidden()
    press(page, "3", "Enter")
    expect(headline(page)).to_have_text(HEADLINES[2])
    settled(page)  # the step is shown before the server has said so; its word puts another button in the place
    page.get_by_role("button", name="Leave the talk").click()
    expect(running).to_contain_text(f"Your class {spelled} is running")
    page.goto(f"{app}/present")  # a session that knows nothing of it
    expect(running).to_contain_text(f"Your class {spelled} is running: “{TALK.title}”")
    running.get_by_role("button", name="Resume").click()
    expect(headline(page)).to_have_text(HEADLINES[2])
    expect(page.locator(".foot .count")).to_have_text(f"3 / {len(HEADLINES)}")
    expect(page.locator(".foot .corner")).to_contain_text(spelled)  # the class is heard, and so are keys
    press(page, "ArrowLeft")  # and it drives
    expect(headline(page)).to_have_text(HEADLINES[1])
    expect(page.locator(".foot .warn")).to_be_empty()
    page.goto(f"{app}/present")
    with page.expect_download() as notes:  # the cookie proves it, in a session that has no secret
        running.get_by_role("link", name="With notes (PDF)").click()
    assert notes.value.suggested_filename == f"headwaters-talk-{TALK.id}-notes.pdf"
    running.get_by_role("button", name="Copy the desk’s link").click()
    expect(running.get_by_role("status")).to_contain_text("Copied")
    with page.expect_download() as results:
        running.get_by_role("link", name="Results (CSV)").click()
    assert results.value.suggested_filename == f"headwaters-class-{code}.csv"
    other = new_page()
    other.goto(f"{app}/present")
    expect(other.get_by_text("A talk is a script of live views")).to_be_visible()
    expect(other.get_by_role("region", name=f"Class {spelled}")).to_have_count(0)
    other.goto(desk_link)  # who comes by the secret link presents it, too
    expect(other.locator("#desk")).to_be_visible()
    other.goto(f"{app}/present")
    expect(other.get_by_role("region", name=f"Class {spelled}")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    running.get_by_role("button", name="End").click()
    expect(running).to_contain_text("has ended")
    expect(running.get_by_role("link", name="Results (PDF)")).to_be_visible()
    expect(running.get_by_role("button", name="Resume")).to_have_count(0)


INCIDENTS = not_none(COURSE.talk("a-day-of-incidents"))
TWICE = next(n for n, step in enumerate(INCIDENTS.steps) if step.ask and step.ask.rounds == 2)


def test_beside_charts_the_question_and_its_answer_stand_on_the_screen_and_nothing_is_covered(page, app):
    talk = not_none(COURSE.talk("a-day-of-incidents"))
    step = next(n for n, each in enumerate(talk.steps, 1) if each.ask and len(each.drawn) > 1)
    page.goto(f"{app}/present?talk={talk.id}&step={step}")
    expect(page.locator(".foot .count")).to_have_text(f"{step} / {len(talk.steps)}")
    expect(page.locator(".st-key-talk-charts .js-plotly-plot")).to_have_count(2)
    press(page, "r")
    expect(page.locator(".why")).to_be_visible()
    why, foot = page.locator(".why").bounding_box(), page.locator(".foot").bounding_box()
    assert why["y"] + why["height"] <= foot["y"]
