"""A class votes, and the hall sees of it what its presenter shows."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from lifecycle.classroom import rehearsal
from lifecycle.classroom.server import Hub
from lifecycle.course import load
from lifecycle.storage import Classes
from tests.browser.support.shipped_talk import headline, of_talk, press, started
from tests.browser.support.stillness import still
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
TALK = not_none(COURSE.talk("push-or-pull"))
HEADLINES = [step.headline for step in TALK.steps]
ASKS = next(n for n, step in enumerate(TALK.steps) if step.ask and step.ask.question)
GUESS = next(n for n, step in enumerate(TALK.steps) if step.ask and step.ask.predict)


def a_second_later(page: Page) -> None:
    """Keys of one kind within a second count once: let it pass by the page's own clock."""
    page.wait_for_function("(until) => performance.now() > until", arg=page.evaluate("performance.now() + 1050"))


INCIDENTS = not_none(COURSE.talk("a-day-of-incidents"))
TWICE = next(n for n, step in enumerate(INCIDENTS.steps) if step.ask and step.ask.rounds == 2)


def test_between_two_votes_the_hall_sees_a_card_with_a_clock_and_texts_that_were_chosen(page, new_page, site, folder):
    lesson = of_talk(site, folder)
    page.goto(lesson.desk)  # this browser presents
    expect(page.locator("#desk")).to_be_visible()
    page.goto(f"{site}/present?talk={INCIDENTS.id}&class={lesson.code}")
    lesson.act("go", step=TWICE)
    expect(page.locator(".options li").first).to_be_visible()
    press(page, "v")
    said = page.locator(".said")
    expect(said).to_contain_text("The vote is open")
    expect(said).to_contain_text("No phone is here yet")
    press(page, "ArrowRight")
    expect(page.locator(".foot .warn")).to_contain_text("The vote is open: press again to leave it")
    a_second_later(page)
    press(page, "v", "v", "v")
    talk = page.locator(".hall .talk")
    expect(talk).to_contain_text("Talk to your neighbour, then vote again")
    expect(talk.locator("b")).to_have_text(re.compile(r"[01]:\d\d"))
    expect(page.locator(".foot .count")).to_have_text(f"{TWICE + 1} / {len(INCIDENTS.steps)}")
    lesson.act("second_round")
    expect(talk).to_be_hidden()
    lesson.act("close")
    expect(said).to_contain_text("The second vote is closed")
    press(page, "PageDown")
    counts = page.locator(".options .count")
    expect(counts.first).to_have_text("")  # where nobody answered there are no shares
    expect(said.locator(".rounds")).to_have_text("first votesecond vote")
    expect(said.locator(".rounds i")).to_have_count(2)
    expect(page.locator(".options li.right")).to_have_count(0)
    a_second_later(page)
    press(page, "PageDown")
    expect(page.locator(".options li.right")).to_have_count(1)
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    lesson.act("aside", text="What surprised you?")
    phone.locator("#text").fill("The <i>queue</i>")
    phone.locator("#send").click()
    texts = page.locator(".texts")
    expect(texts).to_contain_text("What surprised you?")
    expect(texts).to_contain_text("The only phone has written")
    expect(texts.locator("li")).to_have_count(0)
    id = Hub(Classes(folder / "headwaters.db")).lecture(lesson.code).texts()[0].id
    lesson.act("show_text", id=id)
    expect(texts.locator("li")).to_have_text("The <i>queue</i>")
    lesson.act("close")
    lesson.act("put_away")
    expect(texts).to_be_hidden()


