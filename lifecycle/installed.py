"""Where this copy of the program stands, in its source tree or installed as a package, and how it was set up."""

from __future__ import annotations

import hashlib
import os
from enum import StrEnum
from pathlib import Path

import lifecycle

PACKAGE = Path(lifecycle.__file__).resolve().parent
# In a wheel, what lies beside the package in the source tree travels inside it (see pyproject.toml).
_INSIDE = PACKAGE / "_app"
IS_INSTALLED = _INSIDE.is_dir()
# The folder of `app.py`, `pages/`, `content/` and `.streamlit/`.
ROOT = _INSIDE if IS_INSTALLED else PACKAGE.parent
APP = ROOT / "app.py"
PAGES = ROOT / "pages"
COURSE = ROOT / "content"
# What a person types here to serve the app, and before the name of any other command.
SERVE, COMMANDS = ("headwaters", "headwaters") if IS_INSTALLED else ("make run", "python -m lifecycle")


class Setting(StrEnum):
    """What a server is told by its environment, each by the name of its variable; docs/SERVING.md says what they mean.

    No other module reads the environment, and each value is read when it is asked for.
    """

    CONTENT = "HEADWATERS_CONTENT"
    DATA = "HEADWATERS_DATA"
    DATABASE_URL = "HEADWATERS_DATABASE_URL"
    PUBLIC_URL = "HEADWATERS_PUBLIC_URL"
    FRAME_ANCESTORS = "HEADWATERS_FRAME_ANCESTORS"
    TEACHER = "HEADWATERS_TEACHER"
    SIGN_IN = "HEADWATERS_SIGN_IN"
    WRITING = "HEADWATERS_WRITING"
    DASK = "HEADWATERS_DASK"
    CLASS_HOURS = "HEADWATERS_CLASS_HOURS"
    CLASS_PHONES = "HEADWATERS_CLASS_PHONES"

    @property
    def raw(self) -> str:
        """The value as it stands in the environment, "" where it is not set."""
        return os.environ.get(self, "")

    @property
    def text(self) -> str:
        """The value without the spaces round it."""
        return self.raw.strip()


def code_digest(*parts: str) -> str:
    """A digest of the program's modules, or of these folders and modules: another one where anything was changed."""
    places = [PACKAGE / part for part in parts] or [PACKAGE]
    files = {file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place])}
    in_order = sorted(files, key=lambda file: file.relative_to(PACKAGE).as_posix())
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in in_order)).hexdigest()


# Where the proxy before several processes listens: each of them listens to this machine alone.
_PROXY_ADDRESS = "HEADWATERS_PROXY_ADDRESS"


def streamlit_setting(name: str) -> str:
    """What Streamlit was told by its own variable, such as `SERVER_PORT`; "" for nothing."""
    return os.environ.get(f"STREAMLIT_{name}", "").strip()


def listens_at(address: str) -> str:
    """Where the server listens that people reach: the proxy before it, where there is one, else it, at `address`."""
    return os.environ.get(_PROXY_ADDRESS, address)


def environment_behind(proxy_address: str, secret: str) -> dict[str, str]:
    """Our environment for processes behind a proxy. Their `cookieSecret` is the one that is set, else this one."""
    return {"STREAMLIT_SERVER_COOKIE_SECRET": secret, **os.environ, _PROXY_ADDRESS: proxy_address}
