"""The code to scan: the class's address as a phone can reach it, and its picture."""

from __future__ import annotations

import io

import segno
from starlette.requests import Request

from lifecycle.classroom.server import origins, reach

QUIET_MODULES = 2


def join_url(request: Request, base: str, code: str) -> str:
    """The address of the phone's page.

    HEADWATERS_PUBLIC_URL says where this server is found; else it is the address that the browser used, and where that
    is `localhost`, which no phone can reach, this machine's address in its network.
    """
    if named := origins.public_url():
        return f"{named}/join/{code}"
    scheme, name, port = origins.seen(request.headers, request.url.scheme)
    if reach.is_loopback(name):
        name = reach.own_address() or name
    return f"{origins.shown(scheme, name, port)}{base}/join/{code}"


def svg(url: str, title: str = "") -> str:
    """The address as a QR code that scales, black on white in any theme; `title` says what it is, else the address."""
    out, title = io.BytesIO(), title or url
    segno.make_qr(url, error="m").save(
        out,
        kind="svg",
        border=QUIET_MODULES,
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        title=title,
    )
    return out.getvalue().decode()