def test_what_covers_the_hall_goes_first_and_the_end_is_said_on_hall_and_desk(page, new_page, site, folder):
    lesson = of_talk(site, folder)
    desk = new_page(1280, 800)
    page.goto(lesson.desk)
    expect(page.locator("#desk")).to_be_visible()
    desk.goto(lesson.desk)
    page.goto(f"{site}/present?talk={INCIDENTS.id}&class={lesson.code}")
    step = next(n for n, each in enumerate(INCIDENTS.steps) if each.points and not each.ask)
    lesson.act("go", step=step)
    expect(headline(page)).to_have_text(INCIDENTS.steps[step].headline)
    texts, first = page.locator(".texts"), page.locator(".st-key-talk [data-testid=stMarkdownContainer] li").first
    for window, key in ((page, "ArrowRight"), (page, "ArrowLeft"), (desk, "ArrowRight"), (desk, "ArrowLeft")):
        lesson.act("aside", text="What surprised you?")
        lesson.act("close")
        expect(texts).to_be_visible()
        if window is desk:
            expect(desk.locator("#covered")).to_contain_text("Your question covers the hall’s screen")
            expect(desk.locator("#on")).to_have_text("Show the step ›")
        else:
            expect(texts).to_contain_text("No more answers")
        a_second_later(window)
        press(window, key)
        expect(texts).to_be_hidden()
        expect(first).to_be_hidden()
        expect(headline(page)).to_have_text(INCIDENTS.steps[step].headline)
    lesson.act("aside", text="And now?")
    expect(texts).to_be_visible()
    press(page, "ArrowRight")
    expect(page.locator(".foot .warn")).to_contain_text("press again to leave it")
    expect(texts).to_be_visible()
    a_second_later(page)
    press(page, "ArrowRight")
    expect(texts).to_be_hidden()
    expect(first).to_be_hidden()
    expect(page.locator(".foot .corner")).to_contain_text(lesson.code[:4])
    lesson.act("end")
    over = page.get_by_text("The class is over")
    expect(over).to_be_visible()
    expect(page.locator(".foot .corner")).to_be_empty()
    expect(desk.locator("#refused")).to_contain_text("The class is over")
    for button in ("#on", "#back", "#black", "#join", "#end", "#strip button", "#aside button"):
        expect(desk.locator(button).first).to_be_disabled()
    expect(desk.locator("#csv")).to_have_attribute("href", re.compile("results.csv"))
    press(page, "ArrowRight")
    expect(over).to_be_hidden()
    expect(headline(page)).to_have_text(INCIDENTS.steps[step].headline)
    press(page, str(step + 2), "Enter")
    expect(headline(page)).to_have_text(INCIDENTS.steps[step + 1].headline)
    expect(page).not_to_have_url(re.compile("class="))


def test_back_at_a_question_the_class_has_voted_on_its_result_stands_as_it_was_left(page, new_page, site, folder):
    lesson = of_talk(site, folder)
    page.goto(lesson.desk)
    expect(page.locator("#desk")).to_be_visible()
    page.goto(f"{site}/present?talk={INCIDENTS.id}&class={lesson.code}")
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    asks = next(
        n
        for n, each in enumerate(INCIDENTS.steps)
        if each.ask
        and each.ask.rounds == 1
        and n > TWICE
        and not_none(COURSE.question(each.ask.question)).kind == "single"
    )
    lesson.act("go", step=asks)
    lesson.act("ask")
    phone.locator("label.option").first.click()
    phone.get_by_role("button", name="Send").click()
    said = page.locator(".said")
    expect(said).to_contain_text("The only phone has answered")
    lesson.act("close")
    lesson.act("reveal")
    lesson.act("answer")
    expect(page.locator(".options li.right")).to_have_count(1)
    press(page, "ArrowRight")
    expect(headline(page)).to_have_text(INCIDENTS.steps[asks + 1].headline)
    a_second_later(page)
    press(page, "ArrowLeft")
    expect(headline(page)).to_have_text(INCIDENTS.steps[asks].headline)
    expect(said).to_contain_text("The only phone has answered")
    expect(page.locator(".options .count", has_text="100 % (1)")).to_have_count(1)
    expect(page.locator(".options li.right")).to_have_count(1)


# The ground of a place on the map: what its box is filled with, in numbers.
GROUND = "(group) => getComputedStyle(group.querySelector('path')).fill"


