"""The explorer at its lake in a browser: selected and answered."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from lifecycle.course import load
from tests.browser.support.explorer_page import panel_title

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
PLACE = COURSE.places["lake"]


def select(page: Page, stage: str) -> None:
    """Click a stage and wait for its explanation."""
    page.locator(f"#stage-{stage}").click()
    expect(panel_title(page)).to_have_text(COURSE.places[stage].title)


def answer(page: Page, number: int) -> None:
    """Answer a single choice of the lake's quiz rightly, on whatever question the quiz stands."""
    quiz = page.locator(".st-key-quiz")
    question = PLACE.questions[number]
    quiz.get_by_text(re.compile(f"^{number + 1} ")).first.click()
    right = next(option for option in question.options if option.right)
    quiz.locator("label", has_text=re.sub(r"[*`\\]", "", right.text)[:30]).first.click()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_text("Right.", exact=True)).to_be_visible()


def scored(page: Page, right: int):
    expect(page.locator(".st-key-quiz")).to_contain_text(f"{right} of {len(PLACE.questions)} right")
