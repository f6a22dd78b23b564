"""What was set up for people to sign in: who vouches for them (`[auth]` in Streamlit's secrets), and whether they must.

With `HEADWATERS_SIGN_IN=required` the pages are for those alone who are signed in. The phones of a class are no pages:
who sits in the hall may vote.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from lifecycle.installed import Setting

_REQUIRED = "required"
_KEYS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_ADDRESSES = ("redirect_uri", "server_metadata_url")


def is_configured() -> bool:
    """Whether anyone who runs the server has configured who tells learners apart."""
    return bool(_auth())


def is_required() -> bool:
    """Whether the pages are for those alone who are signed in."""
    return bool(Setting.SIGN_IN.text)  # a word that we do not know lets nobody in rather than everybody


def problem() -> str:
    """Why the secrets cannot be read, or why nobody could sign in where all must, in a line; "" for nothing."""
    unreadable, broken = _file_problems()
    if unreadable or not is_required():
        return unreadable  # Streamlit would answer every page with an error
    if Setting.SIGN_IN.text != _REQUIRED:
        return f"{Setting.SIGN_IN}: {Setting.SIGN_IN.text!r} is not a choice. Write {_REQUIRED}, or leave it out."
    if broken:
        return broken
    auth = _auth()
    if missing := [key for key in _KEYS if not auth.get(key)]:
        return (
            f"{Setting.SIGN_IN}={_REQUIRED} needs {', '.join(missing)} under [auth] in .streamlit/secrets.toml: "
            "see docs/SERVING.md."
        )
    if wrong := [key for key in _ADDRESSES if not str(auth[key]).startswith(("https://", "http://"))]:
        return f"{Setting.SIGN_IN}={_REQUIRED}: {wrong[0]} under [auth] is not an address. Write it with https://."
    try:
        importlib.import_module("authlib.integrations.starlette_client")  # which Streamlit imports at the first sign-in
    except ImportError as error:
        return f"{Setting.SIGN_IN}={_REQUIRED} needs what is not installed ({error}): pip install authlib httpx2."
    return ""


def _file_problems() -> tuple[str, str]:
    """The first of Streamlit's files of secrets that cannot be read, and the first that is no TOML, in a line each."""
    unreadable = broken = ""
    for path in map(Path, st.get_option("secrets.files")):
        try:
            if path.exists():
                tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            unreadable = unreadable or f"{path} cannot be read ({error.strerror}): this server needs the right to."
        except ValueError as error:  # of TOML, or of its letters
            broken = broken or f"{path} is no TOML: {error}."
    return unreadable, broken


def _auth() -> Mapping[str, Any]:
    """The section `[auth]` of Streamlit's secrets, empty where there is none."""
    try:
        section = st.secrets.get("auth", {})
    except FileNotFoundError:
        return {}
    return section if isinstance(section, Mapping) else {}
