"""What the web server does beside Streamlit, for every page and whatever it is asked.

It hands out what the course says of its places, which a page fetches once and then shows without asking.
It gives each browser the cookie by which its learner is known, says who may show our pages in a frame, and refuses what
names no host. The cookie is HttpOnly, so that no script of any page can read it, and comes with the page itself: the
first session has it already. Who asks for anything but a page gets none.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from typing import Any
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import env_util, get_option
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lifecycle import metrics, storage
from lifecycle.classroom import server as live
from lifecycle.classroom.server import limits, origins
from lifecycle.diagram.living import film_script
from lifecycle.outputs import embedding, pdf
from lifecycle.ui import expiry, health, whereabouts
from lifecycle.ui.components import framing, sign_in
from lifecycle.ui.components.explanation import EXPLANATIONS, FIGURES
from lifecycle.ui.components.film import FILM, film_version
from lifecycle.ui.components.flips import AHEAD
from lifecycle.ui.components.lookup import LOOKUP
from lifecycle.ui.gallery import GLANCES
from lifecycle.ui.session import collecting, identity

APP = "Headwaters"
YEAR_S = 365 * 24 * 3600
_XSRF = "_streamlit_xsrf="


def in_a_session() -> bool:
    """Whether this is a visitor's run of the script, and not the server reading how to serve it."""
    return get_script_run_ctx(suppress_warning=True) is not None


def check_settings() -> None:
    """End the program with one line for each setting that cannot be used."""
    from lifecycle.ui.session import writing  # with all that it needs: every page needs it too

    looks = (
        storage.problem, framing.problem, origins.public_problem, limits.problem, sign_in.problem, writing.problem
    )  # fmt: skip
    if wrong := [text for look in looks if (text := look())]:
        sys.exit("\n".join(wrong))


def routes() -> list[BaseRoute]:
    """The addresses of class, watcher, explanations, figures, index and flips, where Streamlit serves the app."""
    press = live.Press(
        lambda *about: pdf.class_pdf(*about),  # loaded once somebody prints
        lambda *about: pdf.slips_pdf(*about),
        _talk_notes,
    )
    texts = f"{_base_path()}/{EXPLANATIONS}/{{version}}"
    return [
        *live.routes(_base_path(), press=press, picture=_step_picture),
        *health.routes(_base_path()),
        Route(texts, _explanations),
        Route(f"{texts}/{{place}}", _explanations),
        Route(f"{_base_path()}/{LOOKUP}/{{version}}", _lookup),
        Route(f"{_base_path()}/{GLANCES}/{{version}}/{{scenario}}.svg", _glance),
        Route(f"{_base_path()}/{FIGURES}/{{name}}", _figure),
        Route(f"{_base_path()}/{FILM}/{{version}}.js", _film),
        Route(f"{_base_path()}/oembed", _oembed),
        Route(f"{_base_path()}/{AHEAD}/{{key}}", _ahead),
        Route(f"{_base_path()}/{AHEAD}/{{key}}/{{name}}/{{thumb:float}}", _ahead),
    ]


def _explanations(request: Request) -> Response:
    """What the panel shows of every place, or of one; the address names the version, so a browser keeps it for good.

    Nobody guesses a version: where people must sign in, those alone know it who have been let in.
    """
    from lifecycle.ui.session import served  # with all that it needs, only once somebody asks

    known = served.explained_as(request.path_params["version"])
    place = request.path_params.get("place")
    if known is None or (place is not None and place not in known.by_place):
        return PlainTextResponse("This server has no such explanations: reload the page.", 404)
    return _for_good(known.as_json(place))


def _lookup(request: Request) -> Response:
    """What one can look up in the course, under its version as above."""
    from lifecycle.ui.session import served  # as above

    known = served.looked_up_as(request.path_params["version"])
    if known is None:
        return PlainTextResponse("This server has no such index: reload the page.", 404)
    return _for_good(known.content)


