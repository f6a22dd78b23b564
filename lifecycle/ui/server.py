"""What the web server does beside Streamlit: it gives each browser the cookie by which its learner is known.

The cookie is HttpOnly, so that no script of any page can read it, and comes with the page itself: the first session
has it already. Who asks for anything but a page gets none.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lifecycle import live, papers

COOKIE = "headwaters_learner"
YEAR_S = 365 * 24 * 3600
_ID = re.compile(r"[0-9a-f]{32}")


def in_a_session() -> bool:
    """Whether this is a visitor's run of the script, and not the server reading how to serve it."""
    return get_script_run_ctx(suppress_warning=True) is not None


def routes() -> list[BaseRoute]:
    """The live class's addresses, at the path at which Streamlit serves the app."""
    return [*live.routes(_base_path(), press=live.Press(papers.class_pdf, papers.slips_pdf))]


def _base_path() -> str:
    return str(get_option("server.baseUrlPath") or "")


def new_id() -> str:
    """An id that nobody guesses: 128 random bits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether a cookie's value is one of our ids."""
    return bool(_ID.fullmatch(text))


class LearnerCookie:
    """Sets the learner's cookie on every page (text/html), anew where there is none, else for another year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and add the cookie to a page's headers on their way back."""
        if scope["type"] != "http" or scope["method"] != "GET" or _is_live(scope):
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message, scope):
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", _cookie(scope))
                headers["cache-control"] = "private, no-cache"  # nobody in between may hand one's cookie to another
            await send(message)

        await self.app(scope, receive, with_cookie)


lifespan = live.lifespan
MIDDLEWARE = (Middleware(LearnerCookie),)


def _is_live(scope: Scope) -> bool:
    """Whether a page is the live class's: phones are known by nothing but a name in that class."""
    return live.is_ours(scope["path"].removeprefix(scope.get("root_path", "")), _base_path())


def _is_page(response: Message, scope: Scope) -> bool:
    """Whether a page is on its way: HTML, or word that the browser's own copy of it is still the same."""
    if response["status"] == 304:
        return _header(scope, b"sec-fetch-dest") == "document"
    return response["status"] == 200 and MutableHeaders(scope=response).get("content-type", "").startswith("text/html")


def _cookie(scope: Scope) -> str:
    named = _learner_of(scope)
    https = scope.get("scheme") == "https" or _header(scope, b"x-forwarded-proto").startswith("https")
    path = scope.get("root_path") or "/"
    return f"{COOKIE}={named or new_id()}; Max-Age={YEAR_S}; Path={path}; HttpOnly; SameSite=Lax{'; Secure' * https}"


def _learner_of(scope: Scope) -> str:
    """The id in the request's cookie, "" where there is none that is ours."""
    try:
        cookies = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return ""
    value = cookies[COOKIE].value if COOKIE in cookies else ""
    return value if is_id(value) else ""


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
