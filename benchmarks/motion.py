"""How much of a browser's main thread the day takes while it plays, in a real Chromium without a graphics card.

    python -m benchmarks.motion [SECONDS]

Each page is watched for SECONDS (10): the explorer with streams and with batches, standing and scrolled out of sight, a
step of a talk in a hall, and the offline copy. `3` is the short form, for quick looks while one changes the page. The
share is of the wall clock, as the goal is. On a machine that is busy with other work it contains waiting, so
the processor's own time stands beside it, and how busy the machine is above them all. Chromium is told to use no
graphics card.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import arguments
from benchmarks.page import ROOT, chromium, serve
from benchmarks.rows import Goal, Row, say
from lifecycle.course import load
from lifecycle.outputs import offline

PLAYING = Goal("at most", 20.0, "%")
SETTLED_MS = 5000  # the page has drawn its charts and asks the server for nothing more
HALL = (1920, 1080)
PARTS = {"ScriptDuration": "script", "RecalcStyleDuration": "style", "LayoutDuration": "layout"}


class Watched(NamedTuple):
    """A page: what it is called, its address, its window, whether its clock plays, and whether it is in sight."""

    name: str
    address: str
    window: tuple[int, int] = (1440, 900)
    plays: bool = True
    in_sight: bool = True


class Share(NamedTuple):
    """Shares of the main thread by the wall clock, of its script, style and layout, and by the processor's own time."""

    whole: float
    parts: dict[str, float]
    processor: float


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a page."""
    parser = arguments.parser("motion", __doc__)
    parser.add_argument(
        "seconds", type=arguments.number(0.0, above=True), nargs="?", default=10.0, help="how long each page is watched"
    )
    seconds = parser.parse_args(called_with).seconds
    with ExitStack() as stack, sync_playwright() as play:
        app, _ = serve(stack, ROOT / "app.py")
        browser = chromium(play)
        print(f"load of the last minute {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        for watched in (
            Watched("the day plays as a stream", f"{app}/?size=stream&start=push&transform=stream"),
            Watched("the day plays in batches", f"{app}/?seed=1"),
            Watched("the day plays out of sight", f"{app}/?seed=1", in_sight=False),
            Watched("the day stands still", f"{app}/?moment=43200", plays=False),
            Watched("the day plays in a hall", f"{app}/present?talk=push-or-pull&step=3", HALL),
            Watched("the day plays in the offline copy", _copy(stack)),
        ):
            say(row(watched, _share(browser, watched, seconds)))


def row(watched: Watched, share: Share) -> Row:
    """What a page takes of the main thread; the goal is for those that play."""
    parts = ", ".join(f"{name} {part:.1%}" for name, part in share.parts.items())
    return Row(
        f"main thread, {watched.name}",
        f"{share.whole:.1%} ({parts}; processor {share.processor:.1%})",
        100 * share.whole,
        PLAYING if watched.plays else None,
    )


def _copy(stack: ExitStack) -> str:
    """Our own course with one day, as a file."""
    course = load(ROOT / "content")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "copy"
    offline.save(offline.files(replace(course, scenarios=course.scenarios[:1])), folder)
    return (folder / offline.FILE).as_uri()


def _share(browser: Browser, watched: Watched, seconds: float) -> Share:
    width, height = watched.window
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(watched.address)
    page.locator(".living[data-ready=true] g.node").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    _arrange(page, watched)
    wall, processor = _clock(page, "timeTicks"), _clock(page, "threadTicks")
    start, before, busy = time.perf_counter(), _spent(wall), _spent(processor)["TaskDuration"]
    page.wait_for_timeout(1000 * seconds)
    spent = {name: value - before[name] for name, value in _spent(wall).items()}
    busy, took = _spent(processor)["TaskDuration"] - busy, time.perf_counter() - start
    context.close()
    parts = {word: spent[name] / took for name, word in PARTS.items()}
    return Share(spent["TaskDuration"] / took, parts, busy / took)


def _arrange(page: Page, watched: Watched) -> None:
    living = page.locator(".living")
    if watched.plays and living.get_attribute("data-playing") == "false":
        living.get_by_role("button", name="Play").click()
    if not watched.in_sight:
        page.locator(".st-key-diagram").evaluate("(room) => (room.style.marginTop = '4000px')")


def _clock(page: Page, domain: str) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": domain})
    return session


def _spent(session: CDPSession) -> dict[str, float]:
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in ("TaskDuration", *PARTS)}


if __name__ == "__main__":
    main()