def _glance(request: Request) -> Response:
    """A scenario's day as a small picture, under its version as above."""
    from lifecycle.ui.session import cached, served  # as above

    course = served.course_without_a_page()
    named = course.named(request.path_params["scenario"])
    if named is None or cached.glances_version(course) != request.path_params["version"]:
        return PlainTextResponse("This server has no such picture: reload the page.", 404)
    return _for_good(cached.glance(course.day(named.scenario), named.showing).encode(), "image/svg+xml")


def _figure(request: Request) -> Response:
    """A figure of a text, under the name that its content has."""
    from lifecycle.ui import illustrations  # as above

    drawn = illustrations.fragment(request.path_params["name"])
    if drawn is None:
        return PlainTextResponse("This server has no such figure: reload the page.", 404)
    return _for_good(drawn.encode(), "text/html; charset=utf-8")


def _film(request: Request) -> Response:
    """The script that films the diagram's clock, under its version as above."""
    if film_version() != request.path_params["version"]:
        return PlainTextResponse("This server has no such script: reload the page.", 404)
    return _for_good(film_script().encode(), "text/javascript")


def _oembed(request: Request) -> Response:
    """What a page that wants to show an address of ours is told (oembed.com): a frame, or a link where none may be."""
    query = request.query_params
    if query.get("format", "json") != "json":
        return PlainTextResponse("This server says it in JSON alone: format=json.", 501)
    rooms = [int(text) if (text := query.get(name, "")).isdecimal() and len(text) < 6 else None
             for name in ("maxwidth", "maxheight")]  # fmt: skip
    site = _site(request.headers, request.url.scheme, request.scope.get("root_path", ""))
    try:
        about = embedding.oembed(
            query.get("url", ""), site, APP, framed=bool(framing.ancestors()), most=(rooms[0], rooms[1])
        )
    except ValueError as why:
        return PlainTextResponse(f"Not found, because {why}.", 404)
    return JSONResponse(about)


def _site(headers: Headers, scheme: str, mounted: str) -> str:
    """Where this app is, as who asks sees it, base path and all."""
    return f"{origins.shown(*origins.seen(headers, scheme))}{mounted}{_base_path()}"


def _discovery(scope: Scope, sent: Headers) -> str:
    """The header by which a page of ours says where its oEmbed is."""
    site = _site(sent, scope.get("scheme", "http"), scope.get("root_path", ""))
    path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(_base_path())
    query = scope["query_string"].decode("latin-1")
    return embedding.link_header(f"{site}{quote(path)}{'?' * bool(query)}{query}", site, APP)


def _for_good(content: bytes, media_type: str = "application/json") -> Response:
    """What its address names by its version."""
    kept = {"cache-control": f"private, max-age={YEAR_S}, immutable"}
    return Response(content, media_type=media_type, headers=kept)


async def _ahead(request: Request) -> Response:
    """What the page would show after a flipped switch, or at a place of a knob's slider; nobody guesses a key."""
    from lifecycle.ui.panel import ahead, turning  # as above

    named = request.path_params
    made = turning.sent(**named) if "thumb" in named else ahead.sent(**named)
    if made is not None:
        with contextlib.suppress(CancelledError, ValueError):  # dropped for newer ones, or no day that can be
            # shielded: a page that is left does not take it from another that asks for the same
            return Response(
                await asyncio.shield(asyncio.wrap_future(made)),
                media_type="application/json",
                headers={"cache-control": "no-store"},
            )
    return PlainTextResponse("Nothing of this name is made ahead.", 404)


def _step_picture(talk: str, step: int) -> bytes | None:
    """A step of the course's talk as the desk shows it small; None where there is none."""
    from lifecycle.ui.panel import handouts  # with all that it needs, only once somebody presents

    return handouts.step_picture(talk, step)


def _talk_notes(talk: str, front: str) -> bytes | None:
    """A talk with notes and answers, as a PDF whose links begin at `front`; None where there is none."""
    from lifecycle.ui.panel import handouts  # as above

    return handouts.talk_notes(talk, front)


def _base_path() -> str:
    """The path at which Streamlit serves the app: "" or "/learn"."""
    named = str(get_option("server.baseUrlPath") or "").strip("/")
    return f"/{named}" if named else ""


