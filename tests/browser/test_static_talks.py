"""The offline copy: its talks, and a number that can mean two."""

from __future__ import annotations

from urllib.parse import parse_qsl

from playwright.sync_api import expect

from lifecycle.classroom import rehearsal
from lifecycle.words import measured
from tests.browser.offline_copy import question_of


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
