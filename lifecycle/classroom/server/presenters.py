"""What only a presenter gets: the class's results before they are erased, slips for seats, and the way back to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lifecycle.classroom import Round, results, results_csv
from lifecycle.classroom.message import ClassesListed, ClassListed, DeskLink
from lifecycle.classroom.server import cookies, limits, pages, reach
from lifecycle.classroom.server.doors import MOST_SEATS, most_phones
from lifecycle.classroom.server.guard import CLASSES, BadRequest, Guard, check_same_origin
from lifecycle.classroom.server.lectures import Lecture
from lifecycle.classroom.server.refusals import NoClass

MOST_REMEMBERED = 5  # classes that one browser finds again
_PRIVATE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


@dataclass(frozen=True)
class Press:
    """What prints: results of title, code, rounds and time of erasure; slips of title, code, and seats with links.

    `notes` prints a talk with notes and answers, from its id and the address of the front page; None where it is gone.
    """

    results: Callable[[str, str, Sequence[Round], str], bytes]
    slips: Callable[[str, str, Sequence[tuple[int, str]]], bytes]
    notes: Callable[[str, str], bytes | None] = lambda talk, front: None  # noqa: ARG005 - nothing to print


@dataclass(frozen=True)
class Presenters:
    """The handlers; `base` gives the path at which Streamlit serves the app."""

    guard: Guard
    base: Callable[[Request], str]
    press: Press | None = None

    async def mine(self, request: Request) -> Response:
        """The classes that this browser presents, the newest first."""
        classes = [self._listing(lecture) for lecture, _ in await asyncio.to_thread(self._remembered, request)]
        message: ClassesListed = {"classes": classes, "now_s": self.guard.hub.store.now()}
        return JSONResponse(message, headers=_PRIVATE)

    def remembering(self, request: Request, lecture: Lecture, secret: str) -> str:
        """The cookie's value by which a browser finds the classes it presents, with this one in front."""
        others = [(other.row.code, proof) for other, proof in self._remembered(request) if other is not lecture]
        kept = [(lecture.row.code, secret), *others][:MOST_REMEMBERED]
        return ".".join(f"{code}-{proof}" for code, proof in kept)

    async def csv(self, request: Request) -> Response:
        """The results as a table."""
        lecture = await self._driven(request)
        made = await asyncio.to_thread(lambda: results_csv(_rounds(lecture)))
        return _file(made, "text/csv; charset=utf-8", f"class-{lecture.row.code}.csv")

    async def pdf(self, request: Request) -> Response:
        """The results on paper."""
        lecture = await self._driven(request)
        press, title, code = self._press(), _title(lecture), limits.spelled(lecture.row.code)
        erased = f"{datetime.fromtimestamp(lecture.row.expires_s, UTC):%d %B %Y, %H:%M} UTC"
        made = await asyncio.to_thread(lambda: press.results(title, code, _rounds(lecture), erased))
        return _file(made, "application/pdf", f"class-{lecture.row.code}.pdf")

    async def seats(self, request: Request) -> Response:
        """A slip for each of `?seats=60`."""
        lecture = await self._driven(request)
        typed = request.query_params.get("seats", "")
        count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 0
        if not 1 <= count <= MOST_SEATS:
            raise BadRequest(400, f"Print slips for 1 to {MOST_SEATS:,} seats.")
        press, title, code = self._press(), _title(lecture), limits.spelled(lecture.row.code)
        join = reach.join_url(request, self.base(request), lecture.row.code)
        slips = [(seat, f"{join}?seat={lecture.seat_token(seat)}") for seat in range(1, count + 1)]
        made = await asyncio.to_thread(lambda: press.slips(title, code, slips))
        return _file(made, "application/pdf", f"class-{lecture.row.code}-seats.pdf")

    async def notes(self, request: Request) -> Response:
        """The talk with its notes and answers on paper."""
        lecture = await self._driven(request)
        press, talk = self._press(), str(lecture.talk.get("id", ""))
        front = f"{self._front(request, lecture)}/"
        made = await asyncio.to_thread(lambda: press.notes(talk, front))
        if made is None:
            raise BadRequest(404, "The talk of this class is no longer in the course.")
        return _file(made, "application/pdf", f"talk-{talk}-notes.pdf")

    async def link(self, request: Request) -> Response:
        """The desk's own link, for the presenter to copy. Who gets it has proven to have the secret already."""
        check_same_origin(request)
        lecture = await self._driven(request)
        message: DeskLink = {"link": self._desk_link(request, lecture)}
        return JSONResponse(message, headers=_PRIVATE)

    async def desk_code(self, request: Request) -> Response:
        """The desk's own link as a QR code, for the presenter's phone; the picture says it in no words."""
        link = self._desk_link(request, await self._driven(request))
        return Response(
            reach.code_svg(link, title="The desk's link"), media_type="image/svg+xml", headers=pages.HEADERS
        )

    async def _driven(self, request: Request) -> Lecture:
        lecture = await self.guard.lecture(request, request.path_params["code"])
        self.guard.presenter(request, lecture)
        return lecture

    def _front(self, request: Request, lecture: Lecture) -> str:
        """Where other machines find the app, without a slash at its end."""
        return reach.join_url(request, self.base(request), lecture.row.code).rpartition("/join/")[0]

    def _desk_link(self, request: Request, lecture: Lecture) -> str:
        secret = self.guard.presenter(request, lecture)
        return f"{self._front(request, lecture)}/desk/{lecture.row.code}#{secret}"

    def _press(self) -> Press:
        if self.press is None:
            raise BadRequest(404, "This server prints nothing.")
        return self.press

    def _remembered(self, request: Request) -> list[tuple[Lecture, str]]:
        """What the cookie names and its secrets prove."""
        presented: list[tuple[Lecture, str]] = []
        kept = next(iter(cookies.values(request.headers.getlist("cookie"), CLASSES)), "")
        for pair in kept.split(".")[:MOST_REMEMBERED]:
            code, _, secret = pair.partition("-")
            try:
                lecture = self.guard.hub.lecture(code)
            except NoClass:
                continue
            if lecture.is_presenter(secret) and all(lecture is not other for other, _ in presented):
                presented.append((lecture, secret))
        return presented

    def _listing(self, lecture: Lecture) -> ClassListed:
        state, row = lecture.state, lecture.row
        return {
            "code": row.code,
            "spelled": limits.spelled(row.code),
            "title": _title(lecture),
            "talk": state.talk,
            "step": state.step,
            "points": state.points,
            "over": state.over,
            "phones": len(lecture.around(self.guard.hub.store.now())),
            "voters": lecture.voters(),
            "most_phones": most_phones(lecture),
            "expires_s": row.expires_s,
        }


def _title(lecture: Lecture) -> str:
    return str(lecture.talk.get("title", "")) or "A class"


def _rounds(lecture: Lecture) -> tuple[Round, ...]:
    with lecture.lock:
        return results(lecture.talk.get("steps", ()), lecture.state.asides, lecture.cast)


def _file(made: bytes, kind: str, name: str) -> Response:
    headers = {**_PRIVATE, "content-disposition": f'attachment; filename="headwaters-{name}"'}
    return Response(made, media_type=kind, headers=headers)
