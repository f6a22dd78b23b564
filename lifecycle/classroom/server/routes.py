"""The addresses of the live class beside Streamlit's: `/join` and `/desk` for people, `/live` for their pages.

A refusal is JSON `{"error": words}` with a status that says whose fault it was: 400 nonsense, 403 not yours, 404 no
such class, 409 too late, 413 too large, 429 too often, 503 the store.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from lifecycle import metrics
from lifecycle.classroom import Refused, ballot_json, deletion
from lifecycle.classroom.message import RefusalSent, VoteTaken
from lifecycle.classroom.server import limits, pages, reach, streams
from lifecycle.classroom.server.doors import most_phones
from lifecycle.classroom.server.guard import (
    CLASSES,
    PHONE,
    PRESENTER,
    WAITING,
    BadRequest,
    Guard,
    check_same_origin,
    give_cookie,
    read_json,
)
from lifecycle.classroom.server.hub import Hub, hub
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.classroom.server.presenters import Presenters, Press
from lifecycle.classroom.server.refusals import Closed, Full, NoClass, NotPresenter, Replayed, SeatTaken, Shut, TooOften
from lifecycle.storage import StoreError

Handler = Callable[[Request], Awaitable[Response]]
# The picture of a step, from the talk's id and the step's index; None where there is none.
StepPicture = Callable[[str, int], bytes | None]
PREFIXES = ("join", "desk", "live")
_JSON = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_STREAM = {"cache-control": "no-store", "x-accel-buffering": "no", "x-content-type-options": "nosniff"}
# What an act may carry over the wire; whole questions come from the talk that the class was started with.
_ACT_VALUES = {"step": int, "points": int, "on": bool, "view": str, "door": str, "most": int, "text": str, "id": str}
_STATUS: dict[type[Exception], int] = {
    NoClass: 404,
    NotPresenter: 403,
    TooOften: 429,
    Closed: 409,
    Replayed: 409,
    Shut: 403,
    Full: 429,
    SeatTaken: 409,
}


@dataclass
class Site:
    """The handlers, under the path `base` at which Streamlit serves the app ("" or "/learn")."""

    guard: Guard
    base: str = ""
    press: Press | None = None
    picture: StepPicture | None = None

    @property
    def presenters(self) -> Presenters:
        """The handlers for presenters' papers and the way back."""
        return Presenters(self.guard, self._base, self.press)

    @property
    def hub(self) -> Hub:
        """The classes."""
        return self.guard.hub

    # --- for people

    async def join(self, request: Request) -> Response:
        """Ask for a code, or go on with the one that was typed, or that stands in the address that was pasted."""
        typed = request.query_params.get("code", "")
        if typed:
            code, seat = limits.of_link(typed)
            seated = f"?{urlencode({'seat': seat})}" if code and seat else ""
            return RedirectResponse(f"{self._base(request)}/join/{code or '-'}{seated}", 303, headers=pages.HEADERS)
        return self._ask_for_code(request, 200, "")

    async def phone_page(self, request: Request) -> Response:
        """The phone's page."""
        try:
            lecture = await self.guard.lecture(request, request.path_params["code"])
        except (NoClass, TooOften, StoreError) as error:
            return self._ask_for_code(request, _status(error), str(error))
        title = str(lecture.talk.get("title", "")) or "Headwaters"
        return pages.page("phone", self._base(request), code=lecture.row.code, title=title, deleted=self._deleted)

    async def desk_page(self, request: Request) -> Response:
        """The presenter's desk; it proves itself by what follows the # of its address, which no server sees."""
        try:
            lecture = await self.guard.lecture(request, request.path_params["code"])
        except (NoClass, TooOften, StoreError) as error:
            return self._ask_for_code(request, _status(error), str(error))
        code = lecture.row.code
        return pages.page("desk", self._base(request), code=code, spelled=limits.spelled(code))

    async def asset(self, request: Request) -> Response:
        """A script or style of the pages."""
        return pages.asset(request.path_params["name"]) or Response("There is no such file.", 404)

    # --- for phones

    async def state(self, request: Request) -> Response:
        """Where the class is, and the phone's own vote; a new phone gets its name."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        phone = self.guard.phone(request, lecture)
        token, sealed = request.query_params.get("seat", ""), ""
        if token and not lecture.is_seated(phone):
            seat = self.guard.seat(request, lecture, token)
            device = request.query_params.get("device", "")[:40]
            sealed = lecture.sealed(await asyncio.wrap_future(self.hub.take_seat(lecture, seat, device, phone)))
        elif not phone:
            try:
                sealed = self.guard.new_phone(request, lecture)
            except Full as error:
                return self._turned_away(request, lecture, error)
        phone = lecture.phone_of(sealed) or phone
        self.guard.may_ask(phone)
        lecture.meet(phone, self.hub.store.now())
        response = Response(
            lecture.for_phone(phone, self.hub.store.now()), media_type="application/json", headers=_JSON
        )
        if sealed:
            give_cookie(request, response, lecture, PHONE, sealed)
        return response

    async def vote(self, request: Request) -> Response:
        """Take a vote; the answer comes when it is on the disk."""
        check_same_origin(request)
        lecture = await self.guard.lecture(request, request.path_params["code"])
        phone = self._named(request, lecture)
        sent = await read_json(request)
        asked_s = time.perf_counter()
        await asyncio.wrap_future(self.hub.vote(lecture, phone, sent))
        metrics.VOTE_SECONDS.observe(time.perf_counter() - asked_s)
        ballot = lecture.ballot(phone)
        recorded: VoteTaken = {
            "recorded": True,
            "key": sent["key"],
            "ballot": None if ballot is None else ballot_json(ballot),
        }
        return JSONResponse(recorded, headers=_JSON)

    async def events(self, request: Request) -> Response:
        """The class as it goes on: for a phone, with `?screen=1` for the hall, with `?desk=1` for the presenter."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        desk = "desk" in request.query_params
        if desk:
            self.guard.presenter(request, lecture)
        if desk or "screen" in request.query_params:
            proven = desk or self.guard.presents(request, lecture)
            self.hub.may_listen(lecture, proven=proven)
            stream = streams.of_screen(self.hub, lecture, desk=desk, proven=proven)
        else:
            phone = self._named(request, lecture)
            lecture.meet(phone, self.hub.store.now())
            self.hub.may_listen(lecture, phone)
            stream = streams.of_phone(self.hub, lecture, phone)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_STREAM)

    async def diagram(self, request: Request) -> Response:
        """The picture that a click is made on."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        drawn = str(lecture.talk.get("diagram", ""))
        headers = {**pages.HEADERS, "cache-control": "private, max-age=3600"}
        return Response(drawn, 200 if drawn else 404, media_type="image/svg+xml", headers=headers)

    async def qr(self, request: Request) -> Response:
        """The class's address as a QR code."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        url = reach.join_url(request, self._base(request), lecture.row.code)
        return Response(reach.code_svg(url), media_type="image/svg+xml", headers=pages.HEADERS)

    # --- for the presenter

    async def presenter(self, request: Request) -> Response:
        """Take the secret once, and remember this browser by a cookie."""
        check_same_origin(request)
        lecture = await self.guard.lecture(request, request.path_params["code"])
        secret = self.guard.presenter(request, lecture)
        response = Response(status_code=204, headers=_JSON)
        give_cookie(request, response, lecture, PRESENTER, secret)
        remembering = await asyncio.to_thread(self.presenters.remembering, request, lecture, secret)
        give_cookie(request, response, lecture, CLASSES, remembering)
        return response

    async def act(self, request: Request) -> Response:
        """Do what the presenter says: `{"action": "go", "step": 3}`; the answer is the new state."""
        check_same_origin(request)
        lecture = await self.guard.lecture(request, request.path_params["code"])
        secret = self.guard.presenter(request, lecture)
        sent = dict(await read_json(request))
        action = sent.pop("action", None)
        for name, value in sent.items():
            if type(value) is not _ACT_VALUES.get(name):
                raise BadRequest(400, f"An act has no such value: {name[:40]!r}.")
        if not isinstance(action, str):
            raise BadRequest(400, "Say which action.")
        try:
            await asyncio.to_thread(lambda: self.hub.act(lecture.row.code, secret, action, **sent))
        except (NoClass, NotPresenter):
            raise
        except Refused as error:
            raise BadRequest(409, str(error)) from None
        screen = lecture.for_screen(self.hub.store.now(), desk=True)
        return Response(screen, media_type="application/json", headers=_JSON)

    async def talk(self, request: Request) -> Response:
        """The talk with its notes, and where phones join."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        self.guard.presenter(request, lecture)
        shown = {key: value for key, value in lecture.talk.items() if key != "diagram"}
        join = reach.join_url(request, self._base(request), lecture.row.code)
        return JSONResponse({"talk": shown, "join": join, "most_phones": most_phones(lecture)}, headers=_JSON)

    async def step(self, request: Request) -> Response:
        """What the hall will see at a step, as a small picture, for the presenter alone: what is to come is theirs."""
        lecture = await self.guard.lecture(request, request.path_params["code"])
        self.guard.presenter(request, lecture)
        talk, step = str(lecture.talk.get("id", "")), request.path_params["step"]
        drawn = await asyncio.to_thread(self.picture, talk, step) if self.picture else None
        headers = {**pages.HEADERS, "cache-control": "private, max-age=3600"}
        return Response(drawn or b"", 200 if drawn else 404, media_type="image/svg+xml", headers=headers)

    def _named(self, request: Request, lecture: Lecture) -> str:
        phone = self.guard.phone(request, lecture)
        if not phone:
            raise BadRequest(401, "This phone has no name here yet: reload the page, and allow its cookie.")
        return phone

    def _turned_away(self, request: Request, lecture: Lecture, error: Full) -> Response:
        """No more names for this address; by its cookie the phone is counted once, however often it asks."""
        response = JSONResponse(_refusal(error), _status(error), headers=_JSON)
        if waiting := self.guard.turned_away(request, lecture):
            give_cookie(request, response, lecture, WAITING, waiting)
        return response

    def _ask_for_code(self, request: Request, status: int, words: str) -> Response:
        return pages.page("join", self._base(request), status, said=words, deleted=self._deleted)

    @property
    def _deleted(self) -> str:
        return deletion(self.hub.hours)

    def _base(self, request: Request) -> str:
        return str(request.scope.get("root_path", "")) + self.base


def routes(
    base: str = "", classes: Hub | None = None, press: Press | None = None, picture: StepPicture | None = None
) -> list[Route]:
    """All of them, under `base`, the path at which the app is served.

    `press` prints what presenters take away; `picture` draws a step, small, for the desk.
    """
    base = f"/{base.strip('/')}" if base.strip("/") else ""
    site = Site(Guard(classes or hub()), base, press, picture)
    presenters = site.presenters
    code = "/live/{code}"
    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", "/join", site.join),
        ("GET", "/join/{code}", site.phone_page),
        ("GET", "/desk/{code}", site.desk_page),
        ("GET", "/live/asset/{name}", site.asset),
        ("GET", "/live/mine", presenters.mine),
        ("GET", f"{code}/results.csv", presenters.csv),
        ("GET", f"{code}/results.pdf", presenters.pdf),
        ("GET", f"{code}/seats.pdf", presenters.seats),
        ("GET", f"{code}/notes.pdf", presenters.notes),
        ("GET", f"{code}/desk.svg", presenters.desk_code),
        ("GET", f"{code}/state", site.state),
        ("GET", f"{code}/events", site.events),
        ("GET", f"{code}/diagram.svg", site.diagram),
        ("GET", f"{code}/qr.svg", site.qr),
        ("GET", f"{code}/talk", site.talk),
        ("GET", f"{code}/step/{{step:int}}.svg", site.step),
        ("POST", f"{code}/vote", site.vote),
        ("POST", f"{code}/act", site.act),
        ("POST", f"{code}/presenter", site.presenter),
        ("POST", f"{code}/link", presenters.link),
    )
    return [Route(base + path, _in_words(handler), methods=[method]) for method, path, handler in table]


def is_ours(path: str, base: str = "") -> bool:
    """Whether a path is one of the live class's; those pages carry no learner's cookie."""
    within = path.removeprefix(f"/{base.strip('/')}") if base.strip("/") else path
    return within.split("/")[1:2] != [] and within.split("/")[1] in PREFIXES


def _in_words(handler: Handler) -> Handler:
    """Every refusal as JSON, in words."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (Refused, BadRequest, StoreError) as error:
            headers = Headers(_JSON).mutablecopy()
            if isinstance(error, TooOften):
                headers["retry-after"] = str(int(error.wait_s) + 1)
            return JSONResponse(_refusal(error), _status(error), headers=dict(headers))

    return answer


def _refusal(error: Exception) -> RefusalSent:
    return {"error": str(error)}


def _status(error: Exception) -> int:
    if isinstance(error, BadRequest):
        return error.status
    return 503 if isinstance(error, StoreError) else _STATUS.get(type(error), 400)
