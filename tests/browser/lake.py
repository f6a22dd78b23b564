"""The explorer at its lake in a browser: opened, selected and answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Page, expect

from lifecycle.course import load

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
PLACE = COURSE.places["lake"]
T = TypeVar("T")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    ready(page)
    return page


def ready(page: Page) -> None:
    expect(page.locator(".living[data-ready=true]")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)


def title(page: Page):
    return page.locator(".st-key-stage-panel h2").first


def select(page: Page, stage: str) -> None:
    """Click a stage and wait for its explanation."""
    page.locator(f"#stage-{stage}").click()
    expect(title(page)).to_have_text(COURSE.places[stage].title)


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


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`, run beside the loop that drives the browser."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()
