"""The explorer in a real Chromium beside a bare Streamlit page, in one run: click, switch, dragged knob, first load.

    python -m benchmarks.page [ROUNDS]

Prints medians and their ratios. The goals: title, summary and explanation of a clicked stage, and its address, stand
within 50 ms and within half a bare button's round trip, in frames of the browser; a switch brings figures and diagram
within three such round trips and charts within seven; a dragged knob five results a second; the first load answers
clicks within 1.4 times a bare page's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from lifecycle.cli.processes import free_ports
from tools.browser import found

ROOT = Path(__file__).parents[1]
STAGES = ("lake", "buffer", "transform", "bi", "oltp", "api")

# Resolves with the milliseconds from a click until `done` holds; watched on every change of the page.
TIMED = """([click, done]) => new Promise((resolve) => {
    const act = new Function('return ' + click)(), holds = new Function('return ' + done);
    const start = performance.now();
    const look = () => { if (holds()) { watch.disconnect(); resolve(performance.now() - start); return true; } };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    act();
    const poll = () => look() || setTimeout(poll, 4);
    poll();
})"""
# The milliseconds from a click until each of these holds, one after the other, in the frame that shows it.
IN_FRAMES = """async ([click, ...stages]) => {
    const act = new Function('return ' + click)(), start = performance.now(), took = [];
    act();
    for (const holds of stages.map((stage) => new Function('return ' + stage))) {
        do await new Promise(requestAnimationFrame); while (!holds());
        took.push(performance.now() - start);
    }
    return took;
}"""
DEEP = """(window.deep = (css) => {
    const shadows = [...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean);
    for (const host of [document, ...shadows]) if (host.querySelector(css)) return host.querySelector(css);
})"""
GO = "() => [...document.querySelectorAll('button')].find((b) => b.innerText.includes('Go')).click()"
SHOWN = "() => ['.st-key-panel-title', '.explanation'].map((css) => document.querySelector(css).textContent).join()"
CONFIRMED = """!document.querySelector('.st-key-stage-panel[data-ahead]')
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""
# Every setting of the three switches once, each one flip from the one before: no run comes twice.
FLIPS = (
    ("size", "Stream"),
    ("start", "Push"),
    ("size", "Batch"),
    ("transform", "Stream"),
    ("size", "Stream"),
    ("start", "Pull"),
    ("size", "Batch"),
)
FLIP = "() => [...document.querySelectorAll('.st-key-{} button')].find((b) => b.innerText === '{}').click()"
LOOK_MS = 1000  # what a learner takes at the least to see what a switch did
WATCH = """() => {
    window.figure = document.querySelector('.st-key-headline').innerText;
    window.run = deep('.living').dataset.run;
    window.plots = () => [...document.querySelectorAll('.st-key-charts .js-plotly-plot')];
    window.drawn = window.plots().map((plot) => plot.data);
}"""
# The figures and the diagram are the new run's.
TURNED = """document.querySelector('.st-key-headline').innerText !== window.figure
    && deep('.living').dataset.run !== window.run"""
# Both charts have drawn other data.
REDRAWN = "window.plots().every((plot, i) => plot.data !== window.drawn[i] && plot.calcdata?.length)"
TURNED_TRIPS, REDRAWN_TRIPS = 3.0, 7.0  # goals, in round trips of a bare button
# Places of the thumb, in steps from where it was; no two in a row are the same day.
DRAGGED = [-1, -2, -3, -4, -3, -2, -1, 1, 2, 1] * 4
DRAGGED_PER_S = 5.0


