"""A phone in a class: it votes, changes its mind, and loses nothing on a bad network."""

import re
import urllib.error

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lifecycle.classroom.server import Hub
from lifecycle.storage import Classes
from tests.browser.conftest import ROOT
from tests.browser.support.live_class import start
from tests.browser.support.phone_page import choose, option, said, vote
from tests.browser.support.stillness import still

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OUTSIDE = """() => [...document.querySelectorAll('main *')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.away'))
    .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def phone(new_page):
    return new_page(390, 844, has_touch=True)


def test_a_phone_waits_votes_changes_its_vote_and_sees_the_answer_when_it_is_shown(phone, lesson):
    phone.goto(lesson.phone)
    expect(phone.locator("#wait")).to_be_visible()
    lesson.ask(1)
    expect(phone.locator("#stem")).to_have_text("Where does it wait?")
    expect(phone.locator("#send")).to_be_disabled()
    vote(phone, "In the sea")
    expect(said(phone)).to_contain_text("Recorded")
    vote(phone, "Nowhere")
    expect(said(phone)).to_contain_text("Recorded")
    expect(phone.locator("#send")).to_be_disabled()
    lesson.act("second_round")
    expect(phone.locator("#round")).to_contain_text("Second vote")
    expect(phone.locator("label.option :checked")).to_have_count(0)
    vote(phone, "In the sea")
    lesson.act("close")
    expect(said(phone)).to_contain_text("closed. Your vote is recorded")
    lesson.act("reveal")
    expect(phone.locator("#answer")).to_be_hidden()
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("Not this time")
    expect(phone.locator("#answer")).to_contain_text("The lake holds it.")
    expect(option(phone, "In the lake")).to_contain_text("✓ Right")
    expect(option(phone, "In the sea")).to_contain_text("✗ Yours. It is salty there.")
    lesson.act("go", step=2)
    expect(phone.locator("#wait")).to_be_visible()
    lesson.act("end")
    expect(phone.locator("#over")).to_be_visible()


def test_a_reload_and_a_late_phone_fall_in_at_the_present_question(phone, new_page, lesson):
    lesson.ask(2)
    phone.goto(lesson.phone)
    option(phone, "Snow").click()
    phone.reload()
    expect(option(phone, "Snow").locator("input")).to_be_checked()  # chosen and not sent yet
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    phone.reload()
    expect(said(phone)).to_contain_text("Recorded")
    expect(option(phone, "Snow").locator("input")).to_be_checked()
    late = new_page(320, 568)
    late.goto(lesson.phone)
    expect(late.locator("#stem")).to_have_text("Which are wet?")
    expect(late.locator(":checked")).to_have_count(0)


def test_a_number_is_typed_in_its_unit_and_nonsense_is_told(phone, lesson):
    lesson.ask(3)
    phone.goto(lesson.phone)
    phone.get_by_label("A number, in min").fill("soon")
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Write a number")
    phone.get_by_label("A number, in min").fill("1.5 h")
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("You said 90 min.")
    expect(phone.locator("#answer h2")).to_have_text("Right")


def test_a_prediction_is_a_slider_that_must_be_moved(phone, lesson):
    lesson.ask(5)
    phone.goto(lesson.phone)
    slider = phone.get_by_role("slider", name="Your prediction")
    expect(phone.locator("#send")).to_be_disabled()
    slider.focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("output")).to_have_text("51 min")
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("Simulated: 48 min.")
    expect(phone.locator("#answer")).to_contain_text("You said 51 min.")


def test_a_place_is_tapped_on_the_diagram_or_chosen_from_a_list(phone, new_page, lesson):
    lesson.ask(4)
    phone.goto(lesson.phone)
    phone.locator("#stage-lake").tap()
    expect(phone.locator("#place")).to_have_value("lake")
    expect(phone.locator("#stage-lake")).to_have_class(re.compile("mine"))
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    other = new_page(320, 568)
    other.goto(lesson.phone)
    other.get_by_label("A place of the diagram").select_option("buffer")
    expect(other.locator("#stage-buffer")).to_have_class(re.compile("mine"))
    other.locator("#send").click()
    expect(said(other)).to_contain_text("Recorded")
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer h2")).to_have_text("Right")
    expect(other.locator("#answer")).to_contain_text("Only for a while.")
    expect(other.locator("#stage-lake")).to_have_class(re.compile("right"))


def test_the_keyboard_is_enough(phone, lesson):
    lesson.ask(1)
    phone.goto(lesson.phone)
    expect(phone.locator("label.option")).to_have_count(3)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    expect(phone.locator("label.option input").nth(1)).to_be_checked()
    phone.keyboard.press("Enter")
    expect(said(phone)).to_contain_text("Recorded")


def test_a_vote_cast_while_the_server_is_dead_arrives_once_when_it_is_back(own_server, phone, tmp_path):
    server = own_server(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_CONTENT": ""})
    lesson = start(server.url, tmp_path)
    lesson.ask(1)
    phone.goto(lesson.phone)
    choose(phone, "Nowhere")
    expect(said(phone)).to_contain_text("Recorded")
    server.kill()
    expect(phone.locator("#line")).to_contain_text("No connection")
    choose(phone, "In the lake")
    expect(said(phone)).to_contain_text("Your choice is kept")
    server.start()
    expect(said(phone)).to_contain_text("Recorded")
    expect(phone.locator("#line")).to_be_empty()
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer h2")).to_have_text("Right")


def test_a_bad_network_keeps_the_choice_even_through_a_reload(phone, lesson):
    lesson.ask(1)
    phone.goto(lesson.phone)
    expect(phone.locator("label.option")).to_have_count(3)
    sent = []

    def lose(route):
        sent.append(route.request.post_data_json)
        route.abort()

    phone.route("**/vote", lose)
    choose(phone, "In the lake")
    expect(said(phone)).to_contain_text("trying again")
    phone.reload()
    expect(said(phone)).to_contain_text("trying again")
    phone.unroute("**/vote")
    expect(said(phone)).to_contain_text("Recorded")
    assert len({each["key"] for each in sent}) == 1
    assert phone.evaluate("localStorage.length") == 1


def test_without_events_the_phone_asks_by_itself(phone, lesson):
    phone.route("**/events", lambda route: route.abort())
    phone.goto(lesson.phone)
    lesson.ask(1)
    expect(phone.locator("#stem")).to_have_text("Where does it wait?")
    choose(phone, "In the lake")
    expect(said(phone)).to_contain_text("Recorded")


def test_a_wrong_code_leads_to_a_field_for_the_right_one(phone, lesson):
    phone.goto(f"{lesson.url}/join/BCDFGHJK")
    expect(phone.get_by_role("alert")).to_contain_text("There is no class of this code")
    phone.get_by_label("The code on the screen").fill(lesson.code.lower())
    phone.get_by_role("button", name="Join").click()
    expect(phone.locator("#wait")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "light"), (320, 568, "dark")])
def test_axe_finds_nothing_and_nothing_leaves_the_screen(new_page, lesson, width, height, scheme):
    page = new_page(width, height, color_scheme=scheme)
    page.goto(f"{lesson.url}/join")
    looked_at(page)
    page.goto(lesson.phone)
    expect(page.locator("#wait")).to_be_visible()
    looked_at(page)
    for step in range(1, 6):
        lesson.ask(step)
        expect(page.locator("#ask")).to_be_visible()
        if step == 4:
            expect(page.locator("#stage-lake")).to_be_visible()
        looked_at(page)
        lesson.act("close")
        lesson.act("answer")
        expect(page.locator("#answer")).to_be_visible()
        looked_at(page)


def looked_at(page):
    check_axe(page)
    assert page.evaluate(OUTSIDE) == []


def check_axe(page):
    still(page)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


def test_no_one_drives_a_class_by_its_code(lesson):
    forged = type(lesson)(lesson.url, lesson.code, "wrong")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        forged.act("go", step=1)


def test_between_two_votes_the_phone_says_to_talk_and_for_how_long(phone, lesson):
    lesson.ask(1)
    phone.goto(lesson.phone)
    vote(phone, "Nowhere")
    lesson.act("close")
    expect(said(phone)).to_have_text(re.compile(r"Talk to your neighbour, [01]:\d\d\. Then you vote again\."))
    lesson.act("second_round")
    expect(phone.locator("#round")).to_contain_text("Second vote")


def test_a_short_text_is_written_and_may_be_changed(phone, lesson):
    lesson.act("aside", text="What *surprised* you?")
    phone.goto(lesson.phone)
    expect(phone.locator("#stem")).to_have_text("What surprised you?")
    field = phone.get_by_label("Your answer, in a few words")
    field.fill("<b>The</b>   queue")
    expect(phone.locator("output")).to_contain_text("characters left")
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    phone.reload()
    expect(field).to_have_value("<b>The</b> queue")
    field.fill("The clock")
    phone.get_by_role("button", name="Change my answer").click()
    expect(said(phone)).to_contain_text("Recorded")
    looked_at(phone)
    lesson.act("close")
    expect(field).to_be_disabled()


def test_a_phone_that_is_not_let_in_is_told_why_and_comes_in_by_itself(phone, lesson):
    lesson.act("door", door="present")
    phone.goto(lesson.phone)
    expect(phone.locator("#wait")).to_contain_text("closed the door")
    lesson.act("door", door="open")
    expect(phone.locator("#wait")).to_contain_text("You are in")


def test_a_slip_takes_its_seat_and_keeps_it_through_a_reload(phone, new_page, lesson, folder):
    seat = Hub(Classes(folder / "headwaters.db")).lecture(lesson.code).seat_token(3)
    lesson.act("door", door="seats")
    without = new_page(390, 844)
    without.goto(lesson.phone)
    expect(without.locator("#wait")).to_contain_text("scan the code on the slip")
    phone.goto(f"{lesson.phone}?seat={seat}")
    lesson.ask(1)
    vote(phone, "Nowhere")
    phone.reload()
    expect(said(phone)).to_contain_text("Recorded")
    without.goto(f"{lesson.phone}?seat={seat}")
    expect(without.locator("#wait")).to_contain_text("Seat 3 is taken")
