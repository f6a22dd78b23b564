"""The explorer in a real Chromium beside a bare Streamlit page, in one run: click, switch, dragged knob, first load.

    python -m benchmarks.page [ROUNDS]

Medians, and their ratios to a round trip of a bare button or to a bare page. A click is timed in frames of the browser.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks import arguments
from benchmarks.rows import Goal, Row, say
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
# Beside a bare page, in milliseconds, and in round trips of a bare button.
LOADED, SHOWN_MS = Goal("at most", 1.4, "times"), Goal("at most", 50.0, "ms")
SHOWN_TRIPS, SHOWN_TRIPS_WANTED = Goal("at most", 1.0, "times"), Goal("at most", 0.5, "times")
TURNED_TRIPS, REDRAWN_TRIPS = Goal("at most", 3.0, "times"), Goal("at most", 7.0, "times")
# Places of the thumb, in steps from where it was; no two in a row are the same day.
DRAGGED = [-1, -2, -3, -4, -3, -2, -1, 1, 2, 1] * 4
DRAGGED_PER_S = Goal("at least", 5.0, "a second")


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("page", __doc__)
    parser.add_argument(
        "rounds", type=arguments.whole(), nargs="?", default=25, help="clicks; a quarter are switched pages"
    )
    rounds = parser.parse_args(called_with).rounds
    with ExitStack() as stack, sync_playwright() as play:
        bare, _ = serve(stack, ROOT / "benchmarks" / "bare.py")
        app, _ = serve(stack, ROOT / "app.py")
        browser = chromium(play)
        say(*load_rows(*first_load(browser, bare, app, rounds=5)))
        small, large = opened(browser, bare, app)
        bare_ms, shown_ms, confirmed_ms = clicks(small, large, rounds)
        say(*click_rows(bare_ms, shown_ms, confirmed_ms))
        say(*switch_rows(median(bare_ms), *switches(large, rounds)))
        say(dragged_row(dragged(large)))


def load_rows(bare_ms: Sequence[float], ours_ms: Sequence[float]) -> list[Row]:
    """The first load, beside a bare page's."""
    bare, ours = median(bare_ms), median(ours_ms)
    words = f"{ours / bare:.2f} times, {ours:.0f} ms beside {bare:.0f}"
    return [Row("first load to a diagram that answers, beside a bare page", words, ours / bare, LOADED)]


def click_rows(bare_ms: Sequence[float], shown_ms: Sequence[float], confirmed_ms: Sequence[float]) -> list[Row]:
    """Clicks on stages: until the page shows the new one, and until the server has said its word on it."""
    bare, shown, confirmed = median(bare_ms), median(shown_ms), median(confirmed_ms)
    click, beside = "a click on a stage to title, explanation and address", "beside a bare button's round trip"
    trips = f"{shown / bare:.2f} times, a bare button {bare:.0f} ms"
    return [
        Row(click, f"{shown:.0f} ms", shown, SHOWN_MS),
        Row(f"{click}, {beside}", trips, shown / bare, SHOWN_TRIPS),
        Row(f"{click}, {beside}, as wanted", trips, shown / bare, SHOWN_TRIPS_WANTED),
        Row(
            "the same click to the server's word on it",
            f"{confirmed:.0f} ms, {confirmed / bare:.1f} times a bare button",
        ),
    ]


def switch_rows(
    bare_ms: float, turned_ms: Sequence[float], redrawn_ms: Sequence[float], first_ms: Sequence[float]
) -> list[Row]:
    """Switches, in round trips of a bare button."""
    rows = []
    for name, took_ms, goal in (
        ("figures and diagram", turned_ms, TURNED_TRIPS),
        ("charts", redrawn_ms, REDRAWN_TRIPS),
        ("charts, the first switch of a page", first_ms, REDRAWN_TRIPS),
    ):
        middle_ms = median(took_ms)
        words = f"{middle_ms / bare_ms:.1f} times, {middle_ms:.0f} ms in the middle of {len(took_ms)}"
        rows.append(Row(f"a switch to {name}, beside a bare button's round trip", words, middle_ms / bare_ms, goal))
    return rows


def dragged_row(per_s: float) -> Row:
    """A knob that is dragged."""
    return Row("results while a knob is dragged", f"{per_s:.1f} a second", per_s, DRAGGED_PER_S)


def chromium(play: Playwright) -> Browser:
    """A Chromium that uses no graphics card and asks nobody on the internet."""
    path = found()
    if path is None or not Path(path).is_file():
        raise SystemExit("There is no Chromium to measure in: python -m tools.browser installs one.")
    return play.chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    )


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
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return url, process
    raise SystemExit(f"The server of {script} did not come up: streamlit run {script} says why.")


def first_load(browser: Browser, bare: str, app: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds to an answer to the first click, in a window that remembers nothing: bare pages, explorers."""

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
    return [bare_ms for bare_ms, _ in pairs], [ours_ms for _, ours_ms in pairs]


def opened(browser: Browser, bare: str, app: str) -> tuple[Page, Page]:
    """A bare page and the explorer, both ready."""
    small, large = (browser.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2))
    small.goto(bare)
    small.locator("button:has-text('Go')").wait_for()
    large.goto(f"{app}/?moment=36000")
    large.locator("#stage-lake").wait_for()
    large.wait_for_function("document.querySelectorAll('.st-key-charts .js-plotly-plot .main-svg').length >= 2")
    for page in (small, large):
        page.evaluate(DEEP)
    return small, large


def clicks(small: Page, large: Page, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of clicks on a bare button, and of clicks on stages until shown and until confirmed, in turns."""
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
    return bare_ms, shown_ms, confirmed_ms


def explained(page: Page, stage: str) -> str:
    """Title and explanation of a stage, learnt by clicking it once."""
    before = page.evaluate(SHOWN)
    page.locator(f"#stage-{stage}").click()
    page.wait_for_function(f"(before) => ({SHOWN})() !== before && {CONFIRMED}", arg=before)
    return str(page.evaluate(SHOWN))


def switches(page: Page, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of a learner's switches, until figures and diagram, and until both charts, show the new run.

    No run is seen twice. A page in which nothing was switched yet is slower, because the browser has not yet compiled
    what draws: said apart, and among those of the charts too.
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
    return turned_ms, redrawn_ms, first_ms


def dragged(page: Page) -> float:
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
    return per_s


def in_frames(page: Page, click: str, *stages: str) -> list[float]:
    """Milliseconds from a click until each stage holds in a frame of the page."""
    return [float(took_ms) for took_ms in page.evaluate(IN_FRAMES, [click, *stages])]


if __name__ == "__main__":
    main()
