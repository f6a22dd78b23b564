"""Click on a stage to the changed text in the page, against a bare Streamlit button: same server, same browser run.

Prints both medians and their ratio; exits 1 if the ratio is above 1.5. Run: python -m benchmarks.click [clicks]
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
APP = ROOT / "tests" / "browser" / "diagram_app.py"
CHROMIUM = Path("/usr/bin/chromium")
MOST = 1.5

# resolves with the milliseconds from the click until the panel's text contains the words; no polling in between
CLICK = """([find, words]) => new Promise((done) => {
  const panel = document.querySelector('.st-key-stage-panel');
  const roots = [document, ...[...document.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean)];
  const target = roots.map((root) => root.querySelector(find)).find(Boolean);
  const start = performance.now();
  const watch = new MutationObserver(() => {
    if (!panel.textContent.includes(words)) return;
    watch.disconnect();
    done(performance.now() - start);
  });
  watch.observe(panel, {subtree: true, childList: true, characterData: true});
  target.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, cancelable: true}));
})"""


def measure(page: Page, clicks: int) -> tuple[list[float], list[float]]:
    """Milliseconds of diagram clicks and of bare button clicks, taken in turn."""
    diagram, bare = [], []
    for i in range(clicks):
        stage = ("lake", "bi", "transform")[i % 3]
        diagram.append(float(page.evaluate(CLICK, [f"#stage-{stage}", f"Selected: {stage}"])))
        page.wait_for_timeout(60)
        bare.append(float(page.evaluate(CLICK, [".st-key-bare-button button", f"Bare: {i + 1}"])))
        page.wait_for_timeout(60)
    return diagram[3:], bare[3:]


def main() -> int:
    clicks = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            sent: list[int] = []
            page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: sent.append(len(frame))))
            page.goto(f"http://127.0.0.1:{port}/?moment=9300")
            page.wait_for_selector(".living[data-ready] g.node")
            page.wait_for_timeout(500)
            first = sum(sent)
            sent.clear()
            diagram, bare = measure(page, clicks)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=10)
    ours, theirs = statistics.median(diagram), statistics.median(bare)
    print(f"diagram click {ours:.0f} ms, bare button {theirs:.0f} ms, ratio {ours / theirs:.2f} (at most {MOST})")
    print(f"first load {first / 1024:.0f} kB, then {sum(sent) / (2 * clicks) / 1024:.1f} kB a click on average")
    return 0 if ours / theirs <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
