"""From a started server to a page that answers, in a real Chromium, beside a bare Streamlit page in turns.

    python -m benchmarks.startup [--rounds 5] [--against CHECKOUT]

Each round starts a server anew, opens the explorer as soon as it listens, and after a while Present for the first time.
What a machine pays once, for bytecode and for files that it reads the first
time, is no part of it: a round before the first is not counted. `--against` measures another checkout in the same
turns.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks import arguments
from benchmarks.page import ROOT, chromium, serve
from benchmarks.rows import Goal, Row, say

EXPLORER, PRESENT = Goal("at most", 4.0, "s"), Goal("at most", 2.0, "s")
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


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("startup", __doc__)
    parser.add_argument("--rounds", type=arguments.whole(), default=5, help="servers of each kind that are started")
    parser.add_argument(
        "--against", type=arguments.checkout, metavar="CHECKOUT", help="start the server of this checkout in turns"
    )
    options = parser.parse_args(called_with)
    served = {"bare page": BARE, "explorer": ROOT / "app.py"}
    if options.against:
        served[f"explorer of {options.against.name}"] = options.against / "app.py"
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with sync_playwright() as play:
        browser = chromium(play)
        for turn in range(options.rounds + 1):
            for name, script in served.items():
                for what, seconds in measure(browser, script).items():
                    if turn:
                        took[name][what].append(seconds)
    middles = {name: {what: median(seconds) for what, seconds in of.items()} for name, of in took.items()}
    bare = middles.pop("bare page")
    for name, middle in middles.items():
        say(*rows(name, middle, bare))


def rows(name: str, middle: Mapping[str, float], bare: Mapping[str, float]) -> list[Row]:
    """What a visitor of a server that was just started waits, in seconds, beside the bare page's."""
    words = (
        f"{middle['answers']:.1f} s, {middle['answers'] / bare['answers']:.1f} times the bare page's "
        f"{bare['answers']:.1f} s; the server listens after {middle['listens']:.1f} s"
    )
    return [
        Row(f"a started server to an {name} that answers in a browser", words, middle["answers"], EXPLORER),
        Row(
            f"the first visit to Present on the warm server of this {name}",
            f"{middle['present']:.1f} s",
            middle["present"],
            PRESENT,
        ),
    ]


if __name__ == "__main__":
    main()