def main(rounds: int) -> None:
    """Measure and print."""
    with ExitStack() as stack, sync_playwright() as play:
        bare, _ = serve(stack, ROOT / "benchmarks" / "bare.py")
        app, _ = serve(stack, ROOT / "app.py")
        browser = play.chromium.launch(
            executable_path=found(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        first_load(browser, bare, app, rounds=5)
        clicks_and_switches(browser, bare, app, rounds)


def serve(stack: ExitStack, script: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """Start a server that ends with the stack; its address and its process."""
    (port,) = free_ports(1)
    data = stack.enter_context(tempfile.TemporaryDirectory())
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    process = subprocess.Popen(
        [*command, "--server.fileWatcherType", "none"],
        cwd=script.parent if script.name == "app.py" else ROOT,  # a checkout's own settings
        env={**os.environ, "HEADWATERS_DATA": data},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.terminate)
    url = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return url, process


def first_load(browser: Browser, bare: str, app: str, rounds: int) -> None:
    """From navigation to an answer to the first click, in a window that remembers nothing."""

    def load(url: str, ready: str) -> float:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        start = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator(ready).first.wait_for()
        took_ms = 1000 * (time.perf_counter() - start)
        context.close()
        return took_ms

    load(bare, "button:has-text('Go')")
    load(app, "#stage-lake")  # the server's own first time is not the visitor's
    pairs = [(load(bare, "button:has-text('Go')"), load(app, "#stage-lake")) for _ in range(rounds)]
    report("first load", [b for b, _ in pairs], [a for _, a in pairs], "bare page", "explorer")


def clicks_and_switches(browser: Browser, bare: str, app: str, rounds: int) -> None:
    """Clicks on stages beside clicks on a bare button, then switches."""
    small, large = (browser.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2))
    small.goto(bare)
    small.locator("button:has-text('Go')").wait_for()
    large.goto(f"{app}/?moment=36000")
    large.locator("#stage-lake").wait_for()
    large.wait_for_function("document.querySelectorAll('.st-key-charts .js-plotly-plot .main-svg').length >= 2")
    for page in (small, large):
        page.evaluate(DEEP)
    words = {stage: explained(large, stage) for stage in STAGES}
    bare_ms, shown_ms, confirmed_ms = [], [], []
    for turn in range(rounds):
        bare_ms += in_frames(small, GO, f"document.body.innerText.includes('count {turn + 1}')")
        stage = STAGES[turn % len(STAGES)]
        click = f"() => deep('#stage-{stage}').dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
        shown = f"({SHOWN})() === {words[stage]!r} && location.search.includes('stage={stage}&')"
        shown_took_ms, confirmed_took_ms = in_frames(large, click, shown, CONFIRMED)
        shown_ms.append(shown_took_ms)
        confirmed_ms.append(confirmed_took_ms)
    report("click to title, explanation and address", bare_ms, shown_ms, "bare button", "stage")
    report("click to the server's word on it", bare_ms, confirmed_ms, "bare button", "stage")
    switches(large, rounds, statistics.median(bare_ms))
    dragged(large)


def explained(page: Page, stage: str) -> str:
    """Title and explanation of a stage, learnt by clicking it once."""
    before = page.evaluate(SHOWN)
    page.locator(f"#stage-{stage}").click()
    page.wait_for_function(f"(before) => ({SHOWN})() !== before && {CONFIRMED}", arg=before)
    return str(page.evaluate(SHOWN))


def switches(page: Page, rounds: int, bare_ms: float) -> None:
    """A learner's switches, each until figures and diagram, then both charts, show the new run; no run is seen twice.

    A page in which nothing was switched yet is slower, because the browser has not yet compiled what draws: said apart.
    """
    turned_ms: list[float] = []
    redrawn_ms: list[float] = []
    first_ms: list[float] = []
    for turn in range(max(1, round(rounds / 4))):
        page.goto(page.url.split("?")[0] + f"?moment=36000&seed={turn + 10}")
        page.locator("#stage-lake").wait_for()
        page.wait_for_function("document.querySelectorAll('.st-key-charts .js-plotly-plot .main-svg').length >= 2")
        page.evaluate(DEEP)
        for nth, flip in enumerate(FLIPS):
            page.wait_for_timeout(LOOK_MS)
            page.evaluate(WATCH)
            turned, redrawn = in_frames(page, FLIP.format(*flip), TURNED, REDRAWN)
            turned_ms.append(turned)
            redrawn_ms.append(redrawn)
            if not nth:
                first_ms.append(redrawn)
    for name, took_ms, goal in (
        ("figures and diagram", turned_ms, TURNED_TRIPS),
        ("charts", redrawn_ms, REDRAWN_TRIPS),
        ("charts, the first switch of a page", first_ms, REDRAWN_TRIPS),
    ):
        middle_ms = statistics.median(took_ms)
        trips = middle_ms / bare_ms
        missed = " (missed)" if trips > goal else ""
        print(
            f"switch to {name}: median {middle_ms:.0f} ms of {len(took_ms)}, {trips:.1f} bare round trips, "
            f"goal {goal:.0f}{missed}"
        )


def dragged(page: Page) -> None:
    """Results a second while a thumb is dragged to and fro, further as soon as the last place's result is there."""
    page.goto(page.url.split("?")[0] + "?stage=ingestion&view=watch&seed=77")
    knob = page.locator(".st-key-knob-ingestion-batch_interval_s")
    knob.locator("input").wait_for(state="attached")
    page.wait_for_function("document.querySelectorAll('.st-key-charts .js-plotly-plot .main-svg').length >= 2")
    page.wait_for_timeout(3 * LOOK_MS)
    page.evaluate(DEEP)
    thumb, track = knob.get_by_test_id("stSliderThumbValue").bounding_box(), knob.get_by_role("group").bounding_box()
    assert thumb
    assert track
    x, y, wide = thumb["x"] + thumb["width"] / 2, track["y"] + track["height"] / 2, track["width"] / 12
    page.mouse.move(x, y)
    page.mouse.down()
    start_s, results = time.perf_counter(), 0
    for place in DRAGGED:
        before = page.evaluate("window.deep('.living').dataset.run")
        page.mouse.move(x + place * wide, y)
        page.wait_for_function("(before) => window.deep('.living').dataset.run !== before", arg=before)
        results += 1
    per_s = results / (time.perf_counter() - start_s)
    page.mouse.up()
    missed = " (missed)" if per_s < DRAGGED_PER_S else ""
    print(f"dragged knob: {per_s:.1f} results a second of {results}, goal {DRAGGED_PER_S:.0f}{missed}")


def in_frames(page: Page, click: str, *stages: str) -> list[float]:
    """Milliseconds from a click until each stage holds in a frame of the page."""
    return [float(took_ms) for took_ms in page.evaluate(IN_FRAMES, [click, *stages])]


def report(name: str, base: list[float], ours: list[float], base_name: str, our_name: str) -> None:
    """Medians and their ratio."""
    a, b = statistics.median(base), statistics.median(ours)
    print(f"{name}: {base_name} {a:.0f} ms, {our_name} {b:.0f} ms, ratio {b / a:.2f} (medians of {len(ours)})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