def test_what_is_right_has_a_sign_a_word_and_its_own_colour_never_that_of_many_taps(page, new_page, site, folder):
    lesson = of_talk(site, folder)
    page.goto(f"{site}/present?talk={INCIDENTS.id}&class={lesson.code}")
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    asks, asked = next(
        (n, question)
        for n, each in enumerate(INCIDENTS.steps)
        if each.ask and (question := COURSE.question(each.ask.question)) and question.kind == "click"
    )
    right = next(option.text for option in asked.options if option.right)
    lesson.act("go", step=asks)
    lesson.act("ask")
    desk = new_page(1280, 800)
    desk.goto(lesson.desk)
    expect(desk.locator("#tally .row.right")).to_contain_text("✓")  # the presenter knows it before any vote
    phone.locator("#place").select_option(right)
    with phone.expect_response("**/vote"):
        phone.locator("#send").click()
    lesson.act("close")
    lesson.act("reveal")
    place = page.locator(f".hall #stage-{right}")
    expect(place.locator(".taps")).to_have_text("1 (100 %)")
    still(page)
    many = place.evaluate(GROUND)
    lesson.act("answer")
    expect(place.locator(".taps")).to_have_text("✓ Right · 1 (100 %)")
    still(page)
    red, green, blue = map(float, re.findall(r"[\d.]+", place.evaluate(GROUND))[:3])
    assert place.evaluate(GROUND) != many
    assert green > max(red, blue)  # in no light the colour of a fault
    expect(page.locator(".hall .tapped")).to_have_count(0)
    lesson.ask(TWICE)
    lesson.act("close")
    lesson.act("reveal")
    lesson.act("answer")
    row = page.locator(".options li.right")
    expect(row.locator(".count")).to_have_text("✓ Right")
    still(page)
    bars = page.locator(".options .bar").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).backgroundColor)"
    )
    assert len(set(bars)) == 2  # the right one's, and all others'


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
    expect(said).to_contain_text("The only phone has answered")
    counts = page.locator(".options .count")
    expect(counts.nth(1)).to_have_text("")
    a_second_later(page)
    press(page, "v")
    expect(said).to_contain_text("closed")
    press(page, "r")
    expect(counts.nth(1)).to_contain_text("100 % (1)")
    expect(page.locator(".options li.right")).to_have_count(0)
    a_second_later(page)
    press(page, "r")
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
    truth = rehearsal.truth(not_none(not_none(TALK.steps[GUESS].ask).predict), COURSE)
    phone.locator("#number").fill(f"{truth:.1f}")  # the line of the truth goes through this bar
    phone.get_by_role("button", name="Send").click()
    expect(page.locator(".said")).to_contain_text("The only phone has answered")
    expect(page.locator(".plot")).not_to_contain_text("Simulated")
    a_second_later(page)
    press(page, "v")
    expect(page.locator(".said")).to_contain_text("closed")
    press(page, "r")
    expect(page.locator(".plot rect.bin")).to_have_count(1)
    expect(page.locator(".plot")).not_to_contain_text("Simulated")
    a_second_later(page)
    press(page, "r")
    expect(page.locator(".plot")).to_contain_text(f"Simulated: {truth:.3g} min")
    line = page.locator(".plot .truth").bounding_box()
    count = page.locator(".plot text", has_text=re.compile("^1$")).bounding_box()
    assert count["x"] > line["x"] + line["width"] or count["x"] + count["width"] < line["x"]
    expect(page.locator(".plot rect.bin")).to_have_count(1)


def test_the_desk_drives_a_hall_that_cannot_drive_and_both_survive_a_reload(page, new_page, app):
    _, desk_link, hall_link = started(page, app)
    hall, desk = new_page(), new_page(1280, 800)
    hall.goto(hall_link)
    expect(headline(hall)).to_have_text(HEADLINES[0])
    desk.goto(desk_link)
    expect(desk.locator("html[data-ready=true]")).to_be_attached()
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
    expect(desk.locator("html[data-ready=true]")).to_be_attached()
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
    expect(page.locator(".said")).to_contain_text("The only phone has answered")
    server.kill()
    expect(page.locator(".foot .warn")).to_have_text("No connection, trying again")
    server.start()
    expect(page.locator(".foot .warn")).to_be_empty()  # what was said stands there all the time; a key needs the wire
    expect(page.locator(".said")).to_contain_text("The only phone has answered")
    press(page, "v")
    expect(page.locator(".said")).to_contain_text("closed")
    press(page, "r")
    expect(page.locator(".options .count").nth(1)).to_contain_text("100 % (1)")
    press(page, "Home")
    expect(headline(page)).to_have_text(HEADLINES[0])
