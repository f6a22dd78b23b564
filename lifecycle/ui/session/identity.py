"""By what a browser's learner is known: an id in a cookie, which nobody guesses."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from lifecycle.classroom.server import cookies

COOKIE = "headwaters_learner"
_ID = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """An id that nobody guesses: 128 random bits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether a cookie's value is one of our ids."""
    return bool(_ID.fullmatch(text))


def learner_of(cookie_headers: Iterable[str]) -> str:
    """The id in a request's `Cookie` headers, "" where there is none that is ours."""
    return next(filter(is_id, cookies.values(cookie_headers, COOKIE)), "")
