"""Who may ask for what: codes and the limits on guessing them, cookies, where a request comes from, its size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from lifecycle.live import cookies, limits, origins
from lifecycle.live.hub import Hub, NoClass, NotPresenter, TooOften
from lifecycle.live.lectures import Lecture
from lifecycle.live.limits import Buckets, neighbourhood

PHONE, PRESENTER = "headwaters_phone", "headwaters_presenter"
MOST_BYTES = 4_096
BODY_S = 10.0


class BadRequest(Exception):  # noqa: N818 - it is told to people
    """A request that is none of ours; `status` and words."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass
class Guard:
    """The limits of one server, and its hub."""

    hub: Hub
    wrong: Buckets = field(default_factory=lambda: Buckets(*limits.WRONG_CODES))
    all_wrong: Buckets = field(default_factory=lambda: Buckets(*limits.ALL_WRONG_CODES))
    new_phones: Buckets = field(default_factory=lambda: Buckets(*limits.NEW_PHONES))
    asks: Buckets = field(default_factory=lambda: Buckets(*limits.ASKS))
    wrong_secrets: Buckets = field(default_factory=lambda: Buckets(*limits.WRONG_SECRETS))

    async def lecture(self, request: Request, code: str) -> Lecture:
        """The class of a code. Whoever has named too many wrong ones is told no more, but those who are in stay in."""
        where = _where(request)
        found = self.hub.cached(code)
        if found is not None and (_phone(request, found) or _presents(request, found)):
            return found
        for buckets, name in ((self.wrong, where), (self.all_wrong, "")):
            if buckets.left(name) < 1.0:
                raise TooOften("Too many wrong codes from here: wait a little.", buckets.wait_s(name))
        try:
            return await asyncio.to_thread(self.hub.lecture, code) if found is None else found
        except NoClass:
            self.wrong.take(where)
            self.all_wrong.take("")
            raise

    def phone(self, request: Request, lecture: Lecture) -> str:
        """The name of the phone that asks, "" for one that has none yet."""
        return _phone(request, lecture)

    def new_phone(self, request: Request, lecture: Lecture) -> str:
        """A sealed name for a new phone."""
        where = _where(request)
        if not self.new_phones.take(where):
            raise TooOften("Very many phones came from here just now: wait a moment.", self.new_phones.wait_s(where))
        return lecture.new_phone()

    def may_ask(self, phone: str) -> None:
        """Raise TooOften where a phone asks without a pause."""
        if not self.asks.take(phone):
            raise TooOften("That was quick: wait a moment.", self.asks.wait_s(phone))

    def presenter(self, request: Request, lecture: Lecture) -> str:
        """The secret with which this request comes, if it is the presenter's; else NotPresenter, and not too often."""
        where = _where(request)
        if self.wrong_secrets.left(where) < 1.0:
            raise TooOften("Too many wrong links from here: wait a little.", self.wrong_secrets.wait_s(where))
        secret = _secret(request, lecture)
        if not lecture.is_presenter(secret):
            if secret:
                self.wrong_secrets.take(where)
            raise NotPresenter("Only the presenter's own link drives this class.")
        return secret


def check_same_origin(request: Request) -> None:
    """Refuse what another site's page sends on behalf of its visitor."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = site in ("same-origin", "none") if site else not origin or origins.is_own(origin, request.headers)
    if not own:
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
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "This is no JSON.") from None
    if not isinstance(found, dict):
        raise BadRequest(400, "Send a JSON object.")
    return found


def give_cookie(request: Request, response: Response, lecture: Lecture, name: str, value: str) -> None:
    """Give a browser its name in this class, or the presenter's proof: for this class's addresses alone."""
    left_s = max(1, int(lecture.row.expires_s - lecture.row.created_s))
    path = request.url.path.rpartition("/live/")[0] + f"/live/{lecture.row.code}"
    secure = origins.is_https(request.headers, request.url.scheme)
    response.set_cookie(name, value, max_age=left_s, path=path, httponly=True, samesite="strict", secure=secure)


def _phone(request: Request, lecture: Lecture) -> str:
    names = map(lecture.phone_of, cookies.values(request.headers.getlist("cookie"), PHONE))
    return next(filter(None, names), "")


def _presents(request: Request, lecture: Lecture) -> bool:
    return lecture.is_presenter(_secret(request, lecture))


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
