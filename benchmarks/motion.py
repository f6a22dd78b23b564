"""How much of a browser's main thread the day takes while it plays, in a real Chromium without a graphics card.

    python -m benchmarks.motion [SECONDS]

Each page is watched for SECONDS (10): the explorer with streams and with batches, standing and scrolled out of sight, a
step of a talk in a hall, and the offline copy. `3` is the short form, for quick looks while one changes the page. The
share is of the wall clock, as the goal of 20 % is. On a machine that is busy with other work it contains waiting, so
the processor's own time stands beside it, and how busy the machine is above them all. Chromium is told to use no
graphics card.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.page import ROOT, serve
from lifecycle.course import load
from lifecycle.outputs import offline
from tools.browser import found

GOAL = 0.20
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


def main(seconds: float) -> None:
    """Measure and print."""
    with ExitStack() as stack, sync_playwright() as play:
        app, _ = serve(stack, ROOT / "app.py")
        browser = play.chromium.launch(
            executable_path=found(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        print(f"load of the last minute {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        for watched in (
            Watched("streams", f"{app}/?size=stream&start=push&transform=stream"),
            Watched("batches", f"{app}/"),
            Watched("out of sight", f"{app}/", in_sight=False),
            Watched("standing", f"{app}/?moment=43200", plays=False),
            Watched("in a hall", f"{app}/present?talk=push-or-pull&step=3", HALL),
            Watched("offline copy", _copy(stack)),
        ):
            print(_share(browser, watched, seconds), flush=True)


def _copy(stack: ExitStack) -> str:
    """Our own course with one day, as a file."""
    course = load(ROOT / "content")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "copy"
    offline.save(offline.files(replace(course, scenarios=course.scenarios[:1])), folder)
    return (folder / offline.FILE).as_uri()


def _share(browser: Browser, watched: Watched, seconds: float) -> str:
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
    share = spent["TaskDuration"] / took
    parts = ", ".join(f"{word} {spent[name] / took:.1%}" for name, word in PARTS.items())
    verdict = f", goal {GOAL:.0%}{': MISSED' if share > GOAL else ''}" if watched.plays else ""
    return f"main thread, {watched.name}: {share:.1%} ({parts}; processor {busy / took:.1%}){verdict}"


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
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
