"""Questions that a mouse or a key answers: on the diagram, and with the arrows beside the steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(serve, kinds, answers):
    return serve(ROOT / "app.py", {"HEADWATERS_CONTENT": str(kinds), "HEADWATERS_DATA": str(answers / "kinds")})


def asked(page: Page, url: str, question: int, path: str = "/?stage=store&view=quiz&moment=40000&hide=charts") -> Page:
    page.goto(f"{url}{path}")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    settled(page)  # what is drawn again while it is pressed loses the press
    one_by_one = page.evaluate("innerWidth <= 640")  # there only the next one and the one before can be pressed
    for step in range(1 if one_by_one else question, question + 1):
        radio = page.get_by_role("radio", name=f"{step} ○")
        radio.click(force=True)
        expect(radio).to_be_checked()
        settled(page)
    return page


def check(page: Page) -> None:
    page.get_by_role("button", name="Check").click()


def test_a_click_on_the_diagram_answers_and_selects_nothing(page, url):
    asked(page, url, 3)
    expect(page.locator(".living.pointing")).to_be_visible()
    page.locator("#stage-orders").click()
    expect(page.locator("#stage-orders.pointed")).to_be_visible()
    expect(page.get_by_role("combobox", name="Your answer")).to_have_value("Orders")
    hit = page.locator("[data-hit='copy>store']")  # the middle of a bent line lies on it, that of its box need not
    middle = hit.evaluate("""path => {
        const point = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
        return [point.x, point.y];
    }""")
    page.mouse.click(*middle)
    expect(page.get_by_role("combobox", name="Your answer")).to_have_value("Nightly copy → Store")
    expect(page.locator("#stage-orders.pointed")).to_have_count(0)
    check(page)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{url}/?stage=store&view=quiz&moment=40000&hide=charts")
    expect(page.locator(".living.pointing")).to_have_count(0)
    page.locator("#stage-copy").click()  # selects again
    expect(page.locator(".st-key-stage-panel h2").first).to_have_text("Copy")


def test_enter_on_a_stage_answers_too(page, url):
    asked(page, url, 3)
    expect(page.locator(".living.pointing")).to_be_visible()
    page.locator("#stage-store").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Your answer")).to_have_value("Nightly copy")


def test_steps_are_moved_by_keyboard_alone(page, url):
    asked(page, url, 1)
    for step in ("orders", "copy"):
        while True:
            rows = page.locator("[class*=st-key-steps-] [data-testid=stMarkdownContainer] p:has(strong)")
            expect(rows).to_have_count(3)
            at = next(n for n in range(3) if rows.nth(n).inner_text().endswith(step))
            if at == ("orders", "copy").index(step):
                break
            page.get_by_role("button", name=f"Move step {at + 1} up").focus()
            page.keyboard.press("Enter")
            expect(rows.nth(at - 1)).to_contain_text(step)
    check(page)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()


@pytest.mark.parametrize("question", [1, 2, 3])
def test_axe_finds_nothing_serious_in_any_kind(new_page, url, question):
    page = asked(new_page(390, 844), url, question)
    expect(page.get_by_role("button", name="Check")).to_be_visible()
    page.mouse.move(0, 0)  # what is hovered is painted by Streamlit, and on its way to another colour
    assert serious_faults(page, ".st-key-stage-panel") == []
