"""The offline copy: its talks, and a number that can mean two."""

from __future__ import annotations

from urllib.parse import parse_qsl

from playwright.sync_api import expect

from lifecycle.classroom import rehearsal
from lifecycle.outputs.offline.talks import read_alone
from lifecycle.words import measured
from tests.browser.support.offline_copy import question_of


def test_a_talk_is_read_step_by_step_with_its_views_and_a_reload_stays(stick, copied):
    talk = next(each for each in copied.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}")
    headline = page.locator(".talk-step.on h3")
    for nth, step in enumerate(talk.steps[:3], 1):
        expect(headline).to_have_text(step.headline)
        expect(page.locator("#talk-where")).to_have_text(f"Step {nth} of {len(talk.steps)}")
        for name, value in parse_qsl(step.view.removeprefix("?")):
            if name in ("start", "size", "transform"):
                expect(page.locator(f"#{name} input:checked")).to_have_value(value)
        page.keyboard.press("ArrowRight") if nth > 1 else page.get_by_role("button", name="Next", exact=True).click()
    expect(headline).to_be_focused()
    page.reload()
    expect(headline).to_have_text(talk.steps[3].headline)
    page.get_by_role("button", name="Leave the talk").click()
    expect(page.locator("#talk")).to_be_hidden()
    assert "talk=" not in page.url


def test_keys_turn_the_steps_of_a_talk_that_was_chosen_in_the_list(stick, copied):
    first, second, *_ = read_alone(copied)
    page = stick()
    choice, where, headline = page.locator("#talk-choice"), page.locator("#talk-where"), page.locator(".talk.on .on h3")
    choice.focus()
    page.keyboard.press("ArrowDown")
    expect(choice).to_have_value(first.id)
    expect(choice).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(choice).to_have_value(second.id)
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text(f"Step 2 of {len(second.steps)}")
    expect(choice).to_have_value(second.id)
    expect(headline).to_be_focused()
    page.keyboard.press("PageDown")
    expect(where).to_have_text(f"Step 3 of {len(second.steps)}")
    choice.focus()
    page.keyboard.press("PageUp")
    expect(where).to_have_text(f"Step 2 of {len(second.steps)}")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(where).to_have_text(f"Step 1 of {len(second.steps)}")


def test_a_pointer_leaves_the_keys_to_the_talk_and_keys_leave_them_to_what_they_reached(stick, copied):
    talk = next(each for each in copied.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}")
    where, switch = page.locator("#talk-where"), page.locator("#start input[value=push]")
    switch.click()
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text(f"Step 2 of {len(talk.steps)}")
    page.locator("#start input:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text(f"Step 2 of {len(talk.steps)}")
    page.locator("#tab-explain").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-watch")).to_be_focused()
    expect(where).to_have_text(f"Step 2 of {len(talk.steps)}")
    page.goto(f"{page.url.partition('#')[0]}#talk={talk.id}&step=4")
    guess = page.locator("#talk-guess")
    before = guess.input_value()
    guess.focus()
    page.keyboard.press("ArrowRight")
    assert guess.input_value() != before
    expect(where).to_have_text(f"Step 4 of {len(talk.steps)}")
    page.get_by_role("button", name="Leave the talk").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#talk-choice")).not_to_have_value("")


def test_a_talks_questions_are_answered_and_revealed_and_its_predictions_told(stick, copied):
    talk = next(each for each in copied.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}&step=4")
    truth = rehearsal.truth(talk.steps[3].ask.predict, copied)
    page.get_by_role("button", name="Show what the simulation says").click()
    expect(page.locator("#talk-ask")).to_contain_text(f"Simulated: {measured(truth, 'min')}.")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Next", exact=True).click()
    asked = page.locator("#talk-ask")
    expect(asked.locator(".explanation")).to_have_count(0)
    asked.get_by_role("button", name="Show the answer").click()
    expect(asked.locator(".explanation")).to_be_visible()
    asked.locator("input").first.check()
    asked.get_by_role("button", name="Check").click()
    expect(asked.locator(".verdict")).to_be_focused()


def test_a_number_that_can_mean_two_is_asked_about_and_not_counted(stick, copied):
    place, nth, _ = question_of(copied, "blank", number=True)
    page = stick(f"#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    page.locator("input.blank").first.fill("1,500")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".missing")).to_contain_text("1,500 can mean 1500 or 1.5")
    expect(page.locator(".verdict")).to_have_count(0)
