"""From a started server to a page that answers, in a real Chromium, beside a bare Streamlit page in turns.

    python -m benchmarks.startup [--rounds 5] [--against CHECKOUT]

Each round starts a server anew, opens the explorer as soon as it listens, and after a while Present for the first time.
Medians are printed beside their goals. What a machine pays once, for bytecode and for files that it reads the first
time, is no part of it: a round before the first is not counted. `--against` measures another checkout in the same
turns.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import ROOT, serve
from tools.browser import found

EXPLORER_GOAL_S, PRESENT_GOAL_S = 4.0, 2.0
WARM_S = 6.0  # after the first page, while its reader looks, a server makes more ready
BARE = ROOT / "benchmarks" / "bare.py"
# Both talks can be begun.
TALKS = "[class*='st-key-present-'] button"


def measure(browser: Browser, script: Path) -> dict[str, float]:
    """One server from its start to its end: seconds by what was waited for."""
    ours = script.name == "app.py"
    with ExitStack() as stack:
        start_s = time.perf_counter()
        url, _ = serve(stack, script)
        took = {"listens": time.perf_counter() - start_s}
        open_page(browser, url, "#stage-lake" if ours else "button:has-text('Go')")
        took["answers"] = time.perf_counter() - start_s
        if ours:
            time.sleep(WARM_S)
            start_s = time.perf_counter()
            open_page(browser, f"{url}/present", TALKS)
            took["present"] = time.perf_counter() - start_s
        return took


def open_page(browser: Browser, url: str, ready: str) -> None:
    """Open an address in a window that remembers nothing, and wait until it answers."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.locator(ready).first.wait_for()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path)
    asked = parser.parse_args()
    served = {"bare page": BARE, "explorer": ROOT / "app.py"}
    if asked.against:
        served[f"explorer of {asked.against.name}"] = asked.against / "app.py"
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=found(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for turn in range(asked.rounds + 1):
            for name, script in served.items():
                for what, seconds in measure(browser, script).items():
                    if turn:
                        took[name][what].append(seconds)
    bare = {what: statistics.median(seconds) for what, seconds in took["bare page"].items()}
    for name, of in took.items():
        report(name, {what: statistics.median(seconds) for what, seconds in of.items()}, bare)


def report(name: str, middle: dict[str, float], bare: dict[str, float]) -> None:
    """The medians of one page, the bare one's beside them, and the goals."""
    print(
        f"{name}: listens after {middle['listens']:.1f} s, answers after {middle['answers']:.1f} s, "
        f"{middle['answers'] / bare['answers']:.1f} times the bare page"
        f"{_goal(name, middle['answers'], EXPLORER_GOAL_S)}"
    )
    if "present" in middle:
        print(
            f"{name}: the first visit to Present {middle['present']:.1f} s"
            f"{_goal(name, middle['present'], PRESENT_GOAL_S)}"
        )


def _goal(name: str, value_s: float, goal_s: float) -> str:
    return "" if name == "bare page" else f", goal {goal_s:.0f} s{' (missed)' if value_s > goal_s else ''}"


if __name__ == "__main__":
    main()
