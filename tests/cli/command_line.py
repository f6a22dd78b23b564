"""The command line, run as a program of its own."""

import os
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def run(*arguments: str, **settings) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings.pop("env", {})}
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle", *arguments],
        cwd=REPO, capture_output=True, text=True, env=environment, timeout=100, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done
