"""What a phone is told of its answer, and what it keeps of one that was not sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.support.phone_page import option, said, vote


@pytest.fixture
def phone(new_page):
    return new_page(390, 844, has_touch=True)


VISIBLE = """(id) => {
    const { top } = document.getElementById(id).getBoundingClientRect();
    return top >= -1 && top < innerHeight / 2;
}"""


@pytest.mark.parametrize("step", range(1, 6), ids=("choice", "several", "number", "click", "prediction"))
def test_the_verdict_is_on_the_first_screen_and_says_what_is_right(new_page, lesson, step):
    phone = new_page(320, 568)
    lesson.ask(step)
    phone.goto(lesson.phone)
    expect(phone.locator("#ask")).to_be_visible()
    if step == 4:
        expect(phone.locator("#stage-bi")).to_be_visible()
        phone.locator("#stage-bi").click()  # far down: the page is scrolled
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("Simulated: 48 min" if step == 5 else "Right: ")
    phone.wait_for_function(VISIBLE, arg="answer")


FIELDS = "#choices :is(input, select, textarea)"


@pytest.mark.parametrize("step", range(1, 6), ids=("choice", "several", "number", "click", "prediction"))
def test_a_phone_that_sent_nothing_is_told_so_and_has_nothing_to_send_with(phone, lesson, step):
    lesson.ask(step)
    phone.goto(lesson.phone)
    expect(phone.locator(FIELDS).first).to_be_enabled()
    if step == 5:  # moved and never sent: no answer either
        phone.get_by_role("slider").press("ArrowRight")
    elif step == 2:
        option(phone, "Sand").click()
    lesson.act("close")
    if step > 1:  # the first is followed by a talk and a second vote
        expect(said(phone)).to_have_text("The vote is closed. You did not vote.")
        expect(phone.locator(FIELDS)).to_have_count(0)
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("You did not vote.")
    expect(phone.locator(FIELDS)).to_have_count(0)
    expect(phone.locator("label.option")).to_have_count(3 if step < 3 else 0)  # what there was to choose is still read
    expect(phone.locator("#stage-lake")).to_have_count(1 if step == 4 else 0)
    phone.reload()
    expect(phone.locator("#answer")).to_contain_text("You did not vote.")
    expect(phone.locator(FIELDS)).to_have_count(0)


def test_a_phone_that_voted_keeps_what_it_sent_and_not_what_it_moved_to_afterwards(phone, lesson):
    lesson.ask(5)
    phone.goto(lesson.phone)
    slider = phone.get_by_role("slider", name="Your prediction")
    slider.press("ArrowRight")
    phone.locator("#send").click()
    expect(said(phone)).to_contain_text("Recorded")
    slider.press("ArrowRight")
    expect(phone.locator("output")).to_have_text("52 min")
    lesson.act("close")
    lesson.act("answer")
    expect(phone.locator("#answer")).to_contain_text("You said 51 min.")
    expect(phone.locator("#answer")).not_to_contain_text("You did not vote")
    expect(phone.locator("output")).to_have_text("51 min")
    expect(slider).to_be_disabled()


def test_the_verdict_names_the_right_letter_and_ones_own(phone, lesson):
    lesson.ask(1)
    phone.goto(lesson.phone)
    letters = {text: option(phone, text).locator(".letter").inner_text() for text in ("In the lake", "Nowhere")}
    vote(phone, "Nowhere")
    lesson.act("close")
    lesson.act("answer")
    answer = phone.locator("#answer")
    expect(answer).to_contain_text("Not this time")
    expect(answer).to_contain_text(f"Right: {letters['In the lake']}.You chose {letters['Nowhere']}.")


def test_a_text_is_an_answer_to_a_question_and_no_vote(phone, lesson):
    lesson.act("aside", text="Why?")
    phone.goto(lesson.phone)
    phone.get_by_label("Your answer, in a few words").fill("x" * 139)
    expect(phone.locator("output")).to_have_text("1 character left")
    phone.locator("#send").click()
    expect(said(phone)).to_have_text("Recorded. You can change it until the question closes.")
    expect(phone.locator("#send")).to_have_text("Change my answer")
    lesson.act("close")
    expect(said(phone)).to_have_text("The question is closed. Your answer is recorded.")


def test_a_text_that_was_never_sent_leaves_no_field(phone, lesson):
    lesson.act("aside", text="Why?")
    phone.goto(lesson.phone)
    phone.get_by_label("Your answer, in a few words").fill("because")
    lesson.act("close")
    expect(said(phone)).to_have_text("The question is closed. You did not answer.")
    expect(phone.locator(FIELDS)).to_have_count(0)
