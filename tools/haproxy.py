"""Make sure that an HAProxy is there for the tests of several processes: Debian's by apt; else say what is left out.

They run it in the foreground on ports of their own; the service that Debian's package starts is not needed.
"""

from __future__ import annotations

import sys

from lifecycle.cli.proxy import program
from tools import debian


def main() -> int:
    """Find an HAProxy, install one if there is none, and say which, or what is left out."""
    if not program():
        print("No HAProxy here yet: installing one for the tests of several processes.")
        debian.install("haproxy")
    if path := program():
        print(f"HAProxy for the tests: {path}")
    else:
        print("LEFT OUT: the tests of several processes behind HAProxy, since none could be installed here.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
