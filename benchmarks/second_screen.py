"""How long a hall's screen takes to follow the presenter's desk, in two windows of a real Chromium, on one server.

    python -m benchmarks.second_screen [STEPS]

Measured from the key on the desk to the new headline in the hall, over the steps of the longest talk; beside it what a
bare Streamlit button takes in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import arguments
from benchmarks.page import GO, ROOT, TIMED, chromium, serve
from benchmarks.rows import Goal, Row, say
from lifecycle.course import SHIPPED, load

TALK = "the-whole-lifecycle"
FOLLOWED = Goal("at most", 300.0, "ms")
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


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    talk = load(SHIPPED).talk(TALK)
    assert talk is not None
    most = len(talk.steps) - 1  # the hall stands at the first
    parser = arguments.parser("second_screen", __doc__)
    parser.add_argument("steps", type=arguments.whole(1, most), nargs="?", default=min(24, most), help="keys pressed")
    steps = parser.parse_args(called_with).steps
    with ExitStack() as stack, sync_playwright() as play:
        bare, _ = serve(stack, ROOT / "benchmarks" / "bare.py")
        app, _ = serve(stack, ROOT / "app.py")
        followed_ms, plain_ms = follow(chromium(play), bare, app, steps)
    middle_ms = median(followed_ms)
    words = f"{middle_ms:.0f} ms in the middle, at worst {max(followed_ms):.0f} ms"
    say(
        Row("a key on the presenter's desk to the new step in the hall", words, middle_ms, FOLLOWED),
        Row("a bare button's round trip beside it", f"{median(plain_ms):.0f} ms"),
    )


def follow(browser: Browser, bare: str, app: str, steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the desk's key to the hall's headline, and of a bare button in between."""
    button = browser.new_page()
    button.goto(bare)
    button.get_by_role("button", name="Go").wait_for()
    desk, hall = (browser.new_context(viewport={"width": 1440, "height": 900}).new_page() for _ in range(2))
    _open(desk, hall, app)
    plain_ms, followed_ms = [], []
    for step in range(2, 2 + steps):
        hall.wait_for_timeout(LOOK_MS)
        followed_ms.append(_follow(desk, hall, step))
        done = f"document.body.innerText.includes('count {step - 1}')"
        plain_ms.append(float(button.evaluate(TIMED, [GO, done])))
    return followed_ms, plain_ms


def _open(desk: Page, hall: Page, app: str) -> None:
    desk.goto(f"{app}/present")
    desk.locator(f".st-key-class-{TALK}").get_by_role("button", name="With a class").first.click()
    # The link is secret and stands on no page: it is copied, as a presenter does.
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app)
    talk = desk.locator(f".st-key-talk-{TALK}")
    talk.get_by_role("button", name="Copy the desk’s link").click()
    talk.get_by_text("Copied").wait_for()
    path = re.search(r"/desk/(\w+)#.*", desk.evaluate("navigator.clipboard.readText()"))
    assert path, "no link to the desk was copied"
    hall.goto(f"{app}/present?talk={TALK}&class={path[1]}")
    hall.locator(".foot .count").wait_for()
    hall.evaluate(WATCH)
    desk.goto(f"{app}{path[0]}")
    desk.get_by_role("button", name="Show the step").click()  # the hall shows how to join
    desk.get_by_role("button", name="Next").wait_for()


def _follow(desk: Page, hall: Page, step: int) -> float:
    known = hall.evaluate("window.seen.length")
    start = desk.evaluate(NOW)
    desk.keyboard.type(str(step))
    desk.keyboard.press("Enter")
    hall.wait_for_function(f"window.seen.length > {known}")
    return float(hall.evaluate("window.seen.at(-1)[0]")) - float(start)


if __name__ == "__main__":
    main()
