"""A run of tests that is interrupted leaves nothing running: no server, no browser, however it was ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecycle.cli.tethers import ends_with_us

ROOT = Path(__file__).parents[2]
MARK = "HEADWATERS_INTERRUPTED_RUN"
STAYING = """
import time

def test_that_stays(page, serve, tmp_path):
    app = tmp_path / "app.py"
    app.write_text("import streamlit as st; st.write('here')")
    page.goto(serve(app))
    open({ready!r}, "w").close()
    time.sleep(300)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists every process with its environment")


def marked(mark: str) -> Iterator[str]:
    """The programs that run with this mark in their environment, by their command lines."""
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and f"{MARK}={mark}".encode() in (process / "environ").read_bytes().split(b"\0"):
                yield (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it ended while we looked, or is not ours
            continue


def comes(sign: Path, run: subprocess.Popen[str]) -> bool:
    end = time.monotonic() + 100
    while not sign.exists() and run.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    return sign.exists()


@pytest.mark.parametrize(
    ("by", "workers"),
    [(signal.SIGINT, "1"), (signal.SIGTERM, "0"), (signal.SIGKILL, "0")],
    ids=["ctrl-c", "term", "kill"],
)
def test_an_interrupted_run_leaves_no_server_and_no_browser(tmp_path: Path, by: signal.Signals, workers: str) -> None:
    ready, mark = tmp_path / "ready", f"{os.getpid()}-{by.name}-{workers}"
    test = tmp_path / "test_staying.py"
    test.write_text(STAYING.format(ready=str(ready)))
    command = [sys.executable, "-m", "pytest", str(test), "-q", "-n", workers, "-p", "no:cacheprovider"]
    command += ["-p", "tests.conftest", "-p", "tests.browser.conftest", "--rootdir", str(tmp_path)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {MARK: mark, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        command, cwd=tmp_path, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=ends_with_us(),
    )  # fmt: skip
    assert comes(ready, run), run.communicate(timeout=10)[0]
    running = " ".join(marked(mark))
    assert "streamlit" in running
    assert "chrom" in running
    run.send_signal(by)
    run.wait(timeout=60)
    end = time.monotonic() + 20
    while (left := list(marked(mark))) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
