"""Write deploy/haproxy.cfg, the proxy of compose.yaml: the configuration of `serve --processes`, before two containers.

Run: python -m tools.deploy_proxy
"""

from __future__ import annotations

import sys
from pathlib import Path

from lifecycle.cli import proxy

FILE = Path(__file__).parent.parent / "deploy" / "haproxy.cfg"
HEAD = "# Written by `python -m tools.deploy_proxy` from lifecycle/cli/proxy.py, which says why: change it there.\n"


def text() -> str:
    """What stands in the file."""
    return HEAD + proxy.configuration("", 8501, ("app1:8501", "app2:8501"), by_name=True)


def main() -> int:
    """Write it."""
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
