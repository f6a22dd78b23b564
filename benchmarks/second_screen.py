"""How long a hall's screen takes to follow the presenter's desk, in two windows of a real Chromium, on one server.

    python -m benchmarks.second_screen [STEPS]

Measured from the key on the desk to the new headline in the hall, over the steps of the longest talk; beside it what a
bare Streamlit button takes in the same run. The goal is 300 ms.
"""

from __future__ import annotations

import re
import statistics
import sys
from contextlib import ExitStack

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import GO, ROOT, TIMED, serve
from tools.browser import found

TALK = "the-whole-lifecycle"
WATCH = """() => {
    window.seen = [];
    const look = () => {
        const text = document.querySelector('.st-key-talk h1')?.innerText;
        const now = performance.timeOrigin + performance.now();
        if (text && text !== window.seen.at(-1)?.[1]) window.seen.push([now, text]);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
}"""
NOW = "() => performance.timeOrigin + performance.now()"
LOOK_MS = 1200  # what a speaker stays at a step at the least


def main(steps: int) -> None:
    """Measure and print."""
    with ExitStack() as stack, sync_playwright() as play:
        bare, _ = serve(stack, ROOT / "benchmarks" / "bare.py")
        app, _ = serve(stack, ROOT / "app.py")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=found(), args=flags)
        button = browser.new_page()
        button.goto(bare)
        button.get_by_role("button", name="Go").wait_for()
        desk, hall = (browser.new_context(viewport={"width": 1440, "height": 900}).new_page() for _ in range(2))
        _open(desk, hall, app)
        plain, followed = [], []
        for step in range(2, 2 + steps):
            hall.wait_for_timeout(LOOK_MS)
            followed.append(_follow(desk, hall, step))
            done = f"document.body.innerText.includes('count {step - 1}')"
            plain.append(float(button.evaluate(TIMED, [GO, done])))
        print(f"desk to hall: median {statistics.median(followed):.0f} ms, worst {max(followed):.0f} ms (goal 300)")
        print(f"bare button:  median {statistics.median(plain):.0f} ms")


def _open(desk: Page, hall: Page, app: str) -> None:
    desk.goto(f"{app}/present")
    desk.locator(f".st-key-class-{TALK}").get_by_role("button", name="With a class").first.click()
    link = desk.locator(f".st-key-talk-{TALK} code").first.inner_text()
    code = re.search(r"/desk/(\w+)#", link)
    assert code, link
    hall.goto(f"{app}/present?talk={TALK}&class={code[1]}")
    hall.locator(".foot .count").wait_for()
    hall.evaluate(WATCH)
    desk.goto(link)
    desk.get_by_role("button", name="Next").wait_for()


def _follow(desk: Page, hall: Page, step: int) -> float:
    known = hall.evaluate("window.seen.length")
    start = desk.evaluate(NOW)
    desk.keyboard.type(str(step))
    desk.keyboard.press("Enter")
    hall.wait_for_function(f"window.seen.length > {known}")
    return float(hall.evaluate("window.seen.at(-1)[0]")) - float(start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
