"""What was set up for people to sign in: who vouches for them (`[auth]` in Streamlit's secrets), and whether they must.

With `HEADWATERS_SIGN_IN=required` the pages are for those alone who are signed in. The phones of a class are no pages:
who sits in the hall may vote.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from lifecycle.installed import Setting

_REQUIRED = "required"
_KEYS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


def is_configured() -> bool:
    """Whether anyone who runs the server has configured who tells learners apart."""
    return bool(_auth())


def is_required() -> bool:
    """Whether the pages are for those alone who are signed in."""
    return bool(Setting.SIGN_IN.text)  # a word that we do not know lets nobody in rather than everybody


def problem() -> str:
    """Why nobody could sign in where all must, in a line; "" where nothing is wrong."""
    if not is_required():
        return ""
    if Setting.SIGN_IN.text != _REQUIRED:
        return f"{Setting.SIGN_IN}: {Setting.SIGN_IN.text!r} is no choice. Write {_REQUIRED}, or leave it out."
    auth = _auth()
    if missing := [key for key in _KEYS if not auth.get(key)]:
        return (
            f"{Setting.SIGN_IN}={_REQUIRED} needs {', '.join(missing)} under [auth] in .streamlit/secrets.toml: "
            "see docs/SERVING.md."
        )
    try:
        importlib.import_module("authlib.integrations.starlette_client")  # which Streamlit imports at the first sign-in
    except ImportError as error:
        return f"{Setting.SIGN_IN}={_REQUIRED} needs what is not installed ({error}): pip install authlib httpx2."
    return ""


def _auth() -> Mapping[str, Any]:
    """The section `[auth]` of Streamlit's secrets, empty where there is none."""
    try:
        section = st.secrets.get("auth", {})
    except FileNotFoundError:
        return {}
    return section if isinstance(section, Mapping) else {}