class KnownHost:
    """Refuses a request whose `Host` is none, before anything makes an address of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what names a host, or nothing at all, as HTTP/1.0 may."""
        named = Headers(scope=scope).getlist("host") if scope["type"] == "http" else []
        if all(map(origins.host, named)):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse("The request names no host that can be one.", 400)(scope, receive, send)


class Pages:
    """Adds to every page (text/html) who may frame it, and the learner's cookie, anew or for another year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and add to a page's headers on their way back."""
        if scope["type"] == "websocket":  # an open page holds one for as long as it is open
            with metrics.SESSIONS.track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(raw=list(scope["headers"]))
        framed = bool(framing.ancestors()) and origins.is_https(sent, scope.get("scheme", "http"))
        cookie = _cookie(scope, sent, framed=framed) if scope["method"] == "GET" and not _is_live(scope) else ""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if framed:
                    _open_xsrf(headers)
                if _is_page(message["status"], headers, sent):
                    headers.setdefault("content-security-policy", framing.policy())
                    if not _is_live(scope) and (link := _discovery(scope, sent)):
                        headers.append("link", link)
                    if cookie and message["status"] in (200, 304):
                        headers.append("set-cookie", cookie)
                        headers["cache-control"] = "private, no-cache"  # nobody in between may hand it to another
            await send(message)

        await self.app(scope, receive, with_headers)


MIDDLEWARE = (Middleware(KnownHost), Middleware(Pages))


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """From the server's start to its end."""
    whereabouts.ask_nobody()
    # before a server's first element Streamlit searches every loaded module for a prompt at which it might be typed
    env_util.is_repl = lambda: False
    # a thread of its own, since it imports all that draws; a daemon, since a server that is told to stop does not wait
    threading.Thread(target=_get_ready, name="ready", daemon=True).start()
    async with live.lifespan(app), collecting.lifespan(), expiry.lifespan():
        whereabouts.tell()
        yield


def _get_ready() -> None:
    """What the first visitor would wait for."""
    from lifecycle.ui.panel import ready  # with all that it needs, only once the server serves

    ready.make()


def _is_live(scope: Scope) -> bool:
    """Whether a page is the live class's: phones are known by nothing but a name in that class."""
    return live.is_ours(scope["path"].removeprefix(scope.get("root_path", "")), _base_path())


def _is_page(status: int, headers: Headers, sent: Headers) -> bool:
    """Whether a page is on its way: HTML, or word that the browser's own copy of it is still the same."""
    if status == 304:
        return sent.get("sec-fetch-dest") in ("document", "iframe", "frame")
    return headers.get("content-type", "").startswith("text/html")


def _cookie(scope: Scope, sent: Headers, *, framed: bool) -> str:
    """The learner's cookie, at the app's own path.

    Where other sites may frame us it goes along into their frames, kept apart for each of those sites.
    """
    named = identity.learner_of(sent.getlist("cookie")) or identity.new_id()
    path = scope.get("root_path", "") + _base_path() or "/"
    https = origins.is_https(sent, scope.get("scheme", "http"))
    how = "SameSite=None; Secure; Partitioned" if framed else f"SameSite=Lax{'; Secure' * https}"
    return f"{identity.COOKIE}={named}; Max-Age={YEAR_S}; Path={path}; HttpOnly; {how}"


def _open_xsrf(headers: MutableHeaders) -> None:
    """Let Streamlit's token against forged uploads go along into a frame, as the learner's cookie does.

    Streamlit's own `server.xsrfCookieSameSite = "none"` would not do: its cookie is not partitioned, so that a browser
    that keeps foreign cookies apart drops it, and over plain HTTP it would be lost on our own pages.
    """
    for index, (name, value) in enumerate(headers.raw):
        if name == b"set-cookie" and value.startswith(_XSRF.encode()):
            parts = [part for part in value.split(b"; ") if part != b"Secure" and not part.startswith(b"SameSite=")]
            headers.raw[index] = (name, b"; ".join([*parts, b"SameSite=None", b"Secure", b"Partitioned"]))
