"""The talks that come with the course, opened in a browser, alone and with a class."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from lifecycle.classroom import ask_json
from lifecycle.classroom.server import Hub
from lifecycle.course import load
from lifecycle.course.talks import Talk
from lifecycle.storage import Classes
from lifecycle.ui.panel import hall
from tests.browser.support.live_class import Lesson
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
TALK = not_none(COURSE.talk("push-or-pull"))


def headline(page: Page):
    return page.locator(".st-key-talk h1")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def started(page: Page, app: str) -> tuple[str, str, str]:
    """Start a class: its code, the desk's link and the hall's."""
    page.goto(f"{app}/present")
    page.locator(f".st-key-class-{TALK.id}").get_by_role("button", name="With a class").first.click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app)
    talk = page.locator(f".st-key-talk-{TALK.id}")
    talk.get_by_role("button", name="Copy the desk’s link").click()
    expect(talk).to_contain_text("Copied")
    desk = page.evaluate("navigator.clipboard.readText()")
    code = not_none(re.search(r"/desk/(\w+)#", desk))[1]
    hall = talk.locator("code").inner_text()
    return code, f"{app}/desk/{code}#{desk.partition('#')[2]}", re.sub(r"^https?://[^/]+", app, hall)


INCIDENTS = not_none(COURSE.talk("a-day-of-incidents"))


def of_talk(url: str, data: Path, talk: Talk = INCIDENTS) -> Lesson:
    """A class that follows a talk, started from outside of the server."""
    asks = [hall.ask_of(COURSE, talk, n) for n in range(len(talk.steps))]
    steps = [
        {
            "headline": step.headline,
            "notes_html": "",
            "points": len(step.points),
            "minutes": 1,
            "ask": ask and ask_json(ask),
        }
        for step, ask in zip(talk.steps, asks, strict=True)
    ]
    told = {"id": talk.id, "title": talk.title, "steps": steps}
    return Lesson(url, *Hub(Classes(data / "headwaters.db")).start(told))
