"""Where the app is found, said in the terminal that started it, without asking anybody outside.

Streamlit asks the internet for the address of this machine: at every start, to print it (`hideWelcomeMessage` in
`.streamlit/config.toml` keeps it from that), and whenever a page of another site opens a session.
"""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit import get_option, net_util

from lifecycle import installed
from lifecycle.classroom.server import reachable

_EVERYWHERE = ("", "0.0.0.0", "::")


def ask_nobody() -> None:
    """From now on Streamlit knows of no address that others see from outside, and does not look for one."""
    net_util.get_external_ip = lambda: None


def tell() -> None:
    """Print the addresses, where `streamlit run` serves us: any other server knows its own port, and says it."""
    if Path(sys.argv[0]).resolve() == installed.APP.resolve():
        print("", *(f"  {name}: {url}" for name, url in addresses()), "", sep="\n", flush=True)


def addresses() -> list[tuple[str, str]]:
    """Where people find the app, by name: here, and from other machines where they can."""
    bound = str(get_option("server.address") or "")
    host = "localhost" if bound in _EVERYWHERE else f"[{bound}]" if ":" in bound else bound
    path = str(get_option("server.baseUrlPath") or "").strip("/")
    scheme = "https" if get_option("server.sslCertFile") else "http"
    local = f"{scheme}://{host}:{get_option('server.port')}{path and '/'}{path}"
    others = reachable(local, bound)
    return [("Local URL", local), *([("Network URL", others)] if others not in ("", local) else [])]
