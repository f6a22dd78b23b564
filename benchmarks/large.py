"""A large pipeline on the page *Your pipeline*: its layout, and a click beside one on a copy of the course.

    python -m benchmarks.large [ROUNDS]

A project of 3,000 nodes opens with its groups closed; a part of it with 500 is laid out whole. A click is timed in
frames of the browser, from the press to the form of the node that was pressed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from benchmarks import arguments
from benchmarks.page import DEEP, ROOT, chromium, in_frames, serve
from benchmarks.rows import Goal, Row, say
from lifecycle.diagram.layout import picture
from lifecycle.importing import read_brought
from lifecycle.outputs.sketching import draft_of, sketched

LARGE, WHOLE = 3_000, 500  # nodes
LAID_OUT, CLICKED = Goal("at most", 2.0, "s"), Goal("at most", 1.2, "times")
LIVING = ".living[data-ready] g.node"
# The node that a click is on, by its place among those of the picture, and whether the form shows its name.
ONES = """[...deep('.living').querySelectorAll('g.node')].filter((node) => node.getBoundingClientRect().width
    && !/\\(\\d+\\)/.test(node.getAttribute('aria-label')))"""  # no groups, which say their size
CLICK = f"""() => {{{{ const ones = {ONES}, node = ones[{{nth}} % ones.length];
    window.name = node.getAttribute('aria-label').replace(/^\\? /, '').split(/[.,] /)[0]; // no mark of a guess
    node.dispatchEvent(new MouseEvent('click', {{{{ bubbles: true }}}})); }}}}"""
SHOWN = "document.querySelector('.st-key-draft-form input[aria-label=Name]')?.value === window.name"


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("large", __doc__)
    parser.add_argument("rounds", type=arguments.whole(), nargs="?", default=15, help="clicks on each of the two")
    rounds = parser.parse_args(called_with).rounds
    say(layout_row([laid_out_s(WHOLE) for _ in range(3)]))
    with ExitStack() as stack, sync_playwright() as play:
        app, _ = serve(stack, ROOT / "app.py")
        browser = chromium(play)
        say(clicks_row(*clicks(copied(browser, app), brought(browser, app), rounds)))


def layout_row(took_s: Sequence[float]) -> Row:
    """From a graph to the picture in both directions."""
    middle_s = median(took_s)
    return Row(f"a pipeline of {WHOLE} nodes laid out, both ways", f"{middle_s:.2f} s", middle_s, LAID_OUT)


def clicks_row(usual_ms: Sequence[float], large_ms: Sequence[float]) -> Row:
    """Clicks on nodes until their form is there."""
    usual, large = median(usual_ms), median(large_ms)
    words = f"{large / usual:.2f} times, {large:.0f} ms beside {usual:.0f}"
    return Row(f"a click on a node of {LARGE:,}, beside one on a copy of the course", words, large / usual, CLICKED)


def flowchart(nodes: int) -> str:
    """Groups of fifty nodes, in which every node reads up to three of the four groups before."""
    chance, lines, names = random.Random(1), ["flowchart LR"], list[str]()
    for group in range(nodes // 50):
        own = [f"table_{group}_{n}" for n in range(50)]
        lines += [f"subgraph group_{group}", *own, "end"]
        for name in own if names else ():
            parents = {chance.choice(names[-200:]) for _ in range(chance.randint(1, 3))}
            lines += [f"{parent} --> {name}" for parent in sorted(parents)]
        names += own
    return "\n".join(lines)


def laid_out_s(nodes: int) -> float:
    """Seconds from a graph to its picture."""
    pipeline = sketched(draft_of(read_brought([("large.mmd", flowchart(nodes).encode())]), "Large")).pipeline
    start = time.perf_counter()
    picture(pipeline)
    return time.perf_counter() - start


def copied(browser: Browser, app: str) -> Page:
    """The page with a copy of the course, ready to be clicked."""
    page = _opened(browser, app)
    page.get_by_role("button", name="Edit a copy").click()
    return _ready(page)


def brought(browser: Browser, app: str) -> Page:
    """The page with the large pipeline, drawn around a node of it."""
    page = _opened(browser, app)
    file = FilePayload(name="large.mmd", mimeType="text/plain", buffer=flowchart(LARGE).encode())
    page.locator("input[type=file]").first.set_input_files([file])
    page.wait_for_selector(LIVING)
    page.get_by_role("combobox", name="Open a group").fill("group_30")
    page.keyboard.press("Enter")
    page.locator("g.node[aria-label*='table_30_']").first.wait_for()
    return _ready(page)


def _opened(browser: Browser, app: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{app}/pipeline")
    return page


def _ready(page: Page) -> Page:
    page.wait_for_selector(LIVING)
    page.evaluate(DEEP)
    return page


def clicks(usual: Page, large: Page, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of clicks on nodes of both, in turns; the first of each is not counted."""
    took: tuple[list[float], list[float]] = [], []
    for turn in range(rounds + 1):
        for page, ms in zip((usual, large), took, strict=True):
            page.wait_for_timeout(300)  # as a person looks, and no click waits for the one before
            ms += in_frames(page, CLICK.format(nth=turn), SHOWN)
    return took[0][1:], took[1][1:]


if __name__ == "__main__":
    main()
