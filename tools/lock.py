"""Write requirements-lock.txt: the exact release of everything that `make test` installs.

Run: make lock
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / "requirements-lock.txt"
HEAD = (
    "# The releases that `make test` installs, written by `make lock`. A constraints file: it says which, not what.\n"
)


def main() -> None:
    """Ask pip what it would install into an empty environment, and write that to the file."""
    asked = ["--dry-run", "--ignore-installed", "--quiet", "--report", "-", "-r", str(ROOT / "requirements-dev.txt")]
    done = subprocess.run([sys.executable, "-m", "pip", "install", *asked], check=True, stdout=subprocess.PIPE)
    FILE.write_text(lock(done.stdout), encoding="utf-8")


def lock(report: bytes) -> str:
    """The text of the file, from what pip reports as JSON."""
    chosen = [each["metadata"] for each in json.loads(report)["install"]]
    pins = sorted((f"{each['name']}=={each['version']}" for each in chosen), key=str.lower)
    return HEAD + "".join(f"{pin}\n" for pin in pins)


if __name__ == "__main__":
    main()
