"""Who may ask for what: codes and the limits on guessing them, cookies, where a request comes from, its size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from lifecycle.classroom import Refused
from lifecycle.classroom.server import cookies, doors, limits, origins
from lifecycle.classroom.server.hub import Hub
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.classroom.server.limits import Buckets, neighbourhood
from lifecycle.classroom.server.refusals import NoClass, NotPresenter, TooOften

PHONE, PRESENTER = "headwaters_phone", "headwaters_presenter"
# By this one a phone that was turned away is counted once; by that one a browser finds the classes that it presents.
WAITING, CLASSES = "headwaters_waiting", "headwaters_classes"
MOST_BYTES = 4_096
BODY_S = 10.0


class BadRequest(Exception):  # noqa: N818 - it is told to people
    """A request that is none of ours; `status` and words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass
class Guard:
    """The limits of one server, and its hub."""

    hub: Hub
    wrong: Buckets = field(default_factory=lambda: Buckets(*limits.WRONG_CODES))
    all_wrong: Buckets = field(default_factory=lambda: Buckets(*limits.ALL_WRONG_CODES))
    asks: Buckets = field(default_factory=lambda: Buckets(*limits.ASKS))
    wrong_secrets: Buckets = field(default_factory=lambda: Buckets(*limits.WRONG_SECRETS))

    async def lecture(self, request: Request, code: str) -> Lecture:
        """The class of a code. Only a wrong code costs; where too many came, the store is not asked for each."""
        cached = self.hub.cached(code)
        if cached is not None:
            return cached
        where = _where(request)
        empty = next(
            (b.wait_s(name) for b, name in ((self.wrong, where), (self.all_wrong, "")) if b.left(name) < 1.0), None
        )
        if empty is not None and not await asyncio.to_thread(self.hub.knows, code):
            raise TooOften("Too many wrong codes from here: wait a little.", empty)
        try:
            return await asyncio.to_thread(self.hub.lecture, code)
        except NoClass:
            self.wrong.take(where)
            self.all_wrong.take("")
            raise

    def phone(self, request: Request, lecture: Lecture) -> str:
        """The name of the phone that asks, "" for one that has none yet."""
        return _phone(request, lecture)

    def new_phone(self, request: Request, lecture: Lecture) -> str:
        """A sealed name for a new phone; what `doors.admit` raises where there is none for it."""
        return doors.admit(lecture, _where(request))

    def turned_away(self, request: Request, lecture: Lecture) -> str:
        """Count a phone for which there was no name; the cookie by which it is counted once, "" where it has it."""
        return doors.turn_away(lecture, _where(request), _waiting(request))

    def seat(self, request: Request, lecture: Lecture, token: str) -> int:
        """The seat of a slip; NotPresenter, and not too often, for a token that was never printed."""
        seat = lecture.seat_of(token)
        if not seat:
            raise self._wrong_secret(
                _where(request), "This is no slip of this class: ask the presenter for another one."
            )
        return seat

    def presents(self, request: Request, lecture: Lecture) -> bool:
        """Whether a request comes with the presenter's proof."""
        return lecture.is_presenter(_secret(request, lecture))

    def may_ask(self, phone: str) -> None:
        """Raise TooOften where a phone asks without a pause."""
        if not self.asks.take(phone):
            raise TooOften("That was quick: wait a moment.", self.asks.wait_s(phone))

    def presenter(self, request: Request, lecture: Lecture) -> str:
        """The secret with which this request comes, if it is the presenter's; else NotPresenter, and not too often."""
        secret = _secret(request, lecture)
        if lecture.is_presenter(secret):
            return secret
        words = "Only the presenter's own link drives this class."
        raise self._wrong_secret(_where(request), words) if secret else NotPresenter(words)

    def _wrong_secret(self, where: str, words: str) -> Refused:
        """What a wrong secret or slip is told; only such a one costs a token."""
        if self.wrong_secrets.take(where):
            return NotPresenter(words)
        return TooOften("Too many wrong links from here: wait a little.", self.wrong_secrets.wait_s(where))


def check_same_origin(request: Request) -> None:
    """Refuse what another site's page sends on behalf of its visitor."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    is_ours = site in ("same-origin", "none") if site else not origin or origins.is_own(origin, request.headers)
    if not is_ours:
        raise BadRequest(403, "This came from another site's page.")


async def read_json(request: Request) -> Mapping[str, Any]:
    """The JSON object of a body, of bounded size and patience."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadRequest(415, "Send JSON.")
    body = b""
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise BadRequest(413, f"That is larger than {MOST_BYTES:,} bytes.")
    except (TimeoutError, ClientDisconnect):
        raise BadRequest(408, "The request did not come to its end.") from None
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "This is not JSON.") from None
    if not isinstance(value, dict):
        raise BadRequest(400, "Send a JSON object.")
    return value


def give_cookie(request: Request, response: Response, lecture: Lecture, name: str, value: str) -> None:
    """Give a browser its name in this class, or the presenter's proof: for this class's addresses alone.

    Only the list of the classes that a browser presents is for all addresses of live classes.
    """
    left_s = max(1, int(lecture.row.expires_s - lecture.row.created_s))
    path = request.url.path.rpartition("/live/")[0] + ("/live" if name == CLASSES else f"/live/{lecture.row.code}")
    secure = origins.is_https(request.headers, request.url.scheme)
    response.set_cookie(name, value, max_age=left_s, path=path, httponly=True, samesite="strict", secure=secure)


def _phone(request: Request, lecture: Lecture) -> str:
    names = map(lecture.phone_of, cookies.values(request.headers.getlist("cookie"), PHONE))
    return next(filter(None, names), "")


def _secret(request: Request, lecture: Lecture) -> str:
    """The secret that a request brings: the right one where its cookies hold it, else what it says it is."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return given.strip()
    kept = cookies.values(request.headers.getlist("cookie"), PRESENTER)
    return next(filter(lecture.is_presenter, kept), kept[0] if kept else "")


def _where(request: Request) -> str:
    """The address that asks. Behind a proxy the server must be told to believe it (uvicorn's FORWARDED_ALLOW_IPS)."""
    return neighbourhood(request.client.host if request.client else "")


def _waiting(request: Request) -> str:
    """The cookie by which a phone that was turned away is counted once, "" where it brings none."""
    return next(iter(cookies.values(request.headers.getlist("cookie"), WAITING)), "")
