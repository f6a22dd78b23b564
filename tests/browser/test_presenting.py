"""A lecture in a real Chromium: keys and clicker, the script left and found again, desk, hall and phones together."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lifecycle.course import load

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
TALK = COURSE.talk("push-or-pull")
HEADLINES = [step.headline for step in TALK.steps]
ASKS = next(n for n, step in enumerate(TALK.steps) if step.ask and step.ask.question)
GUESS = next(n for n, step in enumerate(TALK.steps) if step.ask and step.ask.predict)


def headline(page: Page):
    return page.locator(".st-key-talk h1")


def begun(page: Page, app: str, step: int = 0) -> Page:
    page.goto(f"{app}/present?talk={TALK.id}&step={step + 1}")
    expect(headline(page)).to_have_text(HEADLINES[step])
    expect(page.locator(".foot .count")).to_have_text(f"{step + 1} / {len(HEADLINES)}")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_keys_and_clicker_walk_through_points_and_steps_and_a_reload_stays_there(page, app):
    begun(page, app)
    points = len(TALK.steps[0].points)
    assert points
    for point in page.locator(".st-key-talk li").all():
        expect(point).to_be_hidden()
    press(page, "PageDown")
    expect(page).to_have_url(re.compile(r"step=1\.1"))
    expect(page.locator(".st-key-talk li").first).to_be_visible()
    press(page, *["ArrowRight"] * points)
    expect(headline(page)).to_have_text(HEADLINES[1])
    press(page, "ArrowLeft")
    expect(headline(page)).to_have_text(HEADLINES[0])
    for point in page.locator(".st-key-talk li").all():
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
    expect(options).to_have_count(len(COURSE.question(TALK.steps[ASKS].ask.question).options))
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
        found = Axe().run(page, context=".st-key-talk")
        serious = [each["id"] for each in found.response["violations"] if each["impact"] in ("serious", "critical")]
        assert serious == []


def started(page: Page, app: str) -> tuple[str, str, str]:
    """Start a class: its code, the desk's link and the hall's."""
    page.goto(f"{app}/present")
    page.locator(f".st-key-class-{TALK.id}").get_by_role("button", name="With a class").first.click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app)
    talk = page.locator(f".st-key-talk-{TALK.id}")
    talk.get_by_role("button", name="Copy the desk’s link").click()
    expect(talk).to_contain_text("Copied")
    desk = page.evaluate("navigator.clipboard.readText()")
    code = re.search(r"/desk/(\w+)#", desk)[1]
    hall = talk.locator("code").inner_text()
    return code, f"{app}/desk/{code}#{desk.partition('#')[2]}", re.sub(r"^https?://[^/]+", app, hall)


def test_a_class_votes_twice_and_the_hall_sees_it_when_the_presenter_says_so(page, new_page, app):
    code, _, _ = started(page, app)
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    expect(page.locator(".join b")).to_have_text(f"{code[:4]}-{code[4:]}")
    phone = new_page(390, 844)
    phone.goto(f"{app}/join/{code}")
    expect(page.locator(".join")).to_contain_text("1 phone is here")
    press(page, str(ASKS + 1), "Enter")
    expect(headline(page)).to_have_text(HEADLINES[ASKS])
    press(page, "v")
    phone.locator("label").nth(1).click()
    phone.get_by_role("button", name="Send").click()
    said = page.locator(".said")
    expect(said).to_contain_text("1 of 1 phone has answered")
    counts = page.locator(".options .count")
    expect(counts.nth(1)).to_have_text("")
    press(page, "v")
    expect(said).to_contain_text("closed")
    press(page, "r")
    expect(counts.nth(1)).to_contain_text("100 % (1)")
    expect(page.locator(".options li.right")).to_have_count(1)


def test_a_guess_is_laid_beside_the_simulated_truth(page, new_page, app):
    code, _, _ = started(page, app)
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    phone = new_page(390, 844)
    phone.goto(f"{app}/join/{code}")
    press(page, str(GUESS + 1), "Enter")
    expect(headline(page)).to_have_text(HEADLINES[GUESS])
    press(page, "v")
    phone.locator("#number").fill("40")
    phone.get_by_role("button", name="Send").click()
    expect(page.locator(".said")).to_contain_text("1 of 1 phone has answered")
    expect(page.locator(".plot")).not_to_contain_text("simulated")
    press(page, "v", "r")
    expect(page.locator(".plot")).to_contain_text("simulated: 14.9 min")
    expect(page.locator(".plot rect.bin")).to_have_count(1)


def test_the_desk_drives_a_hall_that_cannot_drive_and_both_survive_a_reload(page, new_page, app):
    _, desk_link, hall_link = started(page, app)
    hall, desk = new_page(), new_page(1280, 800)
    hall.goto(hall_link)
    expect(headline(hall)).to_have_text(HEADLINES[0])
    desk.goto(desk_link)
    expect(desk.locator("body")).to_contain_text(HEADLINES[0])
    press(desk, "3", "Enter")
    expect(headline(hall)).to_have_text(HEADLINES[2])
    press(desk, "b")
    expect(hall.locator(".black")).to_be_visible()
    press(desk, "b")
    expect(hall.locator(".black")).to_be_hidden()
    press(hall, "ArrowRight")
    expect(hall.locator(".foot .warn")).to_contain_text("only follows")
    hall.reload()
    desk.reload()
    expect(headline(hall)).to_have_text(HEADLINES[2])
    expect(desk.locator("body")).to_contain_text(HEADLINES[2])
    press(desk, "2", "Enter")
    expect(headline(hall)).to_have_text(HEADLINES[1])


def test_a_class_goes_on_with_all_its_votes_when_the_server_was_killed(new_page, own_server, tmp_path):
    server = own_server(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_CONTENT": ""})
    page = new_page()
    code, _, _ = started(page, server.url)
    page.get_by_role("button", name="Begin on this screen").click()
    phone = new_page(390, 844)
    phone.goto(f"{server.url}/join/{code}")
    expect(page.locator(".join")).to_contain_text("1 phone is here")
    press(page, str(ASKS + 1), "Enter")
    expect(headline(page)).to_have_text(HEADLINES[ASKS])
    press(page, "v")
    phone.locator("label").nth(1).click()
    phone.get_by_role("button", name="Send").click()
    expect(page.locator(".said")).to_contain_text("1 of 1 phone has answered")
    server.kill()
    server.start()
    expect(page.locator(".said")).to_contain_text("1 of 1 phone has answered")
    press(page, "v")
    expect(page.locator(".said")).to_contain_text("closed")
    press(page, "r")
    expect(page.locator(".options .count").nth(1)).to_contain_text("100 % (1)")
    press(page, "Home")
    expect(headline(page)).to_have_text(HEADLINES[0])


def test_beside_charts_the_question_and_its_answer_stand_on_the_screen_and_nothing_is_covered(page, app):
    talk = COURSE.talk("a-day-of-incidents")
    step = next(n for n, each in enumerate(talk.steps, 1) if each.ask and len(each.drawn) > 1)
    page.goto(f"{app}/present?talk={talk.id}&step={step}")
    expect(page.locator(".foot .count")).to_have_text(f"{step} / {len(talk.steps)}")
    expect(page.locator(".st-key-talk-charts .js-plotly-plot")).to_have_count(2)
    press(page, "r")
    expect(page.locator(".why")).to_be_visible()
    why, foot = page.locator(".why").bounding_box(), page.locator(".foot").bounding_box()
    assert why["y"] + why["height"] <= foot["y"]
